"""Versions of the timetable: read, and downloaded as the same file that was imported."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.tenancy.actor import Actor
from participants import policy
from participants.access.outputs import ShownRow
from participants.access.views import Door, ListRows, shown
from waves import models, tables
from waves.serializers import TimetableSerializer


class TimetableVersionSerializer(ShownRow):
    """A published version: what it is, who published it, why, and on whose authority."""

    by = serializers.CharField(source="published_by_name")

    class Meta:
        model = models.Timetable
        fields = (
            *("id", "version", "title", "source", "sha256"),
            *("published_at", "by", "reason", "authority"),
        )


@extend_schema(tags=["Dates"])
class Versions(ListRows):
    """Every published version of the timetable, the one in force first."""

    model = models.Timetable
    serializer_class = TimetableVersionSerializer
    filter_backends = ()

    def rows(self, actor: Actor) -> QuerySet:
        """Return them; everybody reads timetables."""
        _may_read(actor)
        rows = models.Timetable.objects.order_by("-published_at", "-pk")
        return rows.defer("csv", "header")


@extend_schema(tags=["Dates"], responses=TimetableSerializer)
class OneVersion(Door):
    """One published version: every activity on every route."""

    def get(self, request: Request, release: str) -> Response:
        """Return version, routes and cells."""
        _may_read(request.actor)
        row = get_object_or_404(models.Timetable.objects.only("pk"), version=release)
        return shown(TimetableSerializer, tables.of(row.pk).timetable)


@extend_schema(tags=["Dates"], responses={(200, "text/csv"): OpenApiTypes.STR})
class VersionFile(Door):
    """A published version as its file: ``csv`` the table, ``toml`` its header."""

    def get(self, request: Request, release: str, kind: str) -> HttpResponse:
        """Return the text as it was imported, byte for byte."""
        _may_read(request.actor)
        if kind not in ("csv", "toml"):
            raise Http404
        row = get_object_or_404(models.Timetable, version=release)
        media = "text/csv" if kind == "csv" else "application/toml"
        text = row.csv if kind == "csv" else row.header
        response = HttpResponse(text, content_type=f"{media}; charset=utf-8")
        name = f"timetable_{row.version}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _may_read(actor: Actor) -> None:
    if actor.is_staff:
        policy.require(actor, "timetable.read")


ONE = "timetable/versions/<str:release>"

urlpatterns = [
    path("timetable/versions/", Versions.as_view(), name="api_timetable_versions"),
    path(f"{ONE}/", OneVersion.as_view(), name="api_timetable_version"),
    path(f"{ONE}/file/<slug:kind>/", VersionFile.as_view(), name="api_timetable_file"),
]
