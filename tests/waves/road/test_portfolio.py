"""The portfolio and the road: what they say of many roles, in as many statements as of one."""

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Person
from tests import factories
from tests.waves.conftest import Scene, day, make_scene
from waves.services import clocks

pytestmark = pytest.mark.django_db
NOW = day("2025-11-18")


@pytest.fixture(autouse=True)
def _november():
    with moments.at(NOW):
        yield


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def many(count: int) -> Scene:
    scene = make_scene(route="QT_WAVE_4")
    roles = ("SUPPLIER", "SDS", "ADS", "UMSDS")
    others = [
        factories.make_qualification(scene.organisation, roles[at % 4], "QT_WAVE_2")
        for at in range(count - 1)
    ]
    with acting_as(PORTAL):
        for each in [scene.qualification, *others]:
            clocks.sync(qualification=each, actor=PORTAL, at=NOW)
    return scene


def text_of(client: Client, scene: Scene, tail: str = "portfolio/") -> str:
    response = client.get(f"/o/{scene.organisation.slug}/{tail}")
    assert response.status_code == 200
    return response.content.decode()


def test_each_role_has_a_row_with_its_state_its_next_date_and_who_holds_it(timetable):
    scene = many(2)
    client = signed_in(factories.make_member(scene.organisation).person)

    page = text_of(client, scene)
    rows = page.split("<tbody>")[1].split("<tr")[1:]

    assert len(rows) == 2
    assert "2 roles." in page
    assert "Supplier" in page
    assert "QT Wave 4" in page
    assert all("You" in row and "dates/" in row and "road-map small" in row for row in rows)
    assert "Overdue by" in rows[0]  # the most pressing stands first
    assert "Overdue by" not in rows[1] or "QT Wave 2" in rows[0]


def test_r1_another_organisations_portfolio_is_not_found(timetable):
    scene = many(1)
    stranger = signed_in(factories.make_member(factories.make_organisation()).person)

    assert stranger.get(f"/o/{scene.organisation.slug}/portfolio/").status_code == 404


def test_r7_a_body_sees_the_roles_that_it_governs(timetable):
    scene = many(1)
    factories.make_qualification(scene.organisation, "MEM_SMART", "QT_WAVE_3")

    page = text_of(signed_in(factories.make_staff("BSC", "LEAD", "REVIEWER")), scene)

    assert "1 role." in page
    assert "MEM" not in page.split("<tbody>")[1]


def test_an_organisation_without_roles_is_told_who_adds_them(timetable):
    organisation = factories.make_organisation()
    client = signed_in(factories.make_member(organisation).person)

    page = client.get(f"/o/{organisation.slug}/portfolio/").content.decode()

    assert "No roles yet" in page
    assert "A code body adds each market role" in page


def test_the_portfolio_of_many_roles_asks_as_little_as_that_of_one(timetable):
    def statements(count: int) -> int:
        scene = many(count)
        client = signed_in(factories.make_member(scene.organisation).person)
        text_of(client, scene)
        with CaptureQueriesContext(connection) as seen:
            text_of(client, scene)
        return len(seen)

    one = statements(1)
    assert one == statements(300) <= 12


def test_the_road_lists_the_dates_of_all_roles_in_one_order(timetable):
    scene = many(2)
    client = signed_in(factories.make_member(scene.organisation).person)

    table = text_of(client, scene, "road/").split("The dates ahead")[1]
    said = re.findall(r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4}", table.split("</table>")[0])
    dates = [datetime.strptime(each, "%a %d %b %Y").date() for each in said]

    assert len(dates) > 4
    assert dates == sorted(dates)


def test_the_road_is_told_as_a_list_and_links_to_paper_and_calendar(timetable):
    scene = many(1)
    client = signed_in(factories.make_member(scene.organisation).person)

    page = text_of(client, scene, f"qualifications/{scene.qualification.pk}/dates/")

    assert 'aria-label="The road as a list; Today, 18 November"' in page
    assert "Final QAD, Submit, review" in page
    assert f"/o/{scene.organisation.slug}/calendar/" in page
    assert "road-map narrow" in page
