"""Invented markets for the assistant, and a checker that knows nothing of how it works.

The checker reads an answer row by row, in plain loops: no solver, none of the portal's own rules.
"""

from itertools import product
from random import Random

from waves.allocation import Market
from waves.capacity import Room
from waves.seats import Bid

BODIES = {
    "SUPPLIER": ("BSC", "REC", "DIP"),
    "SDS": ("BSC", "DIP"),
    "ADS": ("BSC", "DIP"),
    "MEM_SMART": ("REC", "DIP"),
    "MEM_ADV": ("REC", "DIP"),
}


def market(
    seed: int,
    organisations: int = 300,
    edges: int = 150,
    *,
    is_hard: bool = False,
    room: float = 1.05,
) -> Market:
    """A market with wishes that crowd wave 2, some fixed, some in SIT, and who relies on whom.

    There is a way to seat everybody: the fixed ones stand where that way puts them.
    """
    dice = Random(seed)
    roles = {f"Q{number:03}": dice.choice(list(BODIES)) for number in range(organisations)}
    pairs = _edges(dice, roles, edges)
    relies: dict[str, list[str]] = {}
    for relying, provider in pairs:
        relies.setdefault(relying, []).append(provider)
    outside = {key: 0 for key in roles if key not in relies and dice.random() < 0.06}
    at: dict[str, int] = dict(outside)
    bids = [_bid(dice, key, role, relies, at) for key, role in roles.items() if key not in outside]
    return Market(
        bids=bids, edges=pairs, outside=outside, space=_rooms(bids, room), is_hard=is_hard
    )


def _bid(
    dice: Random, key: str, role: str, relies: dict[str, list[str]], at: dict[str, int]
) -> Bid:
    wish = dice.choices((1, 2, 3, 4), weights=(25, 40, 25, 10))[0]
    is_late = dice.random() < 0.05
    places = 3 if dice.random() < 0.03 else 1
    at[key] = max(
        [max(wish, 3) if is_late else wish, *(at[other] for other in relies.get(key, []))]
    )
    return Bid(
        key=key,
        name=f"Party {key}",
        wish=wish,
        open=(3, 4) if is_late else (1, 2, 3, 4),
        fixed=at[key] if dice.random() < 0.2 else None,
        places=places,
        needs=dict.fromkeys(BODIES[role], places * dice.choice((1, 1, 2))),
    )


def _edges(dice: Random, roles: dict[str, str], count: int) -> list[tuple[str, str]]:
    """Edges within a role, without rings: each points to somebody of a smaller number."""
    rows: dict[str, list[str]] = {}
    for key, role in roles.items():
        rows.setdefault(role, []).append(key)
    found: set[tuple[str, str]] = set()
    pairs = sum(len(row) * (len(row) - 1) // 2 for row in rows.values())
    while len(found) < min(count, pairs):
        row = dice.choice([row for row in rows.values() if len(row) > 1])
        one, other = sorted(dice.sample(range(len(row)), 2))
        found.add((row[other], row[one]))
    return sorted(found)


def _rooms(bids: list[Bid], room: float) -> dict[int, Room]:
    places = sum(bid.places for bid in bids)
    weeks = {body: sum(bid.needs.get(body, 0) for bid in bids) for body in ("BSC", "REC", "DIP")}
    each = {body: int(total * room / 4) + 1 for body, total in weeks.items()}
    return {wave: Room(int(places * room / 4) + 1, each) for wave in (1, 2, 3, 4)}


def faults(market: Market, waves: dict[str, int]) -> list[str]:
    """Everything that is wrong with an answer, in words; empty if nothing is."""
    return [
        *_wrong_seats(market, waves),
        *_wrong_order(market, waves),
        *(_too_full(market, waves) if market.is_hard else []),
    ]


def _wrong_seats(market: Market, waves: dict[str, int]) -> list[str]:
    found = [f"{key} is nobody" for key in waves if key not in {bid.key for bid in market.bids}]
    for bid in market.bids:
        given = waves.get(bid.key)
        if bid.fixed is not None and given != bid.fixed:
            found.append(f"{bid.key} was fixed in {bid.fixed} and is in {given}")
        if bid.fixed is None and given is not None and given not in bid.open:
            found.append(f"{bid.key} may not be in {given}")
        if given is None and not market.is_hard:
            found.append(f"{bid.key} has no wave")
    return found


def _wrong_order(market: Market, waves: dict[str, int]) -> list[str]:
    fixed = {bid.key for bid in market.bids if bid.fixed is not None} | set(market.outside)
    at = {**market.outside, **waves}
    found = []
    for relying, provider in market.edges:
        if relying in fixed and provider in fixed:
            continue  # settled before; no answer can mend it
        if relying not in at:
            continue
        if provider not in at:
            found.append(f"{relying} has a wave, {provider} on whom it relies has none")
        elif at[relying] < at[provider]:
            found.append(f"{relying} in {at[relying]} comes before {provider} in {at[provider]}")
    return found


def _too_full(market: Market, waves: dict[str, int]) -> list[str]:
    found = []
    for wave, room in market.space.items():
        there = [bid for bid in market.bids if waves.get(bid.key) == wave]
        free = [bid for bid in there if bid.fixed is None]
        if free and sum(bid.places for bid in there) > room.places:
            found.append(f"wave {wave} holds {sum(bid.places for bid in there)} of {room.places}")
        for body, has in room.weeks.items():
            used = sum(bid.needs.get(body, 0) for bid in there)
            fresh = sum(bid.needs.get(body, 0) for bid in free)
            if fresh and used > has:
                found.append(f"{body} gives {used} of {has} in wave {wave}")
    return found


def disappointment(market: Market, waves: dict[str, int]) -> int:
    """How far the answer is from the wishes, as the checker counts it."""
    return sum((waves[bid.key] - bid.wish) ** 2 for bid in market.bids if bid.key in waves)


def overflow(market: Market, waves: dict[str, int]) -> int:
    """By how much the answer is over capacity, in places and weeks together."""
    total = 0
    for wave, room in market.space.items():
        there = [bid for bid in market.bids if waves.get(bid.key) == wave]
        total += max(0, sum(bid.places for bid in there) - room.places)
        for body, has in room.weeks.items():
            total += max(0, sum(bid.needs.get(body, 0) for bid in there) - has)
    return total


def best_by_trying(market: Market) -> tuple[int, int]:
    """The least overflow and, with it, the least disappointment that any answer can have."""
    choices = [(bid.fixed,) if bid.fixed else tuple(bid.open) for bid in market.bids]
    keys = [bid.key for bid in market.bids]
    every = (dict(zip(keys, waves, strict=True)) for waves in product(*choices))
    return min(
        (overflow(market, waves), disappointment(market, waves))
        for waves in every
        if not _wrong_order(market, waves)
    )
