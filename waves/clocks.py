"""A review clock: calendar days that run, pause, are extended and stop.

Pure. Two dates are always told apart: the one promised when the clock started, which nothing moves,
and the effective one, later by the days paused and granted. The plan knows no pauses; they show
who held the work, they do not rewrite the timetable. The day of an event belongs to what went
before it: the day of the start is day nought, a pause begins to count on the day after it is made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

WEEK = 7


class SpanKind(StrEnum):
    """What a stretch of a clock is."""

    RUNNING = "running"
    PAUSED = "paused"
    EXTENDED = "extended"


class ClockState(StrEnum):
    """How a clock stands on a day."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Tick(StrEnum):
    """What one day of a clock looks like on the ruler."""

    ELAPSED = "elapsed"
    PAUSED = "paused"
    TODAY = "today"
    LEFT = "left"
    OVER = "over"
    UNUSED = "unused"


class ClockError(ValueError):
    """Something that a clock cannot do on that day; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a clock; a pause without an end still lasts, an extension counts its days."""

    kind: SpanKind
    start: date
    end: date | None = None
    days: int = 0
    why: str = ""
    by: str = ""

    @property
    def is_open_pause(self) -> bool:
        """Whether the stretch is a pause that still lasts."""
        return self.kind is SpanKind.PAUSED and self.end is None

    def length(self, today: date) -> int:
        """The days of the stretch up to a day."""
        return max(0, (min(self.end or today, today) - self.start).days)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock with its pauses and extensions, in the order in which they were made."""

    started_on: date
    due_promised: date
    spans: tuple[Span, ...] = ()
    stopped_on: date | None = None

    def __post_init__(self) -> None:
        if self.due_promised < self.started_on:
            raise ClockError("A clock cannot be due before it starts.")
        free_from = self.started_on
        for span in self.pauses:
            if span.start < free_from or (span.end and span.end < span.start):
                raise ClockError("The pauses of a clock must follow one another.")
            free_from = span.end or date.max

    @property
    def pauses(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.kind is SpanKind.PAUSED)

    @property
    def extensions(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.kind is SpanKind.EXTENDED)

    @property
    def open_pause(self) -> Span | None:
        """The pause that still lasts, if there is one."""
        return next((span for span in self.pauses if span.end is None), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as read on one day: the effective count, with the promised one beside it."""

    state: ClockState
    total_days: int
    elapsed: int
    paused: int
    extended: int
    left: int
    over: int
    due_promised: date
    due_effective: date
    promised_left: int
    promised_over: int
    ticks: tuple[Tick, ...]


def start(on: date, due: date) -> Clock:
    """Start a clock that is promised for a day."""
    return Clock(on, due)


def pause(clock: Clock, on: date, why: str = "", by: str = "") -> Clock:
    """Hold the clock from a day on."""
    _require_going(clock, on)
    if clock.open_pause:
        raise ClockError("The clock is paused already.")
    return replace(clock, spans=(*clock.spans, Span(SpanKind.PAUSED, on, why=why, by=by)))


def resume(clock: Clock, on: date) -> Clock:
    """Let a paused clock run again from a day on."""
    _require_going(clock, on)
    held = clock.open_pause
    if held is None:
        raise ClockError("The clock is not paused.")
    spans = (replace(span, end=on) if span is held else span for span in clock.spans)
    return replace(clock, spans=tuple(spans))


def extend(clock: Clock, days: int, on: date, why: str, by: str = "") -> Clock:
    """Grant more days on a day; the promised date stays beside the effective one."""
    _require_going(clock, on)
    if days < 1:
        raise ClockError("An extension grants at least one day.")
    granted = Span(SpanKind.EXTENDED, on, days=days, why=why, by=by)
    return replace(clock, spans=(*clock.spans, granted))


def stop(clock: Clock, on: date) -> Clock:
    """End the clock on a day; a pause that still lasts ends with it."""
    going = resume(clock, on) if clock.open_pause else clock
    _require_going(going, on)
    return replace(going, stopped_on=on)


def reading(clock: Clock, today: date) -> Reading:
    """Read a clock as it stands on a day; before its start it stands still."""
    stopped = clock.stopped_on is not None and clock.stopped_on <= today
    on = max(clock.started_on, clock.stopped_on if stopped else today)
    paused = sum(span.length(on) for span in clock.pauses)
    extended = sum(span.days for span in clock.extensions if span.start <= today)
    total = (clock.due_promised - clock.started_on).days + extended
    elapsed = (on - clock.started_on).days - paused
    due_effective = clock.started_on + timedelta(days=total + paused)
    held = any(span.start <= today and on < (span.end or date.max) for span in clock.pauses)
    return Reading(
        state=_state(stopped=stopped, held=held),
        total_days=total,
        elapsed=elapsed,
        paused=paused,
        extended=extended,
        left=max(0, total - elapsed),
        over=max(0, elapsed - total),
        due_promised=clock.due_promised,
        due_effective=due_effective,
        promised_left=max(0, (clock.due_promised - on).days),
        promised_over=max(0, (on - clock.due_promised).days),
        ticks=_ticks(clock, on, total, due_effective, stopped=stopped),
    )


def history(clock: Clock, today: date) -> list[Span]:
    """Every stretch of a clock up to a day, running ones included, in order of time."""
    until = min(clock.stopped_on or today, today)
    found, since = [], clock.started_on
    for held in clock.pauses:
        if held.start >= until:
            break
        found += [Span(SpanKind.RUNNING, since, held.start), held]
        since = min(held.end or until, until)
    found.append(Span(SpanKind.RUNNING, since, until))
    found = [span for span in found if span.end is None or span.end > span.start]
    granted = [span for span in clock.extensions if span.start <= until]
    return sorted(found + granted, key=lambda span: span.start)


def effective(due: date, spans: Sequence[Span]) -> date:
    """Return a promised day moved on by the days paused so far and those granted (R82, R91)."""
    paused = sum((span.end - span.start).days for span in spans if span.end)
    return due + timedelta(days=paused + sum(span.days for span in spans))


def in_words(read: Reading) -> str:
    """A reading as the line under its ruler, such as "15 days left of 4 weeks, 5 paused"."""
    if read.over:
        count = f"{_count(read.over)} over {_length(read.total_days)}"
    elif read.state is ClockState.STOPPED:
        count = f"Done in {_count(read.elapsed)} of {_length(read.total_days)}"
    elif not read.left:
        count = f"Last day of {_length(read.total_days)}"
    else:
        count = f"{_count(read.left)} left of {_length(read.total_days)}"
    asides = (f"{read.paused} paused", f"{read.extended} granted")
    said = [aside for aside, days in zip(asides, (read.paused, read.extended), strict=True) if days]
    return ", ".join([count, *said])


def spans_from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    """Read stored pauses and extensions: ``{kind, from, to, days, why, by}``, ISO dates."""
    return tuple(
        Span(
            kind=SpanKind(row.get("kind", SpanKind.PAUSED)),
            start=date.fromisoformat(row["from"]),
            end=date.fromisoformat(row["to"]) if row.get("to") else None,
            days=row.get("days", 0),
            why=row.get("why", ""),
            by=row.get("by", ""),
        )
        for row in rows
    )


def spans_to_json(spans: Iterable[Span]) -> list[dict[str, Any]]:
    """Write pauses and extensions as ``spans_from_json`` reads them."""
    return [
        {
            "kind": str(span.kind),
            "from": span.start.isoformat(),
            "to": span.end.isoformat() if span.end else None,
            "days": span.days,
            "why": span.why,
            **({"by": span.by} if span.by else {}),
        }
        for span in spans
    ]


def _require_going(clock: Clock, on: date) -> None:
    """Refuse what would change a stopped clock or come before what already happened."""
    if clock.stopped_on is not None:
        raise ClockError("The clock has stopped.")
    last = max([clock.started_on, *(span.end or span.start for span in clock.spans)])
    if on < last:
        raise ClockError("A clock cannot be changed for a day before its last change.")


def _state(*, stopped: bool, held: bool) -> ClockState:
    if stopped:
        return ClockState.STOPPED
    return ClockState.PAUSED if held else ClockState.RUNNING


def _ticks(clock: Clock, on: date, total: int, due: date, *, stopped: bool) -> tuple[Tick, ...]:
    """A tick for each day after the start, to the effective end or to the day of reading."""
    ticks, ran = [], 0
    for number in range(1, (max(due, on) - clock.started_on).days + 1):
        day = clock.started_on + timedelta(days=number)
        held = any(span.start < day <= (span.end or on) for span in clock.pauses)
        ran += not held
        if day > on:
            ticks.append(Tick.UNUSED if stopped else Tick.LEFT)
        elif day == on and not stopped:
            ticks.append(Tick.TODAY)
        elif held:
            ticks.append(Tick.PAUSED)
        else:
            ticks.append(Tick.OVER if ran > total else Tick.ELAPSED)
    return tuple(ticks)


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _length(days: int) -> str:
    weeks, rest = divmod(days, WEEK)
    if rest or not weeks:
        return _count(days)
    return "1 week" if weeks == 1 else f"{weeks} weeks"
