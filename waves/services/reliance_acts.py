"""Each act on a reliance proposal, given to the service that does it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from foundation.tenancy.actor import Actor
from waves.models import Reliance
from waves.reliance_acts import RelianceAct
from waves.services import reliance, reliance_links, reliance_review, reliance_undermining

_SERVICES: dict[str, Callable[..., Any]] = {
    "submit": reliance.submit,
    "change": reliance.change,
    "withdraw": reliance.withdraw,
    "opinion": reliance_review.give_opinion,
    "link": reliance_links.link,
    "unlink": reliance_links.unlink,
    "scope": reliance_review.agree_scope,
    "undermine": reliance_undermining.undermine,
    "stand": reliance_review.let_stand,
}


def do(act: RelianceAct, *, row: Reliance, said: dict[str, Any], actor: Actor, at: datetime) -> Any:
    """Do one act on a proposal with what was said."""
    return _SERVICES[act.slug](reliance=row, **said, actor=actor, at=at)
