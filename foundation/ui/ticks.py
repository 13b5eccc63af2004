"""Ticks on a ruler, as SVG: pure geometry from counts to paths.

Everything is on whole pixels so that a tick can be counted. Runs of equal days are one
dashed line each, which keeps a list of fifty clocks small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: the kinds of tick and what they say
KINDS: dict[str, str] = {
    "accepted": "accepted, unchanged",
    "done": "done",
    "changed": "changed",
    "reply": "reply needed",
    "draft": "draft",
    "blank": "blank",
    "na": "not applicable",
    "now": "now",
    "over": "over",
    "paused": "paused",
}

#: size -> (width of a bar, pitch, gap between groups, height)
_SIZES: dict[str, tuple[int, int, int, int]] = {
    "": (4, 7, 5, 16),
    "medium": (5, 9, 6, 28),
    "large": (6, 12, 6, 32),
}


def _tick(kind: str, x: int, bar: int, high: int) -> str:
    """The path of one tick at ``x``: full, half, dotted or outlined."""
    top, half = high // 8, high * 5 // 8
    full = f"M{x} {top}h{bar}v{high - top}h-{bar}z"
    body = f"M{x} {top + 5}h{bar}v{high - top - 5}h-{bar}z"
    shapes = {
        "changed": f"M{x} {top}h{bar}v3h-{bar}z{body}",
        "reply": f"M{x} {top + 1}l{bar // 2}-3 {bar - bar // 2} 3-{bar - bar // 2} 3z{body}",
        "draft": f"M{x} {half}h{bar}v{high - half}h-{bar}z",
        "blank": f"M{x}.5 {top}.5h{bar - 1}v{high - top - 1}h-{bar - 1}z",
        "na": f"M{x} {high - 2}h{bar}v2h-{bar}z",
        "now": f"M{x} 0h{bar}v{high}h-{bar}z",
        "paused": f"M{x} {high - high // 3}h{bar}v{high // 3}h-{bar}z",
    }
    return shapes.get(kind, full)


def tick_svg(kinds: Sequence[str], *, size: str = "", group: int = 0) -> SafeString:
    """A bar a thing, drawn in the order given; the words beside it are the caller's."""
    return _ticks(tuple(kinds), size, group)


@lru_cache(maxsize=2_000)  # a task list draws the same sections all day long
def _ticks(kinds: tuple[str, ...], size: str, group: int) -> SafeString:
    bar, pitch, gap, high = _SIZES[size]
    paths: dict[str, list[str]] = {}
    x = 0
    for place, kind in enumerate(kinds):
        if group and place and place % group == 0:
            x += gap
        paths.setdefault(kind, []).append(_tick(kind, x, bar, high))
        x += pitch
    width = max(x - pitch + bar, 1)
    drawn = format_html_join(
        "", '<path class="t-{}" d="{}"/>', ((kind, "".join(d)) for kind, d in paths.items())
    )
    return format_html(
        '<svg class="ticks" aria-hidden="true" width="{w}" height="{h}" viewBox="0 0 {w} {h}">'
        "{}</svg>",
        drawn,
        w=width,
        h=high,
    )


def progress_kinds(done: int, total: int, *, ticks: int = 28) -> list[str]:
    """The ticks of a job: done, the one being worked on, and those to come."""
    if total <= 0:
        return ["blank"] * ticks
    filled = min(ticks, done * ticks // total)
    if done >= total:
        return ["accepted"] * ticks
    return ["accepted"] * filled + ["now"] + ["blank"] * (ticks - filled - 1)


# --- clocks -------------------------------------------------------------------------------

_DAY, _WEEK = 3, 23

#: letter of a day -> (class, y of the line's middle); widths are in the style sheet
_RUNS: dict[str, tuple[str, str]] = {
    "e": ("ce", "10"),
    "p": ("cp", "13.5"),
    "t": ("ct", "8"),
    "l": ("cl", "14.5"),
    "o": ("co", "10"),
}


def clock_days(
    elapsed: int, left: int, *, paused: int = 0, over: int = 0, pauses: Iterable[range] = ()
) -> str:
    """The days of a clock as letters: e elapsed, p paused, t today, l left, o over.

    ``elapsed`` counts days gone by, paused ones included; a running clock shows today, an
    overrun one shows the days past its end. Without ``pauses`` (ranges of day numbers)
    the paused days stand just before today.
    """
    days = ["e"] * elapsed
    spans = list(pauses) or [range(elapsed - paused, elapsed)]
    for span in spans:
        for day in span:
            if 0 <= day < elapsed:
                days[day] = "p"
    if over:
        return "".join(days) + "o" * over
    return "".join(days) + ("t" if left else "") + "l" * max(left - 1, 0)


def _x(day: int) -> int:
    return day // 7 * _WEEK + day % 7 * _DAY


@lru_cache(maxsize=2_000)  # a queue draws the same clocks all day long
def clock_svg(days: str, *, size: str = "") -> SafeString:
    """A tick a day with a gap each week; short while paused, tall today, red after the end."""
    runs, start = [], 0
    for letter, group in groupby(days):
        length = len(list(group))
        name, y = _RUNS[letter]
        x, end = _x(start), _x(start + length - 1) + 2
        runs.append((name, x, y, end - x, start % 7 * _DAY))
        start += length
    width = _x(max(len(days) - 1, 0)) + 2
    drawn = format_html_join("", '<path class="{}" d="M{} {}h{}" stroke-dashoffset="{}"/>', runs)
    return format_html(
        '<svg class="clk" aria-hidden="true" width="{}" height="16" viewBox="0 0 {} 16"'
        ' preserveAspectRatio="none">{}</svg>',
        width * (2 if size == "large" else 1),
        width,
        drawn,
    )


# --- the day ruler of the rail ------------------------------------------------------------


def half_hour(moment: datetime) -> int:
    """The number of the half-hour of the day, 1 to 48."""
    return moment.hour * 2 + moment.minute // 30 + 1


def day_ruler(moment: datetime, *, size: str = "") -> SafeString:
    """The 48 half-hours of the day: gone by, now, to come."""
    pitch, now = (16, half_hour(moment)) if size == "large" else (4, half_hour(moment))

    def ticks(places: Iterable[int]) -> str:
        return "".join(f"M{(n - 1) * pitch + 1} 16v-{_ruler_height(n)}" for n in places)

    return format_html(
        '<svg class="day" aria-hidden="true" width="{w}" height="16" viewBox="0 0 {w} 16">'
        '<path class="d-gone" d="{}"/><path class="d-come" d="{}"/>'
        '<path class="d-now" d="M{} 16v-16"/></svg>',
        ticks(range(1, now)),
        ticks(range(now + 1, 49)),
        (now - 1) * pitch + 1,
        w=47 * pitch + 2,
    )


def _ruler_height(number: int) -> int:
    if (number - 1) % 12 == 0:
        return 14
    return 9 if number % 2 else 5
