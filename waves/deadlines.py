"""From a timetable and what has happened to due dates, each with its reason.

Pure: no database and no clock. Events are London dates; ``london_date`` maps an instant to one, and
``due_at`` maps a due date to the instant from which it is missed. Deadlines never block (X11).
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from waves import because
from waves.settling import Binds, Sum, settle
from waves.timetable import Bound, Cell, Event, Kind, Owner, Standing, Timetable

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Events:
    """What has happened to one qualification, as London dates; None is not yet.

    A submission date is the first one: resubmitting does not start a clock again (X31).
    """

    reliance_proposed: date | None = None
    reliance_reviewed_by_programme: date | None = None
    reliance_reviewed_by_bodies: date | None = None
    pqs_submitted: date | None = None
    wave_indicated: date | None = None
    wave_allocated: date | None = None
    pit_plan_submitted: date | None = None
    pit_plan_clarified: date | None = None
    pit_plan_finalised: date | None = None
    pit_rttm_submitted: date | None = None
    pit_report_received: date | None = None
    second_pit_report_received: date | None = None
    pit_confirmed: date | None = None
    checkpoint_1_met: date | None = None
    test_plan_approved: date | None = None
    dip_onboarded: date | None = None
    dip_assured: date | None = None
    qt_entry_confirmed: date | None = None
    qt_completed: date | None = None
    initial_submitted: date | None = None
    initial_reviewed: date | None = None
    final_submitted: date | None = None
    final_reviewed: date | None = None
    comments_confirmed: date | None = None
    signed_off: date | None = None
    decided: date | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            if isinstance(getattr(self, field.name), datetime):
                raise TypeError(f"{field.name} is an instant; give its London date instead.")

    def on(self, event: Event | None) -> date | None:
        """The date of an event, or None if it has not happened."""
        return getattr(self, event) if event else None


@dataclass(frozen=True, slots=True)
class Due:
    """One activity of one route as it stands: its dates, what fixed them, and why."""

    key: str
    label: str
    route: str
    kind: Kind
    bound: Bound | None
    owner: Owner
    due: date | None
    window_start: date | None
    window_end: date | None
    cap: date | None
    floor: date | None
    rule_date: date | None
    starts_on: Event | None
    started_on: date | None
    met_by: Event | None
    met_on: date | None
    binds: Binds | None
    cap_missed: bool
    because: str
    standing: Standing
    clause: str
    note: str
    raw_text: str
    printed: date | None


@dataclass(frozen=True, slots=True)
class Leg:
    """What the last possible day for one step leaves to the next one."""

    last_event: date
    rule_date: date
    backstop: date
    fixed: bool

    @property
    def slack(self) -> int:
        """Days from the end of the period to the backstop; below nought the backstop bites."""
        return (self.backstop - self.rule_date).days

    @property
    def days_left(self) -> int:
        """Days that remain for the step after an event on the last day."""
        return (min(self.rule_date, self.backstop) - self.last_event).days


@dataclass(frozen=True, slots=True)
class Squeeze:
    """How tight a route is for somebody who uses every window to its last day."""

    route: str
    initial_review: Leg
    final_review: Leg
    decision: Leg
    review_to_sign_off: int


def london_date(instant: datetime) -> date:
    """The London date of an instant."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone before it has a London date.")
    return instant.astimezone(LONDON).date()


def due_at(due: date) -> datetime:
    """The instant from which a due date is missed: the first of the next London day, in UTC."""
    return datetime.combine(due + timedelta(days=1), time.min, LONDON).astimezone(UTC)


def is_late(due: date, instant: datetime) -> bool:
    """Whether an instant misses a due date."""
    return instant >= due_at(due)


def resolve(cell: Cell, events: Events, *, timetable: Timetable) -> Due:
    """Work out one activity from what has happened so far."""
    found = _sum(cell, events, timetable)
    missed = found is not None and found.cap_missed
    assumed = found is not None and found.binds in {Binds.LATE, Binds.FLOOR}
    window = cell.kind is Kind.WINDOW
    return Due(
        key=cell.key,
        label=cell.label,
        route=cell.route,
        kind=cell.kind,
        bound=cell.bound,
        owner=cell.owner,
        due=found.due if found else _printed_day(cell),
        window_start=cell.start if window else None,
        window_end=cell.end if window else None,
        cap=found.last_day if found and missed else cell.cap,
        floor=cell.floor,
        rule_date=found.rule_date if found else None,
        starts_on=cell.rule.starts_on if cell.rule else None,
        started_on=found.event_on if found else None,
        met_by=cell.met_by,
        met_on=events.on(cell.met_by),
        binds=found.binds if found else (Binds.FIXED if _printed_day(cell) else None),
        cap_missed=missed,
        because=because.reason(cell, timetable.routes[cell.route], found, timetable.late),
        standing=Standing.ASSUMED if assumed else cell.standing,
        clause=because.source(cell, found, timetable.late),
        note=" ".join(filter(None, (cell.note, timetable.late.note if missed else ""))),
        raw_text=cell.raw_text,
        printed=cell.printed,
    )


def resolve_route(timetable: Timetable, route: str, events: Events) -> list[Due]:
    """Work out every activity of a route, in the order of the timetable."""
    return [resolve(cell, events, timetable=timetable) for cell in timetable.of_route(route)]


def resolve_beyond(timetable: Timetable, route: str, events: Events) -> list[Due]:
    """Work out the dated duties of a route that stand outside the table (R62, R121)."""
    return [resolve(cell, events, timetable=timetable) for cell in timetable.beyond_route(route)]


def squeeze(timetable: Timetable, route: str) -> Squeeze:
    """Work out what remains of each period when every step happens on its last day."""
    review = timetable.cell("final_qad_review_complete", route)
    sign_off = timetable.cell("qad_signoff_deadline", route)
    return Squeeze(
        route=route,
        initial_review=_leg(timetable.cell("initial_qad_review_complete", route), timetable),
        final_review=_leg(review, timetable),
        decision=_leg(timetable.cell("qualification_decision", route), timetable),
        review_to_sign_off=(sign_off.last_day - review.last_day).days,
    )


def leg(timetable: Timetable, key: str, route: str) -> Leg | None:
    """Work out what the last day for one step leaves to the next; None where nothing bounds it."""
    cell = timetable.cell(key, route)
    if cell.rule is None or cell.last_day is None or _closes(cell, timetable) is None:
        return None
    return _leg(cell, timetable)


def as_json(route: str, timetable: Timetable, dues: Iterable[Due]) -> dict[str, Any]:
    """The dates of a route for programs: ISO dates, or null where there is none."""
    return {
        "route": route,
        "timetable": timetable.reference,
        "activities": [
            {
                "key": due.key,
                "due": _iso(due.due),
                "window_start": _iso(due.window_start),
                "window_end": _iso(due.window_end),
                "cap": _iso(due.cap),
                "because": due.because,
            }
            for due in dues
        ],
    }


def _sum(cell: Cell, events: Events, timetable: Timetable) -> Sum | None:
    """The arithmetic of a cell, once the event that it counts from has happened."""
    if cell.rule is None:
        return None
    event_on = events.on(cell.rule.starts_on)
    return None if event_on is None else settle(cell, event_on, _closes(cell, timetable))


def _closes(cell: Cell, timetable: Timetable) -> date | None:
    """The last day for the event that a cell counts from."""
    return timetable.cell(cell.late_after, cell.route).last_day if cell.late_after else None


def _printed_day(cell: Cell) -> date | None:
    return cell.last_day if cell.kind in {Kind.DATE, Kind.WINDOW} else None


def _leg(cell: Cell, timetable: Timetable) -> Leg:
    last = _closes(cell, timetable)
    found = settle(cell, last, last)
    return Leg(last, found.rule_date, found.last_day, fixed=cell.kind is Kind.DATE)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
