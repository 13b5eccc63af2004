"""Writing a body's standard wordings."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Denied, Invalid
from foundation.tenancy.actor import Actor
from participants import policy
from reviews.models import Wording

MAX_TEXT = 20_000


@transaction.atomic
def write(
    *, title: str, text: str, wording: Wording | None = None, actor: Actor, at: datetime
) -> Wording:
    """Write a standard wording, or change one of the actor's body; titles are told apart."""
    _require(actor, wording)
    title, text = " ".join(title.split()), text.strip()
    problems = {}
    if not title or len(title) > 80:
        problems["title"] = "Give it a title of at most 80 characters."
    if not text or len(text) > MAX_TEXT:
        problems["text"] = f"Write it, in at most {MAX_TEXT:,} characters."
    same = Wording.objects.filter(body=actor.body, title__iexact=title)
    if same.exclude(pk=wording.pk if wording else None).exists():
        problems["title"] = "There is a wording of this title already."
    if problems:
        raise Invalid(problems)
    row = wording or Wording(body=actor.body)
    row.title, row.text, row.changed_at, row.changed_by_name = title, text, at, actor.name
    row.save()
    record("wording.written", actor=actor, at=at, wording=row.pk)
    return row


@transaction.atomic
def discard(*, wording: Wording, actor: Actor, at: datetime) -> None:
    """Throw a standard wording away; what was sent in it stays. Twice changes nothing."""
    _require(actor, wording)
    Wording.objects.filter(pk=wording.pk).delete()
    record("wording.discarded", actor=actor, at=at, wording=wording.pk)


def _require(actor: Actor, wording: Wording | None) -> None:
    policy.require(actor, "wording.write")
    if wording is not None and wording.body != actor.body:
        raise Denied("This is another body's wording.")
