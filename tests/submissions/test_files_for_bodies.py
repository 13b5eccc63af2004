"""Files that answers cite are for those who read the answers (R1, R10, R11)."""

import pytest

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from submissions.models import Evidence
from tests import factories
from tests.factories import NOON
from tests.submissions import builders, doors
from waves.services import reports

pytestmark = pytest.mark.django_db

STAFF = [
    *((body, duty) for body in ("BSC", "REC", "DIP") for duty in ("REVIEWER", "LEAD")),
    *((body, "TEST_MANAGER") for body in ("BSC", "REC", "DIP", "MHHSP")),
    *((body, "MCC_READER") for body in ("BSC", "MHHSP")),
    ("MHHSP", "LEAD"),
    ("MHHSP", "REVIEWER"),
    ("BSC", "PAB_SECRETARY"),
]
READERS = {("BSC", "REVIEWER"), ("BSC", "LEAD"), ("DIP", "REVIEWER"), ("DIP", "LEAD")}


def _report(desk):
    tester = factories.staff_actor("BSC", "TEST_MANAGER")
    with acting_as(tester):
        return reports.upload_report(
            qualification=desk.qualification, kind="QT", name="qt.pdf", content=builders.PDF,
            summary={"planned": 10, "run": 10, "passed": 10}, actor=tester, at=NOON,
        )  # fmt: skip


def _got(person, slug: str, key) -> int:
    return doors.signed_in(person).get(f"/o/{slug}/files/{key}/").status_code


@pytest.fixture
def desk():
    desk = doors.make_desk("SDS")  # governed under the BSC and the DIP Rules
    builders.answer_everything(desk.organisation, desk.actor)
    builders.submit_initial(desk.qualification, desk.actor)
    return desk


def test_r011_what_answers_cite_is_read_by_those_who_review_and_decide(desk):
    with acting_as(PORTAL):
        rows = Evidence.objects.filter(organisation=desk.organisation).exclude(file=None)
        key = rows.filter(uses__part__qualification=desk.qualification).first().file_id

    found = {who for who in STAFF if _got(factories.make_staff(*who), desk.slug, key) == 200}

    assert found == READERS | {("BSC", "PAB_SECRETARY")}


def test_r011_a_test_managers_reports_stay_open_to_test_managers(desk):
    report = _report(desk)

    for body in ("BSC", "MHHSP"):
        assert _got(factories.make_staff(body, "TEST_MANAGER"), desk.slug, report.file_id) == 200


def test_r010_one_who_relies_on_another_cannot_open_what_it_relies_on(desk):
    report = _report(desk)
    relying = doors.make_desk("SDS")
    builders.answer_everything(relying.organisation, relying.actor, said=f"See {report.file_id}.")
    builders.submit_initial(relying.qualification, relying.actor)
    person = relying.member.person

    assert _got(person, desk.slug, report.file_id) == 404
    assert _got(person, relying.slug, report.file_id) == 404
    assert _got(desk.member.person, desk.slug, report.file_id) == 200
    assert _got(desk.member.person, relying.slug, report.file_id) == 404
