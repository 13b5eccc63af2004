"""Handing in what was reopened without having changed it: found, asked about, and told."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Subquery
from django.db.models.functions import JSONObject

from foundation.audit.models import AuditEvent
from foundation.ui.counting import joined
from submissions import queries
from submissions.enums import SectionState
from submissions.models import Part, Version
from submissions.services.freezing import section_content
from submissions.sheet import PartSheet
from submissions.versions import canonical, changed_questions

UNCHANGED = "section.resubmitted_unchanged"
MAX_REASON = 2000


@dataclass(frozen=True, slots=True)
class Untouched:
    """A reopened section whose answers and evidence are as they were submitted."""

    part_id: UUID
    whose: str
    section: str


def untouched(parts: Sequence[PartSheet]) -> list[Untouched]:
    """Return the reopened sections in which nothing changed, in two statements at most."""
    open_now = {own.part.pk: reopened(own) for own in parts}
    held = [own for own in parts if open_now[own.part.pk]]
    if not held:
        return []
    last = queries.latest_versions(own.part.pk for own in held)
    frozen = queries.all_frozen(last.values())
    return [
        Untouched(own.part.pk, _whose(own.part), letter)
        for own in held
        if own.part.pk in last
        for letter in open_now[own.part.pk]
        if not _differs(own, letter, frozen[last[own.part.pk].pk])
    ]


def reopened(own: PartSheet) -> list[str]:
    """Return the letters of a part's sections that are open anew."""
    return [s for s, row in own.sections.items() if row.status == SectionState.REOPENED]


def _differs(own: PartSheet, letter: str, frozen: dict) -> bool:
    now = json.loads(canonical(section_content(own, letter)))
    return bool(changed_questions(frozen.get(letter), now))


def _whose(part: Part) -> str:
    return part.qualification.get_role_display() if part.qualification else "the organisation"


def question(found: Sequence[Untouched]) -> str:
    """Return what is asked before sections go in again as they were."""
    noun = "section" if len(found) == 1 else "sections"
    named = joined([f"{each.section} ({each.whose})" for each in found])
    return f"Nothing has changed in {noun} {named}. Submit all the same?"


@dataclass(frozen=True, slots=True)
class SentUnchanged:
    """What was said when sections of a part went in again as they were."""

    sections: tuple[str, ...]
    because: str
    by: str
    at: datetime


def with_unchanged(rows: QuerySet[Version], part: Part) -> QuerySet[Version]:
    """Return a part's versions with what was last said of sections that came again unchanged."""
    events = AuditEvent.objects.filter(
        object_type=Part._meta.model_name, object_id=str(part.pk), action=UNCHANGED
    ).order_by("-at", "-seq")
    said = JSONObject(payload="payload", because="because", by="actor_name", at="at")
    return rows.annotate(unchanged=Subquery(events.values(said=said)[:1]))


def sent_unchanged(version: Version) -> SentUnchanged | None:
    """Return what was said when sections came in again with a version as they were."""
    said = version.unchanged
    told = json.loads(said["payload"]) if said else {}
    if told.get("version") != version.number:
        return None
    at = datetime.fromisoformat(said["at"])
    return SentUnchanged(tuple(told["sections"]), said["because"], said["by"], at)
