"""Freezing: from living answers to an immutable, hashed version of a part."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from foundation.documents.services import release
from foundation.tenancy.actor import Actor
from submissions import queries
from submissions.applicability import AskedQuestion
from submissions.content import is_blank
from submissions.living import LivingAnswer, LivingEvidence
from submissions.models import FrozenSection, Version
from submissions.sheet import PartSheet
from submissions.versions import canonical, changed_questions, digest, manifest_digest


def freeze(
    sheet: PartSheet, sections: Iterable[str], *, whole: bool, actor: Actor, at: datetime
) -> Version:
    """Freeze the named sections of a part and return the version that stands now.

    Unchanged sections keep their frozen row; where nothing changed at all the last version
    stands. Files that become cited are opened to the bodies.
    """
    part = sheet.part
    last = queries.latest_versions([part.pk]).get(part.pk)
    before = queries.frozen(last) if last else {}
    manifest = {entry["section"]: entry for entry in (last.manifest if last else [])}
    changed: list[str] = []
    for letter in sections:
        content = section_content(sheet, letter)
        text = canonical(content)
        sha256 = digest(text)
        if letter in manifest and manifest[letter]["sha256"] == sha256:
            continue
        row = FrozenSection.objects.create(
            organisation_id=part.organisation_id,
            part=part,
            section=letter,
            stage=part.stage,
            content=text,
            sha256=sha256,
            frozen_at=at,
        )
        manifest[letter] = {"section": letter, "frozen": str(row.pk), "sha256": sha256}
        changed += changed_questions(before.get(letter), json.loads(text))
        release(files=_files(content), at=at)
    entries = [manifest[letter] for letter in sorted(manifest)]
    if last and manifest_digest(entries) == last.sha256 and (last.is_whole or not whole):
        return last
    return Version.objects.create(
        organisation_id=part.organisation_id,
        part=part,
        number=(last.number if last else 0) + 1,
        stage=part.stage,
        manifest=entries,
        sha256=manifest_digest(entries),
        changed=changed,
        is_whole=whole,
        submitted_at=at,
        submitted_by_name=actor.name,
    )


def section_content(sheet: PartSheet, letter: str) -> dict[str, Any]:
    """Return a section of a part as plain data: questions as asked, answers, evidence."""
    asked = [one for one in sheet.questions if one.question.section == letter]
    return {
        "section": letter,
        "stage": sheet.part.stage,
        "questions": [_question(sheet, one) for one in asked],
    }


def _question(sheet: PartSheet, one: AskedQuestion) -> dict[str, Any]:
    question = one.question
    answer = sheet.answers.get(one.code)
    return {
        "code": question.code,
        "title": question.title,
        "ask": question.ask,
        "kind": question.kind,
        "phase": question.phase,
        "applies": one.applies,
        "is_open": one.is_open,
        "because": one.because,
        "mandatory": one.mandatory,
        "answer": _answer(answer) if answer and not is_blank(answer) else None,
        "evidence": [_evidence(item) for item in sheet.evidence.get(one.code, ())],
    }


def _answer(answer: LivingAnswer) -> dict[str, Any]:
    return {
        "text": answer.text,
        "value": answer.value,
        "is_not_applicable": answer.is_not_applicable,
        "not_applicable_reason": answer.not_applicable_reason,
        "by": answer.updated_by_name,
        "at": answer.updated_at.isoformat(),
    }


def _evidence(item: LivingEvidence) -> dict[str, Any]:
    stored = item.file
    return {
        "id": str(item.pk),
        "kind": item.kind,
        "title": item.title,
        "version": item.version,
        "sha256": stored.sha256 if stored else "",
        "size": stored.size if stored else 0,
        "media_type": stored.media_type if stored else "",
        "file": str(stored.pk) if stored else "",
        "tool": item.tool,
        "identifier": item.identifier,
        "link": item.link,
        "as_of": item.as_of.isoformat() if item.as_of else None,
    }


def _files(content: dict[str, Any]) -> list[str]:
    return [
        item["file"]
        for question in content["questions"]
        for item in question["evidence"]
        if item["file"]
    ]
