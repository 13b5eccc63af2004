"""Joining what another body asks, so that a participant is asked once and not three times."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Refused
from foundation.tenancy.actor import Actor
from reviews import notices
from reviews.enums import SETTLED
from reviews.models import Joining, Thread
from reviews.policy import governed_by, require_reader, touched_by
from reviews.services import threads
from reviews.services.holding import hold
from submissions import queries


@transaction.atomic
def join(*, thread: Thread, text: str = "", actor: Actor, at: datetime) -> Joining:
    """Let the actor's body stand behind an open thread of another body on an answer it reads.

    ``text`` is what it adds, if anything. It confirms nothing while the matter is open (R100); to
    settle it stays with the body that raised it (R99). A second call changes nothing.
    """
    part = thread.part
    readers = threads.readers_of(part, thread.question)
    require_reader(actor, "thread.raise", part, thread.question, readers)
    held = hold(thread.organisation_id)
    now = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    if now.body == actor.body:
        raise Refused(f"{now.reference} is {actor.body}'s own.")
    if now.status in SETTLED:
        raise Refused(f"{now.reference} is settled; raise your own if something is missing.")
    if because := threads.read_only_because(part, held.qualifications):
        raise Refused(because)
    row, is_new = Joining.objects.get_or_create(
        organisation_id=now.organisation_id, thread=now, body=actor.body,
        defaults={"at": at, "by_id": actor.person_id, "by_name": actor.name},
    )  # fmt: skip
    if not is_new and row.left_at is None:
        return row
    row.left_at, row.at, row.by_id, row.by_name = None, at, actor.person_id, actor.name
    row.save()
    if text.strip():
        newest = queries.latest_versions([part.pk])[part.pk]
        threads.say(now, text, actor=actor, at=at, version_number=newest.number)
    for each in governed_by(actor.body, touched_by(part, held.qualifications)):
        threads.touch(each, now, actor, at)
    notices.joined(now, held.organisation, actor.body, at=at)
    record("thread.joined", subject=now, actor=actor, at=at, body=actor.body)
    return row


@transaction.atomic
def leave(*, thread: Thread, actor: Actor, at: datetime) -> None:
    """Let the actor's body no longer stand behind a thread; a second call changes nothing."""
    part = thread.part
    readers = threads.readers_of(part, thread.question)
    require_reader(actor, "thread.raise", part, thread.question, readers)
    hold(thread.organisation_id)
    rows = Joining.objects.filter(thread=thread, body=actor.body, left_at=None)
    if rows.update(left_at=at):
        record("thread.left", subject=thread, actor=actor, at=at, body=actor.body)
