"""Where one goes from a cell or a lack, how holders are called, and what the reader may be told."""

from dataclasses import dataclass
from datetime import date

from foundation.tenancy.actor import Actor
from foundation.ui.counting import opened
from participants.access.addresses import address
from participants.models import Organisation
from reviews.qualified import Cell, Facts, Lack
from reviews.qualified.grid import THE_PARTICIPANT

# What a lack is mended by: the name under which a cell leads there.
LEADS = {
    "initial": "qad",
    "final": "qad",
    "reopened": "qad",
    "initial_review": "review",
    "approval": "approvals",
    "confirmation": "approvals",
    "finding": "findings",
    "assertion": "gates",
    "accession": "gates",
    "dip_user": "gates",
    "paper": "gates",
    "report": "testing",
    "work_off": "testing",
    "signature": "sign_off",
    "decision": "decision",
    "not_approved": "decision",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Whose matrix it is, who reads it, and on which day."""

    organisation: Organisation
    actor: Actor
    today: date

    def is_told(self, facts: Facts) -> bool:
        """Whether the reader reads what is said about a QAD: its own side and its bodies (R11)."""
        return not self.actor.is_staff or self.actor.body in facts.bodies

    def holder(self, name: str) -> str:
        """Return a holder by name: the participant is the organisation."""
        return self.organisation.name if name == THE_PARTICIPANT else opened(name)

    def told(self, facts: Facts, cell: Cell) -> str:
        """Return the reason of a cell, without the words between a body and the participant."""
        quoted = cell.state in ("asks_for_more", "plan_needed", "cleared", "lapsed")
        return "" if quoted and not self.is_told(facts) else cell.text

    def told_lack(self, facts: Facts, lack: Lack) -> str:
        """Return what is missing, likewise."""
        if self.is_told(facts) or lack.key != "approval":
            return lack.what
        return f"{lack.what.partition(':')[0].rstrip('.')}."

    def part_url(self, facts: Facts) -> str:
        """Return where a qualification's QAD is read or written."""
        slug = self.organisation.slug
        if self.actor.is_participant:
            return address("submissions:qad_of", slug, facts.id)
        part = facts.parts.get("role")
        readable = self.is_told(facts) and part is not None and part.number
        return address("reviews:part", slug, part.id) if readable else ""

    def list_url(self, facts: Facts) -> str:
        """Return the list of all that one qualification lacks, further down the page."""
        return f"#{anchor(facts)}"

    def lack_url(self, facts: Facts, lack: Lack) -> str:
        """Return where something can be done about a lack, if the reader can do it."""
        return self.url(facts, LEADS.get(lack.key, ""), lack.body)

    def url(self, facts: Facts, leads_to: str, body: str) -> str:
        """Return where a cell leads: only to what the reader's side can see or do."""
        slug = self.organisation.slug
        if leads_to == "findings":
            found = address("reviews:findings", slug) if self.is_told(facts) else ""
            return f"{found}?body={body}" if found else ""
        if leads_to == "testing":
            return address("waves:testing", slug)
        if self.actor.is_participant:
            return self._of_participant(facts, leads_to)
        return self._of_staff(facts, leads_to, body)

    def _of_participant(self, facts: Facts, leads_to: str) -> str:
        slug = self.organisation.slug
        if leads_to in ("qad", "approvals"):
            return address("submissions:qad_of", slug, facts.id)
        if leads_to in ("sign_off", "gates"):
            return address("reviews:sign_off_of", slug, facts.id)
        return address("reviews:decisions_of", slug) if leads_to == "decision" else ""

    def _of_staff(self, facts: Facts, leads_to: str, body: str) -> str:
        slug, own = self.organisation.slug, body == self.actor.body
        if leads_to in ("gates", "dip_user"):
            return address("reviews:gates", slug, facts.id) if self.is_told(facts) else ""
        if leads_to == "decision" and own:
            return address("reviews:decision", facts.id)
        if leads_to == "approvals" and own:
            return address("reviews:approvals", slug)
        return self.part_url(facts) if leads_to == "review" and own else ""


def anchor(facts: Facts) -> str:
    """Return the mark of one qualification on the page."""
    return f"q-{facts.id}"
