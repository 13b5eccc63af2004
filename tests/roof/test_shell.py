"""The frame of every page: the way about, who is here, what time it is."""

from datetime import UTC, datetime

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve

from foundation.clock import services
from foundation.clock.models import PortalTime
from foundation.notices.outbox import Recipient, announce
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.enums import Duty
from qadportal import shell
from tests import factories
from tests.factories import NOON
from tests.statements import statements

pytestmark = pytest.mark.django_db


def frame(person, actor, path, slug=""):
    """Return the frame of a page, and the statements that it took."""
    request = RequestFactory().get(path)
    request.user, request.actor, request.session = person, actor, {}
    request.resolver_match = type("Match", (), {"kwargs": {"organisation": slug} if slug else {}})
    with acting_as(actor):
        return statements(shell.build, request)


def member_frame(path="people/", organisation=None, **flags):
    organisation = organisation or factories.make_organisation()
    member = factories.make_member(organisation, **flags)
    actor = entry.member_actor(member)
    found = frame(member.person, actor, f"/o/{organisation.slug}/{path}", organisation.slug)
    return found[0], found[1]


def labels(found):
    return [item.label for group in found.groups for item in group.items]


def staff_frame(body, *duties, path="/desk/organisations/"):
    person = factories.make_staff(body, *duties)
    return frame(person, entry.staff_actor(person), path)


def test_a_participant_finds_its_work_and_its_organisation():
    found, _ = member_frame()

    assert labels(found) == [
        "Home",
        "QAD",
        "Findings and plans",
        "Evidence",
        "The road",
        "Wave",
        "Testing",
        "Qualified yet?",
        "Exemptions",
        "Sign-off",
        "Decisions",
        "Notices",
        "People",
        "MPIDs and roles",
        "History",
    ]
    assert found.groups[1].heading == "This organisation"


def test_the_frame_takes_one_statement_however_much_it_counts():
    _, asked = member_frame()
    _, at_the_desk = staff_frame("BSC", "LEAD")

    assert (len(asked), len(at_the_desk)) == (1, 1)


def test_the_place_says_roles_and_mpids():
    organisation = factories.make_organisation("Fennmoor Energy")
    mpids = factories.make_mpids(organisation, "FENM", "FNMS")
    factories.make_qualification(organisation, mpids=mpids)
    factories.make_qualification(organisation, "MEM_SMART", mpids=mpids)

    found, _ = member_frame(organisation=organisation)

    assert (found.place.name, list(found.place.lines)) == (
        "Fennmoor Energy",
        ["MEM Smart, Supplier", "FENM · FNMS"],
    )


def test_a_body_reads_in_the_place_only_the_roles_that_it_governs():
    organisation = factories.make_organisation("Fennmoor Energy")
    factories.make_qualification(organisation, "SDS")
    factories.make_qualification(organisation, "MEM_SMART")
    person = factories.make_staff("REC", "LEAD")
    actor = entry.staff_actor(person)

    found, _ = frame(person, actor, f"/o/{organisation.slug}/people/", organisation.slug)

    assert list(found.place.lines)[0] == "MEM Smart"


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("", ["Home"]),
        ("people/", ["People"]),
        ("people/invite/", ["People"]),
        ("organisation/mpids/add/", ["MPIDs and roles"]),
        ("somewhere-else/", []),
    ],
)
def test_the_present_line_is_the_one_whose_address_goes_furthest(path, current):
    found, _ = member_frame(path)

    assert [i.label for g in found.groups for i in g.items if i.current] == current


@pytest.mark.parametrize("duty", Duty.values)
def test_staff_see_what_their_duties_hold_and_nothing_more(duty):
    found, _ = staff_frame("BSC", duty)
    shown = set(labels(found))

    reviews = duty in ("REVIEWER", "LEAD")
    assert {"Organisations", "Notices", "Timetable"} <= shown
    assert shown & {"My queue", "Home"} == {"My queue" if reviews else "Home"}
    assert ("Staff" in shown) == (duty == "ADMINISTRATOR")
    assert ("Audit trail" in shown) == (duty in ("ADMINISTRATOR", "LEAD"))
    assert not shown & {"Sign-off", "Evidence"}


def test_every_line_of_the_rail_leads_to_a_page():
    for found, _ in (member_frame(), staff_frame("BSC", *Duty.values)):
        for group in found.groups:
            for item in group.items:
                assert resolve(item.url)


def test_new_notices_are_counted_and_read_ones_are_not():
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    with acting_as(PORTAL):
        announce(
            kind="test",
            key="a",
            recipients=[Recipient(member.person.email, member.person_id)],
            subject="x",
            text="x",
            path="/",
            at=NOON,
            organisation_id=organisation.pk,
        )
    actor = entry.member_actor(member)
    url = f"/o/{organisation.slug}/notices/"

    found, _ = frame(member.person, actor, url, organisation.slug)

    assert [i.count for g in found.groups for i in g.items if i.label == "Notices"] == [1]


def test_a_moved_date_is_said_on_every_page():
    with acting_as(PORTAL):
        services.move_to(moment=datetime(2026, 3, 3, 10, 42, tzinfo=UTC), set_by_name="x")

    found, _ = member_frame()

    assert "Tue 3 Mar 2026, 10:42" in found.demo_banner
    assert found.moment.year == 2026


def test_without_a_moved_date_there_is_no_banner_and_outside_a_demonstration_none_ever(settings):
    assert member_frame()[0].demo_banner is None
    settings.DEMO = False
    with acting_as(PORTAL):
        PortalTime.objects.create(offset="1 day", set_by_name="x", set_at=NOON)

    found, asked = member_frame()

    assert found.demo_banner is None
    assert "clock_portaltime" not in asked[0]


def test_the_readers_look_is_kept():
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    member.person.theme, member.person.single_keys = "dark", False

    found, _ = frame(member.person, entry.member_actor(member), "/o/x/", organisation.slug)

    assert (found.theme, found.record_face, found.single_keys) == ("dark", "serif", False)


def test_a_visitor_gets_no_frame():
    request = RequestFactory().get("/accounts/login/")
    request.user = type("Nobody", (), {"is_authenticated": False})()

    assert shell.build(request) is None
    assert b'class="rail"' not in Client().get("/accounts/login/").content


def test_pages_without_an_actor_still_have_a_frame():
    client = Client()
    client.force_login(factories.make_person("Ada Quill"))

    page = client.get("/accounts/2fa/").content

    assert b"Ada Quill" in page and b'class="rail"' in page


def test_inside_an_organisation_its_lines_stand_open_and_the_desk_is_folded():
    organisation = factories.make_organisation("Fennmoor Energy")
    factories.make_qualification(organisation, "SUPPLIER")
    person = factories.make_staff("BSC", "LEAD")
    actor = entry.staff_actor(person)
    url = f"/o/{organisation.slug}/people/"

    found, _ = frame(person, actor, url, organisation.slug)
    at_the_desk, _ = frame(person, actor, "/desk/organisations/")

    open_now = [item.label for group in found.groups if not group.folded for item in group.items]
    assert [group.heading for group in found.groups if group.folded] == ["The desk", "The portal"]
    assert open_now[0] == "My queue" and "People" in open_now and "Organisations" not in open_now
    assert len(open_now) <= 16
    assert not any(group.folded for group in at_the_desk.groups)
    assert set(labels(at_the_desk)) <= set(labels(found))


def test_a_limited_authors_sections_stand_beside_its_name():
    found, asked = member_frame(is_master_admin=False, is_limited=True)

    assert (found.person.duty, len(asked)) == ("Author, of no section yet", 1)
