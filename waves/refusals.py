"""PURE: why somebody did not get the wave that it wished for; found from the answer alone."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from waves.capacity import Room
from waves.order import dependants, providers
from waves.seats import Answer, Bid


class Ground(StrEnum):
    """What stands against a wish."""

    ROUTE = "ROUTE"  # the role may not take that wave (R18)
    RELIES = "RELIES"  # it relies on a party in a later wave (R33)
    RELIED_ON = "RELIED_ON"  # a party in an earlier wave relies on it (R33)
    FULL = "FULL"  # the wave is full
    TOGETHER = "TOGETHER"  # it fits alone, but not with those who would have to move with it


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that was not met: for whom, what was given (None is no wave), and why."""

    key: Hashable
    wish: int
    given: int | None
    ground: Ground
    because: str
    chain: tuple[Hashable, ...] = ()


def explain(bids: Sequence[Bid], answer: Answer) -> list[Unmet]:
    """Return a reason for everybody free to move who did not get its wish."""
    names = {bid.key: bid.name for bid in bids}
    return [
        _one(bid, bids, answer, names)
        for bid in bids
        if bid.fixed is None and answer.waves.get(bid.key) != bid.wish
    ]


def _one(bid: Bid, bids: Sequence[Bid], answer: Answer, names: Mapping[Hashable, str]) -> Unmet:
    given = answer.waves.get(bid.key)
    for ground, because, chain in _grounds(bid, bids, answer, names):
        return Unmet(bid.key, bid.wish, given, ground, because, chain)
    because = (
        f"Wave {bid.wish} would fit {bid.name} alone, but not together with those who rely on it"
        " or whom it relies on."
    )
    return Unmet(bid.key, bid.wish, given, Ground.TOGETHER, because)


def _grounds(
    bid: Bid, bids: Sequence[Bid], answer: Answer, names: Mapping[Hashable, str]
) -> Iterable[tuple[Ground, str, tuple[Hashable, ...]]]:
    """Yield what stands against the wish of one, with everybody else where the answer put them."""
    if bid.wish not in bid.open:
        yield Ground.ROUTE, f"The role may not take wave {bid.wish} (QA&P 4.2, 9).", ()
    order = answer.order
    for each in providers(bid.key, answer.edges):
        at = order.get(each.key)
        if at is None or at > bid.wish:
            yield Ground.RELIES, _relies(each.chain, names, at), each.chain
    for each in dependants(bid.key, answer.edges):
        at = order.get(each.key)
        if at is not None and at < bid.wish:
            named = _named(each.chain, names)
            because = f"{named}: whoever relies stands in wave {at}, so wave {at} is the last."
            yield Ground.RELIED_ON, because, each.chain
    lacking = _lacking(bid, bids, answer)
    if lacking:
        yield Ground.FULL, f"Wave {bid.wish} is full: {'; '.join(lacking)}.", ()


def _relies(chain: Sequence[Hashable], names: Mapping[Hashable, str], at: int | None) -> str:
    named = _named(chain, names)
    if at is None:
        return f"{named}: the party relied on has no wave."
    return f"{named}: the party relied on stands in wave {at}, so wave {at} is the first."


def _named(chain: Sequence[Hashable], names: Mapping[Hashable, str]) -> str:
    return " relies on ".join(names.get(key, "a party outside the waves") for key in chain)


def _lacking(bid: Bid, bids: Iterable[Bid], answer: Answer) -> list[str]:
    """What the wished wave lacks for one more, counted over the whole answer."""
    space = answer.space.get(bid.wish, Room())
    there = [each for each in bids if answer.waves.get(each.key) == bid.wish]
    found = []
    if space.places is not None:
        taken = sum(each.places for each in there)
        if taken + bid.places > space.places:
            found.append(f"{taken} of {space.places} places are taken")
    for body, needed in sorted(bid.needs.items()):
        has = space.weeks.get(body)
        used = sum(each.needs.get(body, 0) for each in there)
        if has is not None and used + needed > has:
            found.append(f"{used} of {has} reviewer-weeks of {body} are given")
    return found
