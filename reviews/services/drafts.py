"""What a body means to ask, kept until a lead sends it: all of an organisation's in one go."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Denied, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from reviews import notices
from reviews.models import Draft, Thread
from reviews.policy import require_reader
from reviews.services import threads
from reviews.services.holding import hold
from submissions.models import Part


@transaction.atomic
def keep(
    *,
    part: Part,
    question: str,
    kind: str,
    subject: str,
    text: str,
    severity: str = "",
    due_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Draft:
    """Keep a comment, observation or finding as the body's draft; nobody outside it is told.

    The same words kept twice by one person are one draft.
    """
    threads.refuse_unreadable(kind, subject, text, severity, due_on, at)
    readers = threads.readers_of(part, question)
    require_reader(actor, "thread.raise", part, question, readers)
    hold(part.organisation_id)
    said = {"kind": kind, "subject": subject.strip(), "text": text.strip(), "severity": severity}
    place = {
        "organisation_id": part.organisation_id, "part": part, "question": question,
        "body": actor.body, "author_id": actor.person_id,
    }  # fmt: skip
    if there := Draft.objects.filter(**place, **said).first():
        return there
    kept = Draft.objects.create(
        **place, **said, due_on=due_on, version=threads.version_with(part, question),
        author_name=actor.name, written_at=at, changed_at=at,
    )  # fmt: skip
    _note("draft.kept", kept, actor, at, kind=kind)
    return kept


@transaction.atomic
def change(
    *,
    draft: Draft,
    subject: str,
    text: str,
    severity: str = "",
    due_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Draft:
    """Change the words of a draft; its author and the body's leads may."""
    held = _held(draft, actor)
    threads.refuse_unreadable(held.kind, subject, text, severity, due_on, at)
    held.subject, held.text = subject.strip(), text.strip()
    held.severity, held.due_on, held.changed_at = severity, due_on, at
    held.save(update_fields=["subject", "text", "severity", "due_on", "changed_at"])
    _note("draft.changed", held, actor, at)
    return held


@transaction.atomic
def discard(*, draft: Draft, actor: Actor, at: datetime) -> None:
    """Throw a draft away; its author and the body's leads may."""
    held = _held(draft, actor)
    _note("draft.discarded", held, actor, at)
    held.delete()


@transaction.atomic
def release(*, drafts: Sequence[Draft], actor: Actor, at: datetime) -> list[Thread]:
    """Send drafts of one organisation in one batch, in the order of the QAD, under a lead's name.

    All or none: every reason against any of them is given. Each stays tied to the version that its
    writer had before them. The participant gets one notice. Drafts that are gone, as after a second
    click, are left out; nothing is sent when none is left.
    """
    policy.require(actor, "draft.release")
    places = {each.organisation_id for each in drafts}
    if len(places) != 1:
        raise Refused("Choose drafts of one organisation to send.")
    held = hold(places.pop())
    rows = list(
        Draft.objects.select_for_update(of=("self",))
        .select_related("part", "part__organisation", "part__qualification", "version")
        .filter(pk__in=[each.pk for each in drafts], body=actor.body)
        .order_by("question", "written_at", "pk")
    )
    sent = [_sent(each, actor, at) for each in rows]
    for row in rows:
        row.delete()
    if sent:
        notices.raised_together(sent, held.organisation, at=at)
    return [thread for thread, _ in sent]


def _sent(draft: Draft, actor: Actor, at: datetime) -> tuple[Thread, str]:
    due_on = draft.due_on if draft.due_on and draft.due_on > at.date() else None
    thread = threads.raise_thread(
        part=draft.part, question=draft.question, kind=draft.kind, subject=draft.subject,
        text=draft.text, severity=draft.severity, due_on=due_on, version=draft.version,
        is_told=False, actor=actor, at=at,
    )  # fmt: skip
    _note(
        "draft.released", draft, actor, at, thread=thread.pk, drafted_by=draft.author_id,
        version=draft.version.number,
    )  # fmt: skip
    return thread, draft.text


def _held(draft: Draft, actor: Actor) -> Draft:
    """Lock a draft of the actor's body; Denied unless it is theirs to change, Refused if gone."""
    policy.require(actor, "thread.raise")
    hold(draft.organisation_id)
    row = Draft.objects.select_for_update().filter(pk=draft.pk, body=actor.body).first()
    if row is None:
        raise Refused("This draft is gone: it was sent, or thrown away.")
    if row.author_id != actor.person_id and not policy.may(actor, "draft.release"):
        raise Denied(f"{row.author_name} wrote this; a lead of {actor.body} may change it too.")
    return row


def _note(action: str, draft: Draft, actor: Actor, at: datetime, **payload: object) -> None:
    """Record in the body's own chain: what an organisation reads of itself holds no drafts."""
    record(
        action, actor=actor, at=at, draft=draft.pk, part=draft.part_id, question=draft.question,
        **payload,
    )  # fmt: skip
