"""Approvals, the bodies' readings, and reopening."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants import policy
from participants.access.views import Door, ListRows, OneRow, cleaned, made, shown
from reviews import queries
from reviews.api import finding
from reviews.api.filters import ApprovalFilter, BodyReviewFilter, ReopenFilter
from reviews.api.serializers_talk import (
    ApprovalSerializer,
    AskForMoreInput,
    BodyReviewSerializer,
    OptionalReasonInput,
    ReasonInput,
    ReopenInput,
    ReopenRequestSerializer,
    SeenInput,
)
from reviews.models import Approval, BodyReview, ReopenRequest
from reviews.services import approvals, reopening, reviewing
from submissions import finding as places

APPROVALS = ["Approvals and reviews"]
REOPENING = ["Reopening"]


@extend_schema(tags=APPROVALS)
class Approvals(ListRows):
    """The bodies' opinions of the parts of an organisation's QAD (R101)."""

    model = Approval
    serializer_class = ApprovalSerializer
    filterset_class = ApprovalFilter

    def rows(self, actor: Actor) -> QuerySet:
        return finding.approvals_of(actor, self.kwargs["organisation"])


class _Opinion(Door):
    def answer(self, slug: str, approval: Approval) -> Response:
        """Return the opinion as it stands now."""
        rows = finding.approvals_of(self.request.actor, slug)
        return shown(ApprovalSerializer, rows.get(pk=approval.pk))


@extend_schema(tags=APPROVALS, request=SeenInput, responses=ApprovalSerializer)
class Approve(_Opinion):
    """A body's approval of a part."""

    def post(self, request: Request, organisation: str, part: UUID) -> Response:
        """Approve it at the version whose hash you read (lead reviewers, R102, R103)."""
        found = finding.part_at(request.actor, organisation, part)
        data = cleaned(self, request, SeenInput)
        given = approvals.approve(part=found, **data, actor=request.actor, at=moments.now())
        return self.answer(organisation, given)


@extend_schema(tags=APPROVALS, request=AskForMoreInput, responses=ApprovalSerializer)
class AskForMore(_Opinion):
    """A further submission asked for instead of an approval."""

    def post(self, request: Request, organisation: str, part: UUID) -> Response:
        """Say what is needed before the part can be approved (lead reviewers)."""
        found = finding.part_at(request.actor, organisation, part)
        data = cleaned(self, request, AskForMoreInput)
        given = approvals.ask_for_more(part=found, **data, actor=request.actor, at=moments.now())
        return self.answer(organisation, given)


@extend_schema(tags=APPROVALS)
class BodyReviews(ListRows):
    """The bodies' readings of a qualification at each stage."""

    model = BodyReview
    serializer_class = BodyReviewSerializer
    filterset_class = BodyReviewFilter

    def rows(self, actor: Actor) -> QuerySet:
        held = finding.held_at(actor, self.kwargs["organisation"], self.kwargs["qualification"])
        return finding.reviews_of(held)


@extend_schema(tags=APPROVALS, request=None, responses=BodyReviewSerializer)
class CompleteInitial(Door):
    """The end of a body's reading of the Initial QAD."""

    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Complete it for your body; the last body ends the review."""
        held = finding.held_at(request.actor, organisation, qualification)
        row = reviewing.complete_initial(qualification=held, actor=request.actor, at=moments.now())
        return shown(BodyReviewSerializer, row)


@extend_schema(tags=APPROVALS, request=None, responses=BodyReviewSerializer)
class ConfirmComments(Door):
    """A body's confirmation that its comments are addressed."""

    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Confirm it for your body; refused with each thread that is still open (R100)."""
        held = finding.held_at(request.actor, organisation, qualification)
        row = reviewing.confirm_comments_addressed(
            qualification=held, actor=request.actor, at=moments.now()
        )
        return shown(BodyReviewSerializer, row)


@extend_schema(tags=REOPENING)
class AllReopenRequests(ListRows):
    """Requests to reopen from every organisation of your body, waiting ones first (staff)."""

    model = ReopenRequest
    serializer_class = ReopenRequestSerializer
    filterset_class = ReopenFilter

    def rows(self, actor: Actor) -> QuerySet:
        policy.require(actor, "qad.review")
        return queries.reopen_requests(actor)


@extend_schema(tags=REOPENING)
class ReopenRequests(ListRows):
    """Requests to reopen sections of an organisation's Final QAD, waiting ones first."""

    model = ReopenRequest
    serializer_class = ReopenRequestSerializer
    filterset_class = ReopenFilter

    def rows(self, actor: Actor) -> QuerySet:
        return _requests(actor, self.kwargs["organisation"])

    @extend_schema(request=ReopenInput, responses={201: ReopenRequestSerializer})
    def post(self, request: Request, organisation: str) -> Response:
        """Ask for named sections to be reopened, with a reason (participant, R88)."""
        data = cleaned(self, request, ReopenInput)
        held = finding.held_at(request.actor, organisation, data["qualification"])
        sections = finding.sections_named(request.actor, organisation, data["sections"])
        asked = reopening.request(
            qualification=held,
            sections=sections,
            reason=data["reason"],
            actor=request.actor,
            at=moments.now(),
        )
        return made(ReopenRequestSerializer, asked)


def _requests(actor: Actor, slug: str) -> QuerySet:
    return queries.reopen_requests(actor, places.organisation(actor, slug).pk)


class _OneRequest(OneRow):
    model = ReopenRequest
    serializer_class = ReopenRequestSerializer
    lookup_url_kwarg = "reopening"

    def rows(self, actor: Actor) -> QuerySet:
        return _requests(actor, self.kwargs["organisation"])


@extend_schema(tags=REOPENING)
class OneReopenRequest(_OneRequest):
    """One request to reopen."""


@extend_schema(tags=REOPENING, request=OptionalReasonInput, responses=ReopenRequestSerializer)
class GrantReopening(_OneRequest):
    """A granted request."""

    http_method_names = ("post",)

    def post(self, request: Request, organisation: str, reopening: UUID) -> Response:
        """Reopen the sections; approvals and signatures on them fall (lead reviewers, R89)."""
        reason = cleaned(self, request, OptionalReasonInput)["reason"]
        _decide("grant", self.get_object(), reason, request.actor)
        return shown(ReopenRequestSerializer, self.get_object())


@extend_schema(tags=REOPENING, request=ReasonInput, responses=ReopenRequestSerializer)
class RefuseReopening(_OneRequest):
    """A request that was not granted."""

    http_method_names = ("post",)

    def post(self, request: Request, organisation: str, reopening: UUID) -> Response:
        """Leave the sections locked, and say why (lead reviewers)."""
        reason = cleaned(self, request, ReasonInput)["reason"]
        _decide("refuse", self.get_object(), reason, request.actor)
        return shown(ReopenRequestSerializer, self.get_object())


def _decide(verb: str, asked: ReopenRequest, reason: str, actor: Actor) -> None:
    service = {"grant": reopening.grant, "refuse": reopening.refuse}[verb]
    service(request=asked, reason=reason, actor=actor, at=moments.now())
