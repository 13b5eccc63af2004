"""Moving somebody who did not ask: the last resort, and never before the talk about it (R36)."""

from datetime import datetime

from django.db import transaction

from foundation.errors import Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from waves.enums import PlaceNoteKind, PlaceState
from waves.lifecycle import board as moves
from waves.models import Place
from waves.notices import board as notices
from waves.queries import board as queries
from waves.services import ordering
from waves.services.board import ALONE, Together, take
from waves.services.places import group_of, move_all, note, require_reason, require_wave, wave


@transaction.atomic
def propose(
    *, qualification: Qualification, route: str, because: str, actor: Actor, at: datetime
) -> list[Place]:
    """Propose another wave with the reason, and tell the organisation; nothing moves (NT6)."""
    policy.require(actor, "place.plan", qualification)
    require_wave(route)
    reason = require_reason(because)
    group = group_of(qualification, actor=actor, at=at)
    held = group[0].qualification
    if held.route == route:
        raise Refused(f"It is in {wave(route)} already.")
    if reasons := queries.board().route_objections({held.trio or held.pk: route}):
        raise Refused(reasons)
    group = move_all(
        moves.PROPOSE, group, actor=actor, at=at, wanted=route, because=reason, is_a_wish=True
    )
    note(
        group,
        PlaceNoteKind.MOVE,
        f"Proposed, not enacted: {reason}",
        actor=actor,
        at=at,
        from_route=held.route,
        to_route=route,
    )
    notices.proposed(group[0], wave(route), reason, at=at)
    return group


@transaction.atomic
def engage(*, qualification: Qualification, text: str, actor: Actor, at: datetime) -> list[Place]:
    """Record the talk with the organisation about a proposed move; without it nothing moves."""
    policy.require(actor, "place.plan", qualification)
    said = require_reason(text, "text")
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(moves.ENGAGE, group, actor=actor, at=at, because=said)
    note(group, PlaceNoteKind.ENGAGEMENT, said, actor=actor, at=at, to_route=group[0].wanted)
    return group


@transaction.atomic
def enact(
    *,
    qualification: Qualification,
    together: Together = ALONE,
    actor: Actor,
    at: datetime,
) -> list[Place]:
    """Enact a proposed move after the talk; refused without it, or out of order (R33, R34, R36)."""
    policy.require(actor, "place.plan", qualification)
    ordering.hold_board()
    group = group_of(qualification, actor=actor, at=at)
    first = group[0]
    if first.status == PlaceState.REALLOCATION_PROPOSED:
        name = first.qualification.organisation.name
        raise Refused(f"No talk with {name} is recorded. Engage first, then move (QA&P 9.3.2).")
    wanted, because = first.wanted, first.because
    group = move_all(
        moves.ENACT, group, actor=actor, at=at, because=because, wanted="", is_at_risk=False
    )
    take(group, wanted, because, together=together, actor=actor, at=at)
    return group


@transaction.atomic
def drop(*, qualification: Qualification, because: str, actor: Actor, at: datetime) -> list[Place]:
    """Drop a proposed move; the organisation keeps its wave and is told."""
    policy.require(actor, "place.plan", qualification)
    reason = require_reason(because)
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(moves.DROP, group, actor=actor, at=at, because=reason, wanted="")
    note(group, PlaceNoteKind.MOVE, f"Dropped: {reason}", actor=actor, at=at)
    notices.proposal_dropped(group[0], reason, at=at)
    return group
