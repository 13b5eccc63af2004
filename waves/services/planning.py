"""Writing obligations and their reminders: what is wanted beside what stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from participants.models import Qualification
from waves.clocks import Span, effective, spans_from_json, spans_to_json
from waves.deadlines import due_at, london_date
from waves.enums import ObligationState, ReminderState
from waves.models import Obligation, Reminder
from waves.obligations import Wanted, begins_anew
from waves.reasons import reason_of
from waves.reminders import planned
from waves.tables import Published
from waves.timetable import Event

DATES = ("label", "started_on", "opens_on", "due_on", "due_at", "cap_on", "because", "reason")
WRITTEN = [*DATES, "timetable", "state", "met_at", "spans"]
DONE = (ObligationState.MET, ObligationState.LATE)
BATCH = 500  # rows in one statement


@dataclass
class Line:
    """The obligations of one qualification while they are brought in line, and what changed."""

    qualification: Qualification
    published: Published
    happened: dict[Event, datetime]
    at: datetime
    obligations: list[Obligation] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    new: list[Obligation] = field(default_factory=list)
    changed: list[Obligation] = field(default_factory=list)
    moved: list[Obligation] = field(default_factory=list)
    silent: list[Obligation] = field(default_factory=list)

    def bring(self, wish: Wanted, row: Obligation | None, of: Qualification) -> None:
        """Make one obligation what it ought to be."""
        met_at = self.happened.get(wish.due.met_by) if wish.due.met_by else None
        if row is None:
            made = Obligation(
                organisation_id=of.organisation_id,
                qualification=of,
                activity=wish.rule.activity,
                body=wish.body,
                **self._dates(wish),
            )
            self.new.append(made)
            self._settle(made, None, met_at)
            return
        before = (row.due_on, row.state, row.met_at)
        if row.state in DONE and not begins_anew(wish, row.met_at, self.happened):
            self.obligations.append(row)
            return
        was = row.reason.get("was", [])
        if row.due_on != wish.due.due:
            was = [*was, self._was(row, wish)]
        dates = self._dates(wish, spans_from_json(row.spans))
        dates["reason"] |= {"was": was} if was else {}
        differs = any(getattr(row, name) != value for name, value in dates.items())
        for name, value in dates.items():
            setattr(row, name, value)
        if row.state != ObligationState.PAUSED:
            row.state, row.met_at = ObligationState.RUNNING, None
        self._settle(row, before, met_at)
        if differs or (row.due_on, row.state, row.met_at) != before:
            self.changed.append(row)

    def drop(self, row: Obligation) -> None:
        """End what is no longer wanted; what was done stays done (R43)."""
        if row.state in (ObligationState.RUNNING, ObligationState.PAUSED):
            row.state = ObligationState.CANCELLED
            self.changed.append(row)
            self.silent.append(row)
            self._note(row, row.due_on, None)

    def _settle(self, row: Obligation, before: tuple | None, met_at: datetime | None) -> None:
        """Decide whether the row is met or runs, and whether its reminders move."""
        if met_at is not None:
            end(row, met_at)
            if before:
                self.silent.append(row)
        elif before is None or (row.due_on, row.state) != before[:2]:
            self.moved.append(row)
        if before is None or row.due_on != before[0] or row.state != before[1]:
            self._note(row, before[0] if before else None, row.due_on)
        self.obligations.append(row)

    def _dates(self, wish: Wanted, spans: Sequence[Span] = ()) -> dict[str, Any]:
        """The dates of a duty; pauses and extensions move the moment from which it is missed."""
        due, timetable = wish.due, self.published.timetable
        return {
            "label": wish.rule.task,
            "started_on": due.started_on,
            "opens_on": due.window_start,
            "due_on": due.due,
            "due_at": due_at(effective(due.due, spans)),
            "cap_on": due.cap,
            "because": due.because,
            "reason": reason_of(due, timetable.cell(due.key, due.route), timetable),
            "timetable_id": self.published.id,
        }

    def _was(self, row: Obligation, wish: Wanted) -> dict[str, str]:
        """The date that is left, and what moved it: the timetable, the route, or an event."""
        left = {"due": str(row.due_on), "until": self.at.isoformat()}
        if row.timetable_id != self.published.id:
            return left | {"why": "timetable", **self.published.authority}
        route = row.reason.get("route", wish.due.route)
        return left | {"why": "event" if route == wish.due.route else "route"}

    def _note(self, row: Obligation, before: Any, after: Any) -> None:
        change = {"activity": row.activity, "body": row.body, "from": before, "to": after}
        self.changes.append(change | {"state": str(row.state)})


def write(lines: Sequence[Line], *, at: datetime) -> None:
    """Write rows and reminders of some qualifications, each kind in one statement."""
    new = [row for line in lines for row in line.new]
    if new:
        Obligation.objects.bulk_create(new, batch_size=BATCH)
    if changed := [row for line in lines for row in line.changed]:
        # Rows that stand already: one statement with plain values, however many there are.
        Obligation.objects.bulk_create(
            changed,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=WRITTEN,
        )
    made = {row.pk for row in new}
    moved = [row for line in lines for row in line.moved]
    silent = [row for line in lines for row in line.silent]
    silence([*silent, *(row for row in moved if row.pk not in made)])
    remind(moved, at=at)


def end(row: Obligation, met_at: datetime) -> None:
    """Mark a duty as done, in time or late; a pause that still lasts ends with it."""
    spans = spans_from_json(row.spans)
    if spans:
        met_on = london_date(met_at)
        closed = [replace(span, end=met_on) if span.is_open_pause else span for span in spans]
        row.spans = spans_to_json(closed)
        row.due_at = due_at(effective(row.due_on, closed))
    row.met_at = met_at
    row.state = ObligationState.LATE if met_at >= row.due_at else ObligationState.MET


def silence(obligations: Iterable[Obligation]) -> None:
    """Take back the reminders that have not spoken yet."""
    rows = list(obligations)
    if rows:
        Reminder.objects.filter(obligation__in=rows, state=ReminderState.PENDING).update(
            state=ReminderState.DROPPED
        )


def remind(obligations: Iterable[Obligation], *, at: datetime) -> None:
    """Plan the reminders of running obligations; what has spoken already is not said twice."""
    rows = [row for row in obligations if row.state == ObligationState.RUNNING]
    reminders = {
        (row.pk, kind, moment): Reminder(
            organisation_id=row.organisation_id, obligation=row, kind=kind, fire_at=moment
        )
        for row in rows
        for kind, moment in planned(_missed_after(row), row.opens_on, at).items()
    }
    if not reminders:
        return
    Reminder.objects.bulk_create(reminders.values(), batch_size=BATCH, ignore_conflicts=True)
    # A date that moved away and back again finds its old reminders: they wait once more.
    dropped = Reminder.objects.filter(
        obligation__in=rows, state=ReminderState.DROPPED, fire_at__gt=at
    ).values_list("pk", "obligation_id", "kind", "fire_at")
    back = [key for key, *rest in dropped if tuple(rest) in reminders]
    if back:
        Reminder.objects.filter(pk__in=back).update(state=ReminderState.PENDING)


def _missed_after(row: Obligation) -> date:
    """The last day on which the duty is in time, pauses and extensions counted."""
    return effective(row.due_on, spans_from_json(row.spans))
