"""Holding an organisation's qualifications still while judgement is passed on one of them.

Several bodies act at once: whoever counts opinions has locked what they are counted for first.
"""

from dataclasses import dataclass
from uuid import UUID

from participants.models import Organisation, Qualification
from participants.moves import lock


@dataclass(frozen=True, slots=True)
class Held:
    """An organisation and its qualifications, locked until the transaction ends."""

    organisation: Organisation
    qualifications: list[Qualification]

    def one(self, qualification_id: UUID) -> Qualification:
        """Return one of the locked qualifications."""
        return next(each for each in self.qualifications if each.pk == qualification_id)


def hold(organisation_id: UUID) -> Held:
    """Lock an organisation, then its qualifications, always in this order."""
    organisation = lock(Organisation(pk=organisation_id))
    rows = Qualification.objects.select_for_update(no_key=True, of=("self",))
    held = list(rows.filter(organisation_id=organisation_id).order_by("pk"))
    for each in held:
        each.organisation = organisation
    return Held(organisation, held)
