"""The road of one qualification on one sheet of A4 (RP13): its values and its picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.ui.road_layout import width_of

WIDTH, LEFT, RIGHT = 1000, 96, 990  # of the picture, in units of its own
_TOP, _ROW, _WORDS = 26, 24, 11
_STYLE = (
    "text{font:400 11px PackSans,PackSansExt,PackSymbols;fill:#111}"
    ".n{font-weight:600}.w{fill:#fff;font-weight:600}"
)


@dataclass(frozen=True, slots=True)
class RoadBar:
    """A stretch of a lane: ``done`` says up to which day it is behind."""

    start: date
    end: date
    done: date | None = None


@dataclass(frozen=True, slots=True)
class RoadLane:
    """One stage: its bars, and the days that are named beside them."""

    name: str
    bars: tuple[RoadBar, ...]
    words: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class RoadStep:
    """One date: what, by when, when it was done, and why this day in short."""

    step: str
    planned: str
    done: str
    why: str
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class RoadSheet:
    """Everything that the sheet says, in plain values."""

    applicant: str
    short: str
    role: str
    mpids: tuple[str, ...]
    route: str
    state: str
    next: str
    lanes: tuple[RoadLane, ...]
    behind: tuple[RoadStep, ...]
    ahead: tuple[RoadStep, ...]
    timetable: str
    authority: str
    today: date
    printed_at: datetime

    @property
    def as_of(self) -> str:
        """The day that the sheet calls today."""
        return f"{self.today.day} {self.today:%B %Y}"

    @property
    def picture(self) -> SafeString:
        """The lanes as SVG: filled is done, open is to come."""
        return picture(self.lanes, self.today)


def picture(lanes: Sequence[RoadLane], today: date) -> SafeString:
    """Draw the lanes over their months, with today across them."""
    days = [bar.start for lane in lanes for bar in lane.bars]
    days += [bar.end for lane in lanes for bar in lane.bars]
    days += [on for lane in lanes for on, _ in lane.words]
    first = (min([*days, today]) - timedelta(days=10)).replace(day=1)
    last = max([*days, today]) + timedelta(days=75)  # room for the last words

    def x(on: date) -> float:
        share = (min(max(on, first), last) - first).days / (last - first).days
        return round(LEFT + share * (RIGHT - LEFT), 1)

    foot = _TOP + _ROW * len(lanes)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        "<title>The stages of the road over time; every date is in the tables beneath</title>"
        "<style>{style}</style>{axis}{lanes}{today}</svg>",
        w=WIDTH,
        h=foot + 20,
        style=SafeString(_STYLE),  # a constant of this module
        axis=_axis(first, last, x),
        lanes=format_html_join(
            "", "{}", ((_lane(lane, _TOP + _ROW * at, x),) for at, lane in enumerate(lanes))
        ),
        today=_today(today, x(today), foot),
    )


def _axis(first: date, last: date, x) -> SafeString:
    month, drawn, free = first, [], 0.0
    while month <= last:
        at, name = x(month), f"{month:%b %Y}" if month.month == 1 else f"{month:%b}"
        name = f"{month:%b %Y}" if not drawn else name
        fits = at >= free and at + 3 + width_of(name, size=_WORDS) <= RIGHT
        free = at + 9 + width_of(name, size=_WORDS) if fits else free
        drawn.append((at, at + 3, name if fits else ""))
        month = (month + timedelta(days=31)).replace(day=1)
    return format_html(
        '<path d="M{} 18H{}" stroke="#111" stroke-width="1.6"/>{}',
        LEFT,
        RIGHT,
        format_html_join(
            "",
            '<path d="M{} 18v-6" stroke="#111" stroke-width=".8"/><text x="{}" y="11">{}</text>',
            drawn,
        ),
    )


def _lane(lane: RoadLane, top: int, x) -> SafeString:
    bars = format_html_join("", "{}", ((_bar(bar, top + 4, x),) for bar in lane.bars))
    return format_html(
        '<text class="n" x="0" y="{}">{}</text>{}{}'
        '<path d="M0 {y}.5H{}" stroke="#777" stroke-width=".5"/>',
        top + 16,
        lane.name,
        bars,
        format_html_join("", '<text x="{}" y="{}">{}</text>', placed(lane, top + 16, x)),
        RIGHT,
        y=top + _ROW - 1,
    )


def placed(lane: RoadLane, y: int, x) -> list[tuple[float, int, str]]:
    """Where the words of a lane stand: right of their day, else left of it, where both are free.

    What finds no room is left to the tables.
    """
    taken = [(x(bar.start), x(bar.end)) for bar in lane.bars]
    found = []
    for on, text in sorted(lane.words):
        wide = width_of(text, size=_WORDS)
        for left in (x(on) + 5, x(on) - 5 - wide, *(end + 5 for _, end in taken)):
            span = (left, left + wide)
            outside = span[0] < LEFT or span[1] > RIGHT
            if not outside and all(span[1] + 3 < a or b + 3 < span[0] for a, b in taken):
                taken.append(span)
                found.append((round(left, 1), y, text))
                break
    return found


def _bar(bar: RoadBar, top: int, x) -> SafeString:
    left, right = x(bar.start), x(bar.end)
    done = max(x(min(bar.done, bar.end)) - left, 0) if bar.done else 0
    return format_html(
        '<rect x="{x}" y="{y}" width="{w}" height="14" fill="#fff" stroke="#111"/>'
        '<rect x="{x}" y="{y}" width="{d}" height="14" fill="#555"/>',
        x=left,
        y=top,
        w=max(right - left, 2),
        d=done,
    )


def _today(today: date, at: float, foot: int) -> SafeString:
    text = f"today, {today.day} {today:%B}"
    wide = width_of(text, size=_WORDS, bold=True) + 12
    left = min(max(at - wide / 2, 0), WIDTH - wide)
    return format_html(
        '<path d="M{} 18V{}" stroke="#0b4a5e" stroke-width="2.6"/>'
        '<rect x="{}" y="{}" width="{}" height="17" fill="#0b4a5e"/>'
        '<text class="w" x="{}" y="{}" text-anchor="middle">{}</text>',
        at,
        foot + 2,
        round(left, 1),
        foot + 2,
        round(wide, 1),
        round(left + wide / 2, 1),
        foot + 14,
        text,
    )
