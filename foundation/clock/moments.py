"""Reading the portal's time: the database's clock plus the demonstration's offset."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection

LONDON = ZoneInfo("Europe/London")
# A scalar SQL expression, so that whoever opens a context can read the time in the same round trip.
NOW_SQL = (
    "clock_timestamp() + coalesce((select p.\"offset\" from clock_portaltime p), interval '0')"
)
_moment: ContextVar[datetime | None] = ContextVar("portal_moment", default=None)


def now() -> datetime:
    """Return the portal's time (aware, UTC): the moment that the running request or task began."""
    held = _moment.get()
    if held is not None:
        return held
    with connection.cursor() as cursor:
        cursor.execute(f"select {NOW_SQL}")
        return cursor.fetchone()[0]


def today() -> date:
    """Return the portal's date in London."""
    return now().astimezone(LONDON).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the portal's time at an aware moment for the length of a block."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def is_held() -> bool:
    """Return whether a block holds the time already."""
    return _moment.get() is not None
