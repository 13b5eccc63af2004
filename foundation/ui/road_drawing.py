"""Draws the road and the ruler of a date card as SVG, in whole pixels, from plain dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.clock.words import short_day
from foundation.ui.parts import Ruler
from foundation.ui.road import Lane, Milestone, Road, Stretch
from foundation.ui.road_layout import (
    SMALLEST,
    WIDE,
    Canvas,
    Label,
    Place,
    Plan,
    Scale,
    months_of,
    plan,
)

_WEEK_LEAST = 2.4  # pixels that a week needs to be a tick of its own
_STATES = {"done": "done", "running": "running", "ahead": "to come"}


def road_svg(road: Road, canvas: Canvas = WIDE) -> SafeString:
    """The whole picture: months, lanes, today. Its words are told by ``spoken`` beside it."""
    drawn = plan(road, canvas)
    lanes = format_html_join(
        "",
        "{}",
        (
            (_lane(lane, place, road, drawn.scale),)
            for lane, place in zip(road.lanes, drawn.places, strict=True)
        ),
    )
    return format_html(
        '<svg class="road-map{}" aria-hidden="true" viewBox="0 0 {} {}">{}{}{}{}</svg>',
        " narrow" if canvas.names_above else "",
        canvas.width,
        drawn.height,
        _grid(drawn),
        _today(road, drawn),
        lanes,
        _words(drawn.labels),
    )


def axis_svg(road: Road) -> SafeString:
    """The months of a road, to stand over rows that share its days."""
    scale = Scale(road.first, road.last, SMALLEST)
    months = months_of(scale)
    return _in_small(
        scale,
        20,
        road,
        _words(Label(x=x + 5, y=11, text=text) for x, text in months if text),
    )


def row_svg(road: Road) -> SafeString:
    """The only lane of a road without words, for a row of a table."""
    scale = Scale(road.first, road.last, SMALLEST)
    drawn = [
        _lane(lane, Place(top=0, base=23, foot=34, labels=()), road, scale) for lane in road.lanes
    ]
    return _in_small(scale, 34, road, format_html_join("", "{}", ((each,) for each in drawn)))


def _in_small(scale: Scale, height: int, road: Road, inside: SafeString) -> SafeString:
    lines = "".join(f"M{x}.5 0V{height}" for x, _ in months_of(scale))
    return format_html(
        '<svg class="road-map small" aria-hidden="true" viewBox="0 0 {} {}">'
        '<path class="grid" d="{}"/><path class="today-line" d="M{} 0V{}"/>{}</svg>',
        scale.canvas.width,
        height,
        lines,
        scale.x(road.today),
        height,
        inside,
    )


def spoken(road: Road) -> list[tuple[str, list[str]]]:
    """The picture as a list: each lane with what runs and what happens on it, by date."""
    return [
        (f"{lane.name}, {lane.note}" if lane.note else lane.name, _told(lane))
        for lane in road.lanes
    ]


def _told(lane: Lane) -> list[str]:
    told = [
        (
            stretch.start,
            f"{stretch.label}, {short_day(stretch.start)} to {short_day(stretch.end)}:"
            f" {_STATES[stretch.state]}",
        )
        for stretch in lane.stretches
        if stretch.label
    ]
    for point in lane.milestones:
        said = ", ".join(part for part in (point.title, point.note) if part)
        ends = {"done": ": done", "yours": ": yours to do"}.get(point.kind, "")
        told.append((point.on, f"{said}{ends}"))
    return [text for _, text in sorted(told)]


def _grid(drawn: Plan) -> SafeString:
    lines = "".join(f"M{x}.5 0V{drawn.foot}" for x, _ in drawn.months)
    return format_html('<path class="grid" d="{}"/>', lines)


def _words(labels: Iterable[Label]) -> SafeString:
    return format_html_join(
        "",
        '<text{} x="{}" y="{}"{}>{}</text>',
        (
            (
                format_html(' class="{}"', each.kind) if each.kind else "",
                round(each.x),
                round(each.y),
                "" if each.anchor == "start" else format_html(' text-anchor="{}"', each.anchor),
                each.text,
            )
            for each in labels
        ),
    )


def _lane(lane: Lane, place: Place, road: Road, scale: Scale) -> SafeString:
    ties = "".join(f"M{x}.5 {place.base + 6}V{y}" for x, y in place.ties)
    return format_html(
        "{}{}{}",
        format_html('<path class="tie" d="{}"/>', ties) if ties else "",
        format_html_join(
            "",
            "{}",
            ((_stretch(each, place.base, road.today, scale),) for each in lane.stretches),
        ),
        format_html_join(
            "", "{}", ((_milestone(each, place.base, scale),) for each in lane.milestones)
        ),
    )


def _stretch(stretch: Stretch, base: int, today: date, scale: Scale) -> SafeString:
    daily = stretch.daily and scale.day >= 2.5
    step = 1 if daily else 7 * max(1, round(_WEEK_LEAST / (7 * scale.day)))
    gone, coming, on = [], [], stretch.start
    while on <= stretch.end:
        ahead = stretch.state == "ahead" or (stretch.state == "running" and on > today)
        (coming if ahead else gone).append(f"M{scale.x(on) + 1} {base}v{-5 if ahead else -12}")
        on += timedelta(days=step)
    return format_html(
        '<path class="base" d="M{} {}.5H{}"/><path class="k-{}{}" d="{}"/>'
        '<path class="k-ahead" d="{}"/>',
        scale.x(stretch.start),
        base,
        scale.x(stretch.end),
        "done" if stretch.state == "done" else "running",
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
    "cap": '<path class="p-cap" d="M{x} {y}v-24m-4 0h8"/>',
}


def _milestone(point: Milestone, base: int, scale: Scale) -> SafeString:
    x = scale.x(point.on)
    return format_html(_POINTS[point.kind], x=x, y=base, left=x - 4.5, top=base - 4.5)


def _today(road: Road, drawn: Plan) -> SafeString:
    x, box, wide = drawn.today
    return format_html(
        '<path class="today-line" d="M{} 16V{}"/><rect class="today-box" x="{}" y="{}" width="{}"'
        ' height="18" rx="3"/><text class="today-word" x="{}" y="{}"'
        ' text-anchor="middle">{}</text>',
        x,
        drawn.foot + 4,
        box,
        drawn.foot,
        wide,
        box + wide // 2,
        drawn.foot + 13,
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
