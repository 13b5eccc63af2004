"""Reports as data: the catalogue, and the rows of each."""

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from participants import policy
from participants.access.views import Door, shown
from reviews.api.serializers_reports import CataloguedReportSerializer, ReportRowsSerializer
from reviews.reports import asking
from reviews.reports.catalogue import readable
from reviews.views.reports import report_of
from waves.reports.shape import Line, Part, Report, Value, ordered

TAG = ["Reports"]


@extend_schema(tags=TAG)
class Reports(Door):
    """The reports that you may read."""

    @extend_schema(responses=CataloguedReportSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Return each with its parts, columns and filters."""
        policy.require(request.actor, "reports.open")
        return Response([_described(each) for each in readable(request.actor)])


def _described(report: Report) -> dict[str, object]:
    names = [asking.CHOICES[name].name for name in report.filters if name in asking.CHOICES]
    more = [asking.AS_OF] if asking.AS_OF in report.filters else []
    return CataloguedReportSerializer(
        {
            **{name: getattr(report, name) for name in ("code", "title", "lead", "source")},
            "readers": report.readers,
            "filters": [*names, *more],
            "parts": list(report.parts),
        }
    ).data


@extend_schema(tags=TAG)
class ReportRows(Door):
    """One part of a report."""

    query_names = asking.NAMES

    @extend_schema(
        parameters=[OpenApiParameter(name, str) for name in sorted(asking.NAMES)],
        responses=ReportRowsSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        """Return all rows of a part, the first one unless another is named."""
        report = report_of(request, code)
        query = request.query_params
        ask = asking.ask_of(report, query, request.actor, moments.now())
        part = report.part(query.get("part", ""))
        lines = ordered(part.rows(ask), part, query.get("sort", ""))
        found = {
            "report": report.code,
            "part": part.key,
            "as_of": ask.as_of,
            "scope": report.scope(request.actor),
            "columns": list(part.columns),
            "rows": [_row(part, line) for line in lines],
        }
        return shown(ReportRowsSerializer, found)


def _row(part: Part, line: Line) -> dict[str, Value]:
    whose = {"qualification": str(line.key)} if line.key else {}
    return whose | {column.key: line.cells.get(column.key) for column in part.columns}


urlpatterns = [
    path("reports/", Reports.as_view(), name="api_report_catalogue"),
    path("reports/<slug:code>/", ReportRows.as_view(), name="api_report_rows"),
]
