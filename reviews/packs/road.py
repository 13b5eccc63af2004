"""The road of one qualification on one sheet of A4 (RP13): its values and its picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.ui.road_layout import width_of

WIDTH, LEFT, RIGHT = 1000, 96, 990  # of the picture, in units of its own
_TOP, _ROW, _WORDS = 26, 24, 11
_NEAR, _FAR = 4, 90  # what is the same place, and what is still beside it
Place = Callable[[date], float]  # where a day stands
_STYLE = (
    "text{font-family:PackSans,PackSansExt,PackSymbols;font-size:11px;font-weight:400;fill:#111}"
    "text.n{font-weight:600}text.w{fill:#fff;font-weight:600}"
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
            "", "{}", ((_lane(each, _TOP + _ROW * at, x, today),) for at, each in enumerate(lanes))
        ),
        today=_today(today, x(today), foot),
    )


def _axis(first: date, last: date, x: Place) -> SafeString:
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


def _lane(lane: RoadLane, top: int, x: Place, today: date) -> SafeString:
    edges = {x(day) for bar in lane.bars for day in (bar.start, bar.end)}
    dots = [(x(on), on) for on, _ in lane.words if all(abs(x(on) - edge) > _NEAR for edge in edges)]
    return format_html(
        '<text class="n" x="0" y="{}">{}</text>{}{}{}'
        '<path d="M0 {y}.5H{}" stroke="#777" stroke-width=".5"/>',
        top + 16,
        lane.name,
        format_html_join("", "{}", ((_bar(bar, top + 4, x),) for bar in lane.bars)),
        format_html_join(
            "",
            '<circle cx="{}" cy="{}" r="3.4" stroke="#111" fill="{}"/>',
            ((at, top + 11, "#555" if on <= today else "#fff") for at, on in dots),
        ),
        format_html_join("", '<text x="{}" y="{}">{}</text>', placed(lane, top + 16, x, today)),
        RIGHT,
        y=top + _ROW - 1,
    )


def placed(lane: RoadLane, y: int, x: Place, today: date) -> list[tuple[float, int, str]]:
    """Where the words of a lane stand: beside their day, or after the bars that it lies in.

    Words keep off today's line; what finds no room is left to the tables.
    """
    bars = [(x(bar.start), x(bar.end)) for bar in lane.bars]
    taken = [*bars, *((x(on) - 3.4, x(on) + 3.4) for on, _ in lane.words), (x(today), x(today))]
    found, ends = [], {}
    for on, text in sorted(lane.words):
        wide, end = width_of(text, size=_WORDS), _end(x(on), bars)
        after = [ends[end] + 10] if end in ends else []
        for left in [*after, *_beside(x(on), wide, end, x(today))]:
            right = left + wide
            inside = left >= LEFT and right <= RIGHT
            if inside and all(right + 2 < a or b + 2 < left for a, b in taken):
                taken.append((left, right))
                found.append((round(left, 1), y, text))
                ends[end] = right
                break
    return found


def _end(at: float, bars: Sequence[tuple[float, float]]) -> float:
    """Where the bars end that a day lies in; those without a gap between them are one."""
    for start, stop in sorted(bars):
        if start - 3 <= at <= stop:
            at = stop
    return at


def _beside(at: float, wide: float, end: float, today: float) -> list[float]:
    """The places where words of a day may begin, the best first."""
    choices = [end + 6, at - 6 - wide]
    return [*choices, today + 6] if 0 <= today - at <= _FAR else choices


def _bar(bar: RoadBar, top: int, x: Place) -> SafeString:
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
