"""A test manager takes a party from PIT to QT exit; every body gives its word at its own window."""

from datetime import UTC, date, datetime

import pytest

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Qualification
from tests import factories
from tests.journeys import steps
from waves.enums import EntryCriterion
from waves.services import reports

pytestmark = pytest.mark.browser
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
CASES = (
    "ID,Title,Outcome,Run date\nT-1,Reads go out,Passed,2026-03-02\nT-2,Late,Failed,2026-03-02\n"
)
DEFECTS = "ID,Title,Severity,State\nB-1,Reads are late,3 - Medium,Active\n"


@pytest.fixture
def party(portal, portal_time):
    portal_time(NOW)
    organisation = factories.make_organisation("Larkspur Energy")
    held = factories.make_qualification(organisation)
    member = factories.make_member(organisation)
    with acting_as(PORTAL):
        reports.upload_report(
            qualification=held,
            kind="PIT",
            name="pit.pdf",
            content=PDF,
            summary={"planned": 9, "run": 9, "passed": 9},
            actor=PORTAL,
            at=NOW,
        )
        Qualification.objects.filter(pk=held.pk).update(initial_submitted_at=NOW)
    return f"/o/{organisation.slug}/testing/{held.pk}/", member.person


def _file(name: str, text: str) -> dict:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def _bring_in(window, home: str, what: str, text: str) -> None:
    window.go(home)
    steps.press(window, "Bring in results or defects")
    steps.tick(window, what, "Qualification Testing")
    window.page.get_by_label("CSV file").set_input_files(_file("export.csv", text))
    steps.press(window, "Show what it would change")
    steps.reads(window, "Nothing is kept yet.")
    steps.press(window, "Take it in")


def _agree(windows, home: str) -> None:
    for each in windows:
        each.go(home)
        steps.press(each, "Agree")
        steps.press(each, "Agree")


def test_a_test_manager_takes_a_party_from_pit_to_qt_exit(party, window):
    home, person = party
    priya = window(person)
    dev = window(factories.make_staff("BSC", "TEST_MANAGER", name="Dev Malhotra"))
    leads = [
        window(factories.make_staff(body, "LEAD", name=f"Lead {body}"))
        for body in ("BSC", "REC", "DIP")
    ]

    _pit(priya, dev, home)
    _entry(priya, dev, leads, home)
    _bring_in(priya, home, "Tests and their results", CASES)
    _bring_in(priya, home, "Defects", DEFECTS)
    steps.reads(priya, "No impact assessment of B-1.", "not agreed by every body: T-2.")
    _work_off(priya, dev, leads, home)

    dev.go(home)
    steps.press(dev, "Confirm QT exit")
    steps.press(dev, "Confirm QT exit")
    steps.reads(dev, "Confirmed. The organisation is told")
    with acting_as(PORTAL):
        happened = Qualification.objects.get().happened
    assert {"pit_exit", "test_plan_approved", "qt_entry_confirmed", "qt_exit"} <= set(happened)


def _pit(priya, dev, home: str) -> None:
    for kind in ("PIT Approach and Plan", "PIT traceability matrix"):
        priya.go(home)
        steps.press(priya, "Hand in a deliverable")
        steps.tick(priya, kind)
        steps.write(priya, "Or a link to it", "https://tool.example/pit")
        steps.press(priya, "Hand it in")
        dev.go(home)
        steps.press(dev, "Assure it")
        steps.press(dev, "Assure it")
    dev.go(home.split("testing/")[0] + "testing/")
    steps.press(dev, "Confirm that PIT is sufficient")
    dev.go(home)
    steps.press(dev, "Record the interfaces as proven")
    steps.write(dev, "Where the evidence is", "DIP-SIM-17")
    steps.press(dev, "Record it")
    steps.press(dev, "Confirm PIT exit")
    steps.press(dev, "Confirm PIT exit")
    steps.reads(dev, "Confirmed. The organisation is told")


def _entry(priya, dev, leads, home: str) -> None:
    priya.go(home)
    steps.press(priya, "Hand in the QT Test Plan")
    steps.give_day(priya, "First day of testing", date(2026, 3, 2))
    steps.give_day(priya, "Last day of testing", date(2026, 4, 30))
    steps.write(priya, "Tests", "2")
    steps.press(priya, "Hand it in")
    _agree(leads, home)
    for criterion in EntryCriterion:
        dev.go(home)
        steps.follow(dev, criterion.label)
        steps.tick(dev, "Met")
        steps.press(dev, "Record it")
    steps.press(dev, "Confirm QT entry")
    steps.press(dev, "Confirm QT entry")
    steps.reads(dev, "Confirmed. The organisation is told")


def _work_off(priya, dev, leads, home: str) -> None:
    priya.go(home)
    steps.press(priya, "Write the impact assessment")
    steps.write(priya, "What the defect means", "No effect on settlement.")
    steps.press(priya, "Write the impact assessment")
    steps.press(priya, "Propose a deferral, a plan or an exception")
    steps.tick(priya, "Work-off plan", "Qualification Testing")
    steps.write(priya, "Title", "Late reads")
    steps.write(priya, "What is done, by whom, and how it is shown", "Fixed in release 4.")
    priya.page.get_by_label("Tests or defects that it covers").fill("B-1\nT-2")
    steps.give_day(priya, "Done by", date(2026, 6, 1))
    steps.press(priya, "Propose it")
    dev.go(home)
    steps.press(dev, "Record the review")
    steps.press(dev, "Record the review")
    _agree(leads, home)
