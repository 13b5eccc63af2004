"""PURE: bids for waves and an answer to them; the words of the assistant."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field

from waves.capacity import Room


@dataclass(frozen=True, slots=True)
class Bid:
    """One party, or a trio that goes together, with the wave that it wishes and those it may take.

    ``fixed`` is the wave of a place that is given already. ``needs`` are reviewer-weeks by body.
    """

    key: Hashable
    name: str
    wish: int
    open: Collection[int] = (1, 2, 3, 4)
    fixed: int | None = None
    places: int = 1
    needs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The waves that were given, beside all that they had to keep to."""

    waves: Mapping[Hashable, int]
    outside: Mapping[Hashable, int]
    edges: Collection[tuple[Hashable, Hashable]]
    space: Mapping[int, Room]

    @property
    def order(self) -> dict[Hashable, int]:
        """Everybody's place in time, also of those who stand in no wave."""
        return {**self.outside, **self.waves}
