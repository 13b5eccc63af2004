"""Everything of one qualification's testing as it was read, and what its reader may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action
from foundation.ui.parts import Link, Words
from participants import policy
from participants.models import Organisation, Qualification
from waves.models import Defect, Deliverable, TestPlan, TestProgress, WorkOff
from waves.testing_acts import acts_on
from waves.testing_facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Everything of one qualification's testing, as it was read."""

    organisation: Organisation
    held: Qualification
    facts: Facts
    deliverables: Sequence[Deliverable]
    plans: Sequence[TestPlan]
    progress: Sequence[TestProgress]
    defects: Sequence[Defect]
    work_offs: Sequence[WorkOff]
    actor: Actor
    today: date

    def url(self, name: str, *more: object) -> str:
        """The address of something of this track."""
        return reverse(f"waves:{name}", args=[self.organisation.slug, self.held.pk, *more])

    def may(self, capability: str) -> bool:
        """Whether the reader holds a capability here."""
        return policy.may(self.actor, capability, self.held)

    def acts(self, thing: str, status: str, key: UUID) -> Words:
        """Links to the acts that the reader can begin on a row."""
        found = [act for act in acts_on(thing, status) if self.may(act.capability)]
        links = [Link(act.label, self.url("testing_act", thing, key, act.slug)) for act in found]
        return [piece for link in links for piece in (link, ", ")][:-1]

    def button(self, text: str, name: str, *more: object, kind: str = "secondary") -> Action:
        """A small button that leads to an act."""
        return Action(text=text, url=self.url(name, *more), kind=kind, small=True)

    @property
    def may_bring_in(self) -> bool:
        """Whether the reader brings in results and defects: the party, or a test manager."""
        return self.may("testing.write" if self.actor.is_participant else "testing.assure")
