"""What the tests of joining stand on: an organisation on the way into a wave, and its people."""

import pytest
from django.test import Client

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.models import Organisation, Person
from tests import factories
from tests.waves.conftest import publish
from waves.models import PreQualification
from waves.services import pre_qualification, pre_qualifying

NOW = factories.NOON
SAID = {
    "preferred_route": "QT_WAVE_3",
    "key_contact_name": "Gwen Marlow",
    "key_contact_email": "gwen@example.org",
    "pit_approach": "One cycle in the summer.",
    "pit_timescales": "Complete by the end of August.",
    "reliance": "On nobody.",
    "mpids_not_taken_forward": "None.",
    "legacy_readiness": "Letter sent in May.",
}
TYPED = SAID | {
    "target_migration_on_0": "1",
    "target_migration_on_1": "9",
    "target_migration_on_2": "2026",
}


class Joiner:
    """An organisation with a supplier in wave 3, its master admin, and a lead reviewer."""

    def __init__(self, **fields) -> None:
        publish()
        self.organisation: Organisation = factories.make_organisation(**fields)
        self.held = factories.make_qualification(self.organisation, "SUPPLIER", "QT_WAVE_3")
        self.admin: Person = factories.make_member(self.organisation).person
        self.member: Actor = factories.member_actor(self.organisation)
        self.lead: Actor = factories.staff_actor("BSC")
        self.client = signed_in(self.admin)
        self.desk = signed_in(factories.make_staff("BSC"))

    def url(self, tail: str = "") -> str:
        return f"/o/{self.organisation.slug}/pre-qualification/{tail}"

    def saves(self, revision: int = 0, *, by: Actor | None = None, **said) -> PreQualification:
        actor = by or self.member
        with acting_as(actor):
            return pre_qualifying.save(
                organisation=self.organisation, said=said, revision=revision, actor=actor, at=NOW
            )

    def hands_in(self, revision: int = 1, *, by: Actor | None = None):
        actor = by or self.member
        with acting_as(actor):
            return pre_qualifying.submit(
                organisation=self.organisation, revision=revision, actor=actor, at=NOW
            )

    def accepts(self) -> PreQualification:
        with acting_as(self.lead):
            return pre_qualification.accept(
                pre_qualification=self.submission(), actor=self.lead, at=NOW
            )

    def returns(self, because: str = "Say when PIT ends.") -> PreQualification:
        with acting_as(self.lead):
            return pre_qualification.give_back(
                pre_qualification=self.submission(), because=because, actor=self.lead, at=NOW
            )

    @staticmethod
    def submission() -> PreQualification:
        return PreQualification.objects.get()

    def fresh(self) -> PreQualification:
        with acting_as(PORTAL):
            return PreQualification.objects.get(organisation=self.organisation)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def joiner(db) -> Joiner:
    with moments.at(NOW):
        yield Joiner()
