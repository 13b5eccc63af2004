"""Submitted versions: what bodies read, and what approvals and signatures point at."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.tenancy.actor import Actor
from participants.access.views import Door, ListRows, shown
from submissions import finding, queries
from submissions.api.filters import VersionFilter
from submissions.models import Version
from submissions.serializers import VersionDetailSerializer, VersionSerializer

TAG = ["Versions"]


@extend_schema(tags=TAG)
class Versions(ListRows):
    """The submitted versions of a part, newest first."""

    model = Version
    serializer_class = VersionSerializer
    filterset_class = VersionFilter

    def rows(self, actor: Actor) -> QuerySet:
        held = finding.part(actor, self.kwargs["organisation"], self.kwargs["part"])
        return queries.versions(held)


@extend_schema(tags=TAG, responses=VersionDetailSerializer)
class OneVersion(Door):
    """One submitted version."""

    def get(self, request: Request, organisation: str, part: UUID, number: int) -> Response:
        """Return it with the content of its sections as they were frozen."""
        held = finding.part(request.actor, organisation, part)
        version = get_object_or_404(queries.versions(held), number=number)
        version.content = queries.frozen(version)
        return shown(VersionDetailSerializer, version)
