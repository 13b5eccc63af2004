"""Keeping everybody behind the parties they rely on: asked on every change of a wave (R33-R35)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from participants.moves import lock
from waves.board import Board, short
from waves.models import Dependant
from waves.notices import board as notices
from waves.routes import ROUTES
from waves.services import reliance_undermining

_BOARD = 0x57617665  # "Wave": the key of the one lock that all changes of waves and links take


def hold_board() -> None:
    """Let nobody else move places or links until this transaction ends.

    Two moves may each be in order and together not, so they are decided one after the other. It
    is taken before any row is locked.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_BOARD])


def require_order(board: Board, moves: Mapping[UUID, str]) -> None:
    """Raise Refused where units would come before a party that they rely on, or others would."""
    if reasons := board.order_objections(moves):
        raise Refused(reasons)


@transaction.atomic
def flag_dependants(
    *,
    board: Board,
    moves: Mapping[UUID, str],
    along: Collection[UUID] = (),
    actor: Actor,
    at: datetime,
) -> list[Dependant]:
    """Tell the bodies whom to look at again after providers moved later (R34, R35, NT8).

    ``board`` is as it stood before; an empty route is the enduring arrangements. Those who move
    ``along`` are not flagged. The organisations
    concerned hear only that their plan needs a review, never whose move it was (R10).
    """
    concerned: dict[UUID, tuple[UUID, str]] = {}
    for unit, route in moves.items():
        if route and ROUTES[route].wave_order <= board.order.get(unit, 0):
            continue
        _undermine(board, unit, route, {*moves, *along}, at)
        for each in board.dependants(unit):
            if each.key in {*moves, *along, *concerned} or each.key not in board.units:
                continue
            chain = " relies on ".join(board.name(key) for key in each.chain)
            left = short(board.seat(unit).route)
            text = f"{chain}, which goes from {left} to {_where(route)}."
            concerned[each.key] = (unit, text)
    return raise_flags(board, concerned, actor, at)


def _undermine(
    board: Board, unit: UUID, route: str, together: Collection[UUID], at: datetime
) -> None:
    """Have agreed reliance that rests on a unit directly reviewed again (D.9)."""
    if unit in board.units:
        reliance_undermining.undermine_direct(
            providers=[seat.id for seat in board.units[unit]],
            but=[seat.id for each in together for seat in board.units.get(each, ())],
            because=f"{board.name(unit)} goes from {short(board.seat(unit).route)} to"
            f" {_where(route)}.",
            at=at,
        )


def _where(route: str) -> str:
    return short(route) if route else "the enduring arrangements"


def raise_flags(
    board: Board,
    concerned: Mapping[UUID, tuple[UUID, str]],
    actor: Actor,
    at: datetime,
) -> list[Dependant]:
    """Write a flag for each unit concerned: the unit that is the cause, and what to say (NT8)."""
    keys = [board.seat(unit).id for unit in concerned]
    rows = Qualification.objects.select_related("organisation").in_bulk(keys)
    flags = []
    for unit, (cause, text) in concerned.items():
        held = rows[board.seat(unit).id]
        cause_id = board.seat(cause).organisation_id
        flags.append(flag(held=held, cause_id=cause_id, text=text, actor=actor, at=at))
    return flags


def flag(
    *, held: Qualification, cause_id: UUID, text: str, actor: Actor, at: datetime
) -> Dependant:
    """Have the bodies look at one qualification again, because of somebody it relies on (NT8)."""
    raised = Dependant.objects.create(
        organisation_id=held.organisation_id,
        qualification=held,
        cause_id=cause_id,
        text=text,
        raised_at=at,
    )
    notices.to_look_at_again(raised, at=at)
    record("dependant.flagged", subject=raised, actor=actor, at=at)
    return raised


@transaction.atomic
def settle_flag(*, flag: Dependant, note: str, actor: Actor, at: datetime) -> Dependant:
    """Say what came of looking at a dependant again."""
    locked = lock(flag)
    policy.require(actor, "place.plan", locked)
    if not note.strip():
        raise Invalid({"note": "Say what came of it."})
    if locked.settled_at is not None:
        raise Refused(f"{locked.settled_by_name} settled it already.")
    locked.settled_at, locked.settled_by_name, locked.settled_note = at, actor.name, note.strip()
    locked.save(update_fields=["settled_at", "settled_by_name", "settled_note"])
    record("dependant.settled", subject=locked, actor=actor, at=at)
    return locked
