"""PURE: what each wave can take, and what stands in it: places and reviewer-weeks of each body.

The plan leaves capacity to the code bodies and says only that it is flexed first (QA&P 9.3.2, R36;
X39): nothing here blocks, it counts. Places are never counted in order of arrival.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from waves.enums import PlaceState
from waves.routes import ROUTES

WAVES: tuple[str, ...] = tuple(code for code, road in ROUTES.items() if road.is_wave)
LAST_WAVE = WAVES[-1]
# After every wave: enduring arrangements, which no wave place can follow (R42, R145).
ENDURING_ORDER = max(road.wave_order for road in ROUTES.values()) + 1
# What one reviewer gives a wave: six weeks of Initial review and four of Final (Appendix C, R82,
# R91). That these are a reviewer's weeks is our reading; every form lets it be changed.
WEEKS_OF_A_REVIEWER = 10

WISHED = frozenset({PlaceState.REQUESTED})
INDICATED = frozenset({PlaceState.INDICATIVE})
GONE = frozenset({PlaceState.ENDURING})


@dataclass(frozen=True, slots=True)
class Room:
    """What a wave can take; None where nobody has said."""

    places: int | None = None
    weeks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """One place as it counts: its wave, its state, whose reviewer-weeks it needs and how many."""

    route: str
    state: str
    bodies: tuple[str, ...]
    weight: int = 1
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """What stands in a wave beside what it can take.

    ``wishing`` waits for this wave while it holds a place in another; offers count there too.
    """

    route: str
    room: Room
    requested: int = 0
    indicative: int = 0
    allocated: int = 0
    wishing: int = 0
    offered: int = 0
    weeks: Mapping[str, int] = field(default_factory=dict)

    @property
    def places(self) -> int:
        """Every place that stands in the wave, whatever its state."""
        return self.requested + self.indicative + self.allocated

    @property
    def over_places(self) -> int:
        """By how many places the wave is over what it can take."""
        return max(0, self.places - self.room.places) if self.room.places is not None else 0

    @property
    def over_weeks(self) -> dict[str, int]:
        """By how many reviewer-weeks each body is over, where it is."""
        over = {body: used - self.room.weeks.get(body, used) for body, used in self.weeks.items()}
        return {body: count for body, count in over.items() if count > 0}

    @property
    def is_over(self) -> bool:
        """Whether the wave holds more than it can take, of anything."""
        return bool(self.over_places or self.over_weeks)

    def lacks(self, bodies: Iterable[str], weight: int) -> tuple[str, ...]:
        """Return in words what is missing for one more place."""
        found = []
        if self.room.places is not None and self.places >= self.room.places:
            found.append(f"all {self.room.places} places are taken")
        for body in bodies:
            free = self.room.weeks.get(body)
            if free is not None and self.weeks.get(body, 0) + weight > free:
                found.append(f"{body} has {free} reviewer-weeks, all given")
        return tuple(found)


def loads(taken: Iterable[Taken], rooms: Mapping[str, Room]) -> dict[str, Load]:
    """Return the load of every wave."""
    held: dict[str, list[Taken]] = {route: [] for route in WAVES}
    wished: dict[str, list[Taken]] = {route: [] for route in WAVES}
    for each in taken:
        if each.state in GONE:
            continue
        held.get(each.route, []).append(each)
        if each.state in (PlaceState.WAITLISTED, PlaceState.OFFERED):
            wished.get(each.wanted, []).append(each)
    return {
        route: _load(route, rooms.get(route, Room()), held[route], wished[route]) for route in WAVES
    }


def _load(route: str, room: Room, held: list[Taken], wished: list[Taken]) -> Load:
    weeks: dict[str, int] = {}
    for each in held:
        for body in each.bodies:
            weeks[body] = weeks.get(body, 0) + each.weight
    requested = sum(each.state in WISHED for each in held)
    indicative = sum(each.state in INDICATED for each in held)
    return Load(
        route=route,
        room=room,
        requested=requested,
        indicative=indicative,
        allocated=len(held) - requested - indicative,
        wishing=sum(each.state == PlaceState.WAITLISTED for each in wished),
        offered=sum(each.state == PlaceState.OFFERED for each in wished),
        weeks=weeks,
    )


def without_reviewers(
    rooms: Mapping[str, Room],
    body: str,
    reviewers: int,
    *,
    weeks_each: int = WEEKS_OF_A_REVIEWER,
    routes: Iterable[str] = WAVES,
) -> dict[str, Room]:
    """Return what the waves could take if a body had fewer reviewers."""
    lost, found = reviewers * weeks_each, dict(rooms)
    for route in routes:
        room = found.get(route, Room())
        if body in room.weeks:
            left = max(0, room.weeks[body] - lost)
            found[route] = replace(room, weeks={**room.weeks, body: left})
    return found


def capped(rooms: Mapping[str, Room], route: str, places: int) -> dict[str, Room]:
    """Return what the waves could take if one took no more than so many places."""
    return {**rooms, route: replace(rooms.get(route, Room()), places=places)}
