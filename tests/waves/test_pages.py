"""Pages of dates, testing and joining: what they say, who sees them, how many statements."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Person, Qualification
from tests import factories
from tests.waves.conftest import Scene, day, make_scene
from waves.models import CompletionReport
from waves.services import clocks

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NOW = day("2025-11-18")


@pytest.fixture(autouse=True)
def _november():
    with moments.at(NOW):
        yield


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def member(scene) -> Client:
    return signed_in(factories.make_member(scene.organisation).person)


@pytest.fixture
def lead() -> Client:
    return signed_in(factories.make_staff("BSC", "LEAD", "REVIEWER"))


def path(scene: Scene, tail: str) -> str:
    return f"/o/{scene.organisation.slug}/{tail}"


def text_of(response) -> str:
    return response.content.decode()


def dates_path(scene: Scene, activity: str = "") -> str:
    tail = f"{activity}/" if activity else ""
    return path(scene, f"qualifications/{scene.qualification.pk}/dates/{tail}")


# --- the road -----------------------------------------------------------------------------


def test_the_road_says_what_is_next_and_by_when(scene, member):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))

    page = text_of(member.get(path(scene, "road/")))

    assert "Overdue and yours: upload the PIT Completion Report, due Mon 10 Nov 2025." in page
    assert "Fri 15 May 2026" in page
    assert "Review the Initial QAD" in page
    assert "the plan prints 05/02/2025" in page


def test_what_waits_is_marked_for_whom_it_waits(scene, member, lead):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))

    theirs = text_of(member.get(path(scene, "road/"))).split('<tr class="yours">')[1:]
    bodys = text_of(lead.get(path(scene, "road/"))).split('<tr class="yours">')[1:]

    assert theirs
    assert all("Review the Initial QAD" not in row.split("</tr>")[0] for row in theirs)
    assert ["Review the Initial QAD" in row.split("</tr>")[0] for row in bodys] == [True]


def test_r1_another_organisations_road_is_not_found(scene):
    stranger = signed_in(factories.make_member(factories.make_organisation()).person)

    assert stranger.get(path(scene, "road/")).status_code == 404
    assert stranger.get(dates_path(scene)).status_code == 404


def test_r7_a_body_sees_the_roads_of_the_roles_that_it_governs(timetable):
    scene = make_scene(role="MEM_SMART")
    rec, bsc = factories.make_staff("REC"), factories.make_staff("BSC")

    assert signed_in(rec).get(dates_path(scene)).status_code == 200
    assert signed_in(bsc).get(dates_path(scene)).status_code == 404


def test_the_dates_of_a_qualification_show_printed_and_corrected_values(scene, member):
    scene.happens(NOW)

    page = text_of(member.get(dates_path(scene)))

    assert "Printed 05/02/2025" in page
    assert "Mon 5 Feb 2024" in page
    assert "Paragraph 5.3 gives 5 February 2024" in page
    assert "Overdue by 11 days" in page
    assert "Earliest start of migration for wave parties" in page


def test_each_date_answers_htmx_with_its_card(scene, member):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))
    url = dates_path(scene, "initial_qad_review_complete") + "?body=REC"

    card = text_of(member.get(url, headers={"HX-Request": "true"}))
    page = text_of(member.get(url))

    assert card.lstrip().startswith("<span popover")
    assert "Why Wednesday 17 December 2025?" in card
    assert "5 November 2025 + 42 days = 17 December 2025: the rule binds" in card
    assert "<html" in page
    assert "QA&amp;P v5.0, Appendix C" in page


def test_an_activity_that_is_not_in_the_plan_is_not_found(scene, member):
    assert member.get(dates_path(scene, "no_such_thing")).status_code == 404


def test_a_moved_date_says_what_it_was(timetable):
    scene = make_scene(route="QT_WAVE_2")
    client = signed_in(factories.make_member(scene.organisation).person)
    scene.happens(day("2025-10-01"))
    scene.happens(NOW, route="QT_WAVE_3")

    page = text_of(client.get(dates_path(scene, "final_qad_window")))

    assert "It was 6 March 2026 until 18 November 2025: the route was changed." in page


def test_a_test_manager_records_a_step_that_the_portal_does_not_see(timetable):
    scene = make_scene(route="QT_WAVE_4")
    scene.happens(NOW)
    manager = signed_in(factories.make_staff("BSC", "TEST_MANAGER"))
    assert "Record as done: meet QT entry checkpoint 1" in text_of(manager.get(dates_path(scene)))
    url = path(scene, f"qualifications/{scene.qualification.pk}/steps/")

    done = manager.post(url, {"activity": "qt_entry_checkpoint_1"})

    assert done.status_code == 302
    assert scene.obligation("qt_entry_checkpoint_1").state == "MET"
    assert manager.post(url, {"activity": "final_qad_window"}).status_code == 409


# --- statement counts ---------------------------------------------------------------------


def many(count: int) -> Scene:
    scene = make_scene()
    others = [
        factories.make_qualification(scene.organisation, "SUPPLIER", "QT_WAVE_2")
        for _ in range(count - 1)
    ]
    with acting_as(PORTAL):
        for each in [scene.qualification, *others]:
            Qualification.objects.filter(pk=each.pk).update(initial_submitted_at=NOW)
            clocks.sync(qualification=each, actor=PORTAL, at=NOW)
    return scene


def statements(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200, response.status_code
    return len([q for q in seen if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


EXACT = {
    ("road", "author"): 9,
    ("road", "reviewer"): 9,
    ("testing", "author"): 7,
    ("testing", "reviewer"): 7,
    ("dates", "author"): 9,
    ("dates", "reviewer"): 9,
    ("date", "author"): 9,
    ("date", "reviewer"): 9,
}


def test_statements_are_exact_and_as_many_for_one_qualification_as_for_thirty(timetable):
    reviewer = signed_in(factories.make_staff("BSC"))
    for size in (1, 30):
        scene = many(size)
        author = signed_in(factories.make_member(scene.organisation).person)
        addresses = {
            "road": path(scene, "road/"),
            "testing": path(scene, "testing/"),
            "dates": dates_path(scene),
            "date": dates_path(scene, "final_qad_window"),
        }
        found = {
            (page, who): statements(client, url)
            for page, url in addresses.items()
            for who, client in (("author", author), ("reviewer", reviewer))
        }
        assert found == EXACT, size


# --- testing ------------------------------------------------------------------------------


def upload(client: Client, scene: Scene, **changes):
    data = {
        "qualification": str(scene.qualification.pk),
        "kind": "QT",
        "file": SimpleUploadedFile("report.pdf", PDF, "application/pdf"),
        "planned": "120",
        "run": "120",
        "passed": "118",
    }
    return client.post(path(scene, "testing/upload/"), data | changes)


def test_a_report_that_the_route_does_not_have_is_said_at_its_field(scene, member):
    answer = upload(member, scene, kind="SIT")

    assert answer.status_code == 422
    assert "is tested by QT. Choose its report." in text_of(answer)
    with acting_as(PORTAL):
        assert not CompletionReport.objects.exists()


def test_a_member_uploads_a_report_and_finds_it_in_the_list(scene, member):
    done = upload(member, scene)
    page = text_of(member.get(path(scene, "testing/")))

    assert (done.status_code, done.url) == (302, path(scene, "testing/"))
    assert "QT Test Completion Report" in page
    assert "Tests passed: 118" in page


def test_a_form_with_a_mistake_keeps_what_was_typed(scene, member):
    done = upload(member, scene, run="130")

    assert done.status_code == 422
    assert "More tests were run than planned." in text_of(done)
    assert 'value="130"' in text_of(done)


def test_the_file_of_a_report_comes_back_as_it_was(scene, member, lead):
    upload(member, scene)
    with acting_as(PORTAL):
        report = CompletionReport.objects.get()

    got = lead.get(path(scene, f"testing/reports/{report.pk}/"))

    assert got.content == PDF
    assert got["Content-Disposition"].startswith("attachment")


def test_r62_a_test_manager_confirms_pit_on_the_page(scene, member):
    upload(member, scene, kind="PIT")
    manager = signed_in(factories.make_staff("BSC", "TEST_MANAGER"))
    with acting_as(PORTAL):
        report = CompletionReport.objects.get()

    done = manager.post(path(scene, f"testing/reports/{report.pk}/confirm/"))

    assert done.status_code == 302
    assert "Sufficient" in text_of(member.get(path(scene, "testing/")))
    assert member.post(path(scene, f"testing/reports/{report.pk}/confirm/")).status_code == 403
