"""Giving places: indicated, then allocated, by a planner, never by order of arrival (R32, R36)."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from waves.board import Board, consequence, short
from waves.capacity import LAST_WAVE
from waves.enums import PlaceNoteKind
from waves.lifecycle import board as moves
from waves.models import Place
from waves.notices import board as notices
from waves.queries import board as queries
from waves.services import milestones, ordering, roads
from waves.services.places import group_of, move_all, note, require_reason, require_wave, wave
from waves.timetable import Event

HEAVIEST = 99  # reviewer-weeks of one place
Together = Mapping[UUID, str]
ALONE: Together = MappingProxyType({})
_DONE = {moves.INDICATE.name: "indicated", moves.ALLOCATE.name: "allocated"}
_EVENTS = {
    moves.INDICATE.name: Event.WAVE_INDICATED,
    moves.ALLOCATE.name: Event.WAVE_ALLOCATED,
}


@transaction.atomic
def indicate(
    *, qualification: Qualification, route: str, because: str = "", actor: Actor, at: datetime
) -> list[Place]:
    """Indicate a wave; it can still change until the place is allocated (NT5)."""
    group = _give(moves.INDICATE, qualification, route, because, actor, at)
    notices.indicated(group[0], wave(route), because, at=at)
    return group


@transaction.atomic
def allocate(
    *,
    qualification: Qualification,
    route: str,
    because: str = "",
    together: Together = ALONE,
    actor: Actor,
    at: datetime,
) -> list[Place]:
    """Allocate a place in a wave; beyond what the wave can take, with a reason (R32, R36, NT5).

    ``together`` names units that move in the same transaction, with their waves.
    """
    group = _give(moves.ALLOCATE, qualification, route, because, actor, at, together)
    notices.allocated(group[0], wave(route), because, at=at)
    return group


def _give(
    move: Move,
    qualification: Qualification,
    route: str,
    because: str,
    actor: Actor,
    at: datetime,
    together: Together = ALONE,
) -> list[Place]:
    policy.require(actor, "place.plan", qualification)
    require_wave(route)
    stays = _route_of(qualification) == route
    if not stays:  # whoever stays where it is changes nobody's order, and waits for nobody
        ordering.hold_board()
    group = group_of(qualification, actor=actor, at=at)
    held = group[0].qualification
    if stays and held.route != route:
        raise Refused("Somebody moved it meanwhile. Look at the board again, then repeat.")
    board = queries.board()
    if not stays:
        _require_reason_if_full(board, held, route, because)
    ordering.require_order(board, {**together, _unit(held): route})
    before = held.route
    group = move_all(
        move,
        group,
        route=route,
        actor=actor,
        at=at,
        because=because,
        indicated=route,
        wanted="",
    )
    said = because or f"{wave(route)}: {_DONE[move.name]}."
    take(group, route, said, together=together, actor=actor, at=at)
    _say(group, _EVENTS[move.name], actor, at)
    if before == route:
        note(group, PlaceNoteKind.MOVE, said, actor=actor, at=at, to_route=route)
    return group


def take(
    group: list[Place],
    route: str,
    because: str,
    *,
    capability: str = "place.plan",
    together: Together = ALONE,
    actor: Actor,
    at: datetime,
) -> None:
    """Move the qualifications of places to a wave, unless they are there; their dates follow."""
    held = Qualification.objects.get(pk=group[0].qualification_id)
    if held.route != route:
        roads.change_route(
            qualification=held,
            route=route,
            because=because,
            capability=capability,
            together=together,
            actor=actor,
            at=at,
        )


def _say(group: list[Place], event: Event, actor: Actor, at: datetime) -> None:
    """Let the dates know that a wave was indicated or allocated; the first time counts."""
    held = Qualification.objects.get(pk=group[0].qualification_id)
    if event not in held.happened:
        milestones.record_milestone(qualification=held, event=event, actor=actor, at=at)


def _route_of(qualification: Qualification) -> str:
    return Qualification.objects.values_list("route", flat=True).get(pk=qualification.pk)


def _unit(held: Qualification) -> UUID:
    return held.trio or held.pk


def _require_reason_if_full(board: Board, held: Qualification, route: str, because: str) -> None:
    """Capacity is flexed first (R36): it never blocks, but going over it needs a reason."""
    load = board.moved({_unit(held): route}).loads[route]
    if load.is_over and not because.strip():
        over = [f"{count} reviewer-weeks of {body}" for body, count in load.over_weeks.items()]
        over += [f"{load.over_places} places"] if load.over_places else []
        raise Invalid(
            {"because": f"{short(route)} would be over by {', '.join(over)}. Say why it is flexed."}
        )


@transaction.atomic
def to_enduring(
    *, qualification: Qualification, because: str, actor: Actor, at: datetime
) -> list[Place]:
    """Decide that a qualification leaves the last wave for the enduring arrangements (R42, R145).

    Its QAD and its route stay readable as they are; it needs no reviewer and binds nobody. Those
    who rely on it are flagged.
    """
    policy.require(actor, "place.plan", qualification)
    reason = require_reason(because)
    ordering.hold_board()
    group = group_of(qualification, actor=actor, at=at)
    held = group[0].qualification
    if held.route != LAST_WAVE:
        raise Refused(f"There is a wave after {wave(held.route)}: defer it instead (QA&P 9.3.2).")
    board = queries.board()
    group = move_all(
        moves.TO_ENDURING, group, actor=actor, at=at, because=reason, wanted="", is_at_risk=False
    )
    told = f"{reason} {consequence(held.role, held.route)}"
    note(group, PlaceNoteKind.MOVE, told, actor=actor, at=at, from_route=held.route)
    ordering.flag_dependants(board=board, moves={_unit(held): ""}, actor=actor, at=at)
    notices.sent_to_enduring(group[0], reason, at=at)
    return group


@transaction.atomic
def bring_back(
    *, qualification: Qualification, because: str, actor: Actor, at: datetime
) -> list[Place]:
    """Bring a qualification back from the enduring arrangements into the wave that it held."""
    policy.require(actor, "place.plan", qualification)
    reason = require_reason(because)
    ordering.hold_board()
    group = group_of(qualification, actor=actor, at=at)
    held, board = group[0].qualification, queries.board()
    group = move_all(moves.BACK, group, actor=actor, at=at, because=reason)
    ordering.require_order(board, {_unit(held): held.route})
    note(group, PlaceNoteKind.MOVE, reason, actor=actor, at=at, to_route=held.route)
    notices.allocated(group[0], wave(held.route), reason, at=at)
    return group


@transaction.atomic
def weigh(
    *, qualification: Qualification, weight: int, because: str = "", actor: Actor, at: datetime
) -> list[Place]:
    """Say how many reviewer-weeks each body needs for a place; the board counts with them."""
    policy.require(actor, "place.plan", qualification)
    if not 0 < weight <= HEAVIEST:
        raise Invalid({"weight": f"Give a whole number from 1 to {HEAVIEST}."})
    group = group_of(qualification, actor=actor, at=at)
    for place in group:
        before, place.weight = place.weight, weight
        place.save(update_fields=["weight"])
        record(
            "place.weighed",
            subject=place,
            actor=actor,
            at=at,
            because=because,
            before=before,
            after=weight,
        )
    return group
