"""RP6 and RP15: who is Qualified, what was found and promised; each body sees what it governs."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from reviews.models import ActionPlan
from reviews.reports.registers import RP6, RP15
from reviews.services import plans
from tests import factories
from tests.reviews import builders as b
from tests.reviews.desks import TODAY, of_staff, propose
from tests.reviews.reports import markets
from waves.reports.shape import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def _rows(report, part, of, **asked):
    reader = factories.staff_actor(of, "LEAD")
    with acting_as(reader):
        return [
            line.cells for line in report.part(part).rows(Ask(reader, markets.NOW, TODAY, **asked))
        ]


def _narrowed(here: b.Scene) -> None:
    """Leave the scene's role to the REC alone."""
    with acting_as(PORTAL):
        Qualification.objects.filter(pk__in=here.ids).update(role="MEM_ADV")


def test_r120_a_qualified_role_stands_in_the_register_with_its_mpids_and_deciders():
    here = b.to(b.scene(), Status.QUALIFIED)
    still = b.to(b.scene(), Status.SIGNED_OFF)

    found = _rows(RP6, "register", "BSC")
    mine = [row for row in found if row["organisation"] == here.organisation.name]

    assert still.organisation.name not in {row["organisation"] for row in found}
    assert len(mine) == 1
    assert mine[0]["legal"] == here.organisation.legal_name
    assert mine[0]["role"] == "Supplier"
    assert mine[0]["mpids"]
    assert mine[0]["from"] == mine[0]["bsc"] == mine[0]["rec"]
    decided = _rows(RP6, "changes", "REC")
    assert {row["decider"] for row in decided} == {"BSC PAB", "REC Code Manager"}
    assert {row["outcome"] for row in decided} == {"Approved"}


def test_r7_a_register_holds_only_roles_that_the_readers_body_governs():
    here = b.to(b.scene(), Status.QUALIFIED)
    b_finding = b.to(b.scene(), Status.FINAL_SUBMITTED)
    b.raise_thread(b_finding, "BSC", "FINDING")
    assert _rows(RP6, "register", "BSC")
    assert _rows(RP15, "open", "BSC")
    _narrowed(here)
    _narrowed(b_finding)

    assert _rows(RP6, "register", "BSC") == _rows(RP6, "changes", "BSC") == []
    assert _rows(RP15, "open", "BSC") == []
    assert len(_rows(RP6, "register", "REC")) == len(_rows(RP15, "open", "REC")) == 1


def test_r99_the_register_parts_what_has_no_plan_what_runs_and_what_is_cleared():
    here = b.to(b.scene(), Status.FINAL_SUBMITTED)
    b.raise_thread(here, "BSC", "FINDING")
    b.raise_thread(here, "REC", "OBSERVATION")
    b.raise_thread(here, "DIP")
    planned = propose(here, "BSC")
    with acting_as(here.leads["BSC"]):
        plans.agree(thread=planned, actor=here.leads["BSC"], at=here.tick())

    assert [row["reference"] for row in _rows(RP15, "open", "BSC")] == ["F-1", "O-1"]
    assert [row["reference"] for row in _rows(RP15, "open", "BSC", body="REC")] == ["O-1"]
    (running,) = _rows(RP15, "plans", "DIP")
    assert (running["reference"], running["state"]) == ("F-2", "Agreed")
    assert running["promised"] == "We will test it."
    with acting_as(PORTAL):
        ActionPlan.objects.update(due_on=TODAY - timedelta(days=1))
    assert _rows(RP15, "plans", "DIP")[0]["state"] == "Overdue"
    assert _rows(RP15, "cleared", "BSC") == []


def test_the_workbook_of_qualified_persons_holds_what_the_page_shows():
    here = b.to(b.scene(), Status.QUALIFIED)
    answer = of_staff("BSC", "PAB_SECRETARY").post("/desk/reports/rp6/files/xlsx/")

    assert answer.status_code == 200
    book = load_workbook(BytesIO(b"".join(answer)))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {here.organisation.legal_name, "Supplier", "Qualified from"} <= cells
