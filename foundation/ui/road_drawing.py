"""Draws the road and the ruler of a date card as SVG, in whole pixels, from plain dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.ui.parts import Ruler
from foundation.ui.road import Lane, Milestone, Road, Stretch

_WIDTH, _LEFT, _RIGHT = 1152, 140, 1140
_TOP, _LANE, _BASE, _FOOT = 26, 96, 46, 26
_ANCHOR = {"start": "start", "middle": "middle", "end": "end"}
_OFFSET = {"start": 8, "middle": 0, "end": -8}


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to pixels."""

    first: date
    last: date

    @property
    def day(self) -> float:
        return (_RIGHT - _LEFT) / max((self.last - self.first).days, 1)

    def x(self, on: date) -> int:
        inside = min(max(on, self.first), self.last)
        return round(_LEFT + (inside - self.first).days * self.day)


def road_svg(road: Road) -> SafeString:
    """The whole picture: months, lanes, today."""
    scale = _Scale(road.first, road.last)
    height = _TOP + _LANE * len(road.lanes) + _FOOT
    lanes = format_html_join(
        "",
        "{}",
        ((_lane(lane, place, road, scale),) for place, lane in enumerate(road.lanes)),
    )
    return format_html(
        '<svg class="road-map" role="img" aria-label="{}" viewBox="0 0 {} {}">{}{}{}</svg>',
        spoken(road),
        _WIDTH,
        height,
        _months(scale, height - _FOOT),
        lanes,
        _today(road, scale, height),
    )


def spoken(road: Road) -> str:
    """The picture in words, for those who do not see it."""
    lanes = []
    for lane in road.lanes:
        name = f"{lane.name}, {lane.note}" if lane.note else lane.name
        points = [
            " ".join(part for part in (point.title, point.note) if part)
            + (", done" if point.kind == "done" else "")
            for point in lane.milestones
        ]
        lanes.append(f"{name}: {'; '.join(points)}")
    return ". ".join(lanes)


def _months(scale: _Scale, foot: int) -> SafeString:
    month, lines, words = scale.first.replace(day=1), [], []
    while month <= scale.last:
        if month >= scale.first:
            x = scale.x(month)
            lines.append(f"M{x}.5 0V{foot}")
            if x < _RIGHT - 24:
                named = not words or month.month == 1
                words.append((x + 5, f"{month:%b %Y}" if named else f"{month:%b}"))
        month = (month.replace(day=28) + timedelta(days=7)).replace(day=1)
    return format_html(
        '<path class="grid" d="{}"/>{}',
        "".join(lines),
        format_html_join("", '<text x="{}" y="11">{}</text>', words),
    )


def _lane(lane: Lane, place: int, road: Road, scale: _Scale) -> SafeString:
    base = _TOP + _LANE * place + _BASE
    stretches = format_html_join(
        "", "{}", ((_stretch(stretch, base, road.today, scale),) for stretch in lane.stretches)
    )
    points = format_html_join(
        "", "{}", ((_milestone(point, base, scale),) for point in lane.milestones)
    )
    return format_html(
        '<text class="nm" x="0" y="{}">{}</text><text x="0" y="{}">{}</text>{}{}',
        base - 6,
        lane.name,
        base + 12,
        lane.note,
        stretches,
        points,
    )


def _stretch(stretch: Stretch, base: int, today: date, scale: _Scale) -> SafeString:
    start, end = scale.x(stretch.start), scale.x(stretch.end)
    daily = stretch.daily and scale.day >= 2.5
    step = timedelta(days=1 if daily else 7)
    gone, coming, on = [], [], stretch.start
    while on <= stretch.end:
        ahead = stretch.state == "ahead" or (stretch.state == "running" and on > today)
        (coming if ahead else gone).append(f"M{scale.x(on) + 1} {base}v{-5 if ahead else -12}")
        on += step
    kind = "done" if stretch.state == "done" else "running"
    label = (
        format_html('<text x="{}" y="{}">{}</text>', start, base - 18, stretch.label)
        if stretch.label
        else ""
    )
    return format_html(
        '{}<path class="base" d="M{} {}.5H{}"/><path class="k-{}{}" d="{}"/>'
        '<path class="k-ahead" d="{}"/>',
        label,
        start,
        base,
        end,
        kind,
        " daily" if daily else "",
        "".join(gone),
        "".join(coming),
    )


_POINTS = {
    "date": '<circle class="p-date" cx="{x}" cy="{y}" r="4.5"/>',
    "gate": '<rect class="p-gate" x="{left}" y="{top}" width="9" height="9"/>',
    "done": '<circle class="p-done" cx="{x}" cy="{y}" r="5.5"/>'
    '<path class="p-tick" d="M{left} {y}m2 0l2 2 3.5-4"/>',
    "yours": '<path class="p-yours" d="M{x} {y}m0-7l7 7-7 7-7-7z"/>',
    "cap": '<path class="p-cap" d="M{x} {y}v-20m-4 0h8"/>',
}


def _milestone(point: Milestone, base: int, scale: _Scale) -> SafeString:
    x = scale.x(point.on)
    drawn = format_html(_POINTS[point.kind], x=x, y=base, left=x - 4.5, top=base - 4.5)
    at = x + _OFFSET[point.side]
    first = base - 34 if point.above else base + 20
    mine = "y" if point.kind == "yours" else "t"
    return format_html(
        '{}<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>'
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        drawn,
        mine,
        at,
        first,
        _ANCHOR[point.side],
        point.title,
        at,
        first + 15,
        _ANCHOR[point.side],
        point.note,
    )


def _today(road: Road, scale: _Scale, height: int) -> SafeString:
    x, top = scale.x(road.today), height - _FOOT
    wide = 8 * len(road.today_label) + 12
    box = x - wide if x + wide > _RIGHT else x
    return format_html(
        '<path class="today-line" d="M{} 16V{}"/><rect class="today-box" x="{}" y="{}" width="{}"'
        ' height="18" rx="3"/><text class="today-word" x="{}" y="{}"'
        ' text-anchor="middle">{}</text>',
        x,
        top + 4,
        box,
        top - 2,
        wide,
        box + wide // 2,
        top + 11,
        road.today_label,
    )


# --- the ruler of a date card -------------------------------------------------------------


_RULER, _NEAR = 240, 56  # the width of the drawing, and how close two dates collide


def card_ruler_svg(ruler: Ruler) -> SafeString:
    """Days from the start to the date, and the cap as a flag on its post.

    A cap that lies more than the same period again beyond the date stands in words only.
    """
    cap_days = ruler.cap_days
    if cap_days is not None and cap_days > 2 * ruler.days:
        cap_days = None
    span = max(ruler.days, cap_days or 0, 1)

    def x(day: int) -> int:
        return 8 + round(day * (_RULER - 44) / span)

    def tick(day: int) -> str:
        return f"M{x(day)} 30v{-12 if day % 7 == 0 else -6}"

    gone = "".join(tick(day) for day in range(min(ruler.days, span) + 1))
    rest = "".join(tick(day) for day in range(ruler.days + 1, span + 1))
    due, post = x(ruler.days), x(cap_days) if cap_days is not None else None
    anchor, cap = _beside(ruler, due, post)
    return format_html(
        '<svg class="card-ruler" viewBox="0 0 {} 46" aria-hidden="true">'
        '<path class="r-gone" d="{}"/><path d="{}"/><path class="r-due" d="M{due} 30v-18"/>'
        '<text class="t" x="0" y="9">{}</text><text x="0" y="42">{}</text>'
        '<text class="y" x="{due}" y="9" text-anchor="{anchor}">{}</text>'
        '<text x="{due}" y="42" text-anchor="{anchor}">{}</text>{}</svg>',
        _RULER,
        gone,
        rest,
        ruler.start,
        ruler.start_note,
        ruler.due,
        f"{ruler.due_note}, cap" if post == due else ruler.due_note,
        cap,
        due=due,
        anchor=anchor,
    )


def _beside(ruler: Ruler, due: int, post: int | None) -> tuple[str, SafeString]:
    """Where the words of the date stand, and the cap's flag with its words where it has room."""
    if post is None:
        return "middle", SafeString()
    flag = format_html('<path class="r-cap" d="M{} 30v-16m-4 0h8"/>', post)
    gap = post - due
    if gap == 0 or post < _NEAR:
        return "middle", flag
    side = ("end", "start") if gap > 0 else ("start", "end")
    ours, its = side if abs(gap) < _NEAR else ("middle", "middle")
    return ours, format_html(
        '{}<text class="t" x="{x}" y="9" text-anchor="{its}">{}</text>'
        '<text x="{x}" y="42" text-anchor="{its}">cap</text>',
        flag,
        ruler.cap,
        x=post,
        its=its,
    )
