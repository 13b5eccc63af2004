"""Coming into the portal: Pre-Qualification Submission, first admin, another route."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from participants.access.views import Door, cleaned, shown
from participants.api.organisations import organisation_of
from participants.serializers import InvitationSerializer, QualificationSerializer
from waves import queries
from waves.api.dates import one_held
from waves.models import PreQualification
from waves.serializers import (
    FirstAdminInput,
    PreQualificationInput,
    PreQualificationSerializer,
    RouteInput,
)
from waves.services import pre_qualification as submissions
from waves.services import roads


@extend_schema(tags=["Qualifications"], request=RouteInput)
class Route(Door):
    """The route of a qualification."""

    @extend_schema(responses=QualificationSerializer(many=True))
    def put(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Move it, or the trio, to another route; the dates ahead follow (R41, R43)."""
        held = one_held(request.actor, organisation, qualification)
        data = cleaned(self, request, RouteInput)
        moved = roads.change_route(
            qualification=held, **data, actor=request.actor, at=moments.now()
        )
        return Response(QualificationSerializer(moved, many=True).data)


@extend_schema(tags=["Organisations"], responses=PreQualificationSerializer)
class Submission(Door):
    """The Pre-Qualification Submission of an organisation."""

    def get(self, request: Request, organisation: str) -> Response:
        """Return what it said, or 404."""
        found = organisation_of(request.actor, organisation)
        return shown(PreQualificationSerializer, _held(found.pk))

    @extend_schema(request=PreQualificationInput)
    def put(self, request: Request, organisation: str) -> Response:
        """Enter it, or a later change of its plan (code bodies)."""
        found = organisation_of(request.actor, organisation)
        data = cleaned(self, request, PreQualificationInput)
        kept = submissions.record(organisation=found, **data, actor=request.actor, at=moments.now())
        return shown(PreQualificationSerializer, kept)


@extend_schema(tags=["Organisations"], request=None, responses=PreQualificationSerializer)
class AcceptSubmission(Door):
    """Acceptance of a Pre-Qualification Submission."""

    def post(self, request: Request, organisation: str) -> Response:
        """Accept it; its key contact is then proposed as master admin (R3)."""
        found = organisation_of(request.actor, organisation)
        accepted = submissions.accept(
            pre_qualification=_held(found.pk), actor=request.actor, at=moments.now()
        )
        return shown(PreQualificationSerializer, accepted)


@extend_schema(tags=["People"], request=FirstAdminInput, responses={201: InvitationSerializer})
class FirstAdmin(Door):
    """The first master admin of an organisation."""

    def post(self, request: Request, organisation: str) -> Response:
        """Invite the proposed person, or another one with a reason (R2 to R4)."""
        found = organisation_of(request.actor, organisation)
        data = cleaned(self, request, FirstAdminInput)
        invitation, _ = submissions.invite_first_admin(
            organisation=found, **data, actor=request.actor, at=moments.now()
        )
        return Response(InvitationSerializer(invitation).data, status=201)


def _held(organisation_id: UUID) -> PreQualification:
    found = queries.pre_qualification(organisation_id)
    if found is None:
        raise Http404
    return found
