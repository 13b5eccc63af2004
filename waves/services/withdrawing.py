"""Withdrawing a qualification, or the whole trio: clocks stop, the place in its wave is free."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.errors import Invalid
from foundation.tenancy.actor import Actor, portal_after
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from participants.moves import perform
from participants.policy import require
from waves.enums import PlaceNoteKind, RelianceState
from waves.lifecycle.board import FOLLOW
from waves.lifecycle.withdrawing import STAYS, WITHDRAW
from waves.models import Dependant, Place, Reliance
from waves.notices import withdrawing as notices
from waves.order import dependants
from waves.queries import board as boards
from waves.services import clocks, ordering, places
from waves.services.milestones import doer_of, group_of
from waves.services.reliance_undermining import undermine

_AGREED = (RelianceState.AGREED_FULL, RelianceState.AGREED_PART)


@transaction.atomic
def withdraw(
    *, qualification: Qualification, because: str, actor: Actor, at: datetime
) -> list[Qualification]:
    """Withdraw a qualification, of a trio all that is not decided (R14); return what was withdrawn.

    A code body does it, or the organisation's master admin. The reason is kept and told. Whoever
    relied on the party is looked at again: at once, or at the next sweep where a participant acts,
    who reads nothing of that (R10, R34, R57).
    """
    require(actor, WITHDRAW.capability, qualification)
    if not because.strip():
        raise Invalid({"because": "Say why; both sides read it, and it is kept."})
    if not actor.is_participant:
        ordering.hold_board()
    going = [
        each
        for each in group_of(qualification)
        if each.pk == qualification.pk or each.status not in STAYS
    ]
    going.sort(key=lambda each: each.pk != qualification.pk)
    gone = [
        perform(WITHDRAW, subject=each, actor=doer_of(actor, each), at=at, because=because.strip())
        for each in going
    ]
    for each in gone:
        clocks.cancel_all(qualification=each, actor=actor, at=at, because=because.strip())
    _free_places(gone, because.strip(), actor, at)
    notices.withdrawn(gone, because.strip(), by=actor.name, at=at)
    if not actor.is_participant:
        flag_who_relied(actor=actor, at=at)
    return gone


def _free_places(gone: Sequence[Qualification], because: str, actor: Actor, at: datetime) -> None:
    """Settle what was asked or offered, and write into the ledger why the place is free (R36)."""
    held = list(Place.objects.filter(qualification__in=gone).select_related("qualification"))
    settle = replace(FOLLOW, capability=WITHDRAW.capability)
    for place in held:
        if place.status in FOLLOW.sources:
            doer = doer_of(actor, place.qualification)
            perform(settle, subject=place, actor=doer, at=at, wanted="", offer_until=None)
    text = f"Withdrawn: {because}"
    places.note(held, PlaceNoteKind.MOVE, text, actor=actor, at=at, from_route=gone[0].route)


@transaction.atomic
def flag_who_relied(*, actor: Actor, at: datetime) -> list[Dependant]:
    """Have the bodies look again at everybody who relied on a party that withdrew, each once.

    Reliance on it that was agreed goes to review (R52, R57). For staff and the portal: who relies
    on whom is read by nobody else (R10).
    """
    if next(_to_look_at(), None) is None:
        return []
    ordering.hold_board()  # two sweeps, or a sweep and a planner: the second finds the flags
    raised = []
    for held, left, text in list(_to_look_at()):
        raised.append(
            ordering.flag(held=held, cause_id=left.organisation_id, text=text, actor=actor, at=at)
        )
        direct = Reliance.objects.filter(
            qualification=held, links__provider=left, links__ended_at=None, status__in=_AGREED
        )
        for row in direct.order_by("pk"):
            undermine(reliance=row, because=text, actor=portal_after(actor), at=at)
    return raised


def _to_look_at() -> Iterator[tuple[Qualification, Qualification, str]]:
    """Who relies on a party that withdrew, itself or through others, and was not flagged since."""
    edges = boards.edges()
    rows = Qualification.objects.select_related("organisation")
    left = list(
        rows.filter(pk__in={provider for _, provider in edges}, status=Status.WITHDRAWN).order_by(
            "pk"
        )
    )
    if not left:
        return
    known = rows.in_bulk({key for edge in edges for key in edge})
    flagged = _flagged({each.organisation_id for each in left})
    for each in left:
        for found in dependants(each.pk, edges):
            held = known[found.key]
            last = flagged.get((held.pk, each.organisation_id))
            if held.status in boards.OVER or (last and last >= each.status_since):
                continue
            chain = " relies on ".join(_called(known[key]) for key in found.chain)
            yield held, each, f"{chain}, which withdrew."


def _flagged(causes: set[UUID]) -> dict[tuple[UUID, UUID], datetime]:
    rows = Dependant.objects.filter(cause_id__in=causes).order_by("raised_at")
    return {(row.qualification_id, row.cause_id): row.raised_at for row in rows}


def _called(held: Qualification) -> str:
    return f"{held.organisation.name} ({MARKET_ROLES[held.role].short_label})"
