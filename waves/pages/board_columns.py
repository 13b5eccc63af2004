"""The columns and cards of the wave board, from the board as it stands or from a what-if."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from foundation.clock.words import short_day
from foundation.ui.parts import Lines, Link, Status, Strong, Ticks, Words
from foundation.ui.planning import PlanCard, PlanColumn, Put
from participants.enums import Status as QadStatus
from participants.market_roles import MARKET_ROLES
from waves.board import Board, Seat, short
from waves.capacity import WAVES, Load
from waves.enums import PlaceState
from waves.timetable import Timetable
from waves.what_if import WhatIf

MOST_TICKS = 28  # what fits a column; beyond it a tick stands for several
SHOWN = 12  # cards of a column before the rest folds away
# What stands in each wave, in the order in which its steps follow.
_STEPS = (
    ("qt_entry_confirmation", "QT entry confirmed by"),
    ("qt_execution_window", "In QT until"),
    ("final_qad_window", "Final window closes"),
    ("final_qad_review_complete", "Final review; ends"),
    ("qad_signoff_deadline", "Sign-off by"),
    ("qualification_decision", "Decisions by"),
)
_STATES: dict[str, tuple[str, str]] = {
    PlaceState.REQUESTED: ("Requested", "quarter"),
    PlaceState.INDICATIVE: ("Indicative", "half"),
    PlaceState.WAITLISTED: ("Waits for", "hourglass"),
    PlaceState.OFFERED: ("Offered", "hourglass"),
    PlaceState.DEFERRAL_REQUESTED: ("Asks for", "diamond"),
    PlaceState.REALLOCATION_PROPOSED: ("Proposed for", "diamond"),
    PlaceState.ENGAGED: ("Talked through:", "half"),
}
_DONE = (QadStatus.SIGNED_OFF, QadStatus.QUALIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the board is narrowed to, and how its cards lead on."""

    body: str = ""
    roles: Sequence[str] = ()
    role: str = ""
    state: str = ""
    at_risk: bool = False
    show_reliance: bool = True
    may_plan: bool = False
    today: date | None = None
    unmet: Mapping[str, str] = field(default_factory=dict)

    def shows(self, seats: Sequence[Seat]) -> bool:
        """Whether a unit is among what is asked for."""
        seat = seats[0]
        if not any(each.role in self.roles for each in seats):
            return False
        if self.role and all(each.role != self.role for each in seats):
            return False
        if self.state and seat.state != self.state:
            return False
        return not self.at_risk or seat.is_at_risk


def columns(
    board: Board, view: View, timetable: Timetable, copy: WhatIf | None = None
) -> list[PlanColumn]:
    """Return the four columns; of a what-if, with where cards come from and go to."""
    shown = copy.copy if copy else board
    scale = _scale(shown, view.body)
    behind = _behind(shown) if view.show_reliance else {}
    cards: dict[str, list[PlanCard]] = {route: [] for route in WAVES}
    for unit, seats in board.units.items():
        if not seats[0].is_in_wave or not view.shows(seats):
            continue
        for route, card in _cards(unit, seats, view, shown, behind, copy):
            cards[route].append(card)
    return [
        _column(route, shown.loads[route], cards[route], scale, view, board, timetable)
        for route in WAVES
    ]


def _cards(
    unit: Hashable,
    seats: Sequence[Seat],
    view: View,
    shown: Board,
    behind: Mapping[Hashable, int],
    copy: WhatIf | None,
) -> Iterator[tuple[str, PlanCard]]:
    """Yield the card of a unit where it stands; in a what-if also where it came from."""
    seat = seats[0]
    to = copy.moves.get(unit) if copy else None
    if to is None:
        yield seat.route, _card(unit, seats, view, shown, behind, is_copy=bool(copy))
        return
    yield seat.route, _left(unit, seats, to)
    yield to, _arrived(unit, seats, to, view, shown, behind)


def _column(
    route: str,
    load: Load,
    cards: Sequence[PlanCard],
    scale: "_Scale",
    view: View,
    board: Board,
    timetable: Timetable,
) -> PlanColumn:
    lines = [_window(route, timetable)]
    if view.body:
        lines.append(scale.weeks(load, view.body))
    lines.append(scale.places(load))
    lines.append(_counts(load))
    if phase := _phase(route, timetable, view.today):
        lines.append(phase)
    waits = _waits(route, board, view)
    last = "There is no wave after this one." if route == WAVES[-1] else ""
    return PlanColumn(
        key=route,
        title=short(route),
        lines=lines,
        said=_said(load, view.body),
        waits=waits,
        cards=cards[:SHOWN],
        folded=cards[SHOWN:],
        foot=last if cards else f"No card here. {last}",
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """How many a tick stands for, the same in all columns."""

    weeks_a_tick: int = 1
    places_a_tick: int = 1

    def weeks(self, load: Load, body: str) -> Words:
        """The reviewer-weeks of a body as ticks, with the count in words."""
        used, has = load.weeks.get(body, 0), load.room.weeks.get(body)
        return _measure(used, has, self.weeks_a_tick, f"reviewer-weeks of {body}")

    def places(self, load: Load) -> Words:
        """The places as ticks: given ones full, others half."""
        open_ones = load.requested + load.indicative
        return _measure(load.places, load.room.places, self.places_a_tick, "places", open_ones)


def _scale(board: Board, body: str) -> _Scale:
    weeks = [max(each.weeks.get(body, 0), each.room.weeks.get(body, 0)) for each in _all(board)]
    places = [max(each.places, each.room.places or 0) for each in _all(board)]
    return _Scale(-(-max(weeks) // MOST_TICKS) or 1, -(-max(places) // MOST_TICKS) or 1)


def _all(board: Board) -> list[Load]:
    return [board.loads[route] for route in WAVES]


def _measure(used: int, has: int | None, each: int, what: str, half: int = 0) -> Words:
    bound = used if has is None else has
    over = max(0, used - bound)
    kinds = (
        ["done"] * _ticks(min(used, bound) - half, each)
        + ["draft"] * _ticks(min(half, bound), each)
        + ["over"] * _ticks(over, each)
        + ["blank"] * _ticks(bound - used, each)
    )
    text = f"{used} {what}, no bound set" if has is None else f"{used} of {has} {what}"
    said: Words = Status(text, "octagon") if over else text
    return [Ticks(kinds), said]


def _ticks(count: int, each: int) -> int:
    return max(0, round(count / each)) if count != 1 else 1


def _counts(load: Load) -> str:
    parts = [f"{load.allocated} allocated"]
    parts += [f"{load.indicative} indicative"] if load.indicative else []
    parts += [f"{load.requested} requested"] if load.requested else []
    return ", ".join(parts)


def _said(load: Load, body: str) -> str:
    """What a screen reader hears of a column while a card is held over it."""
    room = load.room.places
    places = f"{load.places} of {room} places" if room is not None else f"{load.places} places"
    if not body:
        return f"{places}."
    has = load.room.weeks.get(body)
    weeks = f"{load.weeks.get(body, 0)}" + (f" of {has}" if has is not None else "")
    return f"{places}, {weeks} reviewer-weeks of {body}."


def _window(route: str, timetable: Timetable) -> str:
    cell = timetable.cell("qt_execution_window", route)
    return f"QT {short_day(cell.start)[4:]} to {short_day(cell.end)[4:]}"


def _phase(route: str, timetable: Timetable, today: date | None) -> str:
    """The next step of a wave whose last day lies ahead."""
    for key, said in _STEPS:
        try:
            cell = timetable.cell(key, route)
        except KeyError:
            continue
        if today and cell.last_day and cell.last_day >= today:
            return f"{said} {short_day(cell.last_day)}"
    return ""


def _waits(route: str, board: Board, view: View) -> Words:
    found = [
        seats[0]
        for seats in board.units.values()
        if seats[0].wanted == route
        and seats[0].state in (PlaceState.WAITLISTED, PlaceState.OFFERED)
        and any(seat.role in view.roles for seat in seats)
    ]
    if not found:
        return ""
    links: list[Words] = []
    for seat in found:
        links += [", "] if links else []
        links.append(Link(seat.called, _url(seat)))
    count = f"{len(found)}, in no order"
    return Lines([Strong(f"Wait list for {short(route)}"), count, links])


def _card(
    unit: Hashable,
    seats: Sequence[Seat],
    view: View,
    board: Board,
    behind: Mapping[Hashable, int],
    *,
    is_copy: bool,
) -> PlanCard:
    seat = seats[0]
    notes = [] if not view.show_reliance else _reliance(unit, board, behind)
    if is_copy and (told := view.unmet.get(str(seat.place))):
        notes.append(told)
    broken = unit in board.late
    return PlanCard(
        ident=str(seat.id),
        title=seat.organisation,
        url=_url(seat),
        line=_roles(seats),
        status=Status(f"Relies on {board.seat(board.late[unit]).organisation}", "triangle")
        if broken and view.show_reliance
        else _status(seats),
        notes=notes,
        kind="risk" if broken or seat.is_at_risk else "",
        puts=_puts(seat, seat.route) if view.may_plan and _can_move(seat) else (),
    )


def _arrived(
    unit: Hashable,
    seats: Sequence[Seat],
    to: str,
    view: View,
    board: Board,
    behind: Mapping[Hashable, int],
) -> PlanCard:
    seat = seats[0]
    notes = _reliance(unit, board, behind) if view.show_reliance else []
    told = view.unmet.get(str(seat.place))
    return PlanCard(
        ident=str(seat.id),
        title=seat.organisation,
        url=_url(seat),
        line=_roles(seats),
        status=Status("Arrives in this what-if", "diamond"),
        notes=[*notes, *([told] if told else [])],
        kind="moved",
        puts=_puts(seat, to) if view.may_plan else (),
    )


def _left(unit: Hashable, seats: Sequence[Seat], to: str) -> PlanCard:
    seat = seats[0]
    return PlanCard(
        ident=f"{seat.id}-left",
        title=seat.organisation,
        line=_roles(seats),
        status=Status(f"Leaves for {short(to)} in this what-if", "bars"),
        kind="left",
    )


def _status(seats: Sequence[Seat]) -> Words:
    seat = seats[0]
    if seat.is_at_risk:
        return Status("", "at_risk")
    if seat.state in _STATES:
        said, shape = _STATES[seat.state]
        wanted = seat.wanted or (
            "after wave 4" if seat.state == PlaceState.DEFERRAL_REQUESTED else ""
        )
        return Status(f"{said} {short(wanted)}".strip() if wanted else said, shape)
    if seat.trio:
        return Status("Trio, locked together", "padlock")
    if seat.progress and seat.status not in _DONE and seat.progress[0] < seat.progress[1]:
        return Status(f"In QT, {seat.progress[0]} of {seat.progress[1]} run", "target")
    shape = "check" if seat.status in _DONE else "target"
    return Status(QadStatus(seat.status).label, shape)


def _reliance(unit: Hashable, board: Board, behind: Mapping[Hashable, int]) -> list[Words]:
    found: list[Words] = []
    for relying, provider in board.edges:
        if relying == unit:
            found.append(f"Relies on {board.name(provider)}, {_wave_of(board, provider)}")
    if count := behind.get(unit, 0):
        found.append(f"Relied on by {count}")
    return found


def _behind(board: Board) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for _, provider in board.edges:
        found[provider] = found.get(provider, 0) + 1
    return found


def _wave_of(board: Board, unit: Hashable) -> str:
    return short(board.seat(unit).route) if unit in board.units else "gone"


def _roles(seats: Sequence[Seat]) -> str:
    return ", ".join(MARKET_ROLES[seat.role].short_label for seat in seats)


def _can_move(seat: Seat) -> bool:
    return seat.status not in (*_DONE, QadStatus.NOT_APPROVED)


def _puts(seat: Seat, now: str) -> list[Put]:
    return [
        Put(column=route, label=short(route), value=f"{seat.id}:{route}")
        for route in WAVES
        if route != now
    ]


def _url(seat: Seat) -> str:
    return reverse("waves:place", args=[seat.id])
