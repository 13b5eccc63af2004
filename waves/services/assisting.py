"""The assistant: the board to a market, its proposal into a what-if that a person confirms."""

from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.tenancy.actor import Actor
from participants.market_roles import MARKET_ROLES
from participants.roles import within_reach
from waves.allocation import Market, Proposal, allocate
from waves.board import Board, Seat
from waves.capacity import WAVES, Room
from waves.enums import PlaceState
from waves.models import Scenario
from waves.queries import board as queries
from waves.routes import ROUTES, route_objections
from waves.seats import Bid
from waves.services import places
from waves.services.scenarios import keep, open_one_of, seen
from waves.what_if import rooms_of

_FREE = (PlaceState.REQUESTED, PlaceState.INDICATIVE)
BY_ORDER = {ROUTES[route].wave_order: route for route in WAVES}


@transaction.atomic
def assist(
    *,
    scenario: Scenario,
    is_hard: bool = False,
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Scenario:
    """Let the assistant seat everybody who has no allocated place yet; the copy is then edited.

    What is allocated stays where it is; only roles that the planner's body governs are seated.
    """
    open_one = open_one_of(scenario, revision, actor)
    places.ensure_all(actor=actor, at=at)
    board = queries.board()
    proposal = allocate(market_of(board, open_one.capacity, actor, is_hard=is_hard))
    free = [seats[0] for seats in board.units.values() if _is_free(seats, actor)]
    moves = {
        str(seat.place): seen(BY_ORDER[proposal.waves[seat.unit]], seat.route, seat.state)
        for seat in free
        if seat.unit in proposal.waves
    }
    explanation = _told(board, proposal, len(free))
    return keep(open_one, actor, at, moves=moves, explanation=explanation)


def market_of(
    board: Board, capacity: dict[str, Any], actor: Actor, *, is_hard: bool = False
) -> Market:
    """Return the board as the assistant takes it; nothing in it says who came first."""
    rooms = rooms_of(board.rooms, capacity)
    bids = [
        _bid(unit, seats, board, actor)
        for unit, seats in board.units.items()
        if seats[0].is_in_wave
    ]
    known = {bid.key for bid in bids}
    return Market(
        bids=bids,
        edges=board.edges,
        outside={unit: order for unit, order in board.order.items() if unit not in known},
        space={ROUTES[route].wave_order: rooms.get(route, Room()) for route in WAVES},
        is_hard=is_hard,
    )


def _bid(unit: Any, seats: list[Seat], board: Board, actor: Actor) -> Bid:
    first = seats[0]
    needs: dict[str, int] = {}
    for seat in seats:
        for body in MARKET_ROLES[seat.role].bodies:
            needs[body] = needs.get(body, 0) + seat.weight
    may = [
        ROUTES[route].wave_order
        for route in WAVES
        if not any(route_objections(seat.role, route, seat.is_new_entrant) for seat in seats)
    ]
    now = ROUTES[first.route].wave_order
    return Bid(
        key=unit,
        name=board.name(unit),
        wish=ROUTES[first.requested].wave_order or now,
        open=tuple(may),
        fixed=None if _is_free(seats, actor) else now,
        places=len(seats),
        needs=needs,
    )


def _is_free(seats: list[Seat], actor: Actor) -> bool:
    """Whether the assistant may seat them: nothing is allocated, and the planner governs them.

    A trio moves as one, so that any body that governs one of its roles plans it (R14).
    """
    first = seats[0]
    if not first.is_in_wave or first.state not in _FREE:
        return False
    return actor.is_system or any(within_reach(actor, "place.plan", seat.role) for seat in seats)


def _told(board: Board, proposal: Proposal, free: int) -> dict[str, Any]:
    """What the assistant says of its proposal, in plain data."""
    return {
        "seconds": round(proposal.seconds, 2),
        "is_proven": proposal.is_proven,
        "seated": free - sum(each.given is None for each in proposal.unmet),
        "free": free,
        "unmet": [
            {
                "place": str(board.seat(each.key).place),
                "name": board.name(each.key),
                "role": board.seat(each.key).role,
                "wish": each.wish,
                "given": each.given,
                "ground": each.ground.value,
                "because": each.because,
            }
            for each in sorted(proposal.unmet, key=lambda each: board.name(each.key).casefold())
        ],
    }
