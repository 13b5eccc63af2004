"""Whether one party may rely on another: the same role, no ring, the order of waves (R33-R35)."""

from uuid import UUID

from foundation.errors import Refused
from participants.models import Qualification
from waves.board import Board
from waves.enums import RelianceKind
from waves.models import Reliance, RelianceLink
from waves.order import broken, closes_cycle
from waves.queries.board import OVER, board, edges


def require_fitting(row: Reliance, provider: Qualification) -> None:
    """Raise Refused unless the two may be linked: same role, no ring, the order of waves."""
    held = row.qualification
    if provider.role != held.role:
        raise Refused("Testing can be relied on in the same role only (QA&P 10.4).")
    if provider.status in OVER:
        raise Refused("This party is no longer on the way.")
    if row.kind != RelianceKind.RELIANCE:
        return  # who tests on behalf binds no wave (R44)
    if said := _against_order(row, provider, board()):
        raise Refused(said)


def _against_order(row: Reliance, provider: Qualification, now: Board) -> list[str]:
    unit = {seat.id: seat.unit for seat in now.seats}
    relying, relied = unit.get(row.qualification_id), unit.get(provider.pk)
    if relying is None or relied is None:
        return ["One of the two is no longer on the way."]
    others = [
        (unit[one], unit[other])
        for one, other in _edges_beside(row)
        if one in unit and other in unit and unit[one] != unit[other]
    ]
    if ring := closes_cycle(relying, relied, others):
        chain = " relies on ".join(now.name(each) for each in ring)
        return [f"This would close a ring: {chain}. Nobody could be the first to test."]
    known = {(each.relying, each.provider) for each in broken(others, now.order)}
    fresh = broken([*others, (relying, relied)], now.order)
    return [
        now.break_sentence(each) for each in fresh if (each.relying, each.provider) not in known
    ]


def _edges_beside(row: Reliance) -> list[tuple[UUID, UUID]]:
    """Every arrow but the one that this proposal has now."""
    present = RelianceLink.objects.filter(reliance=row, ended_at=None, provider__isnull=False)
    mine = [(row.qualification_id, key) for key in present.values_list("provider_id", flat=True)]
    found = edges()
    for each in mine:
        if each in found:
            found.remove(each)
    return found


def require_known(row: Reliance) -> None:
    """Raise Refused unless the bodies know on whom a proposal relies, and the order holds.

    Asked before it is agreed: waves may have moved since the party was linked. An MPID of the
    organisation's own needs no link.
    """
    found = RelianceLink.objects.filter(reliance=row, ended_at=None).first()
    if found and found.provider:
        require_fitting(row, found.provider)
    elif row.kind == RelianceKind.RELIANCE and not row.is_own and found is None:
        raise Refused(
            "Nobody has said yet who the party is. A planner of a code body links it first, so that"
            " the order of the waves can be checked (QA&P 9.3.2)."
        )
