"""PURE: a copy of the board with some moves in it: what it would change, and what stands against.

A copy remembers where each card was seen. If the real board moved on in a way that matters, the
copy says so and cannot be applied until somebody looked at it again.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from waves.board import TALKED, Board, short
from waves.capacity import WAVES, Room
from waves.enums import PlaceState
from waves.order import Break, broken_by
from waves.routes import ROUTES

_FREE = (PlaceState.REQUESTED, PlaceState.INDICATIVE)
_AGREED = (PlaceState.ENGAGED, PlaceState.DEFERRAL_REQUESTED)


class Ground(StrEnum):
    """What stands against applying a copy."""

    STALE = "STALE"
    ORDER = "ORDER"
    ROUTE = "ROUTE"
    TALK = "TALK"
    OFFER = "OFFER"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One reason, in words, with the unit that it is about where it is about one."""

    ground: Ground
    text: str
    unit: Hashable = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One move of a copy: where to, and how the card stood when it was put in."""

    unit: Hashable
    to: str
    seen: str
    state: str


@dataclass(frozen=True)
class WhatIf:
    """The real board beside the copy."""

    real: Board
    planned: Mapping[Hashable, Planned]
    lost: int
    rooms: Mapping[str, Room]

    @cached_property
    def moves(self) -> dict[Hashable, str]:
        """Each unit that would change its wave, with the wave."""
        return {
            unit: each.to
            for unit, each in self.planned.items()
            if self.real.seat(unit).route != each.to
        }

    @cached_property
    def copy(self) -> Board:
        """The board as it would stand."""
        return self.real.moved(self.moves, self.rooms)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Reliance that these moves would break."""
        taken = {unit: ROUTES[route].wave_order for unit, route in self.moves.items()}
        return broken_by(taken, self.real.edges, self.real.order)

    @cached_property
    def hindrances(self) -> list[Hindrance]:
        """Everything that stands against applying it now."""
        found = [*self._stale()]
        orders = self.real.order_objections(self.moves)
        found += [Hindrance(Ground.ORDER, text) for text in orders]
        routes = self.real.route_objections(self.moves)
        found += [Hindrance(Ground.ROUTE, text) for text in routes]
        stale = {each.unit for each in found if each.ground is Ground.STALE}
        found += [each for each in self._unspoken() if each.unit not in stale]
        return found

    def _stale(self) -> list[Hindrance]:
        found = []
        if self.lost:
            text = f"{self.lost} of its moves are about somebody who left the board since."
            found.append(Hindrance(Ground.STALE, text))
        for unit, each in self.planned.items():
            seat = self.real.seat(unit)
            if (seat.route, seat.state) == (each.seen, each.state):
                continue
            now = f"{short(seat.route)}, {PlaceState(seat.state).label.lower()}"
            then = f"{short(each.seen)}, {PlaceState(each.state).label.lower()}"
            text = f"{self.real.name(unit)} is now: {now}. When it was put in here: {then}."
            found.append(Hindrance(Ground.STALE, text, unit))
        return found

    def _unspoken(self) -> list[Hindrance]:
        found = []
        for unit in self.moves:
            seat, name = self.real.seat(unit), self.real.name(unit)
            to = self.planned[unit].to
            if seat.state in _FREE or (seat.state in _AGREED and seat.wanted == to):
                continue
            if seat.state in (PlaceState.WAITLISTED, PlaceState.OFFERED) and seat.wanted == to:
                text = f"{name} waits for {short(to)}: offer it, and it moves when it accepts."
                found.append(Hindrance(Ground.OFFER, text, unit))
            else:
                text = f"No talk with {name} is recorded: {TALKED}."
                found.append(Hindrance(Ground.TALK, text, unit))
        return found


def what_if(
    board: Board, moves: Mapping[str, Mapping[str, str]], capacity: Mapping[str, Any]
) -> WhatIf:
    """Return a copy of the board; ``moves`` and ``capacity`` are kept as Scenario keeps them."""
    units = {str(seat.place): seat.unit for seat in board.seats if seat.place}
    planned = {
        units[place]: Planned(units[place], move["to"], move["seen"], move["state"])
        for place, move in moves.items()
        if place in units
    }
    return WhatIf(board, planned, len(moves) - len(planned), rooms_of(board.rooms, capacity))


def rooms_of(rooms: Mapping[str, Room], capacity: Mapping[str, Any]) -> dict[str, Room]:
    """Return what waves can take with the overrides of a copy."""
    found = dict(rooms)
    for route in WAVES:
        said = capacity.get(route)
        if said:
            room = found.get(route, Room())
            places = said.get("places", room.places)
            found[route] = Room(places, {**room.weeks, **said.get("weeks", {})})
    return found
