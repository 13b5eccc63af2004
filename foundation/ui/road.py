"""The road: a ruler a stage, with the same dates as a table beneath.

The caller gives dates and words; ``road_layout`` says where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.ui.parts import DateLink, Link, Status, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A run of time on a lane: a tick a week (``daily`` for a clock: a tick a day).

    ``state`` is done, running or ahead. Ticks after today are drawn as to come.
    """

    start: date
    end: date
    label: str = ""
    state: str = "running"
    daily: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A point on a lane: ``kind`` is date, done, yours, gate or cap.

    ``title`` and ``note`` stand under the point; ``side`` is "start", "middle" or "end", the side
    that they take where there is room; ``above`` puts them over the lane.
    """

    on: date
    kind: str = "date"
    title: str = ""
    note: str = ""
    side: str = "middle"
    above: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One stage or one qualification."""

    name: str
    note: str = ""
    stretches: Sequence[Stretch] = ()
    milestones: Sequence[Milestone] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """One date of the table beneath (and of the list that a phone shows)."""

    date: DateLink
    what: Words
    who: Words = ""
    fixed: Words = ""
    left: str = ""
    state: str = "date"
    lane: str = ""
    yours: bool = False

    @property
    def shape(self) -> str:
        """The status shape that stands for the point on a phone."""
        return {"done": "check", "yours": "diamond"}.get(self.state, "ring")


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """Lanes over a span of time, today's line, and the same dates as rows."""

    first: date
    last: date
    today: date
    lanes: Sequence[Lane]
    rows: Sequence[DateRow] = ()
    before: Sequence[Status] = ()
    before_label: str = "Before"
    note: Words = ""
    show_table: bool = False
    show_narrow: bool = False
    table_more: Link | None = None
    today_label: str = "Today"
    links: Sequence[Link] = ()

    @property
    def groups(self) -> list[tuple[str, list[DateRow]]]:
        """The rows by lane, for the list that a phone shows."""
        found: dict[str, list[DateRow]] = {}
        for row in self.rows:
            found.setdefault(row.lane, []).append(row)
        return list(found.items())

    @property
    def done_ticks(self) -> list[str]:
        """Three ticks for the legend."""
        return ["accepted"] * 3

    @property
    def running_ticks(self) -> list[str]:
        """Three ticks for the legend."""
        return ["done"] * 3
