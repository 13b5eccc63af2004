"""Placing Reliance: proposals, the acts on them, and for staff who relies on whom."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.errors import Invalid
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.access.views import Door, ListRows, asked, cleaned, made, shown
from participants.api.organisations import organisation_of
from participants.models import Organisation
from waves import serializers_reliance as said
from waves.models import Reliance
from waves.queries import reliance as queries
from waves.queries.board import board
from waves.queries.testing import tracks
from waves.reliance_acts import DESK, OWN
from waves.services import reliance as services
from waves.services import reliance_acts as acting
from waves.services.reliance_links import flag_touched, who_is_touched

_ASKED = {
    "change": ("because",),
    "withdraw": ("because",),
    "because": ("because",),
    "scope": ("note",),
    "opinion": ("verdict", "note"),
    "link": ("provider", "because"),
}
_EMPTY = {"because": "", "note": "", "verdict": "", "provider": None}


def _reader(actor: Actor, slug: str) -> Organisation:
    found = organisation_of(actor, slug)
    policy.require(actor, "organisation.read" if actor.is_participant else "reliance.read")
    return found


def _row(actor: Actor, slug: str, key: UUID) -> Reliance:
    found = _reader(actor, slug)
    return get_object_or_404(queries.own(actor, found.pk), pk=key)


@extend_schema(tags=["Reliance"])
class Proposals(ListRows):
    """The proposals of an organisation."""

    model = Reliance
    serializer_class = said.RelianceSerializer
    filter_backends = ()

    def rows(self, actor: Actor) -> QuerySet:
        """Return them, the oldest first."""
        return queries.own(actor, _reader(actor, self.kwargs["organisation"]).pk)

    @extend_schema(request=said.BeginInput, responses={201: said.RelianceSerializer})
    def post(self, request: Request, organisation: str) -> Response:
        """Begin a draft; nobody else sees it (R44)."""
        found = _reader(request.actor, organisation)
        data = cleaned(self, request, said.BeginInput)
        rows = tracks(request.actor).filter(organisation=found)
        held = get_object_or_404(rows, pk=data["qualification"])
        row = services.begin(
            qualification=held, kind=data["kind"], actor=request.actor, at=moments.now()
        )
        return made(said.RelianceSerializer, _row(request.actor, organisation, row.pk))


@extend_schema(tags=["Reliance"], responses=said.RelianceSerializer)
class Proposal(Door):
    """One proposal."""

    def get(self, request: Request, organisation: str, reliance: UUID) -> Response:
        """Return it as it stands, with what is still to write and what the bodies say."""
        return shown(said.RelianceSerializer, _row(request.actor, organisation, reliance))

    @extend_schema(request=said.DraftInput)
    def patch(self, request: Request, organisation: str, reliance: UUID) -> Response:
        """Write on a draft; it is kept as far as it goes."""
        row = _row(request.actor, organisation, reliance)
        data = cleaned(self, request, said.DraftInput)
        services.save(reliance=row, said=data, actor=request.actor, at=moments.now())
        return shown(said.RelianceSerializer, _row(request.actor, organisation, reliance))


@extend_schema(tags=["Reliance"])
class Versions(Door):
    """The versions of a proposal."""

    @extend_schema(responses=said.RelianceVersionSerializer(many=True))
    def get(self, request: Request, organisation: str, reliance: UUID) -> Response:
        """Return every version, the newest first (R52)."""
        found = queries.versions(_row(request.actor, organisation, reliance))
        return Response(said.RelianceVersionSerializer(found, many=True).data)


@extend_schema(
    tags=["Reliance"],
    request=said.RelianceActInput,
    responses=said.RelianceSerializer,
)
class Act(Door):
    """Acts on a proposal: submit, change, withdraw; opinion, link, scope, undermine and more."""

    @extend_schema(operation_id="organisations_reliance_act")
    def post(self, request: Request, organisation: str, reliance: UUID, act: str) -> Response:
        """Do it; the answer is the proposal as it is now."""
        chosen = OWN.get(act) or DESK.get(act)
        if chosen is None:
            raise Http404
        row = _row(request.actor, organisation, reliance)
        policy.require(request.actor, chosen.capability, row)
        data = cleaned(self, request, said.RelianceActInput)
        names = _ASKED.get(chosen.asks, ())
        if unasked := data.keys() - set(names):
            raise Invalid(dict.fromkeys(sorted(unasked), "This act does not ask for it."))
        told = {name: data.get(name, _EMPTY[name]) for name in names}
        if told.get("provider"):
            told["provider"] = _provider(request.actor, told["provider"])
        acting.do(chosen, row=row, said=told, actor=request.actor, at=moments.now())
        return shown(said.RelianceSerializer, _row(request.actor, organisation, reliance))


def _provider(actor: Actor, key: UUID) -> Any:
    return get_object_or_404(people.qualifications(actor), pk=key)


@extend_schema(tags=["Reliance"])
class Edges(Door):
    """Who relies on whom, for staff."""

    @extend_schema(responses=said.EdgeSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Return every link that binds a wave (R33)."""
        policy.require(request.actor, "reliance.read")
        return Response(said.EdgeSerializer(queries.net(request.actor), many=True).data)


@extend_schema(tags=["Reliance"])
class TouchedBy(Door):
    """Who is touched when a party slips, leaves SIT or fails; for staff."""

    query_names = frozenset({"party", "what", "route"})

    @extend_schema(parameters=[said.TouchedQuery], responses=said.TouchedSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Return everybody, directly and through others; nothing changes (R34, R57)."""
        policy.require(request.actor, "reliance.read")
        data = asked(request, said.TouchedQuery)
        _provider(request.actor, data["party"])
        now = board()
        found = who_is_touched(now, data["party"], data["what"], data.get("route", ""))
        rows = [
            {
                "name": now.name(each.key),
                "effect": str(each.effect),
                "is_direct": each.is_direct,
                "chain": [now.name(key) for key in each.chain],
            }
            for each in found
        ]
        return Response(said.TouchedSerializer(rows, many=True).data)

    @extend_schema(request=said.TouchedInput, responses=said.FlaggedSerializer)
    def post(self, request: Request) -> Response:
        """Have everybody touched looked at again; no organisation hears whose doing it is (R10)."""
        policy.require(request.actor, "reliance.link")
        data = cleaned(self, request, said.TouchedInput)
        flags = flag_touched(
            provider=_provider(request.actor, data["party"]),
            what=data["what"],
            route=data.get("route", ""),
            because=data["because"],
            actor=request.actor,
            at=moments.now(),
        )
        return shown(said.FlaggedSerializer, {"flagged": len(flags)})


OF = "organisations/<slug:organisation>/reliance/"
ONE = f"{OF}<uuid:reliance>/"

urlpatterns = [
    path("reliance/", Edges.as_view(), name="api_reliance_edges"),
    path("reliance/touched/", TouchedBy.as_view(), name="api_reliance_touched"),
    path(OF, Proposals.as_view(), name="api_reliance"),
    path(ONE, Proposal.as_view(), name="api_reliance_one"),
    path(f"{ONE}versions/", Versions.as_view(), name="api_reliance_versions"),
    path(f"{ONE}<slug:act>/", Act.as_view(), name="api_reliance_act"),
]
