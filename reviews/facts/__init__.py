"""Gathering what ``reviews.qualified`` reasons about: one statement, however many there are."""

from collections.abc import Iterable
from uuid import UUID

from foundation.sql import keys_of
from participants.models import Qualification
from reviews import qualified as q
from reviews.facts.making import facts_of_place
from reviews.facts.statement import STATEMENT


def of_organisation(organisation_id: UUID) -> list[q.Facts]:
    """Return the facts of an organisation's qualifications, by role."""
    return of_organisations([organisation_id]).get(organisation_id, [])


def of_qualification(qualification: Qualification) -> q.Facts:
    """Return the facts of one qualification, with those of its trio."""
    held = of_organisation(qualification.organisation_id)
    return next(each for each in held if each.id == qualification.pk)


def facts_of(qualification_id: UUID) -> q.Facts:
    """Return the facts of one qualification by its id, with those of its trio."""
    return of_qualification(Qualification.objects.get(pk=qualification_id))


def of_organisations(
    organisation_ids: Iterable[UUID], *, comments: bool = True
) -> dict[UUID, list[q.Facts]]:
    """Return the facts of all qualifications of many organisations, in one statement.

    Lists leave the comments out: they are many, and nothing that is missing hangs on them (R99).
    """
    found: dict[UUID, list[q.Facts]] = {}
    for each in STATEMENT.rows(comments, keys=keys_of(organisation_ids)):
        place = each["place"]
        if place["held"]:
            found[UUID(place["id"])] = facts_of_place(place)
    return found
