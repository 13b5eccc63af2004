"""What a body reads of a part: submitted versions only, and of them the questions it reads."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import Http404

from foundation.tenancy.actor import Actor
from participants.enums import REVIEWING_BODIES
from participants.models import Organisation, Qualification
from reviews.visibility import sees_question
from submissions import bank, finding, queries
from submissions.applicability import Facts, belongs, readers
from submissions.enums import Stage
from submissions.models import FrozenSection, Part, Version
from submissions.resubmission import SentUnchanged, sent_unchanged, with_unchanged
from submissions.template_types import Question, Section, Template

Content = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a part as submitted: what it says now, and what it said at Initial."""

    question: Question
    now: Mapping[str, Any]
    before: Mapping[str, Any] | None
    changed: bool
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A part under review, with its newest version and the last of the Initial stage."""

    part: Part
    held: Sequence[Qualification]
    newest: Version | None
    initial: Version | None
    readers: Mapping[str, tuple[str, ...]]
    actor: Actor
    versions: Sequence[Version] = ()  # newest first

    def at(self, number: int) -> Version | None:
        """Return one of the versions by its number."""
        return next((each for each in self.versions if each.number == number), None)

    @property
    def told(self) -> SentUnchanged | None:
        """What was said of sections that came in again with the newest version as they were."""
        return sent_unchanged(self.newest) if self.newest else None

    @property
    def earlier(self) -> list[Version]:
        """The versions before the newest, the latest of them first."""
        return list(self.versions[1:])

    @property
    def template(self) -> Template:
        """The template that the part is answered by."""
        return bank.of_part(self.part)

    @property
    def letters(self) -> list[str]:
        """The sections that were submitted and that the body reads something of, in order."""
        submitted = {entry["section"] for entry in self.newest.manifest} if self.newest else set()
        return [
            section.code
            for section in self.template.sections
            if section.code in submitted and self.read_of(section)
        ]

    def read_of(self, section: Section) -> list[Question]:
        """Return the questions of a section that the body reads, whether they apply or not."""
        scope = "ORGANISATION" if self.part.is_organisation_part else "ROLE"
        return [
            each
            for each in section.in_scope(scope)
            if self.readers.get(each.code) and sees_question(self.actor, self.readers[each.code])
        ]

    def asked(self, letter: str, now: Content, before: Content) -> list[Asked]:
        """Return the questions of a section that apply and that the body reads."""
        held = {each["code"]: each for each in now.get(letter, {}).get("questions", ())}
        old = {each["code"]: each for each in before.get(letter, {}).get("questions", ())}
        return [
            Asked(
                question=question,
                now=held[question.code],
                before=old.get(question.code),
                changed=bool(self.initial)
                and _differs(old.get(question.code), held[question.code]),
                readers=self.readers[question.code],
            )
            for question in self.read_of(self.template.section(letter))
            if question.code in held
            and held[question.code]["applies"]
            and self._is_due(question, held[question.code])
        ]

    def _is_due(self, question: Question, held: Mapping[str, Any]) -> bool:
        """Whether the stage asks a question: what only Final asks is no gap in Initial (R96)."""
        is_given = held["answer"] is not None or bool(held["evidence"])
        return question.is_asked_initially or is_given or self.newest.stage != Stage.INITIAL


def _differs(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> bool:
    return before is None or _substance(before) != _substance(now)


def _substance(held: Mapping[str, Any]) -> tuple:
    answer = held["answer"] or {}
    said = {key: value for key, value in answer.items() if key not in ("by", "at")}
    pieces = [(item["id"], item["version"], item["sha256"]) for item in held["evidence"]]
    return said, pieces


def part_for(actor: Actor, slug: str, key: UUID) -> Part:
    """Return a part for a reviewing body; to everybody else its review does not exist."""
    if not actor.is_staff or actor.body not in REVIEWING_BODIES:
        raise Http404
    return finding.part(actor, slug, key)


def read(part: Part, actor: Actor) -> Reading:
    """Read what is known of a part's versions, in two statements."""
    held = finding.held_by(part.organisation)
    return _reading(part, held, list(with_unchanged(queries.versions(part), part)), actor)


def readings_of(actor: Actor, place: Organisation) -> list[Reading]:
    """Read what is known of every part that a body reads, in three statements."""
    if not actor.is_staff or actor.body not in REVIEWING_BODIES:
        raise Http404
    rows = finding.parts(actor, place)
    held, versions = finding.held_by(place), finding.versions_of(rows)
    return [_reading(part, held, versions.get(part.pk, []), actor) for part in rows]


def _reading(
    part: Part, held: Sequence[Qualification], versions: Sequence[Version], actor: Actor
) -> Reading:
    newest = versions[0] if versions else None
    initial = None
    if newest is not None and newest.stage == Stage.FINAL:
        initial = next((each for each in versions if each.stage == Stage.INITIAL), None)
    return Reading(
        part=part,
        held=held,
        newest=newest,
        initial=initial,
        readers=queries.reviewers_by_question(part, held),
        actor=actor,
        versions=versions,
    )


def contents(reading: Reading, letter: str = "") -> tuple[Content, Content]:
    """Return the frozen sections now and at Initial, all or one, in one statement."""
    numbers = [each.number for each in (reading.newest, reading.initial) if each]
    found = contents_at(reading, numbers, letter)
    initial = reading.initial.number if reading.initial else 0
    return found.get(reading.newest.number if reading.newest else 0, {}), found.get(initial, {})


def contents_at(reading: Reading, numbers: Iterable[int], letter: str = "") -> dict[int, Content]:
    """Return the frozen sections of several versions, all or one, in one statement.

    What stayed the same from version to version was frozen once, and is read once.
    """
    versions = [each for each in map(reading.at, set(numbers)) if each]
    keys = {
        entry["frozen"]
        for version in versions
        for entry in version.manifest
        if letter in ("", entry["section"])
    }
    rows = FrozenSection.objects.filter(pk__in=keys)
    found = {str(row.pk): json.loads(row.content) for row in rows}
    return {version.number: _of(version, found) for version in versions}


def _of(version: Version, found: Mapping[str, Any]) -> Content:
    return {
        entry["section"]: found[entry["frozen"]]
        for entry in version.manifest
        if entry["frozen"] in found
    }


@lru_cache(maxsize=512)
def codes_read(
    template: UUID,
    body: str,
    role: str,
    roles: tuple[str, ...],
    routes: tuple[str, ...],
    is_final: bool,
    sections: tuple[str, ...],
) -> frozenset[str]:
    """The questions of submitted sections that a body reads (R7, R8)."""
    facts = Facts(role=role or None, all_roles=roles, routes=routes)
    return frozenset(
        each.code
        for each in bank.of(template).questions
        if each.section in sections
        and (is_final or each.is_asked_initially)
        and belongs(each, facts).applies
        and body in readers(each, facts)
    )
