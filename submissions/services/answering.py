"""Writing answers: each save carries the revision that its writer saw (trust: 5, R81, R88)."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import grants, policy
from submissions import bank, content
from submissions.content import Content
from submissions.enums import WRITABLE_SECTIONS
from submissions.models import Answer, AnswerRevision, Part, SectionProgress
from submissions.template_types import Question
from submissions.versions import canonical, digest

COALESCE = timedelta(minutes=10)  # autosaves of one writer within it are one line of history


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: a question of a part whose section is open."""

    part: Part
    question: Question
    section: SectionProgress


def place_to_write(*, part: Part, question_code: str, actor: Actor) -> Place:
    """Lock the section and return the place, or raise Denied or Refused."""
    question = question_of(part, question_code)
    policy.require(actor, written_with(question), part)
    grants.require_section(actor, part.qualification_id, question.section)
    section = SectionProgress.objects.select_for_update(no_key=True).get(
        part=part, section=question.section
    )
    if section.status not in WRITABLE_SECTIONS:
        raise Refused(
            f"Section {question.section} is locked since its submission. To change it, ask for it"
            " to be reopened."
        )
    return Place(part, question, section)


def written_with(question: Question) -> str:
    """Return the capability that an answer asks for: an undertaking is a director's (R112)."""
    return "undertaking.give" if question.has("directors_undertaking") else "answer.write"


def question_of(part: Part, code: str) -> Question:
    """Return the question of a part; Refused when the part does not have it."""
    scope = "ORGANISATION" if part.is_organisation_part else "ROLE"
    try:
        question = bank.of_part(part).question(code)
    except KeyError:
        raise Invalid({"question": f"There is no question {code} in this QAD."}) from None
    if question.scope != scope:
        raise Invalid({"question": f"{code} is not a question of this part."})
    return question


@transaction.atomic
def save_answer(
    *, part: Part, question_code: str, sent: Content, revision: int, actor: Actor, at: datetime
) -> Answer:
    """Save an answer and return its row.

    Refused with all texts (``detail``: base, theirs, yours) when somebody saved since
    ``revision``; Invalid when the content does not fit the question. Saving the same content
    again is no new revision.
    """
    place = place_to_write(part=part, question_code=question_code, actor=actor)
    if problems := content.problems(place.question, sent):
        raise Invalid({question_code: problems})
    answer = (
        Answer.objects.select_for_update(no_key=True)
        .filter(part=part, question=question_code)
        .first()
    )
    if answer is None:
        answer = Answer(organisation_id=part.organisation_id, part=part, question=question_code)
    if _same(answer, sent):
        return answer
    if answer.revision != revision:
        raise _conflict(answer, sent, revision)
    _write(answer, sent, actor, at)
    _keep_revision(answer, actor, at)
    record(
        "answer.saved",
        subject=answer,
        actor=actor,
        at=at,
        question=question_code,
        revision=answer.revision,
        sha256=digest(canonical(snapshot(answer))),
    )
    return answer


def snapshot(answer: Answer) -> dict:
    """Return an answer's content as plain data."""
    return {
        "text": answer.text,
        "value": answer.value,
        "is_not_applicable": answer.is_not_applicable,
        "not_applicable_reason": answer.not_applicable_reason,
        "is_ready": answer.is_ready,
        "come_back": answer.come_back,
    }


def _same(answer: Answer, sent: Content) -> bool:
    return answer.revision > 0 and snapshot(answer) == asdict(sent) | {"value": dict(sent.value)}


def _conflict(answer: Answer, sent: Content, seen: int) -> Refused:
    # Autosaves of one writer within minutes are one row of history: the base is the revision that
    # was seen, or the last that was kept before it.
    kept = AnswerRevision.objects.filter(answer=answer, revision__lte=seen)
    base = kept.order_by("-revision").first()
    return Refused(
        f"{answer.updated_by_name} changed this answer too. Nothing is lost: choose what stays.",
        detail={
            "revision": answer.revision,
            "base": base.content if base else None,
            "base_revision": base.revision if base else 0,
            "theirs": snapshot(answer),
            "yours": asdict(sent) | {"value": dict(sent.value)},
            "by": answer.updated_by_name,
        },
    )


def _write(answer: Answer, sent: Content, actor: Actor, at: datetime) -> None:
    answer.text = sent.text
    answer.value = dict(sent.value)
    answer.is_not_applicable = sent.is_not_applicable
    answer.not_applicable_reason = sent.not_applicable_reason
    answer.is_ready = sent.is_ready
    answer.come_back = sent.come_back
    answer.revision += 1
    answer.updated_at = at
    answer.updated_by_id, answer.updated_by_name = actor.person_id, actor.name
    answer.save()


def _keep_revision(answer: Answer, actor: Actor, at: datetime) -> None:
    last = AnswerRevision.objects.filter(answer=answer).order_by("-revision").first()
    row = {"revision": answer.revision, "content": snapshot(answer), "at": at}
    if last and last.by_id == actor.person_id and at - COALESCE < last.at <= at:
        AnswerRevision.objects.filter(pk=last.pk).update(**row)
        return
    AnswerRevision.objects.create(
        organisation_id=answer.organisation_id,
        answer=answer,
        by_id=actor.person_id,
        by_name=actor.name,
        **row,
    )
