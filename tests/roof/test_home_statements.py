"""Every home page takes the same few statements, with one row behind it or with three hundred."""

from datetime import timedelta

import pytest
from django.test import Client

from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import NOBODY, PORTAL
from participants.enums import Status
from participants.models import Organisation, Qualification
from participants.signing_in import LAST_HERE
from qadportal.demo.market import Market
from reviews.models import Thread
from tests import factories
from tests.factories import NOON
from tests.statements import statements
from tests.submissions import builders as qads
from waves.services import clocks

pytestmark = pytest.mark.django_db
MOST = 10
AUTHOR = {"is_master_admin": False, "is_author": True}
DIRECTOR = {"is_master_admin": False, "is_author": False, "is_director": True}
DELEGATE = {"is_master_admin": False, "is_author": False, "is_delegate": True}
# The account, the way in, the qualifications with their dates, the facts, the parts with their
# answers, the frame; and what is new, for whoever writes and was here before.
MEMBERS = {
    "master admin": ({}, 6),
    "author": (AUTHOR, 6),
    "author of single sections": (AUTHOR | {"is_limited": True}, 7),  # its sections
    "director": (DIRECTOR, 6),
    "delegate": (DELEGATE, 7),  # its letters
}
STAFF = {
    "reviewer": ("BSC", ("REVIEWER",), 7),
    "lead": ("REC", ("REVIEWER", "LEAD"), 8),
    "lead of the DIP Manager": ("DIP", ("LEAD",), 8),
    "PAB secretary": ("BSC", ("PAB_SECRETARY",), 6),
    "decision maker": ("REC", ("DECISION_MAKER",), 6),
    "who confirms DIP Users": ("DIP", ("DECISION_MAKER",), 5),
    "test manager": ("MHHSP", ("TEST_MANAGER",), 5),
    "reader at the MCC": ("MHHSP", ("MCC_READER",), 4),
    "portal administrator": ("BSC", ("ADMINISTRATOR",), 4),
}


@pytest.fixture(autouse=True)
def reference(db):
    qads.publish_reference_data()
    with moments.at(NOON):
        yield


def crowd(first, *, organisations=1, comments=1):
    """Write organisations whose QADs are filled and talked about, and return the first."""
    with acting_as(PORTAL):
        Market(at=NOON, seed=first, comments=comments).write(organisations, first)
        return Organisation.objects.get(slug=f"market-{first:05d}")


def much_happened(organisation):
    """Give an organisation a road, and three hundred things that happened."""
    with acting_as(PORTAL):
        for held in Qualification.objects.filter(organisation=organisation):
            clocks.sync(qualification=held, actor=PORTAL, at=NOON)
        AuditEvent.objects.bulk_create(
            AuditEvent(
                chain="", organisation_id=organisation.pk, action="answer.saved", actor_id=NOBODY,
                actor_name="Tom Elsworth", actor_kind="participant", at=NOON,
                object_label=f"H{number}",
            )
            for number in range(300)
        )  # fmt: skip


def signed_in(person, last_here=None):
    client = Client()
    client.force_login(person)
    if last_here:
        session = client.session
        session[LAST_HERE] = last_here.isoformat()
        session.save()
    return client


def asked(client, url):
    """Return the statements of a home page, after what is kept by the process was read."""
    client.get(url)
    answer, taken = statements(client.get, url)
    assert answer.status_code == 200, url
    return len(taken), answer.content.decode()


@pytest.mark.parametrize("kind", MEMBERS)
def test_a_members_home_takes_the_same_statements_for_little_and_for_much(kind):
    flags, exact = MEMBERS[kind]
    writes = kind not in ("director", "delegate")  # who signs gets no news
    little, much = crowd(8000), crowd(9000, comments=300)
    much_happened(much)
    found = []
    for place in (little, much):
        person = factories.make_member(place, **flags).person
        url = f"/o/{place.slug}/"
        found += [asked(signed_in(person), url)[0]]
        again, page = asked(signed_in(person, NOON - timedelta(days=1)), url)
        found += [again - writes]
        assert ("Since you were last here" in page) == (writes and place == much)

    assert found == [exact] * 4
    assert exact < MOST
    with acting_as(PORTAL):
        assert Thread.objects.filter(organisation=much).count() >= 300


def test_a_director_with_something_to_sign_asks_no_more():
    place = crowd(8000)
    with acting_as(PORTAL):
        Qualification.objects.filter(organisation=place).update(status=Status.CONTENT_AGREED)
    person = factories.make_member(place, **DIRECTOR).person

    count, page = asked(signed_in(person), f"/o/{place.slug}/")

    assert (count, "Read and sign" in page) == (MEMBERS["director"][1], True)


def test_an_organisation_with_nothing_opened_asks_no_more():
    person = factories.make_member(place := factories.make_organisation()).person

    assert asked(signed_in(person), f"/o/{place.slug}/")[0] == MEMBERS["master admin"][1]


def test_a_staff_home_takes_the_same_statements_for_little_and_for_much():
    crowd(8000)
    clients = {
        kind: signed_in(factories.make_staff(body, *duties))
        for kind, (body, duties, _) in STAFF.items()
    }
    exact = {kind: count for kind, (_, _, count) in STAFF.items()}
    assert {kind: asked(client, "/desk/")[0] for kind, client in clients.items()} == exact

    crowd(9000, organisations=300, comments=3)

    assert {kind: asked(client, "/desk/")[0] for kind, client in clients.items()} == exact
    assert max(exact.values()) <= MOST
