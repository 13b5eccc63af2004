"""A part with all that decides its questions, in as few statements as it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from submissions import finding, queries
from submissions.facts import asked, choices_in, facts_of
from submissions.models import Part, SectionProgress
from submissions.presenters.states import QuestionState, states_of
from submissions.sheet import PartSheet

_OF_A_ROLE = ("role", "route", "mpids_split", "retrieval")
_OF_A_SECTION = ("section", "status", "since", "submitted_at", "submitted_by_name")


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A part in its owner's hands, with its sections and all qualifications beside it."""

    part: Part
    held: tuple[Qualification, ...]
    sections: Mapping[str, Mapping[str, Any]]


def own_part(actor: Actor, slug: str, key: UUID) -> OwnPart:
    """Return a part for its owner, in one statement; to everybody else it does not exist."""
    finding.require_owner(actor)
    beside = Qualification.objects.filter(organisation_id=OuterRef("organisation_id"))
    inside = SectionProgress.objects.filter(part_id=OuterRef("pk"))
    rows = Part.objects.filter(organisation__slug=slug)
    rows = rows.select_related("organisation", "qualification").annotate(
        held=ArraySubquery(
            beside.order_by("role", "pk").values(
                row=JSONObject(id="pk", **dict(zip(_OF_A_ROLE, _OF_A_ROLE, strict=True)))
            )
        ),
        inside=ArraySubquery(
            inside.values(row=JSONObject(**dict(zip(_OF_A_SECTION, _OF_A_SECTION, strict=True))))
        ),
    )
    part = get_object_or_404(rows, pk=key)
    policy.require(actor, "organisation.read", part)
    return OwnPart(
        part,
        held=tuple(Qualification(**row | {"id": UUID(row["id"])}) for row in part.held),
        sections={row["section"]: _section(row) for row in part.inside},
    )


def _section(row: Mapping[str, Any]) -> dict[str, Any]:
    moments = {
        name: datetime.fromisoformat(row[name]) if row[name] else None
        for name in ("since", "submitted_at")
    }
    return {**row, **moments}


def states(own: OwnPart) -> dict[str, list[QuestionState]]:
    """Return how far each question is, by section letter, in three statements."""
    part = own.part
    answers = queries.answers([part.pk]).get(part.pk, {})
    chosen = choices_in({code: answer.value for code, answer in answers.items()})
    sheet = PartSheet(
        part=part,
        questions=asked(part, facts_of(part, part.organisation, own.held, chosen)),
        answers=answers,
        evidence=queries.evidence([part.pk]).get(part.pk, {}),
        sections={},
    )
    frozen = finding.content_by_part(finding.initial_sections([part.pk]))
    return states_of(sheet, frozen.get(part.pk, {}))
