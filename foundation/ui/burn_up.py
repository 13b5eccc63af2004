"""Draws a burn-up as SVG: from zero, in whole pixels, each line named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BASE = 860, 300, 40, 690, 22, 262
_GAP, _WIDE = 15, 110  # what the name of a line takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: ``kind`` is plan, earlier, run or passed; points are days and counts."""

    label: str
    kind: str
    points: Sequence[tuple[date, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnUp:
    """The picture; its table stands beneath it in the page."""

    title: str
    lines: Sequence[Line]
    today: date

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of all lines."""
        known = [on for line in self.lines for on, _ in line.points] + [self.today]
        return min(known), max(known)

    @property
    def most(self) -> int:
        """The top of the scale, a round number."""
        top = max((count for line in self.lines for _, count in line.points), default=1)
        step = next(each for each in _STEPS if each * 4 >= top)
        return step * 4

    def __html__(self) -> str:
        return burn_up_svg(self)


_STEPS = [base * 10**power for power in range(7) for base in (1, 2, 5)]


def burn_up_svg(picture: BurnUp) -> SafeString:
    """The whole picture: months, counts, lines with their names, today."""
    first, last = picture.days
    span, most = max((last - first).days, 1), picture.most

    def x(on: date) -> int:
        return round(_LEFT + (on - first).days * (_RIGHT - _LEFT) / span)

    def y(count: int) -> int:
        return round(_BASE - count * (_BASE - _TOP) / most)

    steps = [most * part // 4 for part in range(5)]
    rulers = format_html_join(
        "",
        '<path class="grid" d="M{} {}.5H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        ((_LEFT, y(each), _RIGHT, _LEFT - 8, y(each) + 4, each) for each in steps),
    )
    return format_html(
        '<svg class="burn-up" role="img" aria-label="{}" viewBox="0 0 {} {}">{}{}{}{}</svg>',
        spoken(picture),
        _WIDTH,
        _HEIGHT,
        rulers,
        format_html_join("", '<text x="{}" y="{}">{}</text>', _months(first, last, x)),
        format_html(
            '<path class="today-line" d="M{at} {}V{}"/><text class="y" x="{at}" y="12"'
            ' text-anchor="middle">today</text>',
            _TOP - 6,
            _BASE,
            at=x(picture.today),
        ),
        format_html_join("", "{}", _drawn(picture, x, y)),
    )


def _drawn(picture: BurnUp, x, y) -> list[tuple[SafeString]]:
    """Each line with its name beside its end, no name upon another."""
    drawn, taken = [], []
    for line in sorted(picture.lines, key=lambda each: -(each.points[-1][1] if each.points else 0)):
        if not line.points:
            continue
        path = " ".join(f"{x(on)} {y(count)}" for on, count in line.points)
        end_on, end = line.points[-1]
        at, side = y(end) + 4, x(end_on) + 8
        while any(abs(at - down) < _GAP and abs(side - left) < _WIDE for left, down in taken):
            at += _GAP
        taken.append((side, at))
        mark = '<circle class="b-{}" cx="{}" cy="{}" r="3"/>'
        drawn.append(
            (
                format_html(
                    '<path class="b-{}" d="M{}"/>{}<text class="b-{}" x="{}" y="{}">{}</text>',
                    line.kind,
                    path,
                    format_html(mark, line.kind, x(end_on), y(end)),
                    line.kind,
                    side,
                    at,
                    f"{line.label}, {end}",
                ),
            )
        )
    return drawn


def _months(first: date, last: date, x) -> list[tuple[int, int, str]]:
    month, words = first.replace(day=1), []
    while month <= last:
        if month >= first and (not words or x(month) - words[-1][0] > 40):
            named = not words or month.month == 1
            words.append((x(month), _BASE + 18, f"{month:%b %Y}" if named else f"{month:%b}"))
        month = (month.replace(day=28) + timedelta(days=7)).replace(day=1)
    return words or [(_LEFT, _BASE + 18, f"{first:%d %b %Y}")]


def spoken(picture: BurnUp) -> str:
    """The picture in words, for those who do not see it."""
    said = [
        f"{line.label}: {line.points[-1][1]} on {line.points[-1][0]:%d %B %Y}"
        for line in picture.lines
        if line.points
    ]
    return f"{picture.title}. {'; '.join(said)}."
