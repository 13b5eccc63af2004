"""What the tests of the wave board stand on: parties with places, links of reliance, planners."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.models import Qualification
from tests import factories
from tests.waves.conftest import publish
from waves.models import Dependant, Place, PlaceNote, Reliance, RelianceLink, Scenario, WaveCapacity
from waves.services import board as giving
from waves.services import places, rooms

NOW = factories.NOON
LATER = date(2025, 12, 1)


@dataclass
class Waves:
    """Parties by name, each with one qualification and its place."""

    planner: Actor = None
    held: dict[str, Qualification] = field(default_factory=dict)
    members: dict[str, Actor] = field(default_factory=dict)

    def party(
        self,
        name: str,
        route: str = "QT_WAVE_3",
        role: str = "SUPPLIER",
        *,
        given: bool = True,
        **more,
    ) -> Qualification:
        """Register a party; its place is allocated unless told otherwise."""
        organisation = factories.make_organisation(name)
        held = factories.make_qualification(organisation, role, route, **more)
        self.held[name] = held
        if route.startswith("QT_WAVE"):
            with acting_as(PORTAL):
                places.group_of(held, actor=PORTAL, at=NOW)
            if given:
                self.does(giving.allocate, name, route=route)
        return held

    def relies(self, name: str, on: str, status: str = "AGREED_FULL") -> RelianceLink:
        """Let one party rely on another, as the bodies linked them."""
        with acting_as(PORTAL):
            held, provider = self.held[name], self.held[on]
            proposal = Reliance.objects.create(
                organisation_id=held.organisation_id,
                qualification=held,
                kind="RELIANCE",
                status=status,
                status_since=NOW,
                provider_name=on,
                created_at=NOW,
            )
            return RelianceLink.objects.create(
                organisation_id=held.organisation_id,
                reliance=proposal,
                provider_organisation_id=provider.organisation_id,
                provider=provider,
                linked_at=NOW,
                linked_by_name="Ruth Adeyemi",
            )

    def does(self, service, name: str, *, by: Actor | None = None, **said):
        """Let a planner (or somebody) call a service about a party."""
        actor = by or self.planner
        with acting_as(actor):
            return service(qualification=self.fresh(name), actor=actor, at=NOW, **said)

    def member(self, name: str) -> Actor:
        """The master admin of a party."""
        if name not in self.members:
            with acting_as(PORTAL):
                organisation = self.held[name].organisation
            self.members[name] = factories.member_actor(organisation)
        return self.members[name]

    def fresh(self, name: str) -> Qualification:
        return Qualification.objects.get(pk=self.held[name].pk)

    def place(self, name: str) -> Place:
        with acting_as(PORTAL):
            rows = Place.objects.select_related("qualification__organisation")
            return rows.get(qualification=self.held[name])

    def route(self, name: str) -> str:
        return self.place(name).qualification.route

    def ledger(self, name: str) -> list[PlaceNote]:
        with acting_as(PORTAL):
            return list(PlaceNote.objects.filter(place__qualification=self.held[name]))

    def flags(self, name: str) -> list[str]:
        with acting_as(PORTAL):
            rows = Dependant.objects.filter(qualification=self.held[name], settled_at=None)
            return list(rows.values_list("text", flat=True))

    def room(self, route: str, places_: int, **weeks: int) -> WaveCapacity:
        """Say what a wave can take."""
        with acting_as(self.planner):
            return rooms.set_capacity(
                route=route, places=places_, reviewer_weeks=weeks, actor=self.planner, at=NOW
            )


def put_away() -> None:
    """Remove what a committed test wrote into the tables that belong to no organisation."""
    with acting_as(PORTAL):
        Scenario.objects.all().delete()
        WaveCapacity.objects.all().delete()


@pytest.fixture
def waves(db) -> Waves:
    """The waves, with a planner of the BSC."""
    publish()
    with moments.at(NOW):
        yield Waves(planner=factories.staff_actor("BSC", "PLANNER"))
