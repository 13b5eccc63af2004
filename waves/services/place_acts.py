"""Doing an act on a place by its name: one table from names to services, for pages and API."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from foundation.errors import Refused
from foundation.tenancy.actor import Actor
from participants.models import Qualification
from waves.models import Place
from waves.place_acts import PlaceAct
from waves.services import board, deferring, judging, reallocating, waiting

_DESK: Mapping[str, Callable[..., list[Place]]] = MappingProxyType(
    {
        "indicate": board.indicate,
        "allocate": board.allocate,
        "offer": waiting.offer,
        "take-back": waiting.take_offer_back,
        "end-wait": waiting.end_wait,
        "grant": deferring.grant,
        "refuse": deferring.refuse,
        "propose": reallocating.propose,
        "engage": reallocating.engage,
        "enact": reallocating.enact,
        "drop": reallocating.drop,
        "enduring": board.to_enduring,
        "bring-back": board.bring_back,
        "judge": judging.judge,
        "weigh": board.weigh,
        "remark": judging.remark,
    }
)
_OWN: Mapping[str, Callable[..., list[Place]]] = MappingProxyType(
    {
        "wish": waiting.restate,
        "earlier": waiting.ask_earlier,
        "leave": waiting.leave_list,
        "accept": waiting.accept,
        "decline": waiting.decline,
        "later": deferring.ask_later,
        "after": deferring.ask_later,
        "keep": deferring.take_request_back,
    }
)


def do(
    act: PlaceAct,
    *,
    qualification: Qualification,
    said: Mapping[str, Any],
    actor: Actor,
    at: datetime,
) -> list[Place]:
    """Carry out an act with what was said; what the act does not ask for is left out."""
    table = _OWN if actor.is_participant else _DESK
    if act.slug not in table:
        raise Refused("This is not for you to do here.")
    asked = {name: said[name] for name in act.asks if name in said}
    return table[act.slug](qualification=qualification, actor=actor, at=at, **asked)
