"""PURE: where the lines and words of the road stand, so that no two words touch.

Words keep their place beside what they name where there is room; else they change sides, and
then move a row away, tied to their point by a thin line. A lane grows with its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.ui.road import Lane, Milestone, Road

# Advances of the interface face in hundredths of its size, regular; what is not named is wide.
_WIDTHS = {
    20: " ",
    27: "|',.:;ijIl",
    32: "!f()[]{}-",
    36: "t/\\r",
    46: '*?sz"xc',
    50: "vyJYFL",
    52: "#$+0123456789<=>^_aegk~XV",
    56: "ESATZ`houbndpq",
    60: "CPRKB",
    67: "&DGUHNOQ",
}
_ADVANCE = {char: width for width, chars in _WIDTHS.items() for char in chars}
_WIDEST, _BOLD = 90, 1.08
SMALL, NAME = 12.5, 14
ABOVE, BELOW, GAP = 15, 34, 5  # heights of a row of words over and under a lane; air beside words
_SIDES = {
    "start": ("start", "middle", "end"),
    "middle": ("middle", "start", "end"),
    "end": ("end", "middle", "start"),
}
_OFFSET = {"start": 8, "middle": 0, "end": -8}


@dataclass(frozen=True, slots=True)
class Canvas:
    """How wide the drawing is, and where its days begin and end."""

    width: int
    left: int
    right: int
    names_above: bool = False

    @property
    def edge(self) -> int:
        """The leftmost place of words, beside the names where these stand at the left."""
        return 0 if self.names_above else self.left - 4


WIDE = Canvas(width=1152, left=140, right=1140)
SMALLEST = Canvas(width=420, left=8, right=412, names_above=True)
NARROW = Canvas(width=358, left=2, right=354, names_above=True)


@dataclass(frozen=True, slots=True)
class Label:
    """Some words at their place; ``kind`` is how they are set."""

    x: float
    y: float
    text: str
    kind: str = ""
    anchor: str = "start"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the words."""
        size = NAME if self.kind == "nm" else SMALL
        wide = width_of(self.text, size=size, bold=bool(self.kind))
        left = {"start": self.x, "middle": self.x - wide / 2, "end": self.x - wide}[self.anchor]
        return left, self.y - 0.75 * size, left + wide, self.y + 0.2 * size


@dataclass(frozen=True, slots=True)
class Place:
    """One lane: its base line, its words, and the lines that tie words to their points."""

    top: int
    base: int
    foot: int
    labels: Sequence[Label]
    ties: Sequence[tuple[int, int]] = ()  # x and the y down to which it leads


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to pixels."""

    first: date
    last: date
    canvas: Canvas

    @property
    def day(self) -> float:
        """The pixels of a day."""
        return (self.canvas.right - self.canvas.left) / max((self.last - self.first).days, 1)

    def x(self, on: date) -> int:
        """Where a day stands; what lies outside stands at the edge."""
        inside = min(max(on, self.first), self.last)
        return round(self.canvas.left + (inside - self.first).days * self.day)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole drawing, ready to be inked."""

    scale: Scale
    months: Sequence[tuple[int, str]]
    places: Sequence[Place]
    today: tuple[int, int, int]  # the line, the left edge of its box, the width of its box
    foot: int
    height: int

    @property
    def labels(self) -> list[Label]:
        """Every word of the drawing but that of today, which has a row of its own."""
        months = [Label(x=x + 5, y=11, text=text) for x, text in self.months if text]
        return [*months, *(label for place in self.places for label in place.labels)]


def width_of(text: str, *, size: float = SMALL, bold: bool = False) -> float:
    """How wide words are at most, in pixels."""
    advance = sum(_ADVANCE.get(char, _WIDEST) for char in text) / 100
    return advance * size * (_BOLD if bold else 1)


def plan(road: Road, canvas: Canvas = WIDE) -> Plan:
    """Lay out a road on a canvas."""
    scale, top, places = Scale(road.first, road.last, canvas), 24, []
    for lane in road.lanes:
        places.append(_place(lane, top, scale))
        top = places[-1].foot
    box = round(width_of(road.today_label, bold=True)) + 14
    line = scale.x(road.today)
    return Plan(
        scale=scale,
        months=months_of(scale),
        places=places,
        today=(line, max(min(line, canvas.width - box), 0), box),
        foot=top,
        height=top + 26,
    )


def months_of(scale: Scale) -> list[tuple[int, str]]:
    """The first day of each month; only those are named that have room."""
    month, found, free = scale.first.replace(day=1), [], 0.0
    while month <= scale.last:
        if month >= scale.first:
            x = scale.x(month)
            text = f"{month:%b %Y}" if not found or month.month == 1 else f"{month:%b}"
            end = x + GAP + width_of(text)
            fits = x + GAP > free and end <= scale.canvas.width
            found.append((x, text if fits else ""))
            free = end + GAP if fits else free
        month = (month.replace(day=28) + timedelta(days=7)).replace(day=1)
    return found


@dataclass(slots=True)
class _Rows:
    """What is taken in each row of words, from left to right."""

    canvas: Canvas
    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def put(self, spans: Sequence[tuple[float, float]]) -> tuple[int, int]:
        """Take the first of these spans that is free, in the nearest row; say which and where."""
        row = 0
        while True:
            if row == len(self.taken):
                self.taken.append([])
            for choice, span in enumerate(spans):
                if self._inside(span) and self._is_free(row, span):
                    self.taken[row].append(span)
                    return choice, row
            if not self.taken[row]:  # wider than everything: it stands where it can
                self.taken[row].append((0, self.canvas.width))
                return len(spans) - 1, row
            row += 1

    def hold(self, span: tuple[float, float]) -> None:
        """Keep a place of the nearest row for what is drawn there."""
        if not self.taken:
            self.taken.append([])
        self.taken[0].append(span)

    def _inside(self, span: tuple[float, float]) -> bool:
        return span[0] >= self.canvas.edge and span[1] <= self.canvas.width

    def _is_free(self, row: int, span: tuple[float, float]) -> bool:
        return all(
            span[1] + GAP <= left or right + GAP <= span[0] for left, right in self.taken[row]
        )


def _place(lane: Lane, top: int, scale: Scale) -> Place:
    canvas = scale.canvas
    names = _names(lane, canvas)
    head = 17 * len({at for _, _, at in names}) if canvas.names_above else 0
    over, above_rows = _over(lane, scale)
    base = top + head + max(38, 32 + ABOVE * (above_rows - 1)) + (6 if above_rows > 1 else 0)
    if not canvas.names_above:
        first = sum(bool(kind) for _, kind, _ in names)
        base = max(base, top + 18 + 17 * first)
    under, ties, below_rows = _under(lane, scale, base)
    foot = base + (8 + BELOW * below_rows if below_rows else 14)
    if not canvas.names_above:
        foot = max(foot, base + 10 + 15 * sum(not kind for _, kind, _ in names))
    labels = [
        *_named(names, top if canvas.names_above else base, canvas),
        *(Label(x, base - 18 - ABOVE * row, text, kind) for x, row, text, kind in over),
        *under,
    ]
    return Place(top=top, base=base, foot=foot + 12, labels=labels, ties=ties)


def _names(lane: Lane, canvas: Canvas) -> list[tuple[str, str, int]]:
    """The lines of a lane's name and note: the words, how they are set, and in which line."""
    room = canvas.width if canvas.names_above else canvas.left - 12
    names = _wrapped(lane.name, room, NAME, bold=True)
    notes = _wrapped(lane.note, room, SMALL, bold=False)
    beside = canvas.names_above and _fits_beside(names, notes, canvas)
    first = 0 if beside else len(names)
    return [
        *((line, "nm", at) for at, line in enumerate(names)),
        *((line, "", first + at) for at, line in enumerate(notes)),
    ]


def _fits_beside(names: Sequence[str], notes: Sequence[str], canvas: Canvas) -> bool:
    if len(names) != 1 or len(notes) != 1:
        return False
    name = width_of(names[0], size=NAME, bold=True)
    return name + 2 * GAP + width_of(notes[0]) <= canvas.width


def _named(names: Sequence[tuple[str, str, int]], y: int, canvas: Canvas) -> list[Label]:
    if canvas.names_above:
        ends = {at: width_of(text, size=NAME, bold=True) for text, kind, at in names if kind}
        return [
            Label(0 if kind or at not in ends else ends[at] + 2 * GAP, y + 14 + 17 * at, text, kind)
            for text, kind, at in names
        ]
    bold = [text for text, kind, _ in names if kind]
    plain = [text for text, kind, _ in names if not kind]
    return [
        *(Label(0, y - 6 - 17 * (len(bold) - 1 - at), text, "nm") for at, text in enumerate(bold)),
        *(Label(0, y + 12 + 15 * at, text) for at, text in enumerate(plain)),
    ]


def _wrapped(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    """Words in lines that fit; a word that is longer than a line is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size=size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, room, size, bold=bold))
    return lines


def _cut(word: str, room: float, size: float, *, bold: bool) -> str:
    kept = word
    while width_of(kept, size=size, bold=bold) > room:
        kept = f"{kept.removesuffix('…')[:-1]}…"
    return kept


def _over(lane: Lane, scale: Scale) -> tuple[list[tuple[float, int, str, str]], int]:
    """What stands over a lane: the names of stretches, and points that ask for it."""
    rows, found = _Rows(scale.canvas), []
    points = [point for point in lane.milestones if point.above]
    for point in points:
        x = scale.x(point.on)
        rows.hold((x - 5, x + 5))
    for stretch in sorted(lane.stretches, key=lambda each: (each.start, each.end)):
        if stretch.label:
            found.append(_beside(rows, scale.x(stretch.start), stretch.label, "", scale.canvas))
    for point in points:
        text = " ".join(filter(None, (point.title, point.note)))
        found.append(_beside(rows, scale.x(point.on) + 11, text, "", scale.canvas))
    return found, max(len(rows.taken), 1)


def _beside(
    rows: _Rows, x: float, text: str, kind: str, canvas: Canvas
) -> tuple[float, int, str, str]:
    """Words that begin at a place, moved left as far as the edge asks."""
    wide = width_of(text, bold=bool(kind))
    start = max(min(x, canvas.width - wide), canvas.edge)
    _, row = rows.put([(start, start + wide)])
    return start, row, text, kind


def _under(lane: Lane, scale: Scale, base: int) -> tuple[list[Label], list[tuple[int, int]], int]:
    """The words of points under a lane: a title and a note each, and how many rows they take."""
    rows, labels, ties = _Rows(scale.canvas), [], []
    points = [each for each in lane.milestones if not each.above and (each.title or each.note)]
    for point in sorted(points, key=lambda each: each.on):
        x = scale.x(point.on)
        wide = max(width_of(point.title, bold=True), width_of(point.note))
        spans = [_span(x, side, wide) for side in _SIDES[point.side]]
        edge = max(min(x - wide / 2, scale.canvas.width - wide), scale.canvas.edge)
        choice, row = rows.put([*spans, (edge, edge + wide)])
        labels += _words(point, base + 20 + BELOW * row, x, choice, edge)
        if row:
            ties.append((x, base + 9 + BELOW * row))
    return labels, ties, len(rows.taken)


def _span(x: float, side: str, wide: float) -> tuple[float, float]:
    at = x + _OFFSET[side]
    left = {"start": at, "middle": at - wide / 2, "end": at - wide}[side]
    return left, left + wide


def _words(point: Milestone, y: int, x: float, choice: int, edge: float) -> Iterable[Label]:
    sides = _SIDES[point.side]
    side = sides[choice] if choice < len(sides) else ""
    at, anchor = (x + _OFFSET[side], side) if side else (edge, "start")
    if point.title:
        yield Label(at, y, point.title, "y" if point.kind == "yours" else "t", anchor)
    if point.note:
        yield Label(at, y + (15 if point.title else 0), point.note, "", anchor)
