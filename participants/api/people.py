"""Members and invitations of an organisation (R5, R12)."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants import policy, queries
from participants.access.views import ListRows, OneRow, cleaned, gone, made, shown
from participants.api.filters import MemberFilter
from participants.api.organisations import organisation_of
from participants.models import Invitation, Membership
from participants.serializers import (
    InvitationInput,
    InvitationSerializer,
    MemberChange,
    MemberSerializer,
)
from participants.services import people as services


@extend_schema(tags=["People"])
class Members(ListRows):
    """The people of an organisation."""

    model = Membership
    serializer_class = MemberSerializer
    filterset_class = MemberFilter

    def rows(self, actor: Actor) -> QuerySet:
        return queries.members(organisation_of(actor, self.kwargs["organisation"]).pk)


@extend_schema(tags=["People"])
class OneMember(OneRow):
    """One member of an organisation."""

    model = Membership
    serializer_class = MemberSerializer
    lookup_url_kwarg = "membership"

    def rows(self, actor: Actor) -> QuerySet:
        return queries.members(organisation_of(actor, self.kwargs["organisation"]).pk)

    @extend_schema(request=MemberChange, responses=MemberSerializer)
    def patch(self, request: Request, organisation: str, membership: UUID) -> Response:
        """Change what a member is here for, disable it, or give access back (master admin)."""
        held = self.get_object()
        policy.require(request.actor, "people.manage", held)
        data = cleaned(self, request, MemberChange)
        return shown(MemberSerializer, _change(held, data, request.actor))


@transaction.atomic
def _change(held: Membership, data: dict, actor: Actor) -> Membership:
    at = moments.now()
    flags = {flag: data[flag] for flag in services.FLAGS if flag in data}
    if flags:
        held = services.change_membership(membership=held, **flags, actor=actor, at=at)
    if data.get("is_active", held.is_active) != held.is_active:
        held = services.set_active(
            membership=held,
            active=data["is_active"],
            actor=actor,
            at=at,
            because=data.get("because", ""),
        )
    return held


@extend_schema(tags=["People"])
class Invitations(ListRows):
    """The invitations that wait (master admin, or the body that sets the first one up)."""

    model = Invitation
    serializer_class = InvitationSerializer

    def rows(self, actor: Actor) -> QuerySet:
        found = organisation_of(actor, self.kwargs["organisation"])
        policy.require(actor, _capability(actor), found)
        return queries.open_invitations(found.pk)

    @extend_schema(request=InvitationInput, responses={201: InvitationSerializer})
    def post(self, request: Request, organisation: str) -> Response:
        """Invite somebody."""
        found = organisation_of(request.actor, organisation)
        policy.require(request.actor, _capability(request.actor), found)
        data = cleaned(self, request, InvitationInput)
        invitation, _ = services.invite(
            organisation=found, **data, actor=request.actor, at=moments.now()
        )
        return made(InvitationSerializer, invitation)


def _capability(actor: Actor) -> str:
    return "admin.invite" if actor.is_staff else "people.manage"


class _Waiting(OneRow):
    model = Invitation
    serializer_class = InvitationSerializer
    lookup_url_kwarg = "invitation"

    def rows(self, actor: Actor) -> QuerySet:
        found = organisation_of(actor, self.kwargs["organisation"])
        policy.require(actor, _capability(actor), found)
        return queries.open_invitations(found.pk)


@extend_schema(tags=["People"])
class OneInvitation(_Waiting):
    """One invitation that waits."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, organisation: str, invitation: UUID) -> Response:
        """Take it back."""
        services.withdraw_invitation(
            invitation=self.get_object(), actor=request.actor, at=moments.now()
        )
        return gone()


@extend_schema(tags=["People"])
class InviteAgain(_Waiting):
    """Sending an invitation again."""

    http_method_names = ("post",)

    @extend_schema(request=None, responses=InvitationSerializer)
    def post(self, request: Request, organisation: str, invitation: UUID) -> Response:
        """Send it anew; the old link ends."""
        waiting = self.get_object()
        services.invite_again(invitation=waiting, actor=request.actor, at=moments.now())
        return shown(InvitationSerializer, self.get_object())
