"""Reading parts, answers, evidence and versions."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from participants.models import Organisation, Qualification
from submissions import bank
from submissions.applicability import readers
from submissions.facts import facts_of
from submissions.living import LivingAnswer
from submissions.models import (
    Answer,
    AnswerRevision,
    Evidence,
    EvidenceUse,
    FrozenSection,
    Part,
    SectionProgress,
    Version,
)


def parts_of(organisation_id: UUID) -> list[Part]:
    """Return an organisation's parts, its own first, then by age."""
    rows = Part.objects.filter(organisation_id=organisation_id)
    rows = rows.select_related("qualification", "organisation")
    return sorted(rows, key=lambda part: (part.qualification_id is not None, part.opened_at))


def parts_among(place: Organisation, held: Iterable[Qualification]) -> list[Part]:
    """Return the same of an organisation whose qualifications are at hand, without reading them."""
    known = {each.pk: each for each in held}
    rows = sorted(
        Part.objects.filter(organisation=place),
        key=lambda part: (part.qualification_id is not None, part.opened_at),
    )
    for part in rows:
        part.organisation = place
        part.qualification = known.get(part.qualification_id)
    return rows


def part_of(qualification: Qualification) -> Part | None:
    """Return the part of a qualification, once the QAD was opened."""
    return Part.objects.filter(qualification=qualification).first()


def organisation_part(organisation_id: UUID) -> Part | None:
    """Return the organisation's own part, once the QAD was opened."""
    return Part.objects.filter(organisation_id=organisation_id, qualification=None).first()


def progress(part_ids: Iterable[UUID]) -> dict[UUID, dict[str, SectionProgress]]:
    """Return where the sections of parts stand, by part and section letter."""
    found: dict[UUID, dict[str, SectionProgress]] = {}
    for row in SectionProgress.objects.filter(part_id__in=list(part_ids)):
        found.setdefault(row.part_id, {})[row.section] = row
    return found


def answers(part_ids: Iterable[UUID]) -> dict[UUID, dict[str, Answer]]:
    """Return the living answers of parts, by part and question code."""
    found: dict[UUID, dict[str, Answer]] = {}
    for row in Answer.objects.filter(part_id__in=list(part_ids)):
        found.setdefault(row.part_id, {})[row.question] = row
    return found


def evidence(part_ids: Iterable[UUID]) -> dict[UUID, dict[str, list[Evidence]]]:
    """Return the evidence cited in parts, by part and question code, oldest first."""
    uses = EvidenceUse.objects.filter(part_id__in=list(part_ids), evidence__withdrawn_at=None)
    uses = uses.select_related("evidence", "evidence__file").order_by("added_at", "pk")
    found: dict[UUID, dict[str, list[Evidence]]] = {}
    for use in uses:
        found.setdefault(use.part_id, {}).setdefault(use.question, []).append(use.evidence)
    return found


def library(organisation_id: UUID) -> QuerySet[Evidence]:
    """Return the organisation's evidence, newest first, with files and uses."""
    rows = Evidence.objects.filter(organisation_id=organisation_id)
    return rows.select_related("file").prefetch_related("uses").order_by("-added_at", "pk")


def revisions(answer: Answer | LivingAnswer) -> QuerySet[AnswerRevision]:
    """Return the history of an answer, newest first."""
    return AnswerRevision.objects.filter(answer_id=answer.pk).order_by("-revision")


def latest_versions(part_ids: Iterable[UUID]) -> dict[UUID, Version]:
    """Return the newest version of each part that has one."""
    rows = Version.objects.filter(part_id__in=list(part_ids))
    return {row.part_id: row for row in rows.order_by("part_id", "-number").distinct("part_id")}


def latest_of_stage(part_ids: Iterable[UUID], stage: str) -> dict[UUID, Version]:
    """Return the newest version of each part at a stage."""
    rows = Version.objects.filter(part_id__in=list(part_ids), stage=stage)
    return {row.part_id: row for row in rows.order_by("part_id", "-number").distinct("part_id")}


def versions(part: Part) -> QuerySet[Version]:
    """Return a part's versions, newest first."""
    return Version.objects.filter(part=part).order_by("-number")


def version_at(part: Part, number: int) -> Version:
    """Return a version by number; Version.DoesNotExist when there is none."""
    return Version.objects.get(part=part, number=number)


def version_before(version: Version) -> Version | None:
    """Return the version that came before."""
    rows = Version.objects.filter(part_id=version.part_id, number__lt=version.number)
    return rows.order_by("-number").first()


def frozen(version: Version, section: str | None = None) -> dict[str, dict[str, Any]]:
    """Return the frozen content of a version, all sections or one, by section letter."""
    keys = [entry["frozen"] for entry in version.manifest if section in (None, entry["section"])]
    rows = FrozenSection.objects.filter(pk__in=keys).order_by("section")
    return {row.section: json.loads(row.content) for row in rows}


def all_frozen(versions_: Iterable[Version]) -> dict[UUID, dict[str, dict[str, Any]]]:
    """Return the frozen content of several versions in one statement, by version id."""
    held = list(versions_)
    keys = {entry["frozen"] for version in held for entry in version.manifest}
    content = {
        str(row.pk): json.loads(row.content) for row in FrozenSection.objects.filter(pk__in=keys)
    }
    return {
        version.pk: {entry["section"]: content[entry["frozen"]] for entry in version.manifest}
        for version in held
    }


def reviewers(part: Part, question_code: str) -> tuple[str, ...]:
    """Return the bodies that read a question of a part (R7, R8)."""
    question = next(each for each in bank.of_part(part).questions if each.code == question_code)
    held = Qualification.objects.filter(organisation_id=part.organisation_id)
    return readers(question, facts_of(part, part.organisation, held, {}))


def reviewers_by_question(part: Part, held: Iterable[Qualification]) -> dict[str, tuple[str, ...]]:
    """Return the bodies that read each question of a part."""
    facts = facts_of(part, part.organisation, held, {})
    return {each.code: readers(each, facts) for each in bank.of_part(part).questions}
