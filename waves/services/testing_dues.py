"""What testing owes speaks up as it comes due and when it is overdue, each once (NT12, R63, R75).

Nothing is written down beside the notices themselves: their keys know what was said.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from foundation.clock.moments import LONDON
from foundation.notices.models import Notice
from waves.enums import WorkOffState
from waves.models import WorkOff
from waves.notices import testing as notices

AHEAD = timedelta(days=7)


def speak(*, at: datetime) -> int:
    """Say of every agreed item that it comes due within a week or is late; return how many.

    Call it as the portal.
    """
    today = at.astimezone(LONDON).date()
    agreed = WorkOff.objects.filter(status=WorkOffState.AGREED, due_on__lte=today + AHEAD)
    owed = {
        notices.due_key(row, left): (row, left)
        for row in agreed.select_related("qualification__organisation").order_by("due_on", "pk")
        for left in ((row.due_on - today).days,)
    }
    fresh = owed.keys() - _said(owed)
    for key in (key for key in owed if key in fresh):
        row, left = owed[key]
        notices.due(row, left, at=at)
    return len(fresh)


def _said(keys) -> set[str]:
    """Which of these words were said already, to whomever."""
    if not keys:
        return set()
    begun = Q()
    for key in keys:
        begun |= Q(dedupe_key__startswith=f"testing:{key}:")
    said = Notice.objects.filter(begun).values_list("dedupe_key", flat=True)
    return {one.partition(":")[2].rpartition(":")[0] for one in said}
