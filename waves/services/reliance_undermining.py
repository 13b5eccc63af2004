"""Having agreed reliance reviewed again, because what it rests on has changed (R52, R57, D.9)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid
from foundation.tenancy.actor import PORTAL, Actor
from participants.moves import perform
from waves.lifecycle import reliance as moves
from waves.models import Reliance
from waves.notices import reliance as notices
from waves.reliance import AGREED


@transaction.atomic
def undermine(*, reliance: Reliance, because: str, actor: Actor, at: datetime) -> Reliance:
    """Have an agreed proposal reviewed again, because what it rests on has changed (R52, R57).

    The reason is for the bodies; the organisation hears only that a review is due (R10).
    """
    if not because.strip():
        raise Invalid({"because": "Say why; only the bodies read it."})
    row = perform(moves.UNDERMINE, subject=reliance, actor=actor, at=at)
    keep_reason("reliance.undermining_explained", row, because, actor, at)
    notices.to_review(row, at=at)
    return row


def keep_reason(event: str, row: Reliance, because: str, actor: Actor, at: datetime) -> None:
    """Record a reason in the chain of the body: the organisation's history is its own to read."""
    record(event, actor=actor, at=at, because=because, reliance=row.pk)


@transaction.atomic
def undermine_direct(
    *, providers: Collection[UUID], but: Collection[UUID] = (), because: str, at: datetime
) -> list[Reliance]:
    """Do so for everything agreed that rests on these qualifications directly; the portal does.

    It follows from an act that had its own right. Whoever is named in ``but`` is left as it is.
    """
    rows = Reliance.objects.filter(
        links__provider__in=providers, links__ended_at=None, status__in=AGREED
    ).exclude(qualification__in=but)
    return [
        undermine(reliance=row, because=because, actor=PORTAL, at=at) for row in rows.order_by("pk")
    ]
