"""Review clocks across organisations: what runs, what is late or at risk, and a body's load."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from foundation.tenancy.actor import Actor
from participants.roles import roles_in_reach
from waves.deadlines import due_at
from waves.enums import ObligationState
from waves.models import Obligation

SOON = 7  # days: what is due within a week is at risk
WEEKS = 12
_OPEN = (ObligationState.RUNNING, ObligationState.PAUSED)


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """The clocks of one body that end in one week, and how many of them are held."""

    body: str
    monday: date
    due: int
    paused: int


def clocks_of_bodies(actor: Actor) -> QuerySet[Obligation]:
    """Return every body's clock that the actor may see, the most pressing first."""
    rows = Obligation.objects.filter(
        qualification__role__in=roles_in_reach(actor), started_on__isnull=False
    ).exclude(body="")
    return rows.select_related("qualification__organisation").order_by("due_at", "pk")


def narrowed(rows: QuerySet[Obligation], view: str, now: datetime) -> QuerySet[Obligation]:
    """Return those that a view of the list shows: overdue, at risk, paused, or all that run."""
    return rows.filter(_views(now)[view])


def counts(rows: QuerySet[Obligation], now: datetime) -> dict[str, int]:
    """Return how many clocks each view shows, in one statement."""
    return rows.order_by().aggregate(
        **{view: Count("pk", filter=condition) for view, condition in _views(now).items()}
    )


def load_by_week(
    actor: Actor, bodies: Iterable[str], today: date, weeks: int = WEEKS
) -> list[WeekLoad]:
    """Return how many clocks of each body end in each of the coming weeks, in one statement."""
    monday = today - timedelta(days=today.weekday())
    ends = due_at(monday + timedelta(weeks=weeks) - timedelta(days=1))
    rows = clocks_of_bodies(actor).filter(state__in=_OPEN, due_at__lte=ends, body__in=list(bodies))
    counted: dict[tuple[str, date], list[int]] = {}
    for body, state, moment in rows.order_by().values_list("body", "state", "due_at"):
        last_day = (moment - timedelta(hours=2)).date()
        week = max(monday, last_day - timedelta(days=last_day.weekday()))
        entry = counted.setdefault((body, week), [0, 0])
        entry[0] += 1
        entry[1] += state == ObligationState.PAUSED
    return [
        WeekLoad(body, week, *counted.get((body, week), (0, 0)))
        for body in bodies
        for week in (monday + timedelta(weeks=number) for number in range(weeks))
    ]


def _views(now: datetime) -> dict[str, Q]:
    soon = now + timedelta(days=SOON)
    return {
        "overdue": Q(state=ObligationState.RUNNING, due_at__lte=now),
        "risk": Q(state=ObligationState.RUNNING, due_at__gt=now, due_at__lte=soon),
        "paused": Q(state=ObligationState.PAUSED),
        "all": Q(state__in=_OPEN),
    }
