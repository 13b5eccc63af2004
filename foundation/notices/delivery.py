"""How a notice reaches its person: decided when it is sent, by the rooms that know the person."""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from uuid import UUID

from foundation.notices.models import Notice


class Delivery(IntEnum):
    """Ways to a person, the quietest last; of several opinions the quietest holds."""

    NOW = 0
    DAILY = 1
    PORTAL = 2


Decider = Callable[[Sequence[Notice]], Mapping[UUID, Delivery]]

_deciders: list[Decider] = []


def decides(decider: Decider) -> Decider:
    """Register what else has a say; called once, when an app is ready.

    A decider takes notices and returns, by notice id, those that must be quieter than at once.
    """
    if decider not in _deciders:
        _deciders.append(decider)
    return decider


def decide(notices: Sequence[Notice]) -> dict[UUID, Delivery]:
    """Return the way of every notice: at once, in the daily digest, or in the portal only."""
    ways = {notice.pk: Delivery.NOW for notice in notices}
    for decider in _deciders if notices else ():
        for pk, way in decider(notices).items():
            ways[pk] = max(ways[pk], way)
    return ways
