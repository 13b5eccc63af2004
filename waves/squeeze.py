"""PURE: what the last day for a step leaves to those who come after it (product table of traps).

Whoever submits on the last day may leave reviewers less than their period, because the cap does
not move; and a review that ends on its last day may leave little time to sign off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from waves.because import days as days_of
from waves.because import short_day
from waves.deadlines import Events, resolve
from waves.settling import after, settle
from waves.timetable import Cell, Event, Timetable

SHORT = 14  # days: less than this for the next step is worth a word


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the organisation, the answer that follows it, and the step after that."""

    activity: str
    done: Event
    answer: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class Pinch:
    """What is left after the last day of one activity.

    ``given`` are the days of the answer, ``promised`` those of its full period; both are None
    where the activity is the answer itself. ``full_until`` is the last day that leaves them all.
    """

    activity: str
    last_day: date
    ends_on: date
    cap: date | None = None
    given: int | None = None
    promised: int | None = None
    full_until: date | None = None
    then: str = ""
    then_days: int | None = None

    @property
    def loses_days(self) -> bool:
        """Whether the answer has less than its full period."""
        return self.given is not None and self.given < self.promised

    @property
    def matters(self) -> bool:
        """Whether this is worth a word: days are lost, or little is left for the next step."""
        return self.loses_days or (self.then_days is not None and self.then_days < SHORT)


STEPS = (
    Step("initial_qad_window", Event.INITIAL_SUBMITTED, "initial_qad_review_complete"),
    Step(
        *("final_qad_window", Event.FINAL_SUBMITTED, "final_qad_review_complete"),
        then="qad_signoff_deadline",
    ),
    Step("qad_signoff_deadline", Event.SIGNED_OFF, "qualification_decision"),
)
_DONE, _WHO, _THEN = (
    {"qad_signoff_deadline": "Signed off"},
    {"qad_signoff_deadline": "the decision"},
    {"qad_signoff_deadline": "Sign-off"},
)


def pinches(timetable: Timetable, route: str, events: Events, today: date) -> dict[str, Pinch]:
    """Return what the last days that still lie ahead leave, by activity."""
    found = {}
    for step in STEPS:
        cell = timetable.cell(step.answer, route)
        on = events.on(step.done)
        if on is None:
            last_day = timetable.cell(step.activity, route).last_day
            if last_day is not None and last_day >= today and cell.rule:
                found[step.activity] = _ahead(timetable, step, cell, last_day)
        elif step.then and events.on(cell.met_by) is None:
            due = resolve(cell, events, timetable=timetable).due
            if due is not None and due >= today:
                left = _then(timetable, step, route, due)
                found[step.answer] = Pinch(step.answer, due, due, then=step.then, then_days=left)
    return found


def worth_saying(found: Mapping[str, Pinch]) -> dict[str, str]:
    """Return the sentences of those that matter, by activity."""
    return {activity: in_words(pinch) for activity, pinch in found.items() if pinch.matters}


def in_words(pinch: Pinch) -> str:
    """Say what the last day leaves, and what would leave more."""
    if pinch.given is None:
        return f"If this ends on its last day, {short_day(pinch.last_day)}, {_left(pinch)}."
    done = _DONE.get(pinch.activity, "Submitted")
    who = _WHO.get(pinch.activity, "reviewers")
    said = f"{done} on the last day, {short_day(pinch.last_day)}, it leaves {who}"
    said += f" {days_of(pinch.given)}"
    if pinch.loses_days:
        said += f", not {pinch.promised}: {short_day(pinch.cap)} is the last day for that"
    if pinch.then_days is not None:
        said += f"; {_left(pinch)}"
    if pinch.loses_days and pinch.full_until:
        said += f". {done} by {short_day(pinch.full_until)}, all {pinch.promised} are there"
    return f"{said}."


def _ahead(timetable: Timetable, step: Step, cell: Cell, last_day: date) -> Pinch:
    found = settle(cell, last_day, last_day)
    promised = (found.rule_date - last_day).days
    return Pinch(
        activity=step.activity,
        last_day=last_day,
        ends_on=found.due,
        cap=found.last_day,
        given=(found.due - last_day).days,
        promised=promised,
        full_until=_full_until(cell, last_day) if found.due < found.rule_date else None,
        then=step.then,
        then_days=_then(timetable, step, cell.route, found.due),
    )


def _full_until(cell: Cell, last_day: date) -> date | None:
    """The last day on which the whole period still ends by the cap."""
    on = last_day
    while cell.last_day and after(cell.rule, on) > cell.last_day:
        on -= timedelta(days=1)
    return on


def _then(timetable: Timetable, step: Step, route: str, ends_on: date) -> int | None:
    if not step.then:
        return None
    last_day = timetable.cell(step.then, route).last_day
    return (last_day - ends_on).days if last_day else None


def _left(pinch: Pinch) -> str:
    what = _THEN.get(pinch.then, "the next step").lower()
    left = pinch.then_days or 0
    if left < 0:
        return f"{what} is then {days_of(-left)} late already"
    return f"{what} then has {days_of(left)}"
