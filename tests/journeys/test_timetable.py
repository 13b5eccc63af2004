"""A planner drafts a later end of wave 3, looks at what it moves and publishes it.

A second planner, whose page is older, is told so; the organisation that is moved reads what moved,
when, why and on whose authority.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Organisation, Person
from tests import factories
from tests.conftest import wipe
from tests.journeys import steps
from tests.journeys.test_axe import faults_of
from waves.models import Timetable, TimetableDraft
from waves.services import clocks

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE = "Wave 3 submits its Final two weeks later"


@dataclass
class Cast:
    """Two planners, and the master admin of an organisation in wave 3."""

    planner: Person
    other: Person
    admin: Person
    organisation: Organisation


@pytest.fixture
def cast(portal, portal_time) -> Iterator[Cast]:
    """One Supplier of wave 3 with its clocks; what is published is taken away again."""
    portal_time(factories.NOON)
    organisation = factories.make_organisation("Ashlar Metering")
    held = factories.make_qualification(organisation, "SUPPLIER", "QT_WAVE_3")
    with acting_as(PORTAL):
        clocks.sync(qualification=held, actor=PORTAL, at=factories.NOON)
    yield Cast(
        planner=factories.make_staff("BSC", "PLANNER", name="Imogen Sallis"),
        other=factories.make_staff("REC", "PLANNER", name="Tobias Renwick"),
        admin=factories.make_member(organisation).person,
        organisation=organisation,
    )
    wipe()  # what follows the new version goes first
    with acting_as(PORTAL):
        TimetableDraft.objects.all().delete()
        Timetable.objects.exclude(version="v1").delete()


def test_a_planner_drafts_looks_and_publishes(cast, window):
    planner, other, member = window(cast.planner), window(cast.other), window(cast.admin)
    planner.go("/desk/timetable/")
    steps.press(planner, "New draft")
    steps.write(planner, "What it changes", TITLE)
    steps.press(planner, "Make the draft")
    steps.reads(planner, "Nothing of this is in force.", "Nothing yet.")
    draft = planner.page.url
    other.page.goto(f"{draft}names/")

    row = planner.page.get_by_role("row", name="Final QAD submission window")
    row.get_by_role("link", name="12/01/2026 to 22/05/2026").click()
    steps.give_day(planner, "Last day", date(2026, 6, 5))
    steps.write(planner, "Note", "Moved by CR081.")
    steps.press(planner, "Save in the draft")
    steps.reads(planner, "Changed in the draft", "12/01/2026 to 05/06/2026", "Moved by CR081.")

    steps.write(other, "What it changes", "Something else")
    steps.press(other, "Save")
    steps.reads(other, "Somebody changed this draft at")

    steps.press(planner, "What it would move")
    steps.reads(planner, "Ashlar Metering", "Fri 22 May 2026", "Fri 5 Jun 2026", "14 days later")
    steps.press(planner, "Publish v2")
    steps.reads(planner, "1 date of 1 organisation move.")
    steps.write(planner, "Reason", "The test environment is closed in May.")
    steps.write(planner, "Authority", "CR081")
    steps.press(planner, "Publish it")
    steps.reads(planner, "v2 is in force.", "What this version changed", "CR081")

    member.go(f"/o/{cast.organisation.slug}/timetable/")
    steps.reads(member, "Submit the Final QAD", "Fri 22 May 2026", "Fri 5 Jun 2026", "CR081")
    steps.press(member, "Fri 5 Jun 2026")
    steps.reads(
        member,
        "It was 22 May 2026 until 18 November 2025: timetable v2,"
        " The test environment is closed in May (CR081), published by Imogen Sallis.",
    )


def test_the_pages_of_the_timetable_are_accessible_and_fit(cast, window):
    planner = window(cast.planner, reduced_motion="reduce")
    planner.go("/desk/timetable/drafts/new/")
    steps.write(planner, "What it changes", TITLE)
    steps.press(planner, "Make the draft")
    draft = "/desk/" + planner.page.url.split("/desk/")[1]
    cell = f"{draft}cells/final_qad_review_complete/QT_WAVE_3/"
    tails = ("", "impact/", "publish/", "upload/", "names/")
    pages = ["/desk/timetable/", cell, *(f"{draft}{tail}" for tail in tails)]
    member = window(cast.admin, reduced_motion="reduce")

    found = [fault for page in pages for fault in faults_of(planner, page)]
    found += faults_of(member, f"/o/{cast.organisation.slug}/timetable/")

    assert found == []
