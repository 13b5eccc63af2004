"""Due reminders speak, each exactly once, however many bells ring at a time.

Each batch is one transaction: the reminder's row, the notices, the audit event and the mark that
it has spoken are committed together or not at all, so a second bell finds nothing to do.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, connection
from django.db.models import Q, QuerySet

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from waves import notices
from waves.audience import Audience
from waves.enums import ObligationState, ReminderKind, ReminderState
from waves.models import Obligation, Reminder

logger = logging.getLogger(__name__)

BATCH = 20
SILENCE = timedelta(hours=1)  # what is said later than this is gathered, not mailed one by one
_AFTER_DUE = (ReminderKind.OVERDUE, ReminderKind.BREACH)
Key = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: reminders that spoke, those overtaken or moot, and those that failed."""

    fired: int = 0
    dropped: int = 0
    failed: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(
            self.fired + other.fired, self.dropped + other.dropped, self.failed + other.failed
        )


def batches() -> Iterator[Swept]:
    """Settle what is due, in the order of its moments, a batch in a transaction.

    Raises OperationalError where somebody's work holds a row for too long.
    """
    after: Key | None = None
    while keys := _due_keys(after):
        after = keys[-1]
        yield from _settled([pk for _, pk in keys])


def unsaid(at: datetime) -> int:
    """Return how many reminders of a silence still wait to be said."""
    return _due(at - SILENCE).count()


def _due(at: datetime) -> QuerySet[Reminder]:
    return Reminder.objects.filter(state=ReminderState.PENDING, fire_at__lte=at)


def _due_keys(after: Key | None) -> list[Key]:
    """The next reminders that are due, whoever holds them."""
    with acting_as(PORTAL):
        due = _due(moments.now())
        if after:
            moment, key = after
            due = due.filter(Q(fire_at__gt=moment) | Q(fire_at=moment, pk__gt=key))
        return list(due.order_by("fire_at", "pk").values_list("fire_at", "pk")[:BATCH])


def _settled(keys: Sequence[UUID]) -> Iterator[Swept]:
    """Settle a batch; one that fails is taken again row by row, so that the others are said."""
    try:
        yield _settle(keys)
    except OperationalError:
        raise
    except Exception:  # whatever is wrong with one row must not silence the others
        if len(keys) > 1:
            for key in keys:
                yield from _settled([key])
            return
        logger.exception("Reminder %s could not be said; the next bell tries it again.", keys[0])
        yield Swept(failed=1)


def _settle(keys: Sequence[UUID]) -> Swept:
    """Settle those of a batch that nobody else has taken meanwhile."""
    with acting_as(PORTAL):
        at = moments.now()
        with connection.cursor() as cursor:
            # Give way before the database has to choose between the sweep and somebody's work.
            cursor.execute("SET LOCAL lock_timeout = '900ms'")
        rows = _due(at).filter(pk__in=keys).order_by("fire_at", "pk")
        claimed = list(rows.select_for_update(skip_locked=True, of=("self",)))
        running = _lock_obligations(claimed)
        latest = _latest_due(running, at)
        spoken, dropped = [], []
        for row in (row for row in claimed if row.obligation_id in running):
            row.obligation = running[row.obligation_id]
            (spoken if _still_speaks(row, latest[row.obligation_id], at) else dropped).append(row)
        _speak(spoken, at)
        _mark(spoken, ReminderState.FIRED, at)
        _mark(dropped, ReminderState.DROPPED, None)
        return Swept(len(spoken), len(dropped))


def _lock_obligations(claimed: Sequence[Reminder]) -> dict:
    """The obligations of claimed reminders; one that somebody works on is left to the next bell."""
    rows = Obligation.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    wanted = rows.filter(pk__in={row.obligation_id for row in claimed}).order_by("pk")
    return {row.pk: row for row in wanted.select_related("qualification__organisation")}


def _latest_due(running: dict, at: datetime) -> dict:
    """For each obligation the last of its reminders that have come due.

    After a silence it alone speaks; where it has spoken already, in another sweep, the earlier
    ones are overtaken all the same.
    """
    came_due = Reminder.objects.exclude(state=ReminderState.DROPPED).filter(
        obligation_id__in=running.keys(), fire_at__lte=at
    )
    rows = came_due.order_by("fire_at", "pk").values_list("obligation_id", "pk")
    return dict(rows)  # later ones take the place of earlier ones


def _still_speaks(reminder: Reminder, latest, at: datetime) -> bool:
    """Whether the obligation runs and this reminder is the latest and not yet pointless."""
    obligation = reminder.obligation
    if obligation.state != ObligationState.RUNNING or reminder.pk != latest:
        return False
    if reminder.kind in (ReminderKind.OPENS_28, ReminderKind.OPENS_7):
        return obligation.opens_on is not None and moments_date(at) < obligation.opens_on
    return reminder.kind in _AFTER_DUE or at < obligation.due_at


def moments_date(at: datetime):
    """Return the London date of a moment."""
    return at.astimezone(moments.LONDON).date()


def _speak(spoken: Sequence[Reminder], at: datetime) -> None:
    if not spoken:
        return
    audience = Audience.of({row.organisation_id for row in spoken})
    for row in spoken:
        heard = audience.hears(row.obligation, row.kind)
        notices.reminder(
            *(row, heard),
            at=at,
            is_late=row.fire_at < at - SILENCE,
            lacks_signatory=audience.lacks_signatory(row.obligation),
        )
    # In one order of organisations, so that two sweeps never wait for each other's chains.
    for row in sorted(spoken, key=lambda row: (str(row.organisation_id), str(row.pk))):
        record(
            "reminder.sent",
            subject=row.obligation,
            actor=PORTAL,
            at=at,
            kind=row.kind,
            activity=row.obligation.activity,
            body=row.obligation.body,
            due=row.obligation.due_on,
        )


def _mark(rows: Sequence[Reminder], state: ReminderState, at: datetime | None) -> None:
    if rows:
        Reminder.objects.filter(
            pk__in=[row.pk for row in rows], state=ReminderState.PENDING
        ).update(state=state, fired_at=at)
