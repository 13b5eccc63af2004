"""The people who play: accounts opened, staff found by body, duty and role."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants import entry
from participants.enums import Duty
from participants.models import Person
from participants.services.staff import add_staff
from qadportal.demo.corpus import Staff
from waves.routes import ROUTES

# Which reviewers of a body read a role, by a word of what the corpus says about them.
_FOCUS = {"SUPPLIER": "suppliers", "MEM_ADV": "metering", "MEM_SMART": "metering"}


@dataclass
class Cast:
    """The staff of all bodies as actors, and the password's hash that all accounts share."""

    password: str
    corpus: tuple[Staff, ...]
    staff: dict[str, Actor] = field(default_factory=dict)

    def open_staff(self, at: datetime) -> int:
        """Open the staff accounts that are missing; return how many."""
        made = 0
        with moments.at(at), acting_as(PORTAL):
            known = {person.email: person for person in Person.objects.exclude(body="")}
            for each in self.corpus:
                person = known.get(each.email)
                if person is None:
                    person = add_staff(
                        email=each.email,
                        name=each.name,
                        duties=each.duties,
                        body=each.body,
                        actor=PORTAL,
                        at=at,
                    )
                    made += 1
                self.staff[each.name] = entry.staff_actor(person)
            Person.objects.filter(email__in=[each.email for each in self.corpus]).update(
                password=self.password
            )
        return made

    def open_account(self, *, name: str, email: str, at: datetime) -> None:
        """Open the account that an invitation then finds, so that one hash serves them all."""
        with moments.at(at), acting_as(PORTAL):
            Person.objects.create(name=name, email=email, created_at=at, password=self.password)

    def having(self, body: str, *duties: str) -> Actor:
        """Return the first of a body with one of the duties, in the order of the corpus."""
        return next(self._having(body, duties))

    def lead(self, body: str) -> Actor:
        """Return the lead reviewer of a body."""
        return self.having(body, Duty.LEAD)

    def reader(self, body: str, role: str) -> Actor:
        """Return the reviewer of a body who reads a role."""
        readers = [
            each
            for each in self.corpus
            if each.body == body and Duty.REVIEWER in each.duties and Duty.LEAD not in each.duties
        ]
        word = _FOCUS.get(role, "networks")
        fitting = next((each for each in readers if word in each.about.lower()), readers[0])
        return self.staff[fitting.name]

    def test_manager(self, route: str) -> Actor:
        """Return who assures the tests of a route: Elexon's in the waves, else the Programme's."""
        road = ROUTES[route]
        return self.having("BSC", Duty.TEST_MANAGER) if road.is_wave else self.programme(road.kind)

    def programme(self, route_kind: str) -> Actor:
        """Return the Programme's test manager of SIT, or of networks outside it."""
        managers = list(self._having("MHHSP", (Duty.TEST_MANAGER,)))
        return managers[0] if route_kind == "SIT" else managers[-1]

    def _having(self, body: str, duties: Iterable[str]):
        wanted = set(duties)
        for each in self.corpus:
            if each.body == body and wanted & set(each.duties):
                yield self.staff[each.name]
