"""PURE: dates as an iCalendar file: stable ids, whole days of London, cancelled ones said so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//QAD Portal//Dates//EN"
READ_AGAIN = timedelta(hours=4)  # how often a calendar program is asked to look
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One date, or one window from ``first`` to ``last``, as a calendar keeps it.

    ``key`` never changes; ``sequence`` grows whenever the date moves.
    """

    key: str
    title: str
    first: date
    last: date
    because: str
    url: str
    sequence: int
    changed_at: datetime
    is_cancelled: bool = False
    categories: tuple[str, ...] = ()


def calendar(name: str, entries: Iterable[Entry], *, host: str) -> bytes:
    """Return the file: the same bytes for the same dates."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("name", name)
    made.add("x-wr-timezone", "Europe/London")
    made.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT4H")
    for entry in sorted(entries, key=lambda each: (each.first, each.last, each.key)):
        made.add_component(_event(entry, host))
    return made.to_ical()


def _event(entry: Entry, host: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("summary", f"Ended: {entry.title}" if entry.is_cancelled else entry.title)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + DAY)  # the first day after it (RFC 5545, 3.6.1)
    event.add("description", f"{entry.because}\n\n{entry.url}")
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if entry.categories:
        event.add("categories", list(entry.categories))
    return event
