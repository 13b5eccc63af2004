"""Who the party relied on is, and whom it touches when something happens to it (R33-R35, R57).

What is recorded of links goes into the chain of the body, not of the organisation: its history is
its own to read, and must not say who the party is (R10).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Organisation, Qualification
from participants.moves import lock
from waves.board import Board, wave_word
from waves.lifecycle import reliance as moves
from waves.models import Dependant, Reliance, RelianceLink
from waves.queries.board import board
from waves.reliance import IDLE
from waves.reliance_graph import Touched, What, touched
from waves.routes import ROUTES
from waves.services import ordering
from waves.services.reliance_evidence import settle
from waves.services.reliance_order import require_fitting
from waves.services.reliance_undermining import undermine_direct


@transaction.atomic
def link(
    *,
    reliance: Reliance,
    provider: Qualification | None = None,
    organisation: Organisation | None = None,
    because: str = "",
    actor: Actor,
    at: datetime,
) -> RelianceLink:
    """Say who the typed name is: a qualification in the same role, or a party without one (R48).

    Refused where a ring would close, or somebody would stand before a party that it relies on
    (R33, R34). An earlier link ends.
    """
    policy.require(actor, moves.LINK, reliance)
    ordering.hold_board()
    row = lock(reliance)
    if row.status in IDLE:
        raise Refused("Nobody relies on anything by this proposal as it stands.")
    if provider is None and organisation is None:
        raise Invalid({"provider": "Choose who the party is."})
    earlier = RelianceLink.objects.filter(reliance=row, ended_at=None).first()
    if earlier and earlier.provider_id == getattr(provider, "pk", None) and provider:
        raise Refused("This is who it is linked to.")
    if provider is not None:
        require_fitting(row, provider)
    if earlier:
        _end(earlier, because or "Linked to another party.", actor, at)
    made = RelianceLink.objects.create(
        organisation_id=row.organisation_id,
        reliance=row,
        provider_organisation_id=provider.organisation_id if provider else organisation.pk,
        provider=provider,
        linked_at=at,
        linked_by_name=actor.name,
    )
    known = {"reliance": row.pk, "link": made.pk, "provider": provider.pk if provider else None}
    record("reliance.linked", actor=actor, at=at, because=because, **known)  # no subject: R10
    settle([row.qualification_id], actor=actor, at=at)
    return made


@transaction.atomic
def unlink(*, reliance: Reliance, because: str, actor: Actor, at: datetime) -> RelianceLink:
    """End a link that was wrong, with the reason; the row stays."""
    policy.require(actor, moves.LINK, reliance)
    if not because.strip():
        raise Invalid({"because": "Say why; only the bodies read it."})
    ordering.hold_board()
    row = lock(reliance)
    found = RelianceLink.objects.filter(reliance=row, ended_at=None).first()
    if found is None:
        raise Refused("It is linked to nobody.")
    _end(found, because, actor, at)
    settle([row.qualification_id], actor=actor, at=at)
    return found


def _end(found: RelianceLink, because: str, actor: Actor, at: datetime) -> None:
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    known = {"reliance": found.reliance_id, "link": found.pk}
    record("reliance.unlinked", actor=actor, at=at, because=because, **known)  # no subject: R10


def who_is_touched(
    now: Board, provider: UUID, what: str, route: str = ""
) -> tuple[Touched[UUID], ...]:
    """Return everybody whom it touches, as units of the board; pure reading, for staff."""
    unit = next((seat.unit for seat in now.seats if seat.id == provider), provider)
    to = ROUTES[route].wave_order if route in ROUTES else 0
    found = touched(unit, now.edges, now.order, What(what), to)
    return tuple(each for each in found if each.key in now.units)


@transaction.atomic
def flag_touched(
    *, provider: Qualification, what: str, route: str = "", because: str, actor: Actor, at: datetime
) -> list[Dependant]:
    """Have the bodies look again at everybody touched; agreed direct reliance goes to review.

    The organisations hear that their plan needs a review, never whose doing it is (R10, NT8).
    """
    policy.require(actor, moves.LINK, provider)
    if not because.strip():
        raise Invalid({"because": "Say what happened; only the bodies read it."})
    ordering.hold_board()
    now = board()
    found = who_is_touched(now, provider.pk, what, route)
    if not found:
        raise Refused("Nobody relies on this party.")
    concerned = {
        each.key: (each.chain[-1], f"{chain(now, each)}, {happened(what, route)}. {because}")
        for each in found
    }
    flags = ordering.raise_flags(now, concerned, actor, at)
    same = [seat.id for seat in now.seats if seat.unit == found[0].chain[-1]]
    undermine_direct(providers=same, because=because, at=at)
    return flags


def chain(now: Board, each: Touched[UUID]) -> str:
    """Name everybody between the one touched and the party, for staff."""
    return " relies on ".join(now.name(key) for key in each.chain)


def happened(what: str, route: str) -> str:
    """Say what happened to a party, after its name."""
    order = ROUTES[route].wave_order if route in ROUTES else 0
    where = f" for {wave_word(order)}" if order else ""
    if what == What.SLIPS:
        return f"which goes to {wave_word(order)}"
    return f"which leaves SIT{where}" if what == What.LEAVES_SIT else "which did not pass its tests"
