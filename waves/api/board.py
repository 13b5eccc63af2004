"""Places in the waves, the board and its what-ifs: the same acts as on the pages."""

from collections.abc import Callable
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
from participants.access.views import Door, ListRows, cleaned, made, shown
from participants.api.organisations import organisation_of
from waves import models, what_if
from waves.capacity import WAVES
from waves.place_acts import DESK, OWN
from waves.queries import board as queries
from waves.serializers_board import (
    AssistInput,
    BecauseInput,
    BoardSerializer,
    CapacityInput,
    CapacitySerializer,
    PlaceActInput,
    PlaceSerializer,
    PlaceWithLedgerSerializer,
    PutInput,
    ScenarioInput,
    ScenarioSerializer,
    WhatIfSerializer,
)
from waves.services import assisting, place_acts, rooms, scenarios

OF = "organisations/<slug:organisation>"
HELD = f"{OF}/qualifications/<uuid:qualification>"
COPY = "waves/what-ifs/<uuid:scenario>"
_MAY_BE_LEFT_OUT = {"because": ("indicate", "allocate", "offer"), "is_shared": ("remark",)}


@extend_schema(tags=["Waves"])
class Places(ListRows):
    """The places of an organisation in the waves."""

    model = models.Place
    serializer_class = PlaceSerializer
    filter_backends = ()

    def rows(self, actor: Actor) -> QuerySet:
        """Return them by role."""
        found = organisation_of(actor, self.kwargs["organisation"])
        return queries.places(actor).filter(organisation=found)


def _place(actor: Actor, slug: str, key: UUID) -> models.Place:
    rows = queries.places(actor).filter(qualification__organisation__slug=slug)
    return get_object_or_404(rows, qualification_id=key)


@extend_schema(tags=["Waves"], responses=PlaceWithLedgerSerializer)
class OnePlace(Door):
    """The place of a qualification."""

    def get(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Return it with its ledger; an organisation reads what is shared with it."""
        found = _place(request.actor, organisation, qualification)
        found.ledger = queries.ledger([found.pk])[found.pk]
        return shown(PlaceWithLedgerSerializer, found)


@extend_schema(tags=["Waves"], request=PlaceActInput, responses=PlaceSerializer(many=True))
class PlaceActs(Door):
    """Acts on a place: indicate, allocate, offer, grant, propose, engage, enact, judge and more.

    An organisation asks: wish, earlier, leave, accept, decline, later, after, keep.
    """

    def post(self, request: Request, organisation: str, qualification: UUID, act: str) -> Response:
        """Do it; LDSO, SMRA / ERDA and UMSO move together."""
        chosen = (OWN if request.actor.is_participant else DESK).get(act)
        if chosen is None:
            raise Http404
        found = _place(request.actor, organisation, qualification)
        policy.require(request.actor, chosen.capability, found)
        said = cleaned(self, request, PlaceActInput)
        _require_all(chosen.slug, chosen.asks, said)
        group = place_acts.do(
            chosen,
            qualification=found.qualification,
            said=said,
            actor=request.actor,
            at=moments.now(),
        )
        rows = queries.places(request.actor).filter(pk__in=[place.pk for place in group])
        return Response(PlaceSerializer(rows, many=True).data)


def _require_all(slug: str, asks: tuple[str, ...], said: dict[str, Any]) -> None:
    missing = [
        name for name in asks if name not in said and slug not in _MAY_BE_LEFT_OUT.get(name, ())
    ]
    if missing:
        raise Invalid(dict.fromkeys(missing, "This is needed here."))
    if spare := set(said) - set(asks):
        raise Invalid(dict.fromkeys(sorted(spare), "This act does not ask for it."))


@extend_schema(tags=["Waves"], responses=BoardSerializer)
class Board(Door):
    """The wave board in figures."""

    def get(self, request: Request) -> Response:
        """Return the load of each wave and what reliance is broken."""
        policy.require(request.actor, "place.read")
        board = queries.board()
        broken = [board.break_sentence(each) for each in board.breaks]
        loads = [board.loads[route] for route in WAVES]
        return shown(BoardSerializer, {"waves": loads, "broken": broken})


@extend_schema(tags=["Waves"], request=CapacityInput, responses=CapacitySerializer)
class Capacity(Door):
    """What a wave can take."""

    def put(self, request: Request, route: str) -> Response:
        """Change it (planners)."""
        data = cleaned(self, request, CapacityInput)
        row = rooms.set_capacity(route=route, **data, actor=request.actor, at=moments.now())
        return shown(CapacitySerializer, row)


@extend_schema(tags=["Waves"])
class WhatIfs(ListRows):
    """The what-ifs that are neither applied nor discarded."""

    model = models.Scenario
    serializer_class = ScenarioSerializer
    filter_backends = ()

    def rows(self, actor: Actor) -> QuerySet:
        """Return them, newest first (planners)."""
        policy.require(actor, "place.plan")
        return queries.open_scenarios()

    @extend_schema(request=ScenarioInput, responses={201: ScenarioSerializer})
    def post(self, request: Request) -> Response:
        """Make an empty copy of the board."""
        data = cleaned(self, request, ScenarioInput)
        return made(
            ScenarioSerializer,
            scenarios.make(**data, actor=request.actor, at=moments.now()),
        )


def _copy(actor: Actor, key: UUID) -> models.Scenario:
    policy.require(actor, "place.plan")
    return get_object_or_404(queries.open_scenarios(), pk=key)


@extend_schema(tags=["Waves"], responses=WhatIfSerializer)
class OneWhatIf(Door):
    """A what-if beside the real board."""

    def get(self, request: Request, scenario: UUID) -> Response:
        """Return its moves, the loads before and after, and what stands against applying it."""
        found = _copy(request.actor, scenario)
        copy = what_if.what_if(queries.board(), found.moves, found.capacity)
        return shown(
            WhatIfSerializer,
            {
                "scenario": found,
                "before": [copy.real.loads[route] for route in WAVES],
                "after": [copy.copy.loads[route] for route in WAVES],
                "hindrances": copy.hindrances,
            },
        )


def _do(request: Request, key: UUID, service: Callable, **said: Any) -> Response:
    found = service(
        scenario=_copy(request.actor, key), **said, actor=request.actor, at=moments.now()
    )
    return shown(ScenarioSerializer, found)


@extend_schema(tags=["Waves"], request=PutInput, responses=ScenarioSerializer)
class PutInWhatIf(Door):
    """Cards of a what-if."""

    def post(self, request: Request, scenario: UUID) -> Response:
        """Put one card into another wave, or back where it really stands."""
        policy.require(request.actor, "place.plan")  # a member reads no qualifications here
        data = cleaned(self, request, PutInput)
        rows = queries.to_place(request.actor)
        held = get_object_or_404(rows, pk=data.pop("qualification"))
        return _do(request, scenario, scenarios.put, qualification=held, **data)


@extend_schema(tags=["Waves"], request=AssistInput, responses=ScenarioSerializer)
class Assist(Door):
    """The assistant."""

    def post(self, request: Request, scenario: UUID) -> Response:
        """Let it seat everybody who has no allocated place yet."""
        data = cleaned(self, request, AssistInput)
        return _do(request, scenario, assisting.assist, **data)


@extend_schema(tags=["Waves"], request=BecauseInput, responses=ScenarioSerializer)
class Apply(Door):
    """Applying a what-if."""

    def post(self, request: Request, scenario: UUID) -> Response:
        """Make every move real, or none."""
        data = cleaned(self, request, BecauseInput)
        return _do(request, scenario, scenarios.apply, **data)


@extend_schema(tags=["Waves"], request=BecauseInput, responses=ScenarioSerializer)
class Propose(Door):
    """Proposing the moves of a what-if."""

    def post(self, request: Request, scenario: UUID) -> Response:
        """Propose them to those who hold their place already; nothing moves (R36)."""
        data = cleaned(self, request, BecauseInput)
        return _do(request, scenario, scenarios.propose, **data)


@extend_schema(tags=["Waves"], request=None, responses=ScenarioSerializer)
class Discard(Door):
    """Discarding a what-if."""

    def post(self, request: Request, scenario: UUID) -> Response:
        """Put it away; nothing of it was real."""
        return _do(request, scenario, scenarios.discard)


urlpatterns = [
    path(f"{OF}/places/", Places.as_view(), name="api_places"),
    path(f"{HELD}/place/", OnePlace.as_view(), name="api_place"),
    path(f"{HELD}/place/<slug:act>/", PlaceActs.as_view(), name="api_place_act"),
    path("waves/board/", Board.as_view(), name="api_wave_board"),
    path("waves/capacity/<slug:route>/", Capacity.as_view(), name="api_wave_capacity"),
    path("waves/what-ifs/", WhatIfs.as_view(), name="api_what_ifs"),
    path(f"{COPY}/", OneWhatIf.as_view(), name="api_what_if"),
    path(f"{COPY}/put/", PutInWhatIf.as_view(), name="api_what_if_put"),
    path(f"{COPY}/assistant/", Assist.as_view(), name="api_what_if_assist"),
    path(f"{COPY}/propose/", Propose.as_view(), name="api_what_if_propose"),
    path(f"{COPY}/apply/", Apply.as_view(), name="api_what_if_apply"),
    path(f"{COPY}/discard/", Discard.as_view(), name="api_what_if_discard"),
]
