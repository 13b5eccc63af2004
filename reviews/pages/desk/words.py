"""PURE: numbers and names as the sentences of the desk say them."""

from collections.abc import Sequence
from datetime import date, datetime

from foundation.clock.moments import LONDON
from foundation.clock.words import days

_NUMBERS = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def number(count: int) -> str:
    """Return a number as a word as far as twelve."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def joined(names: Sequence[str]) -> str:
    """Return names in a row: "BSC, REC and DIP"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def ago(since: datetime | None, today: date) -> str:
    """Return how long ago a moment was, in days: "4 days", "today"."""
    if since is None:
        return ""
    gone = (today - since.astimezone(LONDON).date()).days
    return days(gone) if gone > 0 else "today"
