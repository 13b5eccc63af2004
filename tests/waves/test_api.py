"""The API of dates, reports and joining: the same truth and the same refusals as the pages."""

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
from waves import queries
from waves.services import clocks

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NOW = day("2025-11-18")


@pytest.fixture(autouse=True)
def _november():
    with moments.at(NOW):
        yield


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def member(scene) -> Client:
    return signed_in(factories.make_member(scene.organisation).person)


@pytest.fixture
def lead() -> Client:
    return signed_in(factories.make_staff("BSC", "LEAD", "REVIEWER"))


def api(scene: Scene, tail: str) -> str:
    return f"/api/v1/organisations/{scene.organisation.slug}/{tail}"


def test_every_date_comes_with_its_reason(scene, member):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))

    answer = member.get(api(scene, "dates/")).json()

    # 27 activities, the review once for each of three bodies, and two dates beyond the table.
    assert answer["count"] == 27 + 2 + 2
    (review,) = [
        line
        for line in answer["results"]
        if (line["activity"], line["body"]) == ("initial_qad_review_complete", "DIP")
    ]
    assert (review["due"], review["cap"], review["state"]) == (
        "2025-12-17",
        "2025-12-19",
        "running",
    )
    assert review["reason"]["binds"] == "rule"
    assert review["reason"]["clause"] == "QA&P v5.0, Appendix C"
    assert review["because"].startswith("Six weeks from Wednesday 5 November 2025")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("activity=final_qad_window", 1),
        ("state=overdue", 1),
        ("state=not_applicable", 4),
        ("body=REC", 0),
        ("qualification=00000000-0000-0000-0000-000000000000", 0),
    ],
)
def test_dates_can_be_narrowed(scene, member, query, count):
    scene.happens(NOW)

    assert member.get(api(scene, f"dates/?{query}")).json()["count"] == count


def test_obligations_can_be_narrowed_and_paged(scene, member):
    scene.happens(NOW)
    url = api(scene, "obligations/")

    assert member.get(f"{url}?state=RUNNING").json()["count"] == 4
    assert member.get(f"{url}?due_before=2025-12-01").json()["count"] == 1
    page = member.get(f"{url}?limit=2").json()
    assert (len(page["results"]), page["count"]) == (2, 4)
    assert page["results"][0]["activity"] == "initial_qad_window"


def test_r1_another_organisation_is_not_found(scene):
    stranger = signed_in(factories.make_member(factories.make_organisation()).person)

    for tail in ("dates/", "obligations/", "reports/", "pre-qualification/"):
        assert stranger.get(api(scene, tail)).status_code == 404


def test_r7_a_body_sees_only_the_roles_that_it_governs(timetable, lead):
    scene = make_scene(role="SUPPLIER")
    mem = factories.make_qualification(scene.organisation, "MEM_SMART", "QT_WAVE_3")
    with acting_as(PORTAL):
        clocks.sync(qualification=mem, actor=PORTAL, at=NOW)
    scene.happens(NOW)

    found = lead.get(api(scene, "obligations/")).json()["results"]

    assert {row["qualification"] for row in found} == {str(scene.qualification.pk)}


def send(client: Client, scene: Scene, **changes):
    data = {
        "qualification": str(scene.qualification.pk),
        "kind": "QT",
        "summary": '{"planned": 120, "run": 120, "passed": 118}',
    }
    file = SimpleUploadedFile("report.pdf", PDF, "application/pdf")
    return client.post(api(scene, "reports/"), data | changes | {"file": file})


def test_r83_a_report_comes_in_and_goes_out(scene, member, lead):
    made = send(member, scene)

    assert made.status_code == 201
    assert made.json()["summary"] == {"planned": 120, "run": 120, "passed": 118}
    with acting_as(PORTAL):
        armed = Qualification.objects.get(pk=scene.qualification.pk).report_received_at
    assert armed == NOW
    (listed,) = lead.get(api(scene, "reports/")).json()["results"]
    assert lead.get(api(scene, f"reports/{listed['id']}/file/")).content == PDF


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"kind": "SIT"}, 409),
        ({"summary": '{"planned": 1, "run": 2}'}, 422),
        ({"summary": "[1]"}, 422),
        ({"kind": "X"}, 422),
        ({"qualification": "00000000-0000-0000-0000-000000000000"}, 422),
    ],
)
def test_what_cannot_be_taken_is_a_problem_in_words(scene, member, changes, status):
    answer = send(member, scene, **changes)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert "traceback" not in answer.content.decode().lower()


def test_r62_sufficiency_is_confirmed_by_a_test_manager_only(scene, member):
    report = send(member, scene, kind="PIT").json()
    url = api(scene, f"reports/{report['id']}/confirm/")
    manager = signed_in(factories.make_staff("BSC", "TEST_MANAGER"))

    assert member.post(url).status_code == 403
    assert manager.post(url).json()["sufficiency_confirmed_by_name"] == "Ruth Adeyemi"
    assert manager.post(url).status_code == 409


def test_r43_a_route_is_changed_with_a_reason(scene, lead):
    scene.happens(NOW)
    url = api(scene, f"qualifications/{scene.qualification.pk}/route/")
    asked = {"route": "QT_WAVE_4", "because": "Testing starts later.", "authority": "Both bodies"}

    assert lead.put(url, {"route": "QT_WAVE_4"}, "application/json").status_code == 422
    moved = lead.put(url, asked, "application/json")

    assert [row["route"] for row in moved.json()] == ["QT_WAVE_4"]
    assert scene.obligation("final_qad_window").due_on.isoformat() == "2026-07-24"


def test_a_step_is_recorded(timetable):
    scene = make_scene(route="QT_WAVE_4")
    scene.happens(NOW)
    manager = signed_in(factories.make_staff("BSC", "TEST_MANAGER"))
    url = api(scene, f"qualifications/{scene.qualification.pk}/steps/")

    done = manager.post(url, {"activity": "qt_entry_checkpoint_1"}, "application/json")

    assert done.json()["state"] == "MET"


def test_r3_a_submission_leads_to_the_first_admin(scene, lead):
    said = {
        "received_on": "2024-04-24",
        "key_contact_name": "Gwen Marlow",
        "key_contact_email": "gwen@example.org",
        "preferred_route": "QT_WAVE_3",
    }
    url = api(scene, "pre-qualification/")
    assert lead.get(url).status_code == 404
    assert lead.put(url, said, "application/json").json()["state"] == "RECEIVED"
    assert lead.post(f"{url}accept/").json()["state"] == "ACCEPTED"
    other = {"name": "Tom Ash", "email": "tom@example.org"}

    first = api(scene, "first-admin/")
    assert lead.post(first, other, "application/json").status_code == 422
    invited = lead.post(first, other | {"because": "Gwen left."}, "application/json")

    assert invited.status_code == 201


def test_r27_only_waves_have_a_submission(scene, lead):
    said = {
        "key_contact_name": "Gwen",
        "key_contact_email": "gwen@example.org",
        "preferred_route": "SIT_M10_READY",
    }
    answer = lead.put(api(scene, "pre-qualification/"), said, "application/json")

    assert answer.status_code == 422


def test_the_timetable_is_whole(timetable, scene, member, lead):
    for client in (member, lead):
        answer = client.get("/api/v1/timetable/").json()
        assert len(answer["cells"]) == 27 * 8
        assert len(answer["routes"]) == 8
        opening = [c for c in answer["cells"] if c["activity"] == "pqs_open" and c["printed"]]
        assert {(c["start"], c["printed"]) for c in opening} == {("2024-02-05", "2025-02-05")}
    assert Client().get("/api/v1/timetable/").status_code in (401, 403)


def test_the_description_names_every_address_of_this_floor(timetable, lead):
    schema = lead.get("/api/v1/schema/").content.decode()

    for tail in ("dates/", "obligations/", "reports/", "pre-qualification/", "first-admin/"):
        assert f"/organisations/{{organisation}}/{tail}" in schema
    assert "/api/v1/timetable/" in schema


def test_lists_take_as_many_statements_for_one_qualification_as_for_thirty(timetable):
    for size in (1, 30):
        scene = make_scene()
        others = [factories.make_qualification(scene.organisation) for _ in range(size - 1)]
        with acting_as(PORTAL):
            for each in [scene.qualification, *others]:
                clocks.sync(qualification=each, actor=PORTAL, at=NOW)
        client = signed_in(factories.make_member(scene.organisation).person)
        found = {}
        for tail in ("dates/", "obligations/", "reports/"):
            client.get(api(scene, tail))
            with CaptureQueriesContext(connection) as seen:
                assert client.get(api(scene, tail)).status_code == 200
            kept = [q for q in seen if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            found[tail] = len(kept)
        assert found == EXACT, size


EXACT = {"dates/": 7, "obligations/": 5, "reports/": 5}


def test_what_is_owed_is_read_in_one_statement(timetable):
    for size in (1, 30):
        scenes = [make_scene() for _ in range(size)]
        for scene in scenes:
            scene.happens(NOW, initial_submitted_at=NOW)
    reviewer = factories.staff_actor("REC")
    with acting_as(reviewer):
        with CaptureQueriesContext(connection) as seen:
            mine = queries.obligations_for(reviewer, mine=True)
        assert len(seen) == 1
        assert {(line.activity, line.body) for line in mine} == {
            ("initial_qad_review_complete", "REC")
        }
        assert len(mine) == 31
        assert queries.overdue(reviewer, mine=True) == []
        assert len(queries.obligations_for(reviewer, limit=5)) == 5


def test_what_is_overdue_is_found_before_the_sweep_says_so(scene):
    scene.happens(NOW)
    author = factories.member_actor(scene.organisation)

    with acting_as(author):
        late = queries.overdue(author)

    assert [(line.activity, line.state) for line in late] == [("initial_qad_window", "overdue")]
    assert late[0].days_left(NOW.date()) == -11
