"""A Smart MEM is governed under the REC alone, so that a delegate with a letter may sign for it."""

from datetime import UTC, date, datetime

import pytest

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Person
from tests import factories
from tests.journeys import road, steps
from tests.journeys.cast import applicant
from tests.reviews import builders as reviews
from tests.submissions.builders import PDF

pytestmark = pytest.mark.browser

OPENED = datetime(2025, 10, 6, 9, 0, tzinfo=UTC)
TESTED = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
DELEGATE = {"name": "Tom Ellery", "is_master_admin": False, "is_author": False, "is_delegate": True}


def test_a_smart_mem_signs_by_a_delegate(window, portal_time):
    portal_time(OPENED)
    cast = applicant(window, "Fernside Metering", "MEM_SMART", "QT_WAVE_3", "REC", "DIP")
    tom = window(factories.make_member(cast.organisation, **DELEGATE).person)
    road.initial_submitted(cast)
    road.initial_reviewed(cast)
    portal_time(TESTED)
    steps.upload_report(cast.admin, "QT Test Completion Report", "qt-report.pdf", PDF)
    road.final_submitted(cast)
    road.agreed(cast)

    steps.open_sign_off(tom, "Metering Equipment Manager (Smart)")
    steps.reads(tom, "No letter of delegated authority names you.")
    rec = cast.bodies["REC"]
    steps.draft_letter(rec, cast.name, "Tom Ellery")
    steps.sign_letter(cast.director, "Tom Ellery")
    steps.accept_letter(rec, cast.name, "Tom Ellery")
    steps.turn_to(tom, "Home")
    steps.reads(tom, "Sign the Final QAD for MEM Smart")
    steps.press(tom, "Read and sign")
    steps.reads(tom, "Tom Ellery, delegate of Margaret Iwu, by an accepted letter")
    steps.sign(tom, "Tom Ellery")
    steps.reads(tom, "Signed. The bodies are told, and decide next.")

    road.gates_opened(cast, "REC")
    maker = window(factories.make_staff("REC", "DECISION_MAKER", name="Aled Rhys"))
    steps.open_decision(maker, cast.name)
    steps.decide(maker, date(2026, 2, 2))
    steps.turn_to(cast.admin, "Qualified yet?")
    steps.reads(cast.admin, "MHHS Qualified", "Tom Ellery, delegate")


def test_a_delegate_is_refused_for_a_supplier(window):
    here = reviews.to(reviews.scene("SUPPLIER"), Status.CONTENT_AGREED)
    tom = window(_person(here.delegate))
    rec = window(_person(here.leads["REC"]))

    steps.open_sign_off(tom, "Supplier")
    steps.reads(tom, "a company director has to sign", "A delegate cannot sign for this role")
    steps.has_no(tom, "Sign as Tom Ellery")
    rec.go(f"/o/{here.organisation.slug}/letters/draft/{here.ids[0]}/")
    steps.tick(rec, "Tom Ellery")
    steps.press(rec, "Draft the letter")
    steps.reads(rec, "governed under the BSC")


def _person(actor):
    with acting_as(PORTAL):
        return Person.objects.get(pk=actor.person_id)
