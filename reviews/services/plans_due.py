"""Agreed action plans speak up as they come due and when they are overdue, each once (NT32).

Nothing is written down beside the notices themselves: their keys know what was said.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from foundation.clock.moments import LONDON
from foundation.notices.models import Notice
from participants.enums import Status
from participants.models import Qualification
from reviews.enums import PlanState, ThreadState
from reviews.models import ActionPlan
from reviews.notices import plans as notices

AHEAD = timedelta(days=7)
_GONE = (Status.WITHDRAWN, Status.NOT_APPROVED)


def speak(*, at: datetime) -> int:
    """Say of every agreed plan that it comes due within a week or is late; return how many.

    Call it as the portal. Plans run on after Qualification, and end with a withdrawal.
    """
    today = at.astimezone(LONDON).date()
    owed = {
        notices.due_key(plan, (plan.due_on - today).days): plan
        for plan in _agreed().filter(due_on__lte=today + AHEAD)
    }
    fresh = owed.keys() - _said(list(owed))
    for key, plan in owed.items():
        if key in fresh:
            notices.due(plan, (plan.due_on - today).days, at=at)
    return len(fresh)


def _agreed() -> QuerySet[ActionPlan]:
    """The plans that are agreed and not done, of whoever is still on the way or Qualified."""
    held = Qualification.objects.filter(organisation_id=OuterRef("organisation_id"))
    on_the_way = Exists(held.exclude(status__in=_GONE))
    rows = ActionPlan.objects.filter(
        Q(thread__part__qualification=None) & on_the_way
        | Q(thread__part__qualification__isnull=False)
        & ~Q(thread__part__qualification__status__in=_GONE),
        status=PlanState.AGREED,
        thread__status=ThreadState.PLAN_AGREED,
    )
    return rows.select_related("thread__organisation").order_by("due_on", "pk")


def _said(keys: list[str]) -> set[str]:
    """Which of these words were said already, to whomever."""
    if not keys:
        return set()
    begun = Q()
    for key in keys:
        begun |= Q(dedupe_key__startswith=f"{notices.KIND}:{key}:")
    said = Notice.objects.filter(begun).values_list("dedupe_key", flat=True)
    return {one.partition(":")[2].rpartition(":")[0] for one in said}
