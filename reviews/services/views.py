"""Keeping views of a queue under names, alone or for the whole body."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Denied, Invalid
from foundation.tenancy.actor import Actor
from participants import policy
from reviews.models import KeptView

PARTS = ("view", "route", "role", "stage", "holder", "reader")
MOST = 30  # views that one person keeps


def query_of(sent: str) -> str:
    """Return of an address what narrows a queue, each part once, in one order."""
    given = dict(parse_qsl(sent))
    chosen = {name: given[name][:40] for name in PARTS if given.get(name)}
    return urlencode(chosen)


@transaction.atomic
def keep(*, name: str, query: str, is_shared: bool, actor: Actor, at: datetime) -> KeptView:
    """Keep a view under a name; one's own of the same name is replaced."""
    policy.require(actor, "qad.review")
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise Invalid({"name": "Give the view a name of at most 60 characters."})
    own = KeptView.objects.filter(person_id=actor.person_id)
    if own.exclude(name=name).count() >= MOST:
        raise Invalid({"name": f"You keep {MOST} views; throw one away first."})
    kept, _ = KeptView.objects.update_or_create(
        person_id=actor.person_id,
        name=name,
        defaults={
            "body": actor.body, "query": query_of(query), "is_shared": is_shared, "kept_at": at,
        },
    )  # fmt: skip
    record("view.kept", actor=actor, at=at, view=kept.pk, shared=is_shared)
    return kept


@transaction.atomic
def discard(*, view: KeptView, actor: Actor, at: datetime) -> None:
    """Throw a view of one's own away; a second call changes nothing."""
    policy.require(actor, "qad.review")
    if view.person_id != actor.person_id:
        raise Denied(f"{view.person.name} keeps this view.")
    KeptView.objects.filter(pk=view.pk, person_id=actor.person_id).delete()
    record("view.discarded", actor=actor, at=at, view=view.pk)
