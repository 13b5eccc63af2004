"""Test completion reports, in and out."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.documents.services import is_open_to
from foundation.documents.serving import download
from foundation.errors import Invalid
from foundation.tenancy.actor import Actor
from participants import queries as people
from participants.access.views import Door, ListRows, cleaned, made, shown
from participants.api.organisations import organisation_of
from waves import queries
from waves.models import CompletionReport
from waves.serializers import ReportInput, ReportSerializer
from waves.services import report_plans
from waves.services import reports as services


@extend_schema(tags=["Testing"])
class Reports(ListRows):
    """Test completion reports of an organisation, newest first."""

    model = CompletionReport
    serializer_class = ReportSerializer
    parser_classes = (MultiPartParser,)
    filter_backends = ()

    def rows(self, actor: Actor) -> QuerySet:
        """Return the reports that the actor may see."""
        return queries.reports(actor, organisation_of(actor, self.kwargs["organisation"]).pk)

    @extend_schema(request={"multipart/form-data": ReportInput}, responses={201: ReportSerializer})
    def post(self, request: Request, organisation: str) -> Response:
        """Take a report in; a QT or SIT report lets the Final QAD begin (R83)."""
        found = organisation_of(request.actor, organisation)
        data = dict(cleaned(self, request, ReportInput))
        held = people.of_organisation(request.actor, found.pk)
        chosen = held.filter(pk=data.pop("qualification")).first()
        if chosen is None:
            raise Invalid({"qualification": "There is no such qualification here."})
        upload = data.pop("file")
        sent = {"name": upload.name, "content": upload.read(), **data}
        kept = services.upload_report(
            qualification=chosen, **sent, actor=request.actor, at=moments.now()
        )
        return made(ReportSerializer, kept)


@extend_schema(tags=["Testing"], responses={(200, "*/*"): OpenApiTypes.BINARY})
class ReportFile(Door):
    """The file of a report."""

    def get(self, request: Request, organisation: str, report: UUID) -> HttpResponse:
        """Hand it out, unless the scanner blocked it."""
        found = _report(request, organisation, report)
        if not is_open_to(found.file, request.actor):
            raise Http404
        return download(found.file)


@extend_schema(tags=["Testing"], request=None, responses=ReportSerializer)
class ConfirmReport(Door):
    """A test manager's word that PIT is sufficient."""

    def post(self, request: Request, organisation: str, report: UUID) -> Response:
        """Confirm it (R62)."""
        found = _report(request, organisation, report)
        confirmed = services.confirm_sufficiency(
            report=found, actor=request.actor, at=moments.now()
        )
        return shown(ReportSerializer, confirmed)


@extend_schema(tags=["Testing"], request=None, responses=ReportSerializer)
class ReviewWorkOff(Door):
    """The test manager's review of the work-off plans of a report."""

    def post(self, request: Request, organisation: str, report: UUID) -> Response:
        """Record it; the bodies agree after it (R75)."""
        found = _report(request, organisation, report)
        reviewed = report_plans.review_work_off(report=found, actor=request.actor, at=moments.now())
        return shown(ReportSerializer, reviewed)


@extend_schema(tags=["Testing"], request=None, responses=ReportSerializer)
class AgreeWorkOff(Door):
    """The word of one body on the work-off plans of a report."""

    def post(self, request: Request, organisation: str, report: UUID) -> Response:
        """Give it; with the last body's word the plans are agreed (R75)."""
        found = _report(request, organisation, report)
        agreed = report_plans.agree_work_off(report=found, actor=request.actor, at=moments.now())
        return shown(ReportSerializer, agreed)


def _report(request: Request, slug: str, key: UUID) -> CompletionReport:
    found = organisation_of(request.actor, slug)
    return get_object_or_404(queries.reports(request.actor, found.pk), pk=key)
