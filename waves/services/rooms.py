"""What the waves can take: kept by planners, counted on the board, never a wall (R36, X39)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid
from foundation.tenancy.actor import Actor
from participants import policy
from participants.market_roles import BODIES
from waves.models import WaveCapacity
from waves.services.places import require_wave


@transaction.atomic
def set_capacity(
    *,
    route: str,
    places: int,
    reviewer_weeks: Mapping[str, int],
    note: str = "",
    actor: Actor,
    at: datetime,
) -> WaveCapacity:
    """Say how many places and how many reviewer-weeks of each body a wave can take."""
    policy.require(actor, "place.plan")
    require_wave(route)
    unknown = set(reviewer_weeks) - set(BODIES)
    if places < 0 or unknown or any(count < 0 for count in reviewer_weeks.values()):
        raise Invalid({"places": "Give whole numbers from 0, for BSC, REC and DIP."})
    held = WaveCapacity.objects.select_for_update().filter(pk=route).first()
    row = held or WaveCapacity(route=route)
    before = [held.places, held.reviewer_weeks] if held else None
    row.places, row.reviewer_weeks, row.note = places, dict(reviewer_weeks), note.strip()
    row.changed_at, row.changed_by_name = at, actor.name
    row.save()
    record(
        "wave_capacity.changed",
        subject=row,
        actor=actor,
        at=at,
        because=note.strip(),
        before=before,
        after=[places, dict(reviewer_weeks)],
    )
    return row
