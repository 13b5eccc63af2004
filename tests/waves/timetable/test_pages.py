"""Pages of the timetable: versions, a draft, its impact, publishing; and what participants read."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from tests.statements import statements
from tests.waves.timetable.conftest import FINAL, NOW
from waves.models import TimetableDraft
from waves.services import clocks

pytestmark = pytest.mark.django_db
HOME = "/desk/timetable/"
CELL = f"cells/{FINAL}/QT_WAVE_3/"


@pytest.fixture(autouse=True)
def _november():
    with moments.at(NOW):
        yield


def signed_in(person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def planner(desk) -> Client:
    return signed_in(factories.make_staff("REC", "PLANNER", name="Imogen Sallis"))


def path_of(draft: TimetableDraft, tail: str = "") -> str:
    return f"{HOME}drafts/{draft.pk}/{tail}"


def said(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def a_party(name: str = "Moved Light", route: str = "QT_WAVE_3"):
    organisation = factories.make_organisation(name)
    held = factories.make_qualification(organisation, "SUPPLIER", route)
    with acting_as(PORTAL):
        clocks.sync(qualification=held, actor=PORTAL, at=NOW)
    return organisation, held


def test_a_planner_drafts_changes_looks_and_publishes(desk, planner):
    organisation, held = a_party()
    made = planner.post(f"{HOME}drafts/new/", {"title": "Wave 3 moves"})
    page = planner.get(made.url)
    assert "Nothing of this is in force." in said(page)

    cell = {
        **dict(zip(("start_0", "start_1", "start_2"), (2, 3, 2026), strict=True)),
        **dict(zip(("end_0", "end_1", "end_2"), (5, 6, 2026), strict=True)),
        "standing": "printed",
        "raw_text": "to 05/06/2026",
        "note": "By CR077.",
        "clause": "CR077",
        "activity_label": "Final QAD submission window",
        "bound": "window",
        "owner": "PARTICIPANT",
        "met_by": "final_submitted",
        "revision": 1,
    }
    assert planner.post(f"{made.url}{CELL}", cell).status_code == 302
    text = said(planner.get(made.url))
    assert "02/03/2026 to 05/06/2026" in text
    assert "By CR077." in text

    text = said(planner.get(f"{made.url}impact/"))
    assert "Moved Light" in text
    assert "14 days later" in text
    assert "Would be told, each of its own dates alone: Moved Light." in text

    words = {"reason": "Wave 3 tests later.", "authority": "CR077", "revision": 2}
    assert planner.post(f"{made.url}publish/", words).status_code == 302
    text = said(planner.get(HOME))
    assert "What this version changed" in text
    assert "CR077" in text


def test_a_stale_form_is_refused_and_says_so(desk, planner):
    draft = desk.draft()
    desk.change(draft, FINAL, "QT_WAVE_3", end="2026-06-05")
    answer = planner.post(
        path_of(draft, "names/"),
        {"title": "Mine", "version": "v2", "source": "x", "revision": 1},
    )
    assert answer.status_code == 409
    assert "Somebody changed this draft at" in said(answer)


def test_a_wrong_cell_comes_back_with_what_was_typed(desk, planner):
    draft = desk.draft()
    form = {"start_0": "31", "start_1": "2", "start_2": "2026", "raw_text": "x", "revision": 1}
    answer = planner.post(path_of(draft, CELL), form)
    assert answer.status_code == 422
    assert "Enter a real date" in said(answer)
    assert 'value="31"' in said(answer)


def test_the_file_goes_out_and_in_by_the_pages(desk, planner):
    draft = desk.change(desk.draft(), FINAL, "QT_WAVE_3", end="2026-06-05")
    out = planner.get(path_of(draft, "file/csv/"))
    assert out.content.decode() == draft.csv
    assert planner.get(f"{HOME}file/csv/").content != out.content

    file = SimpleUploadedFile("mine.csv", out.content.replace(b"2026-06-05", b"2026-06-12"))
    answer = planner.post(path_of(draft, "upload/"), {"table": file, "revision": 2})
    assert answer.status_code == 302
    wrong = SimpleUploadedFile("mine.csv", out.content.replace(b"2026-06-05", b"05/06/2026"))
    answer = planner.post(path_of(draft, "upload/"), {"table": wrong, "revision": 3})
    assert answer.status_code == 422
    assert "“05/06/2026” is not a day" in said(answer)


@pytest.mark.parametrize(
    ("tail", "budget"),
    [("", 12), ("impact/", 12), (CELL, 12), ("publish/", 12), ("upload/", 12), ("names/", 12)],
)
def test_pages_of_a_draft_ask_as_much_for_everybody_as_for_one(desk, planner, tail, budget):
    draft = desk.change(desk.draft(), FINAL, "QT_WAVE_3", end="2026-06-05")
    counts = []
    for size in (1, 12):
        for _ in range(size):
            a_party("")
        planner.get(path_of(draft, tail))
        answer, asked = statements(planner.get, path_of(draft, tail))
        assert answer.status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= budget


def test_the_timetable_page_stays_within_its_statements(desk, planner):
    desk.draft()
    planner.get(HOME)
    _, asked = statements(planner.get, HOME)
    assert len(asked) <= 12


@pytest.mark.parametrize(("body", "duty"), [("BSC", "REVIEWER"), ("MHHSP", "TEST_MANAGER")])
def test_other_staff_read_versions_but_no_draft(desk, body, duty):
    draft, client = desk.draft(), signed_in(factories.make_staff(body, duty))
    text = said(client.get(HOME))
    assert "Appendix C" in text
    assert "New draft" not in text
    assert draft.title not in text
    assert client.get(path_of(draft)).status_code == 403


def test_a_participant_reads_what_moved_for_it_and_nothing_of_others(desk):
    organisation, held = a_party("Moved Light")
    a_party("Other Light")
    member = signed_in(factories.make_member(organisation).person)
    home = f"/o/{organisation.slug}/timetable/"
    assert "No new version of the timetable has moved one of your dates." in said(member.get(home))

    desk.publish(desk.change(desk.draft(), FINAL, "QT_WAVE_3", end="2026-06-05"))

    text = said(member.get(home))
    assert "Fri 22 May 2026" in text
    assert "Fri 5 Jun 2026" in text
    assert "CR077, PSG of 12 November" in text
    assert "Other Light" not in text
    assert member.get(HOME).status_code in (403, 404)
