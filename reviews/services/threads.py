"""Comments, observations and findings: raised, answered, asked again, settled (D.4, R97-R99)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from foundation.audit.trail import record
from foundation.clock.moments import LONDON
from foundation.errors import Invalid, Refused
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor
from participants.enums import ENDED, Status
from participants.models import Qualification
from participants.moves import perform
from reviews import notices
from reviews.enums import Severity, Side, ThreadKind, ThreadState
from reviews.lifecycle import (
    ASK_AGAIN,
    ASK_AGAIN_OF_FINDING,
    CLEAR,
    CLOSE,
    RESPOND,
    RESPOND_TO_FINDING,
    ThreadFacts,
)
from reviews.models import Message, Thread
from reviews.policy import governed_by, require_raiser, require_reader, touched_by
from reviews.services.agreeing import withdraw_acceptance, withdraw_confirmation
from reviews.services.holding import Held, hold
from reviews.services.qualifying import qualify_when_complete
from reviews.services.reviewing import CONFIRMABLE, STAGES, start_review
from submissions import bank, queries
from submissions.models import Part, Version

MAX_TEXT = 20_000


@transaction.atomic
def raise_thread(
    *,
    part: Part,
    question: str,
    kind: str,
    subject: str,
    text: str,
    severity: str = "",
    due_on: date | None = None,
    version: Version | None = None,
    is_told: bool = True,
    actor: Actor,
    at: datetime,
) -> Thread:
    """Raise a comment, observation or finding for the actor's body on a submitted answer (R98).

    It is tied to the newest version, or to the ``version`` that its writer had before them. A body
    that had confirmed its comments has to confirm anew. Where ``is_told`` is False the caller
    tells the participant, of several at once.
    """
    refuse_unreadable(kind, subject, text, severity, due_on, at)
    require_reader(actor, "thread.raise", part, question, readers_of(part, question))
    held = hold(part.organisation_id)
    because = read_only_because(part, held.qualifications)
    if because:
        raise Refused(because)
    version = version or version_with(part, question)
    thread = open_thread(
        part=part, question=question, kind=kind, subject=subject, severity=severity,
        version=version, due_on=due_on, actor=actor, at=at,
        status=ThreadState.OPEN if kind == ThreadKind.COMMENT else ThreadState.RAISED,
    )  # fmt: skip
    say(thread, text, actor=actor, at=at, version_number=version.number)
    withdraw_acceptance(
        part=part, question=question, because=f"{thread.reference} was raised.",
        actor=actor, at=at,
    )  # fmt: skip
    for each in governed_by(actor.body, touched_by(part, held.qualifications)):
        touch(each, thread, actor, at)
    if is_told:
        notices.raised(thread, held.organisation, text, at=at)
    record(
        f"{kind.lower()}.raised", subject=thread, actor=actor, at=at, question=question,
        severity=severity, version=version.number,
    )  # fmt: skip
    return thread


@transaction.atomic
def respond(*, thread: Thread, text: str, actor: Actor, at: datetime) -> Thread:
    """Answer a thread for the participant; it is the body's turn then (R97)."""
    is_comment = thread.kind == ThreadKind.COMMENT
    move = RESPOND if is_comment else RESPOND_TO_FINDING
    thread, held = turn(move, thread, text, actor=actor, at=at, holder=Side.BODY)
    notices.responded(thread, held.organisation, text, at=at)
    return thread


@transaction.atomic
def ask_again(*, thread: Thread, text: str, actor: Actor, at: datetime) -> Thread:
    """Say what the answer still needs: never a rejection (R104); the raising body only."""
    is_comment = thread.kind == ThreadKind.COMMENT
    move = ASK_AGAIN if is_comment else ASK_AGAIN_OF_FINDING
    thread, held = turn(move, thread, text, actor=actor, at=at, holder=Side.PARTICIPANT)
    notices.asked_again(thread, held.organisation, text, at=at)
    return thread


@transaction.atomic
def close(*, thread: Thread, text: str = "", actor: Actor, at: datetime) -> Thread:
    """Close a comment; only the body that raised it may (R99, D.4)."""
    return _settle(CLOSE, thread, text, actor, at)


@transaction.atomic
def clear(*, thread: Thread, text: str = "", actor: Actor, at: datetime) -> Thread:
    """Clear an observation or finding; only the body that raised it may (R99, D.4)."""
    return _settle(CLEAR, thread, text, actor, at)


def turn(
    move: Move,
    thread: Thread,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    holder: str,
    needs_text: bool = True,
    **changes,
) -> tuple[Thread, Held]:
    """Carry a thread one move on with a message, and hand the turn over."""
    if needs_text:
        _refuse_blank({"text": text})
    require_raiser(actor, move.capability, thread)
    held = hold(thread.organisation_id)
    part = thread.part
    moved = perform(
        move,
        subject=thread,
        facts=lambda _: ThreadFacts(read_only_because(part, held.qualifications)),
        actor=actor,
        at=at,
        holder=holder,
        holder_since=at,
        **changes,
    )
    if text.strip():
        newest = queries.latest_versions([part.pk])[part.pk]
        say(moved, text, actor=actor, at=at, version_number=newest.number)
    return moved, held


def open_thread(
    *,
    part: Part,
    question: str,
    kind: str,
    subject: str,
    severity: str,
    status: str,
    version: Version,
    due_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Thread:
    """Write a thread under the next number of its organisation; the caller holds the latter."""
    same = Thread.objects.filter(organisation_id=part.organisation_id, kind=kind)
    return Thread.objects.create(
        organisation_id=part.organisation_id,
        part=part,
        question=question,
        body=actor.body,
        kind=kind,
        number=(same.aggregate(last=Max("number"))["last"] or 0) + 1,
        subject=subject.strip()[:200],
        severity=severity,
        status=status,
        holder=Side.PARTICIPANT,
        holder_since=at,
        due_on=due_on,
        stage=part.stage,
        version=version,
        raised_at=at,
        raised_by_id=actor.person_id,
        raised_by_name=actor.name,
    )


def say(thread: Thread, text: str, *, actor: Actor, at: datetime, version_number: int) -> Message:
    """Append a message for whichever side the actor is on."""
    return Message.objects.create(
        organisation_id=thread.organisation_id,
        thread=thread,
        side=Side.BODY if actor.is_staff else Side.PARTICIPANT,
        body=actor.body,
        author_id=actor.person_id,
        author_name=actor.name,
        text=text.strip(),
        version_number=version_number,
        at=at,
    )


def read_only_because(part: Part, held: list[Qualification]) -> str:
    """Say why the threads of a part are only read now: all that rests on it is decided (R144)."""
    resting = [each for each in held if part.qualification_id in (None, each.pk)]
    if any(each.status not in ENDED for each in resting):
        return ""
    if any(each.status == Status.QUALIFIED for each in resting):
        return "This is MHHS Qualified and can only be read; agreed plans may still be completed."
    return "This has ended and can only be read; agreed plans may still be completed."


def _settle(move: Move, thread: Thread, text: str, actor: Actor, at: datetime) -> Thread:
    settled, held = turn(
        move, thread, text, actor=actor, at=at, holder=Side.BODY, needs_text=False,
        settled_at=at, settled_by_name=actor.name,
    )  # fmt: skip
    notices.settled(settled, held.organisation, text, at=at)
    for each in touched_by(thread.part, held.qualifications):
        qualify_when_complete(qualification=each, actor=actor, at=at)
    return settled


def touch(qualification: Qualification, thread: Thread, actor: Actor, at: datetime) -> None:
    """Begin a review where one is due (D.1), and undo a confirmation that nothing is open.

    Once signed, a finding holds up the decision by itself (R99): the confirmation was for signing.
    """
    if qualification.status in STAGES:
        start_review(qualification=qualification, actor=actor, at=at)
    if qualification.status not in CONFIRMABLE:
        return
    withdraw_confirmation(
        qualification=qualification, body=actor.body, actor=actor, at=at,
        because=f"{thread.reference} was raised.",
    )  # fmt: skip


def readers_of(part: Part, question: str) -> tuple[str, ...]:
    """Return the bodies that read a question; Invalid where there is none of that code."""
    scope = "ORGANISATION" if part.is_organisation_part else "ROLE"
    asked = {q.code for section in bank.of_part(part).sections for q in section.in_scope(scope)}
    if question not in asked:
        raise Invalid({"question": f"There is no question {question} in this part."})
    return queries.reviewers(part, question)


def version_with(part: Part, question: str) -> Version:
    """Return the newest version with the question in it; Refused while its section is not in."""
    version = queries.latest_versions([part.pk]).get(part.pk)
    section = bank.of_part(part).question(question).section
    if version is None or section not in {entry["section"] for entry in version.manifest}:
        raise Refused(f"Section {section} is not submitted yet; there is nothing to comment on.")
    return version


def refuse_unreadable(
    kind: str, subject: str, text: str, severity: str, due_on: date | None, at: datetime
) -> None:
    """Raise Invalid, field by field, unless this can be sent to a participant as it is."""
    problems = {}
    if due_on is not None and due_on <= at.astimezone(LONDON).date():
        problems["due_on"] = "Give a day that lies ahead."
    if kind not in ThreadKind.values:
        problems["kind"] = "Choose comment, observation or finding."
    if kind == ThreadKind.FINDING and severity not in (
        Severity.LOW,
        Severity.MEDIUM,
        Severity.HIGH,
    ):
        problems["severity"] = "Choose how severe the finding is."
    if kind == ThreadKind.COMMENT and severity:
        problems["severity"] = "A comment has no severity."
    if severity not in Severity.values:
        problems["severity"] = "Choose low, medium or high."
    if problems:
        raise Invalid(problems)
    _refuse_blank({"subject": subject, "text": text})


def _refuse_blank(fields: dict[str, str]) -> None:
    problems = {name: "Write what you mean to say." for name, text in fields.items()
                if not text.strip()}  # fmt: skip
    problems |= {name: f"At most {MAX_TEXT:,} characters." for name, text in fields.items()
                 if len(text) > MAX_TEXT}  # fmt: skip
    if problems:
        raise Invalid(problems)
