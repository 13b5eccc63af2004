"""What the tests of reliance stand on: parties, their authors, and the bodies that agree."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.models import Qualification
from tests import factories
from tests.waves.board.conftest import NOW, Waves
from tests.waves.conftest import publish
from waves.models import Reliance
from waves.queries.testing import facts
from waves.routes import reliance_agreed_by
from waves.services import reliance as writing
from waves.services import reliance_links as linking
from waves.services import reliance_review as reviewing
from waves.testing_facts import Facts

SAID = {
    "provider_name": "Birch Data",
    "provider_mpid": "birc",
    "stages": ["QT"],
    "extent": "FULL",
    "commonality": "The same software, release and configuration.",
    "bespoke": "Nothing is bespoke.",
    "hosting": "The same hosting.",
    "interfaces": "The same adapter to the DIP.",
    "operations": "The same team works by the same instructions.",
    "report_reference": "QT-2207 in the test tool",
    "bodies_have_report": True,
    "has_agreement": True,
    "attested_by_name": "Ada Quill",
}


@dataclass
class Rely(Waves):
    """Parties by name as on the board, with the leads of the bodies."""

    leads: dict[str, Actor] = field(default_factory=dict)
    minutes: int = 0

    def later(self):
        """A minute after the last act."""
        self.minutes += 1
        return NOW + timedelta(minutes=self.minutes)

    def lead(self, body: str) -> Actor:
        """The lead of a body."""
        if body not in self.leads:
            self.leads[body] = factories.staff_actor(body, "LEAD")
        return self.leads[body]

    def acts(self, actor: Actor, service, row: Reliance | None = None, **said) -> Any:
        """Let somebody call a service, about a proposal where one is given."""
        with acting_as(actor):
            of = {"reliance": Reliance.objects.get(pk=row.pk)} if row else {}
            return service(**of, **said, actor=actor, at=self.later())

    def draft(self, name: str, kind: str = "RELIANCE", **changes) -> Reliance:
        """A proposal as it is written; nothing is submitted."""
        author = self.member(name)
        held = self.held[name]
        row = self.acts(author, writing.begin, qualification=held, kind=kind)
        return self.acts(author, writing.save, row, said=SAID | changes)

    def proposed(self, name: str, kind: str = "RELIANCE", **changes) -> Reliance:
        """A proposal that lies with the bodies."""
        row = self.draft(name, kind, **changes)
        self.acts(self.member(name), writing.submit, row)
        return self.fresh_row(row)

    def linked(self, row: Reliance, to: str) -> None:
        """The planner says who the party is."""
        self.acts(self.planner, linking.link, row, provider=self.held[to])

    def opinion(self, row: Reliance, body: str, verdict: str = "AGREE", note: str = "") -> Reliance:
        """A body says what it thinks."""
        said = {"verdict": verdict, "note": note}
        return self.acts(self.lead(body), reviewing.give_opinion, row, **said)

    def agreed(self, name: str, on: str, **changes) -> Reliance:
        """A proposal that everybody agreed to."""
        row = self.proposed(name, provider_name=on, **changes)
        self.linked(row, on)
        held = self.held[name]
        for body in reliance_agreed_by(held.role, held.route):
            self.opinion(row, body)
        return self.fresh_row(row)

    def fresh_of(self, name: str) -> Qualification:
        """A party as it is now."""
        with acting_as(PORTAL):
            return self.fresh(name)

    def facts_of(self, name: str) -> Facts:
        """What the gates look at for a party."""
        with acting_as(PORTAL):
            return facts(self.fresh(name))

    def fresh_row(self, row: Reliance) -> Reliance:
        """The proposal as it is now."""
        with acting_as(PORTAL):
            rows = Reliance.objects.select_related("qualification__organisation", "file")
            return rows.get(pk=row.pk)


@pytest.fixture
def rely(db) -> Rely:
    """Ashlar and Birch, both Suppliers in wave 3."""
    publish()
    with moments.at(NOW):
        made = Rely(planner=factories.staff_actor("BSC", "PLANNER"))
        made.party("Ashlar Supply", "QT_WAVE_3")
        made.party("Birch Data", "QT_WAVE_3")
        yield made
