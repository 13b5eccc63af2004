"""PURE: whose wave binds whose, because one party relies on another (R33-R35; QA&P 9.3.2, 10.4).

An edge is (relying, provider). ``order`` gives each party the place of its wave in time: SIT and
Non-SIT LDSOs are 0, before all waves (R35), waves 1 to 4 follow. Parties without an order bind
nobody. Whoever is neither relying nor relied on need not be given.
"""

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reliant(Generic[Key]):
    """Somebody who relies on a party, with everybody between them.

    ``chain`` begins with the one who relies and ends with the party relied on.
    """

    key: Key
    chain: tuple[Key, ...]

    @property
    def is_direct(self) -> bool:
        """Whether nobody stands between the two."""
        return len(self.chain) == 2


@dataclass(frozen=True, slots=True)
class Break(Generic[Key]):
    """Somebody in an earlier wave than a party that it relies on, directly or through others."""

    chain: tuple[Key, ...]
    relying_order: int
    provider_order: int

    @property
    def relying(self) -> Key:
        """Who is too early."""
        return self.chain[0]

    @property
    def provider(self) -> Key:
        """Who comes later, and is relied on."""
        return self.chain[-1]

    @property
    def is_direct(self) -> bool:
        """Whether nobody stands between the two."""
        return len(self.chain) == 2

    @property
    def gap(self) -> int:
        """By how many waves the one is too early."""
        return self.provider_order - self.relying_order


def dependants(key: Key, edges: Iterable[tuple[Key, Key]]) -> tuple[Reliant[Key], ...]:
    """Return everybody who relies on a party, through others too, the nearest first (R34)."""
    chains = _chains(key, _by_provider(edges))
    return tuple(Reliant(found, chain[::-1]) for found, chain in chains.items())


def providers(key: Key, edges: Iterable[tuple[Key, Key]]) -> tuple[Reliant[Key], ...]:
    """Return everybody on whom a party relies, through others too, the nearest first.

    ``key`` of each names the party relied on; its chain begins with the one who relies.
    """
    chains = _chains(key, _by_relying(edges))
    return tuple(Reliant(found, chain) for found, chain in chains.items())


def broken(edges: Iterable[tuple[Key, Key]], order: Mapping[Key, int]) -> tuple[Break[Key], ...]:
    """Return every pair that breaks R33, the direct ones of a party before those through others."""
    onward = _by_relying(edges)
    return tuple(
        Break(chain, order[relying], order[provider])
        for relying in onward
        if relying in order
        for provider, chain in _chains(relying, onward).items()
        if provider in order and order[relying] < order[provider]
    )


def broken_by(
    moves: Mapping[Key, int], edges: Iterable[tuple[Key, Key]], order: Mapping[Key, int]
) -> tuple[Break[Key], ...]:
    """Return what moves would break or leave broken for the moved, or make worse for others (R34).

    A break that stood before and that the moves do not touch, or lessen, is nobody's fault here.
    """
    edges = list(edges)
    before = {(each.relying, each.provider): each.gap for each in broken(edges, order)}
    return tuple(
        each
        for each in broken(edges, {**order, **moves})
        if each.relying in moves or each.gap > before.get((each.relying, each.provider), 0)
    )


def earliest_wave(key: Key, edges: Iterable[tuple[Key, Key]], order: Mapping[Key, int]) -> int:
    """Return the first place in time that R33 leaves open to a party; 0 if it relies on nobody."""
    return max((order.get(each.key, 0) for each in providers(key, edges)), default=0)


def latest_wave(
    key: Key, edges: Iterable[tuple[Key, Key]], order: Mapping[Key, int], last: int
) -> int:
    """Return the last place in time that a party can take before it is too late for another."""
    orders = (order.get(each.key, last) for each in dependants(key, edges))
    return min(orders, default=last)


def carried_along(
    moves: Mapping[Key, int], edges: Iterable[tuple[Key, Key]], order: Mapping[Key, int]
) -> dict[Key, int]:
    """Return the moves with those that must follow, so that nobody comes before whom it relies on.

    Everybody who relies on a moved party follows to its wave, if it would be earlier.
    """
    edges, found = list(edges), dict(moves)
    for key, target in moves.items():
        for each in dependants(key, edges):
            now = found.get(each.key, order.get(each.key))
            if now is not None and now < target:
                found[each.key] = target
    return found


def cycles(edges: Iterable[tuple[Key, Key]]) -> tuple[tuple[Key, ...], ...]:
    """Return one chain for each knot of parties that rely on each other in a ring.

    A chain names its first party again at its end: A, B, A.
    """
    onward, found, seen = _by_relying(edges), [], set()
    for start in onward:
        if start in seen:
            continue
        ring = _way_back(start, onward)
        if ring:
            found.append(ring)
            seen |= {key for key in _chains(start, onward) if _way(key, start, onward)} | {start}
    return tuple(found)


def closes_cycle(relying: Key, provider: Key, edges: Iterable[tuple[Key, Key]]) -> tuple[Key, ...]:
    """Return the ring that a further edge would close, beginning and ending with ``relying``."""
    if relying == provider:
        return (relying, relying)
    way = _way(provider, relying, _by_relying(edges))
    return (relying, *way) if way else ()


def _by_relying(edges: Iterable[tuple[Key, Key]]) -> dict[Key, list[Key]]:
    found: dict[Key, list[Key]] = {}
    for relying, provider in edges:
        found.setdefault(relying, []).append(provider)
    return found


def _by_provider(edges: Iterable[tuple[Key, Key]]) -> dict[Key, list[Key]]:
    return _by_relying((provider, relying) for relying, provider in edges)


def _chains(start: Key, onward: Mapping[Key, Collection[Key]]) -> dict[Key, tuple[Key, ...]]:
    """Return the shortest way to everybody who can be reached, without the start itself."""
    found: dict[Key, tuple[Key, ...]] = {}
    waiting = deque([(start,)])
    while waiting:
        chain = waiting.popleft()
        for following in onward.get(chain[-1], ()):
            if following != start and following not in found:
                found[following] = (*chain, following)
                waiting.append(found[following])
    return found


def _way(start: Key, goal: Key, onward: Mapping[Key, Collection[Key]]) -> tuple[Key, ...]:
    return _chains(start, onward).get(goal, ())


def _way_back(start: Key, onward: Mapping[Key, Collection[Key]]) -> tuple[Key, ...]:
    """Return the shortest ring through a party, if it stands in one."""
    rings = []
    for following in onward.get(start, ()):
        if following == start:
            return (start, start)
        if way := _way(following, start, onward):
            rings.append((start, *way))
    return min(rings, key=len, default=())
