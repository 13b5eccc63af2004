"""Coming into the portal: Pre-Qualification Submission, first admin, another route."""

from uuid import UUID

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from participants.access.views import Door, cleaned
from participants.api.organisations import organisation_of
from participants.models import Organisation
from participants.serializers import InvitationSerializer, QualificationSerializer
from waves.api.dates import one_held
from waves.models import PreQualification
from waves.pre_qualification import taken
from waves.queries import pre_qualification
from waves.queries.joining import versions_of, words_for
from waves.serializers import FirstAdminInput
from waves.serializers_joining import (
    PreQualificationInput,
    PreQualificationSerializer,
    RouteInput,
    SubmissionChange,
    SubmissionReturn,
    SubmissionSent,
    SubmissionVersionSerializer,
    as_read_by,
)
from waves.services import pathways, pre_qualifying
from waves.services import pre_qualification as submissions


@extend_schema(tags=["Qualifications"], request=RouteInput)
class Route(Door):
    """The route of a qualification."""

    @extend_schema(responses=QualificationSerializer(many=True))
    def put(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Move it, or the trio, to another route; the dates ahead follow (R41, R43)."""
        held = one_held(request.actor, organisation, qualification)
        data = cleaned(self, request, RouteInput)
        moved = pathways.take(qualification=held, **data, actor=request.actor, at=moments.now())
        return Response(QualificationSerializer(moved, many=True).data)


@extend_schema(tags=["Organisations"], responses=PreQualificationSerializer)
class Submission(Door):
    """The Pre-Qualification Submission of an organisation."""

    def get(self, request: Request, organisation: str) -> Response:
        """Return what it says, or 404."""
        found = organisation_of(request.actor, organisation)
        return _told(request, found)

    @extend_schema(request=PreQualificationInput)
    def put(self, request: Request, organisation: str) -> Response:
        """Enter one that came on paper, or a later change of its plan (code bodies)."""
        found = organisation_of(request.actor, organisation)
        data = cleaned(self, request, PreQualificationInput)
        submissions.record(organisation=found, **data, actor=request.actor, at=moments.now())
        return _told(request, found)

    @extend_schema(request=SubmissionChange)
    def patch(self, request: Request, organisation: str) -> Response:
        """Save some fields; 409 with both texts when somebody saved since the revision."""
        found = organisation_of(request.actor, organisation)
        data = cleaned(self, request, SubmissionChange)
        revision = data.pop("revision")
        pre_qualifying.save(
            organisation=found,
            said=data,
            revision=revision,
            actor=request.actor,
            at=moments.now(),
        )
        return _told(request, found)


@extend_schema(
    tags=["Organisations"], request=SubmissionSent, responses={201: SubmissionVersionSerializer}
)
class SubmitSubmission(Door):
    """Handing a Pre-Qualification Submission in."""

    def post(self, request: Request, organisation: str) -> Response:
        """Hand it in as a version; 422 by field where something is missing (R29)."""
        found = organisation_of(request.actor, organisation)
        data = cleaned(self, request, SubmissionSent)
        version = pre_qualifying.submit(
            organisation=found, **data, actor=request.actor, at=moments.now()
        )
        return Response(SubmissionVersionSerializer(version).data, status=201)


@extend_schema(tags=["Organisations"], responses=SubmissionVersionSerializer(many=True))
class SubmissionVersions(Door):
    """Every version that was handed in, the newest first (R31)."""

    def get(self, request: Request, organisation: str) -> Response:
        """Return the versions as they were handed in."""
        found = organisation_of(request.actor, organisation)
        rows = SubmissionVersionSerializer(versions_of(found), many=True).data
        return Response([as_read_by(request.actor, row) for row in rows])


@extend_schema(tags=["Organisations"], request=None, responses=PreQualificationSerializer)
class AcceptSubmission(Door):
    """Acceptance of a Pre-Qualification Submission."""

    def post(self, request: Request, organisation: str) -> Response:
        """Accept it; its key contact is then proposed as master admin (R3)."""
        found = organisation_of(request.actor, organisation)
        held = _held(found)
        submissions.accept(pre_qualification=held, actor=request.actor, at=moments.now())
        return _told(request, found)


@extend_schema(
    tags=["Organisations"], request=SubmissionReturn, responses=PreQualificationSerializer
)
class ReturnSubmission(Door):
    """Return of a Pre-Qualification Submission."""

    def post(self, request: Request, organisation: str) -> Response:
        """Return it with the reason; the version that came stays."""
        found = organisation_of(request.actor, organisation)
        held = _held(found)
        data = cleaned(self, request, SubmissionReturn)
        submissions.give_back(pre_qualification=held, **data, actor=request.actor, at=moments.now())
        return _told(request, found)


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


def _held(organisation: Organisation) -> PreQualification:
    found = pre_qualification(organisation.pk)
    if found is None:
        raise Http404
    return found


def _told(request: Request, organisation: Organisation) -> Response:
    """Show the submission to whoever asks: drafts to those who write them, versions to all."""
    held = _held(organisation)
    content = words_for(held, organisation, request.actor)
    if content is None:
        raise Http404
    for name, value in taken(content).items():
        setattr(held, name, value)
    return Response(as_read_by(request.actor, PreQualificationSerializer(held).data))


_OF = "organisations/<slug:organisation>"
_PQS = f"{_OF}/pre-qualification/"

urlpatterns = [
    path(_PQS, Submission.as_view(), name="api_pre_qualification"),
    path(f"{_PQS}submit/", SubmitSubmission.as_view(), name="api_submit_pre_qualification"),
    path(f"{_PQS}accept/", AcceptSubmission.as_view(), name="api_accept_pre_qualification"),
    path(f"{_PQS}return/", ReturnSubmission.as_view(), name="api_return_pre_qualification"),
    path(f"{_PQS}versions/", SubmissionVersions.as_view(), name="api_pre_qualification_versions"),
    path(f"{_OF}/first-admin/", FirstAdmin.as_view(), name="api_first_admin"),
    path(f"{_OF}/qualifications/<uuid:qualification>/route/", Route.as_view(), name="api_route"),
]
