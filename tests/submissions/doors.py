"""Coming through the doors of this floor in tests: clients, addresses, counted statements."""

from dataclasses import dataclass

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants import entry
from participants.models import Membership, Organisation, Person, Qualification
from submissions import bank
from submissions.models import Answer, Part
from submissions.template_types import Question
from tests import factories
from tests.submissions import builders


def signed_in(person: Person) -> Client:
    """Return a browser in which a person is signed in."""
    client = Client()
    client.force_login(person)
    return client


@dataclass
class Desk:
    """An organisation whose QAD is open, its first qualification, and its master admin."""

    organisation: Organisation
    qualification: Qualification
    member: Membership
    client: Client

    @property
    def actor(self) -> Actor:
        return entry.member_actor(self.member)

    @property
    def slug(self) -> str:
        return self.organisation.slug

    @property
    def qad(self) -> str:
        return f"/o/{self.slug}/qad/"

    @property
    def role_part(self) -> Part:
        return builders.part_of(self.organisation, self.qualification)

    @property
    def own_part(self) -> Part:
        return builders.part_of(self.organisation)

    def part_for(self, question: Question) -> Part:
        return self.own_part if question.scope == "ORGANISATION" else self.role_part

    def address(self, code: str) -> str:
        asked = question(code)
        return f"{self.qad}{self.part_for(asked).pk}/{asked.section}/{code}/"

    def api(self, tail: str = "") -> str:
        return f"/api/v1/organisations/{self.slug}/{tail}"

    def api_answer(self, code: str) -> str:
        part = self.part_for(question(code))
        return self.api(f"qad/{part.pk}/answers/{code}/")

    def answer(self, code: str) -> Answer | None:
        with acting_as(PORTAL):
            return Answer.objects.filter(
                part__organisation=self.organisation, question=code
            ).first()

    def now(self) -> Qualification:
        with acting_as(PORTAL):
            return Qualification.objects.get(pk=self.qualification.pk)

    def colleague(self, **flags) -> Client:
        """Return the browser of another member."""
        return signed_in(factories.make_member(self.organisation, **flags).person)


def make_desk(role: str = "SUPPLIER", route: str = "QT_WAVE_3", name: str = "") -> Desk:
    """Make an organisation and open its QAD."""
    builders.publish_reference_data()
    organisation = factories.make_organisation(name)
    qualification = factories.make_qualification(organisation, role, route)
    member = factories.make_member(organisation)
    desk = Desk(organisation, qualification, member, signed_in(member.person))
    builders.open_qad(organisation, desk.actor)
    return desk


def question(code: str) -> Question:
    """Return a question of the template in force."""
    with acting_as(PORTAL):
        return bank.current()[1].question(code)


def post_of(asked: Question, value: dict, **more) -> dict:
    """Return what a browser posts for an answer's value."""
    sent: dict = {"then": "stay"} | more
    for key in ("choice", "choices", "number"):
        if key in value:
            sent[key] = value[key]
    if value.get("declared"):
        sent["declared"] = "on"
    if "date" in value:
        year, month, day = value["date"].split("-")
        sent |= {"date_0": str(int(day)), "date_1": str(int(month)), "date_2": year}
    for number, row in enumerate(value.get("rows", ())):
        for place, column in enumerate(asked.columns):
            sent[f"rows-{number}-{place}"] = row.get(column.key, "")
    return sent


def statements(client: Client, url: str, method: str = "get", **sent) -> tuple[int, HttpResponse]:
    """Return the statements of a request, without what wraps it in a test, and its answer."""
    getattr(client, method)(url, **sent)  # what is kept per process is read by the first
    with CaptureQueriesContext(connection) as seen:
        answer = getattr(client, method)(url, **sent)
    outer = 3  # savepoint, its release, and the switch back: in production, the transaction
    return len(seen) - outer, answer
