"""PURE: who is touched when a party slips, leaves SIT or fails; and where the net is drawn.

An edge is (relying, provider), as in ``waves.order``, which has the rules of order (R33-R35).
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from waves.order import dependants

Key = TypeVar("Key", bound=Hashable)


class What(StrEnum):
    """What may happen to a party that others rely on (R34, R35, R57)."""

    SLIPS = "slips"
    LEAVES_SIT = "leaves-sit"
    FAILS = "fails"


class Effect(StrEnum):
    """What it means for somebody who relies on it."""

    TOO_EARLY = "too-early"  # stands before the party relied on, so the wave must be planned anew
    NO_EVIDENCE = "no-evidence"  # what it relies on is not there, so its tests are planned anew
    REVIEW = "review"  # the order holds; the plans are looked at again


@dataclass(frozen=True, slots=True)
class Touched(Generic[Key]):
    """Somebody touched; ``chain`` begins with it and ends with the party that things happen to."""

    key: Key
    chain: tuple[Key, ...]
    effect: Effect

    @property
    def is_direct(self) -> bool:
        """Whether nobody stands between the two."""
        return len(self.chain) == 2


def touched(
    key: Key,
    edges: Iterable[tuple[Key, Key]],
    order: Mapping[Key, int],
    what: What,
    to: int = 0,
) -> tuple[Touched[Key], ...]:
    """Return everybody whom it touches, through others too: the gravest first, then the nearest.

    ``to`` is the wave that a party slips to, or goes to when it leaves SIT. Whoever fails, or
    leaves SIT, has nothing to show for the time being: whoever relies on it directly has no
    evidence, and through others everybody's plans are looked at again.
    """
    found = []
    for each in dependants(key, edges):
        at = order.get(each.key)
        effect = Effect.REVIEW
        if what is not What.FAILS and at is not None and at < to:
            effect = Effect.TOO_EARLY
        elif what is not What.SLIPS and each.is_direct:
            effect = Effect.NO_EVIDENCE
        found.append(Touched(each.key, each.chain, effect))
    grave = list(Effect)
    return tuple(sorted(found, key=lambda each: (grave.index(each.effect), len(each.chain))))


@dataclass(frozen=True, slots=True)
class Spot(Generic[Key]):
    """Where a party stands in the picture: its column is its wave, its row is its own."""

    key: Key
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Net(Generic[Key]):
    """A picture: spots, rows in all, and the first row of each group of parties."""

    spots: Mapping[Key, Spot[Key]]
    rows: int
    groups: tuple[int, ...]


def groups(edges: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """Return the parties in groups that have to do with each other, the largest group first."""
    near: dict[Key, list[Key]] = {}
    for relying, provider in edges:
        near.setdefault(relying, []).append(provider)
        near.setdefault(provider, []).append(relying)
    found, seen = [], set()
    for start in near:
        if start in seen:
            continue
        group, waiting = [], [start]
        seen.add(start)
        while waiting:
            key = waiting.pop()
            group.append(key)
            fresh = [each for each in dict.fromkeys(near[key]) if each not in seen]
            seen.update(fresh)
            waiting.extend(reversed(fresh))
        found.append(group)
    return sorted(found, key=len, reverse=True)


def net(edges: Collection[tuple[Key, Key]], column: Mapping[Key, int]) -> Net[Key]:
    """Lay the net out: a column a wave, groups one below the other, nobody upon another.

    Within a group everybody stands near the middle of those it has to do with.
    """
    spots: dict[Key, Spot[Key]] = {}
    starts, top = [], 0
    for group in groups(edges):
        starts.append(top)
        deepest = 0
        for spot in _placed(group, edges, column, top):
            spots[spot.key] = spot
            deepest = max(deepest, spot.row - top + 1)
        top += deepest
    return Net(spots, top, tuple(starts))


def _placed(
    group: list[Key], edges: Collection[tuple[Key, Key]], column: Mapping[Key, int], top: int
) -> list[Spot[Key]]:
    """Place a group column by column, from the first wave on."""
    members = set(group)
    relies: dict[Key, list[Key]] = {}
    for relying, provider in edges:
        if relying in members:
            relies.setdefault(relying, []).append(provider)
    row: dict[Key, int] = {}
    found = []
    for at in sorted({column[key] for key in group}):
        here = [key for key in group if column[key] == at]
        here.sort(
            key=lambda key: _middle([row[each] for each in relies.get(key, ()) if each in row])
        )
        for number, key in enumerate(here):
            row[key] = number
            found.append(Spot(key, at, top + number))
    return found


def _middle(rows: list[int]) -> float:
    return sum(rows) / len(rows) if rows else float("inf")
