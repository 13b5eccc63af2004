"""Accepting answers one by one or several at once, and taking that back (D.3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from reviews.enums import SETTLED_OR_PLANNED
from reviews.models import Acceptance, Thread
from reviews.policy import governed_by, require_reader, touched_by
from reviews.services.agreeing import withdraw_acceptance
from reviews.services.holding import hold
from reviews.services.reviewing import STAGES, start_review
from reviews.services.threads import read_only_because
from submissions import bank, queries
from submissions.models import Part, Version
from submissions.versions import answers_of, canonical, digest


def accept(
    *, part: Part, question: str, seen_version: int, actor: Actor, at: datetime
) -> Acceptance:
    """Accept an answer for the actor's body, as it stands in the version that it was shown.

    Refused where the answer has changed since, where nothing was answered, and while the body
    itself keeps something open on it. Accepting twice changes nothing.
    """
    return accept_all(
        part=part, questions=[question], seen_version=seen_version, actor=actor, at=at
    )[0]


@transaction.atomic
def accept_all(
    *, part: Part, questions: Sequence[str], seen_version: int, actor: Actor, at: datetime
) -> list[Acceptance]:
    """Accept several answers at once, all or none; every reason against any of them is given."""
    _require_reader(part, questions, actor)
    held = hold(part.organisation_id)
    because = read_only_because(part, held.qualifications)
    if because:
        raise Refused(because)
    newest = _newest(part, questions)
    answers = _answers(part, newest, questions)
    changes = _last_changes(part)
    reasons = [*_blank(questions, answers), *_changed(questions, changes, seen_version)]
    reasons += _unsettled(part, questions, actor.body)
    if reasons:
        raise Refused(reasons)
    rows = _given(part, questions, actor.body)
    standing = {code for code, row in rows.items() if _stands(row, changes)}
    fresh = [code for code in questions if code not in standing]
    if not fresh:
        return [rows[code] for code in questions]
    for code in fresh:
        rows[code] = _given_now(rows.get(code), part, code, newest, answers[code], actor, at)
    _keep(rows[code] for code in fresh)
    for each in governed_by(actor.body, touched_by(part, held.qualifications)):
        if each.status in STAGES:
            start_review(qualification=each, actor=actor, at=at)
    record(
        "answer.accepted", subject=part, actor=actor, at=at, version=newest.number,
        answers={code: rows[code].sha256 for code in fresh},
    )  # fmt: skip
    return [rows[code] for code in questions]


@transaction.atomic
def take_back(*, part: Part, question: str, actor: Actor, at: datetime) -> Acceptance | None:
    """Take the actor's body's acceptance of an answer back; None where there is none."""
    policy.require(actor, "qad.review", part)
    held = hold(part.organisation_id)
    because = read_only_because(part, held.qualifications)
    if because:
        raise Refused(because)
    return withdraw_acceptance(
        part=part, question=question, because="Taken back.", actor=actor, at=at
    )


def _require_reader(part: Part, questions: Sequence[str], actor: Actor) -> None:
    known = {each.code for each in bank.of_part(part).questions}
    if strange := [code for code in questions if code not in known]:
        raise Invalid({"question": f"There is no question {strange[0]}."})
    if not questions:
        raise Invalid({"question": "Name at least one answer."})
    held = Qualification.objects.filter(organisation_id=part.organisation_id)
    readers = queries.reviewers_by_question(part, held)
    for code in questions:
        require_reader(actor, "qad.review", part, code, readers[code])


def _newest(part: Part, questions: Sequence[str]) -> Version:
    newest = queries.latest_versions([part.pk]).get(part.pk)
    there = {entry["section"] for entry in newest.manifest} if newest else set()
    wanted = {bank.of_part(part).question(code).section for code in questions}
    if missing := sorted(wanted - there):
        raise Refused(f"Section {missing[0]} is not submitted yet; there is nothing to accept.")
    return newest


def _answers(part: Part, newest: Version, questions: Sequence[str]) -> dict[str, Any]:
    """Return what was answered, as it is hashed; questions without an answer are not there."""
    frozen = queries.frozen(newest)
    found = {}
    for letter in {bank.of_part(part).question(code).section for code in questions}:
        given = {
            each["code"]
            for each in frozen[letter]["questions"]
            if each["applies"] and (each["answer"] or each["evidence"])
        }
        answers = answers_of(frozen[letter])
        found |= {code: answers[code] for code in given.intersection(questions)}
    return found


def _last_changes(part: Part) -> dict[str, int]:
    rows = Version.objects.filter(part=part).order_by("number").values_list("number", "changed")
    return {code: number for number, changed in rows for code in changed}


def _blank(questions: Sequence[str], answers: Mapping[str, Any]) -> Iterable[str]:
    return (f"{code} was not answered: there is nothing to accept." for code in questions
            if code not in answers)  # fmt: skip


def _changed(questions: Sequence[str], changes: Mapping[str, int], seen: int) -> Iterable[str]:
    return (
        f"The answer to {code} changed in version {changes[code]}, after the one that you read."
        " Read it again before you accept it."
        for code in questions
        if changes.get(code, 0) > seen
    )


def _unsettled(part: Part, questions: Sequence[str], body: str) -> Iterable[str]:
    rows = Thread.objects.filter(part=part, question__in=questions, body=body)
    rows = rows.exclude(status__in=SETTLED_OR_PLANNED).order_by("question", "raised_at", "pk")
    return [f"{body} keeps {each.reference} open on {each.question}. Settle it first."
            for each in rows]  # fmt: skip


def _given(part: Part, questions: Sequence[str], body: str) -> dict[str, Acceptance]:
    rows = Acceptance.objects.filter(part=part, question__in=questions, body=body)
    return {row.question: row for row in rows.select_related("version")}


def _stands(row: Acceptance, changes: Mapping[str, int]) -> bool:
    return row.withdrawn_at is None and row.version.number >= changes.get(row.question, 0)


def _keep(rows: Iterable[Acceptance]) -> None:
    held = list(rows)
    given_before = [row for row in held if not row._state.adding]
    Acceptance.objects.bulk_create(row for row in held if row._state.adding)
    for row in given_before:
        row.save()


def _given_now(
    row: Acceptance | None,
    part: Part,
    question: str,
    version: Version,
    answer: Any,
    actor: Actor,
    at: datetime,
) -> Acceptance:
    row = row or Acceptance(
        organisation_id=part.organisation_id, part=part, question=question, body=actor.body
    )
    row.version, row.sha256 = version, digest(canonical(answer))
    row.at, row.by_id, row.by_name = at, actor.person_id, actor.name
    row.withdrawn_at, row.withdrawn_because = None, ""
    return row
