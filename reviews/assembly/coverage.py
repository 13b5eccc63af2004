"""What an earlier signature no longer covers, down to the questions that changed since."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Q

from participants.models import Qualification
from reviews import coverage
from reviews.coverage import Lost
from reviews.models import SignOff
from reviews.qualified import ORGANISATION, ROLE
from reviews.services.signing_content import content_to_sign
from submissions import queries
from submissions.models import Version
from submissions.versions import changed_questions

Sections = Mapping[str, Mapping[str, Any]]


def lost_of(qualification: Qualification, signed: SignOff) -> Lost:
    """Return what differs between what was signed and the QAD as it stands.

    One statement where nothing differs, three more where sections do.
    """
    now = content_to_sign(qualification, signed.capacity)
    if now.sha256 == signed.content_sha256:
        return Lost()
    before = json.loads(signed.content)
    found = coverage.lost(before, now.data)
    if not found.sections:
        return found
    old, new = _frozen(qualification, before), _frozen(qualification, now.data)
    return replace(
        found,
        sections=[
            replace(each, questions=_changed(old, new, each.part, each.letter))
            for each in found.sections
        ],
    )


def _changed(
    old: Mapping[str, Sections], new: Mapping[str, Sections], part: str, letter: str
) -> list[str]:
    after = new.get(part, {}).get(letter)
    return changed_questions(old.get(part, {}).get(letter), after) if after else []


def _frozen(qualification: Qualification, content: Mapping[str, Any]) -> dict[str, Sections]:
    """Return the frozen sections that a content names, by part."""
    numbers = {each["part"]: each["version"] for each in content["parts"]}
    wanted = Q()
    if ORGANISATION in numbers:
        wanted |= Q(part__qualification=None, number=numbers[ORGANISATION])
    if ROLE in numbers:
        wanted |= Q(part__qualification=qualification, number=numbers[ROLE])
    if not wanted:
        return {}
    rows = Version.objects.filter(wanted, part__organisation_id=qualification.organisation_id)
    versions = list(rows.select_related("part"))
    held = queries.all_frozen(versions)
    return {ROLE if row.part.qualification_id else ORGANISATION: held[row.pk] for row in versions}
