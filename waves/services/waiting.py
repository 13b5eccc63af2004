"""The wait list for earlier waves: asked for, offered, answered; the list has no order (R37)."""

from datetime import date, datetime

from django.db import transaction

from foundation.errors import Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from waves.capacity import WAVES
from waves.enums import PlaceNoteKind
from waves.lifecycle import board as moves
from waves.models import Place
from waves.notices import board as notices
from waves.queries import board as queries
from waves.services import ordering
from waves.services.board import take
from waves.services.places import (
    group_of,
    move_all,
    note,
    require_day,
    require_reason,
    require_wave,
    wave,
)


@transaction.atomic
def restate(
    *, qualification: Qualification, route: str, because: str, actor: Actor, at: datetime
) -> list[Place]:
    """Ask for another wave while none is allocated yet."""
    policy.require(actor, "place.request", qualification)
    require_wave(route)
    reason = require_reason(because)
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(
        moves.RESTATE,
        group,
        actor=actor,
        at=at,
        because=reason,
        is_a_wish=True,
        requested=route,
        indicated="",
    )
    note(group, PlaceNoteKind.REQUEST, reason, actor=actor, at=at, to_route=route)
    notices.answered(group[0], f"now asks for {wave(route)}", at=at)
    return group


@transaction.atomic
def ask_earlier(
    *, qualification: Qualification, route: str, because: str, actor: Actor, at: datetime
) -> list[Place]:
    """Ask for an earlier wave and keep the present one meanwhile (R37, R39, NT7)."""
    policy.require(actor, "place.request", qualification)
    require_wave(route)
    reason = require_reason(because)
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(
        moves.ASK_EARLIER,
        group,
        route=route,
        actor=actor,
        at=at,
        wanted=route,
        because=reason,
        is_a_wish=True,
    )
    held = group[0].qualification
    note(
        group,
        PlaceNoteKind.REQUEST,
        reason,
        actor=actor,
        at=at,
        from_route=held.route,
        to_route=route,
    )
    notices.waits(group[0], wave(route), reason, at=at)
    return group


@transaction.atomic
def leave_list(*, qualification: Qualification, actor: Actor, at: datetime) -> list[Place]:
    """Take a wish for an earlier wave back."""
    policy.require(actor, "place.request", qualification)
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(moves.LEAVE_LIST, group, actor=actor, at=at, wanted="")
    note(group, PlaceNoteKind.ANSWER, "Left the wait list.", actor=actor, at=at)
    notices.answered(group[0], "left the wait list", at=at)
    return group


@transaction.atomic
def end_wait(
    *, qualification: Qualification, because: str, actor: Actor, at: datetime
) -> list[Place]:
    """Take an organisation off the wait list, with the reason."""
    policy.require(actor, "place.plan", qualification)
    reason = require_reason(because)
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(moves.CLOSE_WAIT, group, actor=actor, at=at, because=reason, wanted="")
    note(group, PlaceNoteKind.ANSWER, reason, actor=actor, at=at)
    notices.wait_ended(group[0], reason, at=at)
    return group


@transaction.atomic
def offer(
    *,
    qualification: Qualification,
    until: date | None,
    because: str = "",
    actor: Actor,
    at: datetime,
) -> list[Place]:
    """Offer the earlier wave that was asked for, up to a last day; it must be open (R18, R33).

    While the offer stands, no other move may close it: everybody's order is asked in both waves.
    """
    policy.require(actor, "place.plan", qualification)
    last_day = require_day(until, at)
    ordering.hold_board()
    group = group_of(qualification, actor=actor, at=at)
    held, wanted = group[0].qualification, group[0].wanted
    if wanted in WAVES:
        board, move = queries.board(), {held.trio or held.pk: wanted}
        if reasons := [*board.route_objections(move), *board.order_objections(move)]:
            raise Refused(reasons)
    group = move_all(
        moves.OFFER, group, actor=actor, at=at, offer_until=last_day, log={"wave": wanted}
    )
    note(group, PlaceNoteKind.OFFER, because, actor=actor, at=at, to_route=wanted)
    notices.offered(group[0], wave(wanted), last_day, because, at=at)
    return group


@transaction.atomic
def take_offer_back(
    *, qualification: Qualification, because: str, actor: Actor, at: datetime
) -> list[Place]:
    """Take an offer back; the organisation stays on the wait list."""
    policy.require(actor, "place.plan", qualification)
    reason = require_reason(because)
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(moves.TAKE_BACK, group, actor=actor, at=at, offer_until=None)
    note(group, PlaceNoteKind.OFFER, reason, actor=actor, at=at)
    notices.offer_taken_back(group[0], reason, at=at)
    return group


@transaction.atomic
def accept(*, qualification: Qualification, actor: Actor, at: datetime) -> list[Place]:
    """Accept an offered earlier wave: the move happens, and every date follows it (R37, R43)."""
    policy.require(actor, "place.request", qualification)
    ordering.hold_board()
    group = group_of(qualification, actor=actor, at=at)
    wanted = group[0].wanted
    group = move_all(moves.ACCEPT, group, actor=actor, at=at, wanted="", offer_until=None)
    note(group, PlaceNoteKind.ANSWER, "Accepted the offer.", actor=actor, at=at, to_route=wanted)
    because = f"{wave(wanted)} was offered and accepted."
    take(group, wanted, because, capability="place.request", actor=actor, at=at)
    notices.answered(group[0], f"accepted {wave(wanted)} and moved", at=at)
    return group


@transaction.atomic
def decline(
    *, qualification: Qualification, because: str = "", actor: Actor, at: datetime
) -> list[Place]:
    """Decline an offer and keep the present wave."""
    policy.require(actor, "place.request", qualification)
    group = group_of(qualification, actor=actor, at=at)
    group = move_all(moves.DECLINE, group, actor=actor, at=at, wanted="", offer_until=None)
    said = because or "Declined the offer."
    note(group, PlaceNoteKind.ANSWER, said, actor=actor, at=at)
    notices.answered(group[0], "declined the offer", at=at)
    return group
