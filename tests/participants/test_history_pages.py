"""What happened, as people read it, and notices in pages."""

import pytest
from django.test import Client

from foundation.audit.trail import record
from foundation.notices.outbox import Recipient, announce
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.pages.history import SENTENCES, sentence
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def member():
    return factories.make_member(factories.make_organisation("Fennmoor Energy"))


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("section.submitted", "Section submitted"),
        ("initial_qad.submitted", "Initial QAD submitted"),
        ("pit.confirmed", "PIT confirmed"),
        ("membership.disabled", "Disabled a member"),
    ],
)
def test_an_event_reads_as_a_sentence(action, said):
    assert sentence(action) == said


def test_the_sentences_are_of_events_that_are_named_as_events_are():
    assert all(name.count(".") == 1 and name == name.lower() for name in SENTENCES)


def test_history_says_who_did_what_and_from_which_state_to_which(member):
    actor = entry.member_actor(member)
    with acting_as(actor):
        record(
            "section.submitted",
            actor=actor,
            at=NOON,
            subject=member.organisation,
            because="As agreed",
            before="OPEN",
            after="SUBMITTED_INITIAL",
        )

    page = signed_in(member.person).get(f"/o/{member.organisation.slug}/history/").content.decode()

    for said in ("Section submitted", "Open to submitted initial", "As agreed", member.person.name):
        assert said in page


def test_history_is_narrowed_to_what_it_is_about_and_unknown_filters_are_left_alone(member):
    factories.make_mpids(member.organisation, "FENM")
    client, url = signed_in(member.person), f"/o/{member.organisation.slug}/history/"

    narrowed = client.get(url, {"about": "mpid"}).content.decode()
    unknown = client.get(url, {"about": "x' OR 1=1", "page": "minus one"})

    assert "Added MPIDs" in narrowed and "Registered the organisation" not in narrowed
    assert unknown.status_code == 200
    assert "Registered the organisation" in unknown.content.decode()


def test_words_from_people_are_shown_as_words(member):
    with acting_as(PORTAL):
        record(
            "thing.done", actor=PORTAL, at=NOON, subject=member.organisation,
            because="<script>alert(1)</script>",
        )  # fmt: skip

    page = signed_in(member.person).get(f"/o/{member.organisation.slug}/history/").content

    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert" in page


def test_dates_in_what_an_event_is_about_stand_in_words(member):
    with acting_as(PORTAL):
        renamed = member.organisation
        for name in ("Final QAD by 2026-03-06", "report 2025-02-30.pdf"):
            renamed.name = name
            record("thing.done", actor=PORTAL, at=NOON, subject=renamed)

    page = signed_in(member.person).get(f"/o/{member.organisation.slug}/history/").content.decode()

    assert "Final QAD by Fri 6 Mar 2026" in page
    assert "report 2025-02-30.pdf" in page


def test_the_audit_trail_is_for_leads_and_administrators_and_names_the_organisation(member):
    factories.make_qualification(member.organisation)
    lead = signed_in(factories.make_staff("BSC", "LEAD"))

    page = lead.get("/desk/audit/").content.decode()
    portal = lead.get("/desk/audit/", {"where": "portal"}).content.decode()

    assert "Fennmoor Energy" in page
    assert "Signed in" in portal
    for other in ("REVIEWER", "PAB_SECRETARY", "MCC_READER"):
        assert signed_in(factories.make_staff("BSC", other)).get("/desk/audit/").status_code == 403


def tell(member, key="a"):
    with acting_as(PORTAL):
        announce(
            kind="test", key=key, recipients=[Recipient(member.person.email, member.person_id)],
            subject=f"Subject {key}", text="Line one\nline two", path="/o/x/", at=NOON,
            organisation_id=member.organisation_id,
        )  # fmt: skip


def test_notices_are_read_and_marked_one_by_one_or_all(member):
    for key in "abc":
        tell(member, key)
    client, url = signed_in(member.person), f"/o/{member.organisation.slug}/notices/"

    page = client.get(url)
    first = page.context["page"].lines[0].mark.url
    client.post(first)
    left = len(client.get(url, {"new": "1"}).context["page"].lines)
    client.post(f"{url}read/")

    assert "Mark all as read" in page.content.decode()
    assert left == 2
    assert "No notices" in client.get(url, {"new": "1"}).content.decode()


def test_reading_a_page_of_notices_marks_none_of_them(member):
    tell(member)
    client, url = signed_in(member.person), f"/o/{member.organisation.slug}/notices/"

    client.get(url)

    assert len(client.get(url, {"new": "1"}).context["page"].lines) == 1


def test_staff_have_one_desk_of_notices(member):
    factories.make_qualification(member.organisation)
    staff = factories.make_staff()
    with acting_as(PORTAL):
        announce(
            kind="test", key="s", recipients=[Recipient(staff.email, staff.pk)],
            subject="For staff", text="x", path="/", at=NOON,
            organisation_id=member.organisation_id,
        )  # fmt: skip

    assert "For staff" in signed_in(staff).get("/desk/notices/").content.decode()
    assert signed_in(member.person).get("/desk/notices/").status_code == 404


@pytest.mark.parametrize(
    ("body", "duty", "status"),
    [
        ("BSC", "REVIEWER", 200),
        ("BSC", "ADMINISTRATOR", 200),
        ("BSC", "PLANNER", 403),
        ("MHHSP", "MCC_READER", 403),
    ],
)
def test_the_history_of_an_organisation_is_for_those_who_work_on_its_case(body, duty, status):
    organisation = factories.make_organisation()
    factories.make_qualification(organisation, "SUPPLIER", "SIT_M10_READY")
    client = signed_in(factories.make_staff(body, duty))

    assert client.get(f"/o/{organisation.slug}/history/").status_code == status
    assert client.get(f"/api/v1/organisations/{organisation.slug}/events/").status_code == status
