"""One decision pack, built at once, for a signed application of the next meeting."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants import entry
from participants.enums import Status
from participants.models import Person, Qualification
from qadportal.demo.corpus import Corpus
from reviews import tasks
from reviews.enums import PackState
from reviews.models import Pack
from reviews.services import packing


def build_packs(told: Corpus, *, duties: tuple[str, ...], at: datetime) -> int:
    """Build the first application of each pack that is signed and has none; return how many."""
    return sum(_build(told, each, duties, at) for each in told.packs)


def _build(told: Corpus, pack: Mapping[str, Any], duties: tuple[str, ...], at: datetime) -> bool:
    item = pack["item"][0]
    own = next(each for each in told.organisations if each.slug == item["organisation"])
    with moments.at(at), acting_as(secretary_of(pack["body"], duties)) as actor:
        title = f"{pack['title']}: {own.name}"
        made = Pack.objects.filter(title=title).first()
        if made is None:
            made = _ask(item, title, actor, at)
        if made is None or made.status == PackState.READY:
            return False
    with moments.at(at):
        return bool(tasks.build(made.pk))


def _ask(item: Mapping[str, Any], title: str, actor: Actor, at: datetime) -> Pack | None:
    chosen = Qualification.objects.filter(
        organisation__slug=item["organisation"], role=item["role"], status=Status.SIGNED_OFF
    )
    if not chosen:
        return None
    held = list(chosen.select_related("organisation"))
    return packing.ask_for_pack(
        qualifications=held,
        title=title,
        recommendations={held[0].pk: _recommendation(item)},
        actor=actor,
        at=at,
        enqueue=lambda _: None,  # built right here, not by a worker
    )


def _recommendation(item: Mapping[str, Any]) -> str:
    """Return the recommendation in a line, and what it rests on."""
    return f"{item['recommendation'].replace('-', ' ').capitalize()}. {item['summary']}"


def secretary_of(body: str, duties: tuple[str, ...]) -> Actor:
    """Return the first of a body with one of the duties."""
    with acting_as(PORTAL):
        return entry.staff_actor(
            Person.objects.filter(body=body, duties__overlap=list(duties)).earliest("created_at")
        )
