"""Draws who relies on whom as SVG: a column a wave, a box a party, an arrow to its provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDE, _HIGH, _GAP, _ROW, _TOP, _EDGE = 170, 38, 52, 54, 40, 28
_LONG = 24  # letters of a name that fit a box


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A party: where it stands, what it is called, and where it leads.

    ``kind`` is "", touched, cause or quiet.
    """

    name: str
    note: str
    column: int
    row: int
    url: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """From who relies to whom it relies on; ``kind`` is "", waiting or broken."""

    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetPicture:
    """The picture; its table stands beneath it in the page."""

    title: str
    columns: Sequence[str]
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    breaks: Sequence[int] = ()  # rows at which a new group of parties begins

    def __html__(self) -> str:
        return net_svg(self)


def net_svg(picture: NetPicture) -> SafeString:
    """The whole picture: heads of columns, lines between groups, arrows, boxes."""
    rows = max((box.row for box in picture.boxes), default=0) + 1
    width = 2 * _EDGE + len(picture.columns) * (_WIDE + _GAP) - _GAP
    height = _TOP + rows * _ROW + 8
    heads = ((_x(at) + _WIDE // 2, name) for at, name in enumerate(picture.columns))
    lines = ((_TOP + at * _ROW - 7, width) for at in picture.breaks if at)
    return format_html(
        '<svg class="net" role="group" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">'
        "<defs>{}</defs>{}{}{}{}</svg>",
        f"{picture.title}: {len(picture.boxes)} parties, {len(picture.arrows)} arrows."
        " The table beneath says the same.",
        *(width, height, width, height),
        format_html_join("", _TIP, ((kind or "plain", kind or "plain") for kind in _KINDS)),
        format_html_join(
            "", '<text class="head" x="{}" y="18" text-anchor="middle">{}</text>', heads
        ),
        format_html_join("", '<path class="group" d="M0 {}.5H{}"/>', lines),
        format_html_join("", "{}", ((_arrow(picture, each),) for each in picture.arrows)),
        format_html_join("", "{}", ((_box(each),) for each in picture.boxes)),
    )


_KINDS = ("", "waiting", "broken")
_TIP = (
    '<marker id="tip-{}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
    ' orient="auto"><path class="tip {}" d="M0 0L8 4L0 8Z"/></marker>'
)


def _x(column: int) -> int:
    return _EDGE + column * (_WIDE + _GAP)


def _y(row: int) -> int:
    return _TOP + row * _ROW


def _arrow(picture: NetPicture, arrow: Arrow) -> SafeString:
    """Leftwards to an earlier wave, round the left side within one, rightwards when broken."""
    one, other = picture.boxes[arrow.start], picture.boxes[arrow.end]
    y1, y2 = _y(one.row) + _HIGH // 2, _y(other.row) + _HIGH // 2
    x1, x2 = _x(one.column), _x(other.column)
    if one.column == other.column:
        y1, y2 = y1 + (5 if y2 > y1 else -5), y2 + (-5 if y2 > y1 else 5)
        bend = x1 - min(26, 10 + 4 * abs(one.row - other.row))
        path = f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}"
    elif one.column > other.column:
        end, half = x2 + _WIDE, (x1 - x2 - _WIDE) // 2
        path = f"M{x1} {y1}C{x1 - half} {y1} {end + half} {y2} {end} {y2}"
    else:
        start, half = x1 + _WIDE, (x2 - x1 - _WIDE) // 2
        path = f"M{start} {y1}C{start + half} {y1} {x2 - half} {y2} {x2} {y2}"
    return format_html(
        '<path class="arrow {kind}" d="{path}" marker-end="url(#tip-{tip})">'
        "<title>{one} relies on {other}</title></path>",
        kind=arrow.kind,
        path=path,
        tip=arrow.kind or "plain",
        one=one.name,
        other=other.name,
    )


def _box(box: Box) -> SafeString:
    x, y = _x(box.column), _y(box.row)
    name = box.name if len(box.name) <= _LONG else f"{box.name[: _LONG - 1].rstrip()}…"
    drawn = format_html(
        '<g class="box {}"><title>{}, {}</title><rect x="{}.5" y="{}.5" width="{}" height="{}"/>'
        '<text class="name" x="{}" y="{}">{}</text><text class="note" x="{}" y="{}">{}</text></g>',
        *(box.kind, box.name, box.note, x, y, _WIDE, _HIGH),
        *(x + 9, y + 16, name, x + 9, y + 31, box.note),
    )
    return format_html('<a href="{}">{}</a>', box.url, drawn) if box.url else drawn
