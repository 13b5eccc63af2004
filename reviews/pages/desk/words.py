"""PURE: how long ago a moment was, as the rows of the desk say it."""

from datetime import date, datetime

from foundation.clock.moments import LONDON
from foundation.clock.words import days


def ago(since: datetime | None, today: date) -> str:
    """Return how long ago a moment was, in days: "4 days", "today"."""
    if since is None:
        return ""
    gone = (today - since.astimezone(LONDON).date()).days
    return days(gone) if gone > 0 else "today"
