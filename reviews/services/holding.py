"""Holding an organisation's qualifications still while judgement is passed on one of them.

Several bodies act at once: whoever counts opinions has locked what they are counted for first.
"""

from dataclasses import dataclass
from uuid import UUID

from foundation.clock.words import day
from foundation.errors import Denied
from foundation.tenancy.acting import current_actor
from foundation.tenancy.actor import Actor
from participants.models import Organisation, Qualification
from participants.moves import lock
from reviews.models import Conflict


@dataclass(frozen=True, slots=True)
class Held:
    """An organisation and its qualifications, locked until the transaction ends."""

    organisation: Organisation
    qualifications: list[Qualification]

    def one(self, qualification_id: UUID) -> Qualification:
        """Return one of the locked qualifications."""
        return next(each for each in self.qualifications if each.pk == qualification_id)


def hold(organisation_id: UUID) -> Held:
    """Lock an organisation, then its qualifications, always in this order.

    Denied for staff who declared a conflict of interest with it: they judge nothing of it.
    """
    organisation = lock(Organisation(pk=organisation_id))
    rows = Qualification.objects.select_for_update(no_key=True, of=("self",))
    held = list(rows.filter(organisation_id=organisation_id).order_by("pk"))
    for each in held:
        each.organisation = organisation
    _require_free(current_actor(), organisation)
    return Held(organisation, held)


def _require_free(actor: Actor, organisation: Organisation) -> None:
    if not actor.is_staff:
        return
    own = Conflict.objects.filter(organisation=organisation, person_id=actor.person_id)
    declared = own.filter(ended_at=None).values_list("declared_at", flat=True).first()
    if declared is not None:
        raise Denied(
            f"You declared a conflict of interest with {organisation.name} on {day(declared)};"
            f" somebody else of {actor.body} judges it."
        )
