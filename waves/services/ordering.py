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
        for each in board.dependants(unit):
            if each.key in {*moves, *along, *concerned} or each.key not in board.units:
                continue
            chain = " relies on ".join(board.name(key) for key in each.chain)
            left = short(board.seat(unit).route)
            text = f"{chain}, which goes from {left} to {_where(route)}."
            concerned[each.key] = (unit, text)
    return _raise_flags(board, concerned, actor, at)


def _where(route: str) -> str:
    return short(route) if route else "the enduring arrangements"


def _raise_flags(
    board: Board,
    concerned: Mapping[UUID, tuple[UUID, str]],
    actor: Actor,
    at: datetime,
) -> list[Dependant]:
    keys = [board.seat(unit).id for unit in concerned]
    rows = Qualification.objects.select_related("organisation").in_bulk(keys)
    flags = []
    for unit, (cause, text) in concerned.items():
        held = rows[board.seat(unit).id]
        flag = Dependant.objects.create(
            organisation_id=held.organisation_id,
            qualification=held,
            cause_id=board.seat(cause).organisation_id,
            text=text,
            raised_at=at,
        )
        notices.to_look_at_again(flag, at=at)
        record("dependant.flagged", subject=flag, actor=actor, at=at)
        flags.append(flag)
    return flags


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
