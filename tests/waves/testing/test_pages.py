"""The pages and the API of testing: what they say, whom they let in, and what they cost."""

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
from waves.models import Defect, TestCase, TestProgress

pytestmark = pytest.mark.django_db
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
def tester(timetable) -> Client:
    return signed_in(factories.make_staff("BSC", "TEST_MANAGER"))


@pytest.fixture
def member(scene) -> Client:
    return signed_in(factories.make_member(scene.organisation).person)


def page(scene: Scene, tail: str = "") -> str:
    return f"/o/{scene.organisation.slug}/testing/{scene.qualification.pk}/{tail}"


def api(scene: Scene, tail: str = "") -> str:
    of = f"/api/v1/organisations/{scene.organisation.slug}"
    return f"{of}/qualifications/{scene.qualification.pk}/testing/{tail}"


def fill(scene: Scene, many: int) -> None:
    with acting_as(PORTAL):
        on = {"organisation_id": scene.organisation.pk, "qualification": scene.qualification}
        tool = {"stage": "QT", "imported_at": NOW}
        for number in range(many):
            TestCase.objects.create(**on, **tool, reference=f"T-{number}")
            Defect.objects.create(**on, **tool, reference=f"B-{number}", title="x", severity=3)


def statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    told = ("SAVEPOINT", "RELEASE", "SET ", "SELECT set_config")
    return len([q for q in counted.captured_queries if not q["sql"].startswith(told)])


def test_the_page_costs_the_same_with_one_row_and_with_three_hundred(scene, tester):
    fill(scene, 1)
    few = statements(tester, page(scene))
    many = make_scene()
    fill(many, 150)
    assert statements(tester, page(many)) == few <= 12


def test_the_list_costs_the_same_with_one_party_and_with_thirty(scene, tester):
    few = statements(tester, "/desk/testing/")
    for _ in range(30):
        make_scene()
    assert statements(tester, "/desk/testing/") == few <= 8


def test_at_risk_stands_first_in_the_list(timetable, tester):
    calm, risky = make_scene(), make_scene()
    with acting_as(PORTAL):
        Defect.objects.create(
            organisation_id=risky.organisation.pk,
            qualification=risky.qualification,
            stage="QT",
            reference="B-1",
            title="Flow lost",
            severity=1,
            imported_at=NOW,
        )
    text = tester.get("/desk/testing/").content.decode()
    assert text.index(risky.organisation.name) < text.index(calm.organisation.name)


def test_a_participant_sees_its_own_testing_only(scene, member):
    other = make_scene()
    assert member.get(page(scene)).status_code == 200
    assert member.get(page(other)).status_code == 404
    assert member.get("/desk/testing/").status_code == 403
    assert member.get(api(other)).status_code == 404
    for tail in ("gates/pit_exit/", "checks/UIT/", "gates/refuse/", "gates/interfaces/"):
        assert member.get(page(scene, tail)).status_code == 403


def test_r68_a_refused_entry_names_every_reason_on_its_page(scene, tester):
    answer = tester.post(page(scene, "gates/qt_entry_confirmed/"), {"note": ""})
    assert answer.status_code == 409
    assert "No QT Test Plan is here." in answer.content.decode()


def test_r74_an_import_is_shown_before_it_is_kept(scene, member):
    text = "ID,Title,Outcome\nT-1,<b>One</b>,Passed\nT-2,Two,Sideways\n"
    asked = {"kind": "cases", "stage": "QT", "text": text}
    seen = member.post(page(scene, "import/"), asked).content.decode()
    assert "1 new tests, 0 changed" in seen
    assert "The outcome “Sideways” is not known here." in seen
    assert 'name="confirm"' not in seen
    with acting_as(PORTAL):
        assert not TestCase.objects.filter(qualification=scene.qualification).exists()

    good = asked | {"text": text.replace("Sideways", "Failed")}
    assert 'name="confirm"' in member.post(page(scene, "import/"), good).content.decode()
    assert member.post(page(scene, "import/"), good | {"confirm": "1"}).status_code == 302
    with acting_as(PORTAL):
        assert TestCase.objects.filter(qualification=scene.qualification).count() == 2
        kept = TestProgress.objects.get(qualification=scene.qualification)
    assert (kept.run, kept.passed) == (2, 1)
    out = member.get(page(scene, "export/cases/")).content.decode()
    assert out.splitlines()[0] == "ID,Title,Outcome,Run on,URL"


def test_the_api_says_what_the_gates_miss_and_does_the_same_acts(scene, member, tester):
    gates = member.get(api(scene)).json()["gates"]
    assert [each["name"] for each in gates] == ["pit_exit", "qt_entry_confirmed", "qt_exit"]
    said = {"kind": "RTTM", "link": "https://tool.example/rttm"}
    made = member.post(api(scene, "deliverables/"), said, content_type="application/json")
    assert made.status_code == 201
    key = made.json()["id"]
    url = api(scene, f"deliverable/{key}/assure/")
    assert member.post(url, {}, content_type="application/json").status_code == 403
    done = tester.post(url, {"note": "Complete."}, content_type="application/json")
    assert done.json()["status"] == "ASSURED"
    refused = tester.post(api(scene, "gates/pit_exit/"), {}, content_type="application/json")
    assert refused.status_code == 409
    text = {"kind": "defects", "stage": "QT", "text": "ID,Title,Severity,State\nB-1,x,3,Open\n"}
    seen = member.post(api(scene, "imports/"), text, content_type="application/json").json()
    assert (seen["new"], seen["problems"]) == (1, [])
