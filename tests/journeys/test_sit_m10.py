"""A SIT M10 party hands its Final in before the SIT report; the signature waits for the report."""

from datetime import UTC, datetime

import pytest

from tests import factories
from tests.journeys import road, steps
from tests.journeys.cast import applicant
from tests.submissions.builders import PDF

pytestmark = pytest.mark.browser

OPENED = datetime(2025, 1, 13, 9, 0, tzinfo=UTC)
READ = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)  # before the window of the Final begins
TESTED = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)


def test_a_sit_m10_party_submits_final_before_its_report(window, portal_time):
    portal_time(OPENED)
    cast = applicant(window, "Harbour Data", "SDS", "SIT_M10_READY", "BSC", "DIP")
    manager = window(factories.make_staff("MHHSP", "TEST_MANAGER", name="Noor Haddad"))
    road.initial_submitted(cast)
    portal_time(READ)
    road.initial_reviewed(cast)
    steps.turn_to(cast.admin, "QAD")
    steps.reads(cast.admin, "Initial QAD for ")
    steps.open_the_final(cast.bodies["BSC"], cast.name, "Smart Data Service")
    road.final_submitted(cast)
    road.agreed(cast)

    steps.open_sign_off(cast.director, "Smart Data Service")
    steps.reads(cast.director, "cannot be signed yet", "The SIT Completion Report has not been")
    steps.has_no(cast.director, "Sign as Margaret Iwu")
    portal_time(TESTED)
    steps.upload_report(cast.admin, "SIT Completion Report", "sit-report.pdf", PDF)
    steps.open_sign_off(cast.director, "Smart Data Service")
    steps.reads(cast.director, "cannot be signed yet", "work-off plans")
    steps.review_work_off(manager, cast.name)
    steps.agree_work_off(cast.bodies["BSC"], cast.name, "BSC", "Recorded.")
    agreed = "Every body has agreed the work-off plans."
    steps.agree_work_off(cast.bodies["DIP"], cast.name, "DIP Manager", agreed)
    steps.open_sign_off(cast.director, "Smart Data Service")
    steps.sign(cast.director, "Margaret Iwu")
    steps.reads(cast.director, "Signed. The bodies are told, and decide next.")
