"""LDSO, SMRA / ERDA and UMSO of one distributor: five decisions, and none takes effect alone."""

from datetime import UTC, date, datetime

import pytest

from tests import factories
from tests.journeys import road, steps
from tests.journeys.cast import applicant
from tests.submissions.builders import PDF

pytestmark = pytest.mark.browser

OPENED = datetime(2025, 1, 13, 9, 0, tzinfo=UTC)
TESTED = datetime(2025, 4, 14, 9, 0, tzinfo=UTC)
DECIDED = date(2025, 4, 14)
TRIO = {
    "LDSO": "Licensed Distribution System Operator",
    "SMRA": "Supplier Meter Registration Agent",
    "UMSO": "Unmetered Supplies Operator",
}


def test_an_ldso_trio_becomes_qualified_only_together(window, portal_time):
    portal_time(OPENED)
    cast = applicant(window, "Calder Networks", "LDSO", "NON_SIT_LDSO_M10", "BSC", "REC", "DIP")
    road.initial_submitted(cast)
    road.initial_reviewed(cast)
    portal_time(TESTED)
    steps.upload_report(cast.admin, "QT Test Completion Report", "qt-report.pdf", PDF)
    road.final_submitted(cast)
    road.agreed(cast)
    for label in TRIO.values():
        steps.open_sign_off(cast.director, label)
        steps.sign(cast.director, "Margaret Iwu")
        steps.reads(cast.director, "Signed. The bodies are told, and decide next.")
    road.gates_opened(cast, "BSC", "REC")

    secretary = window(factories.make_staff("BSC", "PAB_SECRETARY", name="Helen Prior"))
    maker = window(factories.make_staff("REC", "DECISION_MAKER", name="Aled Rhys"))
    for label in TRIO.values():
        steps.open_decision(secretary, f"{cast.name} {label}")
        steps.decide(secretary, DECIDED, minute="334/07")
        steps.reads(secretary, "held until the trio is complete")
    steps.open_decision(maker, f"{cast.name} {TRIO['LDSO']}")
    steps.decide(maker, DECIDED)

    steps.turn_to(cast.admin, "Qualified yet?")
    steps.reads(cast.admin, "Not yet: locked together", "4 of 5 decisions.", "Approved, held")
    steps.does_not_read(cast.admin, "MHHS Qualified")
    steps.open_decision(maker, f"{cast.name} {TRIO['SMRA']}")
    steps.decide(maker, DECIDED)
    steps.turn_to(cast.admin, "Qualified yet?")
    steps.reads(cast.admin, "MHHS Qualified")
    steps.does_not_read(cast.admin, "locked together", "Approved, held")
