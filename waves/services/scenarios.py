"""What-if copies of the board: made, changed by several people, applied whole or not at all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.market_roles import BODIES
from participants.models import Qualification
from participants.moves import lock, perform
from waves import what_if
from waves.capacity import WAVES, without_reviewers
from waves.enums import PlaceState, ScenarioState
from waves.lifecycle.scenario import APPLY, DISCARD
from waves.models import Scenario
from waves.queries import board as queries
from waves.services import board as giving
from waves.services import deferring, ordering, reallocating
from waves.services.places import group_of, require_reason, require_wave


@transaction.atomic
def make(*, title: str, note: str = "", actor: Actor, at: datetime) -> Scenario:
    """Make an empty copy of the board; nothing in it is real, and no participant sees it."""
    policy.require(actor, "place.plan")
    if not title.strip():
        raise Invalid({"title": "Give the what-if a name."})
    made = Scenario.objects.create(
        title=title.strip(), note=note.strip(), made_at=at, made_by_name=actor.name
    )
    record("scenario.made", subject=made, actor=actor, at=at)
    return made


@transaction.atomic
def put(
    *,
    scenario: Scenario,
    qualification: Qualification,
    route: str,
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Scenario:
    """Put a card into another wave of the copy, or back where it really stands."""
    policy.require(actor, "place.plan", qualification)
    require_wave(route)
    open_one = open_one_of(scenario, revision, actor)
    group = group_of(qualification, actor=actor, at=at)
    members = {str(place.pk) for place in group}
    moves = {key: move for key, move in open_one.moves.items() if key not in members}
    held = group[0].qualification
    if route != held.route:
        moves[str(group[0].pk)] = seen(route, held.route, group[0].status)
    return keep(open_one, actor, at, moves=moves)


@transaction.atomic
def put_many(
    *,
    scenario: Scenario,
    moves: Iterable[tuple[UUID, str]],
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Scenario:
    """Put several cards into waves of the copy at once, by qualification."""
    rows = Qualification.objects.in_bulk([key for key, _ in moves])
    for key, route in moves:
        scenario = put(
            scenario=scenario,
            qualification=rows[key],
            route=route,
            revision=revision,
            actor=actor,
            at=at,
        )
        revision = None
    return scenario


@transaction.atomic
def cap(
    *,
    scenario: Scenario,
    route: str,
    places: int,
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Scenario:
    """Let a wave of the copy take no more than so many places."""
    require_wave(route)
    if places < 0:
        raise Invalid({"places": "Give a whole number from 0."})
    open_one = open_one_of(scenario, revision, actor)
    said = {**open_one.capacity.get(route, {}), "places": places}
    return keep(open_one, actor, at, capacity={**open_one.capacity, route: said})


@transaction.atomic
def lose_reviewers(
    *,
    scenario: Scenario,
    body: str,
    reviewers: int,
    weeks_each: int,
    routes: Iterable[str] = WAVES,
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Scenario:
    """Let a body have fewer reviewers in some waves of the copy."""
    if body not in BODIES or reviewers < 1 or weeks_each < 1:
        raise Invalid({"reviewers": "Give a body, and how many reviewers it loses."})
    open_one = open_one_of(scenario, revision, actor)
    real = queries.rooms()
    if not any(body in real[route].weeks for route in routes if route in real):
        raise Refused(f"Nobody has said how many reviewer-weeks {body} has in these waves.")
    before = what_if.rooms_of(real, open_one.capacity)
    after = without_reviewers(before, body, reviewers, weeks_each=weeks_each, routes=routes)
    capacity = dict(open_one.capacity)
    for route in routes:
        if route in after and body in after[route].weeks:
            said = dict(capacity.get(route, {}))
            said["weeks"] = {**said.get("weeks", {}), body: after[route].weeks[body]}
            capacity[route] = said
    return keep(open_one, actor, at, capacity=capacity)


@transaction.atomic
def reset_capacity(
    *, scenario: Scenario, revision: int | None = None, actor: Actor, at: datetime
) -> Scenario:
    """Give the waves of the copy their real capacity again."""
    return keep(open_one_of(scenario, revision, actor), actor, at, capacity={})


@transaction.atomic
def discard(*, scenario: Scenario, actor: Actor, at: datetime) -> Scenario:
    """Put a copy away; nothing was ever real in it."""
    return perform(
        DISCARD, subject=scenario, actor=actor, at=at, settled_at=at, settled_by_name=actor.name
    )


@transaction.atomic
def look_again(
    *, scenario: Scenario, revision: int | None = None, actor: Actor, at: datetime
) -> Scenario:
    """Say that somebody looked at what changed on the real board; the moves stay as they are."""
    open_one, board = open_one_of(scenario, revision, actor), queries.board()
    seats = {str(seat.place): seat for seat in board.seats if seat.place}
    moves = {
        key: seen(move["to"], seats[key].route, seats[key].state)
        for key, move in open_one.moves.items()
        if key in seats
    }
    return keep(open_one, actor, at, moves=moves)


@transaction.atomic
def propose(*, scenario: Scenario, because: str, actor: Actor, at: datetime) -> Scenario:
    """Propose the moves of a copy to those who hold their place already; nothing moves yet (R36).

    All proposals are made or none; each organisation hears of its own.
    """
    reason = require_reason(because)
    open_one = open_one_of(scenario, None, actor)
    ordering.hold_board()
    copy = what_if.what_if(queries.board(), open_one.moves, open_one.capacity)
    talks = [each for each in copy.hindrances if each.ground is what_if.Ground.TALK]
    _refuse([each for each in copy.hindrances if each.ground not in _TO_SETTLE])
    if not talks:
        raise Refused("Nobody in this what-if waits for a proposal.")
    for each in talks:
        seat = copy.real.seat(each.unit)
        if seat.state in (PlaceState.REALLOCATION_PROPOSED, PlaceState.ENGAGED):
            continue
        reallocating.propose(
            qualification=Qualification.objects.get(pk=seat.id),
            route=copy.moves[each.unit],
            because=reason,
            actor=actor,
            at=at,
        )
    return look_again(scenario=open_one, actor=actor, at=at)


_TO_SETTLE = (what_if.Ground.TALK, what_if.Ground.OFFER)


@transaction.atomic
def apply(*, scenario: Scenario, because: str, actor: Actor, at: datetime) -> Scenario:
    """Make all moves of a copy real, in one transaction or none (R32, R33, R36).

    Refused with every reason where the board moved on since, where somebody would come before a
    party that it relies on, or where no talk is recorded.
    """
    reason = require_reason(because)
    ordering.hold_board()
    open_one = open_one_of(scenario, None, actor)
    copy = what_if.what_if(queries.board(), open_one.moves, open_one.capacity)
    if not copy.planned:
        raise Refused("There is no move in this what-if.")
    _refuse(copy.hindrances)
    for unit in copy.planned:
        _enact(copy, unit, reason, actor, at)
    return perform(
        APPLY,
        subject=open_one,
        actor=actor,
        at=at,
        because=reason,
        settled_at=at,
        settled_by_name=actor.name,
        log={"moves": len(copy.planned)},
    )


def _refuse(hindrances: Iterable[what_if.Hindrance]) -> None:
    if reasons := [each.text for each in hindrances]:
        raise Refused(list(dict.fromkeys(reasons)))


def _enact(copy: what_if.WhatIf, unit: UUID, because: str, actor: Actor, at: datetime) -> None:
    """Carry out one move by the act that fits the state of the place."""
    seat, to = copy.real.seat(unit), copy.planned[unit].to
    held = Qualification.objects.get(pk=seat.id)
    common = {"qualification": held, "together": copy.moves, "actor": actor, "at": at}
    if seat.state in (PlaceState.REQUESTED, PlaceState.INDICATIVE):
        giving.allocate(route=to, because=because, **common)
    elif seat.state == PlaceState.ENGAGED:
        reallocating.enact(**common)
    elif seat.state == PlaceState.DEFERRAL_REQUESTED:
        deferring.grant(route=to, because=because, **common)


def seen(to: str, route: str, state: str) -> dict[str, str]:
    """Return a move as a copy keeps it: where to, and how the card stood."""
    return {"to": to, "seen": route, "state": state}


def open_one_of(scenario: Scenario, revision: int | None, actor: Actor) -> Scenario:
    """Return the copy locked, if it is open and nobody changed it meanwhile."""
    policy.require(actor, "place.plan")
    locked = lock(scenario)
    if locked.status != ScenarioState.OPEN:
        word = ScenarioState(locked.status).label.lower()
        raise Refused(f"{locked.settled_by_name} {word} this what-if already.")
    if revision is not None and revision != locked.revision:
        raise Refused("Somebody changed this what-if meanwhile. Look at it again, then repeat.")
    return locked


def keep(scenario: Scenario, actor: Actor, at: datetime, **changes: Any) -> Scenario:
    """Write a change of a copy; its revision rises."""
    for name, value in changes.items():
        setattr(scenario, name, value)
    scenario.revision += 1
    scenario.save(update_fields=[*changes, "revision"])
    record("scenario.changed", subject=scenario, actor=actor, at=at, fields=sorted(changes))
    return scenario
