"""A page takes the same statements at 1 row and at 300, and no more than its budget."""

import pytest
from django.test import Client

from foundation.audit.trail import record
from foundation.ids import new_id
from foundation.notices.outbox import Recipient, announce
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.models import (
    Invitation,
    Membership,
    Mpid,
    Organisation,
    Person,
    Qualification,
    QualificationMpid,
)
from participants.services import tokens
from tests import factories
from tests.factories import NOON
from tests.statements import statements

pytestmark = pytest.mark.django_db
LIST, DETAIL, REST = 8, 12, 6  # the budgets of a list, of a page about one thing, of the API
MANY = 300


@pytest.fixture
def organisation():
    made = factories.make_organisation("Fennmoor Energy")
    factories.make_qualification(made)
    return made


@pytest.fixture
def member(organisation):
    return factories.make_member(organisation)


def many_organisations(count=MANY):
    rows = [
        Organisation(
            id=new_id(), slug=f"o{n}", name=f"Hollin {n}", legal_name=f"Hollin {n} Ltd",
            created_at=NOON, created_by_body="BSC",
        )
        for n in range(count)
    ]  # fmt: skip
    with acting_as(PORTAL):
        Organisation.objects.bulk_create(rows)
        held = Qualification.objects.bulk_create(
            Qualification(
                organisation=row, role="SUPPLIER", route="QT_WAVE_3", status_since=NOON,
                created_at=NOON,
            )
            for row in rows
        )  # fmt: skip
        mpids = Mpid.objects.bulk_create(
            Mpid(organisation=row, code=f"X{n:03d}") for n, row in enumerate(rows)
        )
        QualificationMpid.objects.bulk_create(
            QualificationMpid(
                organisation_id=q.organisation_id, qualification=q, mpid=m, role=q.role
            )
            for q, m in zip(held, mpids, strict=True)
        )


def many_people(organisation, count=MANY, start=0):
    numbers = range(start, start + count)
    people = [
        Person(id=new_id(), email=f"many{n}@example.org", name=f"Person {n}", created_at=NOON)
        for n in numbers
    ]
    with acting_as(PORTAL):
        Person.objects.bulk_create(people)
        Membership.objects.bulk_create(
            Membership(organisation=organisation, person=person, joined_at=NOON)
            for person in people
        )
        Invitation.objects.bulk_create(
            Invitation(
                organisation=organisation, email=f"inv{n}@example.org", name=f"I {n}",
                token_hash=f"{n}", invited_by_name="x", invited_at=NOON, expires_at=NOON,
            )
            for n in numbers
        )  # fmt: skip


def many_mpids(organisation, count=MANY):
    with acting_as(PORTAL):
        Mpid.objects.bulk_create(
            Mpid(organisation=organisation, code=f"Y{n:03d}") for n in range(count)
        )


def many_events(organisation, count=MANY):
    with acting_as(PORTAL):
        for _ in range(count):
            record("thing.done", actor=PORTAL, at=NOON, subject=organisation)


def many_notices(organisation, person, count=MANY):
    with acting_as(PORTAL):
        for n in range(count):
            announce(
                kind="test", key=f"{n}", recipients=[Recipient(person.email, person.pk)],
                subject=f"{n}", text="x", path="/", at=NOON, organisation_id=organisation.pk,
            )  # fmt: skip


def counted(client, url):
    client.get(url)  # what a process reads once is read
    answer, asked = statements(client.get, url)
    assert answer.status_code == 200, (url, answer.status_code)
    return len(asked)


def flat(client, url, grow):
    before = counted(client, url)
    grow()
    assert counted(client, url) == before
    return before


@pytest.mark.parametrize(
    ("path", "grow", "expected"),
    [
        ("people/", many_people, 7),
        ("organisation/", many_mpids, 8),
        ("history/", many_events, 6),
        ("people/invite/", many_people, 4),
    ],
)
def test_pages_of_an_organisation_are_flat(organisation, member, path, grow, expected):
    client = Client()
    client.force_login(member.person)

    found = flat(client, f"/o/{organisation.slug}/{path}", lambda: grow(organisation))

    assert found == expected <= LIST


def test_notices_are_flat(organisation, member):
    client = Client()
    client.force_login(member.person)

    many_notices(organisation, member.person, 1)

    found = flat(
        client,
        f"/o/{organisation.slug}/notices/",
        lambda: many_notices(organisation, member.person),
    )

    assert found == 5 <= LIST


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("desk/organisations/", 4),
        ("desk/organisations/?role=SUPPLIER&q=o", 4),
        ("desk/audit/", 6),
    ],
)
def test_pages_of_a_desk_are_flat(organisation, path, expected):
    client = Client()
    client.force_login(factories.make_staff("BSC", "LEAD", "ADMINISTRATOR"))

    assert flat(client, f"/{path}", many_organisations) == expected <= LIST


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("organisations/", 3),
        ("qualifications/", 3),
        ("organisations/fennmoor-energy/members/", 4),
        ("organisations/fennmoor-energy/events/", 4),
        ("organisations/fennmoor-energy/mpids/", 4),
        ("me/tokens/", 3),
    ],
)
def test_lists_of_the_api_are_flat(organisation, path, expected):
    client, person = Client(), factories.make_staff("BSC", "LEAD", "ADMINISTRATOR")
    client.force_login(person)
    many_people(organisation, 1)
    actor = entry.staff_actor(person)

    def make_tokens(count):
        with acting_as(actor):
            for n in range(count):
                tokens.create_token(name=f"{n}", actor=actor, at=NOON)

    make_tokens(1)

    def grow():
        make_tokens(15)
        many_organisations()
        many_mpids(organisation)
        many_people(organisation, start=1)

    assert flat(client, f"/api/v1/{path}", grow) == expected <= REST


def test_the_sign_in_page_asks_only_for_the_time():
    client = Client()

    assert counted(client, "/accounts/login/") <= 1


def test_a_refusal_takes_no_more_than_the_page_it_stands_in_for(organisation, member):
    client = Client()
    client.force_login(member.person)
    client.post(f"/o/{organisation.slug}/people/{member.pk}/access/", {"active": ""})

    answer, asked = statements(
        client.post, f"/o/{organisation.slug}/people/{member.pk}/access/", {"active": ""}
    )

    assert answer.status_code == 409
    assert len(asked) <= DETAIL
