"""PURE: what changed a date and who approved it, in sentences: timetables, pauses, extensions."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from waves.because import days, short_day
from waves.clocks import Span, SpanKind
from waves.deadlines import london_date

_WHY = {"route": "the route was changed", "event": "what it counts from was recorded anew"}


def history(was: Iterable[Mapping[str, str]], spans: Iterable[Span] = ()) -> tuple[str, ...]:
    """Return every change of a date, the oldest first, then what held or extended its clock."""
    return (*(_moved(row) for row in was), *(_held(span) for span in spans))


def explained(because: str, version: str, changes: Iterable[str]) -> str:
    """Return why a date is its date as plain text, for mails: reason, version, what changed it."""
    said = [because, f"Timetable {version}." if version else "", *changes]
    return "\n".join(filter(None, said))


def _moved(row: Mapping[str, str]) -> str:
    left = short_day(date.fromisoformat(row["due"]))
    until = short_day(london_date(datetime.fromisoformat(row["until"])))
    said = f"It was {left} until {until}"
    if row.get("why") == "timetable":
        return f"{said}: {_published(row)}."
    return f"{said}: {_WHY[row['why']]}." if row.get("why") in _WHY else f"{said}."


def _published(row: Mapping[str, str]) -> str:
    said = f"timetable {row['version']}" if row.get("version") else "a new timetable"
    if row.get("because"):
        said += f", {row['because'].rstrip('. ')}"
    if row.get("authority"):
        said += f" ({row['authority']})"
    return f"{said}, published by {row['by']}" if row.get("by") else said


def _held(span: Span) -> str:
    why = f": {span.why.rstrip('. ')}" if span.why else ""
    who = f", by {span.by}" if span.by else ""
    if span.kind is SpanKind.EXTENDED:
        return f"Extended by {days(span.days)} on {short_day(span.start)}{why}{who}."
    if span.end is None:
        return f"Paused since {short_day(span.start)}{why}{who}."
    length = days((span.end - span.start).days)
    return f"Paused from {short_day(span.start)} to {short_day(span.end)}, {length}{why}{who}."
