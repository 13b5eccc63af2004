"""Reports on screen, as files and as data: the same rows, for those alone who may read them."""

import csv
import io
import json
import re

import openpyxl
import pikepdf
import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from foundation.audit.models import AuditEvent
from foundation.documents.models import StoredFile
from foundation.documents.services import read as read_file
from foundation.jobs.models import Job, JobState
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Organisation
from reviews import tasks
from reviews.reports.catalogue import REPORTS
from tests import factories
from tests.reviews.desks import of_member, of_staff
from tests.reviews.reports import markets
from tests.statements import statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
PLANS = {"rp7", "rp8", "rp9", "rp10", "rp16", "rp17"}
READERS = {
    ("MHHSP", "MCC_READER"): {"rp7", "rp8", "rp9", "rp10", "rp16"},
    ("BSC", "PLANNER"): {*PLANS, "rp6", "rp12", "rp14", "rp15", "rp18"},
    ("DIP", "LEAD"): {*PLANS, "rp6", "rp12", "rp14", "rp15", "rp18"},
    ("MHHSP", "LEAD"): {"rp7", "rp8", "rp9", "rp10", "rp16", "rp17"},
    ("BSC", "TEST_MANAGER"): {"rp8", "rp10", "rp17"},
    ("BSC", "PAB_SECRETARY"): {"rp6", "rp12", "rp14", "rp15", "rp18"},
    ("REC", "DECISION_MAKER"): {"rp6", "rp12", "rp14", "rp15", "rp18"},
    ("BSC", "REVIEWER"): set(),
    ("BSC", "ADMINISTRATOR"): set(),
}
# Statements of each part of each report, for one organisation and for three hundred.
EXACT = {
    "catalogue": 4,
    "rp6/register": 6,
    "rp6/exemptions": 5,
    "rp6/changes": 5,
    "rp7/progress": 6,
    "rp7/plan": 6,
    "rp7/stages": 6,
    "rp8/testing": 5,
    "rp9/waves": 7,
    "rp9/places": 7,
    "rp9/waiting": 7,
    "rp9/conflicts": 7,
    "rp10/requests": 7,
    "rp14/bodies": 5,
    "rp14/clocks": 5,
    "rp14/weeks": 5,
    "rp14/calendar": 5,
    "rp14/meetings": 7,
    "rp15/open": 5,
    "rp15/plans": 5,
    "rp15/cleared": 5,
    "rp16/milestones": 6,
    "rp16/risks": 6,
    "rp16/annex-4": 6,
    "rp17/register": 5,
    "rp12/breaches": 5,
    "rp12/exemptions": 5,
    "rp18/appeals": 5,
}


@pytest.mark.parametrize(("body", "duty"), READERS)
def test_each_report_is_open_to_its_readers_and_closed_to_all_others(body, duty):
    markets.reference()
    client, allowed = of_staff(body, duty), READERS[body, duty]

    listed = client.get("/desk/reports/")
    assert listed.status_code == (200 if allowed else 403)
    for code in REPORTS:
        expected = 200 if code in allowed else 403
        assert client.get(f"/desk/reports/{code}/").status_code == expected, code
        assert client.get(f"/api/v1/reports/{code}/").status_code == expected, code
        if code not in allowed:
            assert client.post(f"/desk/reports/{code}/files/xlsx/").status_code == 403
            assert client.post(f"/desk/reports/{code}/files/pdf/").status_code == 403
            assert f"/desk/reports/{code}/" not in listed.content.decode()


def test_no_participant_reads_a_report():
    markets.reference()
    client = of_member(factories.make_organisation())

    for url in ("/desk/reports/", "/desk/reports/rp7/", "/api/v1/reports/rp17/"):
        assert client.get(url).status_code in (403, 404), url


def test_statements_are_exact_and_as_many_for_one_as_for_three_hundred():
    markets.reference()
    client = of_staff("BSC", "PLANNER", "LEAD")
    addresses = {"catalogue": "/desk/reports/"} | {
        f"{code}/{part.key}": f"/desk/reports/{code}/?part={part.key}"
        for code, report in REPORTS.items()
        for part in report.parts
    }
    held = markets.crowd(1)
    for first, more in ((1, 1), (2, 300)):
        held += markets.crowd(more, first)
        with acting_as(PORTAL):
            markets.rely(held[-1], held[-2])
        found = {key: _asked(client, url) for key, url in addresses.items()}
        assert found == EXACT, more


def _asked(client: Client, url: str) -> int:
    client.get(url)
    response, taken = statements(client.get, url)
    assert response.status_code == 200, (url, response.status_code)
    return len(taken)


def test_screen_workbook_text_and_api_say_the_same():
    markets.reference()
    markets.crowd(30)
    client, query = of_staff("BSC", "PLANNER"), "?part=progress&route=QT_WAVE_2&sort=-expected"
    page = client.get(f"/desk/reports/rp7/{query}").content.decode()
    said = client.get(f"/api/v1/reports/rp7/{query}").json()
    book = client.post(f"/desk/reports/rp7/files/xlsx/{query}")
    text = client.post(f"/desk/reports/rp7/files/csv/{query}")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content))["Progress"]
    names = [row[0].value for row in sheet.iter_rows(min_row=2)]
    rows = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))

    assert names and names == [row["organisation"] for row in said["rows"]]
    assert names == [row[0] for row in rows[1:]]
    assert names == re.findall(r">(Party \d{4})<", page)
    assert [column["label"] for column in said["columns"]] == rows[0]
    assert book["Content-Disposition"] == 'attachment; filename="rp7-2025-11-18.xlsx"'
    assert text["Cache-Control"] == "no-store"


def test_filters_that_leave_nothing_say_so_and_nonsense_is_left_out():
    markets.reference()
    markets.crowd(5)
    client = of_staff("BSC", "PLANNER")

    assert "Nothing to report" in client.get("/desk/reports/rp7/?role=UMSO").content.decode()
    odd = client.get("/desk/reports/rp7/?role=KING&as_of=tomorrow&part=x&sort=y&page=99")
    assert odd.status_code == 200 and "Party 0001" in odd.content.decode()
    future = client.get("/api/v1/reports/rp7/?as_of=2030-01-01").json()
    assert future["as_of"] == "2025-11-18"
    assert client.get("/api/v1/reports/rp7/?colour=red").status_code == 422


def test_every_file_that_is_taken_is_recorded_without_what_it_says():
    markets.reference()
    markets.crowd(3)
    person = factories.make_staff("BSC", "PLANNER")
    client = _signed(person)
    client.post("/desk/reports/rp7/files/xlsx/")
    client.post("/desk/reports/rp9/files/csv/?part=places")

    with acting_as(PORTAL):
        events = list(AuditEvent.objects.filter(action="report.exported").order_by("seq"))
        told = [json.loads(event.payload) for event in events]
    assert [(each["report"], each["kind"]) for each in told] == [("rp7", "xlsx"), ("rp9", "csv")]
    assert {event.actor_id for event in events} == {person.pk}
    assert all(len(each["sha256"]) == 64 for each in told)
    assert "Party" not in "".join(event.payload for event in events)


@override_settings(ACCOUNT_RATE_LIMITS={"report_export": "3/5m/user"})
def test_files_are_not_taken_by_the_hundred():
    cache.clear()
    markets.reference()
    clients = [of_staff("BSC", "PLANNER"), of_staff("BSC", "PLANNER")]

    first = [clients[0].post("/desk/reports/rp10/files/csv/").status_code for _ in range(5)]
    assert first == [200, 200, 200, 409, 409]
    assert clients[1].post("/desk/reports/rp10/files/csv/").status_code == 200


def _signed(person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _ordered(client: Client, code: str, file: str, query: str = "") -> Job:
    answer = client.post(f"/desk/reports/{code}/files/{file}/{query}")
    assert answer.status_code == 302, answer.content[:300]
    with acting_as(PORTAL):
        return Job.objects.get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


def test_a_print_is_the_report_as_it_stood_when_it_was_ordered():
    markets.reference()
    markets.crowd(60)
    client = of_staff("BSC", "PLANNER")
    job = _ordered(client, "rp7", "pdf", "?role=SUPPLIER")
    page = client.get(f"/desk/reports/rp7/prints/{job.pk}/")
    assert "Waiting for a worker" in page.content.decode()
    with acting_as(PORTAL):
        Organisation.objects.filter(slug="party-0000").update(name="Renamed Since")

    assert tasks.report_printed(job.pk) and tasks.report_printed(job.pk)
    with acting_as(PORTAL):
        job.refresh_from_db()
        stored = StoredFile.objects.get(pk=job.result_file_id)
        content = read_file(stored)
        printed = AuditEvent.objects.filter(action="report.printed").count()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages, box = len(pdf.pages), pdf.pages[0].MediaBox
    assert job.state == JobState.DONE and printed == 1
    assert pages > 3 and box[2] > box[3]  # several pages, landscape
    got = client.get(f"/desk/reports/rp7/prints/{job.pk}/pdf/")
    assert got.content == content and "attachment" in got["Content-Disposition"]
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/desk/reports/rp7/prints/{job.pk}/xlsx/").content)
    )
    names = {row[0].value for row in book["Progress"].iter_rows(min_row=2)}
    assert "Party 0000" in names and "Renamed Since" not in names
    assert {row[1].value for row in book["Progress"].iter_rows(min_row=2)} == {"Supplier"}
    # It is its reader's own, and of this report alone.
    other = of_staff("BSC", "PLANNER")
    assert other.get(f"/desk/reports/rp7/prints/{job.pk}/pdf/").status_code == 404
    assert client.get(f"/desk/reports/rp8/prints/{job.pk}/pdf/").status_code == 404


def test_r140_an_edition_is_issued_whole_kept_with_its_hash_and_told_to_the_migration_centre():
    markets.reference()
    markets.crowd(8)
    centre = factories.make_staff("MHHSP", "MCC_READER")
    client, mcc, rec = of_staff("BSC", "PLANNER"), _signed(centre), of_staff("REC", "PLANNER")
    job = _ordered(client, "rp7", "issue", "?role=SUPPLIER")
    assert tasks.report_printed(job.pk)

    url = f"/desk/reports/rp7/prints/{job.pk}/"
    assert mcc.get(f"{url}pdf/").status_code == 200 == of_staff("BSC", "LEAD").get(url).status_code
    assert rec.get(url).status_code == 404  # another body's edition
    book = openpyxl.load_workbook(io.BytesIO(mcc.get(f"{url}xlsx/").content))
    assert book["Progress"].max_row == 1 + sum(number % 3 < 2 for number in range(8))
    with acting_as(PORTAL):
        notices = list(Notice.objects.filter(kind="edition"))
        event = AuditEvent.objects.get(action="report.issued")
    assert [(each.person_id, each.path) for each in notices] == [(centre.pk, url)]
    assert json.loads(event.payload)["sha256"] in notices[0].text
    assert mcc.post("/desk/reports/rp7/files/issue/").status_code == 403
    assert client.post("/desk/reports/rp8/files/issue/").status_code == 404
    catalogue = mcc.get("/desk/reports/").content.decode()
    assert "Tue 18 Nov 2025, 12:00" in catalogue
