"""Later waves on request: asked for by the organisation, decided by the code bodies (R39, R42)."""

from datetime import datetime

from django.db import transaction

from foundation.errors import Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from waves.board import consequence
from waves.capacity import LAST_WAVE
from waves.enums import PlaceNoteKind
from waves.lifecycle import board as moves
from waves.models import Place
from waves.notices import board as notices
from waves.services import ordering
from waves.services.board import ALONE, Together, take
from waves.services.places import group_of, move_all, note, require_reason, require_wave, wave

AFTER_THE_LAST = "ENDURING"  # what is asked for in wave 4: no wave is left (R42)


@transaction.atomic
def ask_later(
    *, qualification: Qualification, route: str = "", because: str, actor: Actor, at: datetime
) -> list[Place]:
    """Ask for a later wave; from wave 4 there is none, and the code bodies decide what follows."""
    policy.require(actor, "place.request", qualification)
    reason = require_reason(because)
    group = group_of(qualification, actor=actor, at=at)
    held = group[0].qualification
    if held.route == LAST_WAVE:
        route = AFTER_THE_LAST
    else:
        require_wave(route)
    group = move_all(
        moves.ASK_LATER,
        group,
        route=route,
        actor=actor,
        at=at,
        wanted="" if route == AFTER_THE_LAST else route,
        because=reason,
        is_a_wish=True,
    )
    told = " ".join(filter(None, [reason, consequence(held.role, held.route)]))
    note(
        group,
        PlaceNoteKind.REQUEST,
        told,
        actor=actor,
        at=at,
        from_route=held.route,
        to_route="" if route == AFTER_THE_LAST else route,
    )
    notices.later_asked(group[0], wave(route), reason, at=at)
    return group


@transaction.atomic
def take_request_back(*, qualification: Qualification, actor: Actor, at: datetime) -> list[Place]:
    """Take a request for a later wave back."""
    policy.require(actor, "place.request", qualification)
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(moves.TAKE_LATER_BACK, group, actor=actor, at=at, wanted="")
    note(group, PlaceNoteKind.ANSWER, "Keeps the present wave.", actor=actor, at=at)
    notices.answered(group[0], "keeps its wave after all", at=at)
    return group


@transaction.atomic
def grant(
    *,
    qualification: Qualification,
    route: str,
    because: str,
    together: Together = ALONE,
    actor: Actor,
    at: datetime,
) -> list[Place]:
    """Grant a later wave: the move happens, if nobody is left behind by it (R33, R34, R39)."""
    policy.require(actor, "place.plan", qualification)
    reason = require_reason(because)
    if qualification.route == LAST_WAVE:
        raise Refused(consequence(qualification.role, qualification.route))
    require_wave(route)
    ordering.hold_board()
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(
        moves.GRANT_LATER,
        group,
        route=route,
        actor=actor,
        at=at,
        because=reason,
        wanted="",
        is_at_risk=False,
    )
    take(group, route, reason, together=together, actor=actor, at=at)
    return group


@transaction.atomic
def refuse(
    *, qualification: Qualification, because: str, actor: Actor, at: datetime
) -> list[Place]:
    """Refuse a later wave, with the reason; the organisation keeps its wave."""
    policy.require(actor, "place.plan", qualification)
    reason = require_reason(because)
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(moves.REFUSE_LATER, group, actor=actor, at=at, because=reason, wanted="")
    note(group, PlaceNoteKind.ANSWER, reason, actor=actor, at=at)
    notices.later_refused(group[0], reason, at=at)
    return group
