"""The sweep: what is due speaks up, exactly once, however many sweeps run (trust: timers).

Each batch is one transaction: the reminder's row, the notices, the audit event and the mark that
it has spoken are committed together or not at all, so a second bell finds nothing to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, connection
from django.db.models import F

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from waves import notices, tables
from waves.audience import Audience
from waves.enums import ObligationState, ReminderKind, ReminderState
from waves.models import Obligation, Reminder, SweepHeartbeat
from waves.services import clocks

BATCH = 20
HEARTBEAT = "obligations"
_AFTER_DUE = (ReminderKind.OVERDUE, ReminderKind.BREACH)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: reminders that spoke, and those dropped as overtaken or moot."""

    fired: int = 0
    dropped: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(self.fired + other.fired, self.dropped + other.dropped)


def sweep() -> Swept:
    """Let every due reminder speak, in batches, as the portal; safe to run many times at once."""
    _beat(started=True)
    _plan_what_has_no_dates()
    total = Swept()
    while True:
        try:
            with acting_as(PORTAL):
                done = _batch(at=moments.now())
        except OperationalError:  # somebody's work holds a row; the next bell takes up the rest
            break
        total += done
        if done == Swept():
            break
    _beat(started=False, fired=total.fired)
    return total


def _batch(*, at: datetime) -> Swept:
    """Take up to a batch of due reminders that nobody else has, and settle each."""
    with connection.cursor() as cursor:
        # Give way before the database has to choose between the sweep and somebody's work.
        cursor.execute("SET LOCAL lock_timeout = '900ms'")
    due = Reminder.objects.filter(state=ReminderState.PENDING, fire_at__lte=at)
    claimed = list(
        due.order_by("fire_at", "pk").select_for_update(skip_locked=True, of=("self",))[:BATCH]
    )
    running = _lock_obligations(claimed)
    latest = _latest_due(running, at)
    settled = [row for row in claimed if row.obligation_id in running]
    spoken, dropped = [], []
    for row in settled:
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
        notices.reminder(row, audience.hears(row.obligation, row.kind), at=at)
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


def _plan_what_has_no_dates() -> None:
    """Give clocks to qualifications that were opened without; harmless when there are none."""
    with acting_as(PORTAL):
        if tables.is_published():
            clocks.sync_unplanned(actor=PORTAL, at=moments.now())


def _beat(*, started: bool, fired: int = 0) -> None:
    """Leave a sign of life, in the database's true time, for whoever watches from outside."""
    with acting_as(PORTAL):
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            true_now = cursor.fetchone()[0]
        SweepHeartbeat.objects.get_or_create(name=HEARTBEAT)
        column = "last_started_at" if started else "last_finished_at"
        SweepHeartbeat.objects.filter(name=HEARTBEAT).update(
            **{column: true_now, "fired": F("fired") + fired}
        )
