"""PURE: the wave board as it stands, and as it would stand after some moves.

A unit is what moves as one: a qualification, or the trio of LDSO, SMRA / ERDA and UMSO (R14).
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from participants.market_roles import MARKET_ROLES
from waves.capacity import GONE, LAST_WAVE, WAVES, Load, Room, Taken, loads
from waves.enums import PlaceState
from waves.order import Break, Reliant, broken, broken_by, dependants, providers
from waves.routes import ROUTES, route_objections

TALKED = "engage before reallocation (QA&P 9.3.2)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One qualification with its place; ``place`` is None until a row is made for it."""

    id: Hashable
    organisation_id: Hashable
    organisation: str
    slug: str
    role: str
    route: str
    status: str
    trio: Hashable | None = None
    is_new_entrant: bool = False
    place: Hashable | None = None
    state: str = PlaceState.REQUESTED
    requested: str = ""
    wanted: str = ""
    because: str = ""
    offer_until: date | None = None
    is_at_risk: bool = False
    weight: int = 1
    progress: tuple[int, int] | None = None

    @property
    def unit(self) -> Hashable:
        """What it moves with: its trio, or itself."""
        return self.trio or self.id

    @property
    def is_in_wave(self) -> bool:
        """Whether it stands in one of the four waves."""
        return self.route in WAVES and self.state not in GONE

    @property
    def called(self) -> str:
        """Who it is, in a sentence."""
        return f"{self.organisation} ({MARKET_ROLES[self.role].short_label})"


@dataclass(frozen=True)
class Board:
    """Everybody on the way, who relies on whom (units), and what each wave can take."""

    seats: Sequence[Seat]
    edges: Sequence[tuple[Hashable, Hashable]] = ()
    rooms: Mapping[str, Room] = field(default_factory=dict)

    @cached_property
    def units(self) -> dict[Hashable, list[Seat]]:
        """The seats that move together."""
        found: dict[Hashable, list[Seat]] = {}
        for seat in self.seats:
            found.setdefault(seat.unit, []).append(seat)
        return found

    @cached_property
    def order(self) -> dict[Hashable, int]:
        """Each unit's place in time; who left for enduring arrangements binds nobody."""
        return {
            unit: ROUTES[seats[0].route].wave_order
            for unit, seats in self.units.items()
            if seats[0].state not in GONE
        }

    @cached_property
    def offered(self) -> dict[Hashable, int]:
        """The units with an offer, in the wave that they would take by accepting it."""
        return {
            unit: ROUTES[seats[0].wanted].wave_order
            for unit, seats in self.units.items()
            if seats[0].state == PlaceState.OFFERED and seats[0].wanted
        }

    @cached_property
    def loads(self) -> dict[str, Load]:
        """What stands in each wave beside what it can take."""
        return loads((_taken(seat) for seat in self.seats if seat.is_in_wave), self.rooms)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Whoever stands before a party that it relies on."""
        return broken(self.edges, self.order)

    @cached_property
    def late(self) -> dict[Hashable, Hashable]:
        """Each unit that stands too early, with the party that it directly waits for."""
        return {each.relying: each.chain[1] for each in reversed(self.breaks)}

    def seat(self, unit: Hashable) -> Seat:
        """The first seat of a unit."""
        return self.units[unit][0]

    def name(self, unit: Hashable) -> str:
        """Who a unit is: the trio goes by its networks."""
        seats = self.units.get(unit)
        if not seats:
            return "a party that is no longer on the way"
        return f"{seats[0].organisation} (LDSO, SMRA, UMSO)" if seats[0].trio else seats[0].called

    def dependants(self, unit: Hashable) -> tuple[Reliant, ...]:
        """Who relies on a unit, through others too."""
        return dependants(unit, self.edges)

    def providers(self, unit: Hashable) -> tuple[Reliant, ...]:
        """On whom a unit relies, through others too."""
        return providers(unit, self.edges)

    def moved(self, moves: Mapping[Hashable, str], rooms: Mapping[str, Room] = ()) -> "Board":
        """The board with units in other waves, and waves of another size."""
        return Board(
            seats=[
                replace(seat, route=moves[seat.unit]) if seat.unit in moves else seat
                for seat in self.seats
            ],
            edges=self.edges,
            rooms={**self.rooms, **dict(rooms)},
        )

    def order_objections(self, moves: Mapping[Hashable, str]) -> list[str]:
        """Why moves cannot be: somebody would come before a party that it relies on (R33, R34).

        Whoever has an offer counts in both waves, so that accepting it stays open.
        """
        taken = {unit: ROUTES[route].wave_order for unit, route in moves.items()}
        found = [*broken_by(taken, self.edges, self.order)]
        if self.offered:
            found += broken_by(taken, self.edges, {**self.order, **self.offered})
        return list(dict.fromkeys(self.break_sentence(each) for each in found))

    def route_objections(self, moves: Mapping[Hashable, str]) -> list[str]:
        """Why a role may not take the wave that a move gives it (R18)."""
        found = [
            reason
            for unit, route in moves.items()
            for seat in self.units.get(unit, ())
            for reason in route_objections(seat.role, route, seat.is_new_entrant)
        ]
        return list(dict.fromkeys(found))

    def break_sentence(self, each: Break) -> str:
        """Say who is before whom, with everybody between them."""
        chain = ", who relies on ".join(self.name(unit) for unit in each.chain[1:])
        return (
            f"{self.name(each.relying)} in {wave_word(each.relying_order)} relies on {chain},"
            f" in {wave_word(each.provider_order)}. Nobody can be in an earlier wave than a party"
            " that it relies on (QA&P 9.3.2)."
        )


def wave_word(order: int) -> str:
    """How an order of a wave is said."""
    return f"wave {order}" if order else "SIT"


def short(route: str) -> str:
    """How a route is said in a line: Wave 3, SIT M11."""
    return ROUTES[route].short_label if route in ROUTES else "after wave 4"


def later_waves(route: str) -> list[str]:
    """The waves after one."""
    return [code for code in WAVES if ROUTES[code].wave_order > ROUTES[route].wave_order]


def earlier_waves(route: str) -> list[str]:
    """The waves before one."""
    return [code for code in WAVES if ROUTES[code].wave_order < ROUTES[route].wave_order]


def consequence(role: str, route: str) -> str:
    """What follows for a role that cannot stay in the last wave; empty before it (R42, R145)."""
    if route != LAST_WAVE:
        return ""
    sanctions = " A Supplier meets the sanctions of Annex 4 as well." if role == "SUPPLIER" else ""
    return (
        "There is no wave after wave 4. Whoever is not qualified by M14 goes to the enduring"
        f" arrangements, outside this portal (QA&P 7.1, 4.4; Appendix B, Pathway 4).{sanctions}"
        " The code bodies decide it; it does not happen by itself."
    )


def _taken(seat: Seat) -> Taken:
    return Taken(
        route=seat.route,
        state=seat.state,
        bodies=MARKET_ROLES[seat.role].bodies,
        weight=seat.weight,
        wanted=seat.wanted,
    )
