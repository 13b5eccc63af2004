"""R142: a risk is reported to the Programme, and the Programme alone escalates."""

import pytest
from django.core import mail

from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Qualification
from tests import factories
from tests.reviews.desks import of_staff
from tests.reviews.reports import markets
from tests.reviews.reports.markets import NOW
from waves.models import Milestone
from waves.services import risk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def held() -> Qualification:
    markets.reference()
    return factories.make_qualification(factories.make_organisation("Larkspur Energy"))


def act(service, actor, held, note="Behind since October."):
    with acting_as(actor):
        found = Qualification.objects.select_related("organisation").get(pk=held.pk)
        return service(qualification=found, note=note, actor=actor, at=NOW)


def told(kind: str = "risk") -> list[tuple[str, str]]:
    with acting_as(PORTAL):
        rows = Notice.objects.filter(kind=kind).order_by("created_at", "pk")
        return [(row.email, row.subject) for row in rows]


def test_r142_the_programme_is_told_of_a_risk_and_records_that_it_escalated(held):
    lead, centre = factories.staff_actor("BSC", "LEAD"), factories.make_staff("MHHSP", "MCC_READER")
    programme = factories.staff_actor("MHHSP", "LEAD")
    with pytest.raises(Refused):
        act(risk.record_escalation, programme, held)

    act(risk.report_risk, lead, held)
    assert centre.email in {email for email, _ in told()}
    assert all(subject == "Larkspur Energy: reported at risk, Supplier" for _, subject in told())
    with pytest.raises(Refused):
        act(risk.report_risk, lead, held)

    act(risk.record_escalation, programme, held, "PSG of 20 November, item 4.")
    with acting_as(PORTAL):
        rows = Milestone.objects.filter(qualification=held, event__startswith="risk_")
        assert {row.event for row in rows.filter(undone_at=None)} == {
            "risk_reported",
            "risk_escalated",
        }
    act(risk.withdraw_report, lead, held, "The plan was baselined anew.")
    with acting_as(PORTAL):
        assert not rows.filter(undone_at=None).exists()
    assert mail.outbox == []  # the outbox of the portal sends, and to nobody outside


def test_r142_nobody_but_the_programme_records_an_escalation_and_it_reports_none(held):
    lead, programme = factories.staff_actor("BSC", "LEAD"), factories.staff_actor("MHHSP", "LEAD")
    act(risk.report_risk, lead, held)

    for body, duty in (("BSC", "LEAD"), ("REC", "LEAD"), ("DIP", "PLANNER"), ("BSC", "REVIEWER")):
        with pytest.raises(Denied):
            act(risk.record_escalation, factories.staff_actor(body, duty), held)
    with pytest.raises(Denied):
        act(risk.report_risk, programme, held)
    with pytest.raises(Invalid):
        act(risk.withdraw_report, lead, held, " ")


def test_r07_a_body_reports_risks_of_roles_that_it_governs_and_a_test_manager_of_every_role():
    markets.reference()
    held = factories.make_qualification(factories.make_organisation(), "SDS")

    with pytest.raises(Denied):
        act(risk.report_risk, factories.staff_actor("REC", "LEAD"), held)
    assert act(risk.report_risk, factories.staff_actor("REC", "TEST_MANAGER"), held).pk


def test_r142_the_report_shows_the_way_to_report_and_that_it_was_reported(held):
    other = markets.crowd(12)[9]
    lead, centre = of_staff("BSC", "LEAD"), of_staff("MHHSP", "MCC_READER")
    page = lead.get("/desk/reports/rp8/").content.decode()
    assert f"/desk/reports/risk/{other.pk}/" in page
    assert "Record escalation" not in centre.get("/desk/reports/rp8/").content.decode()

    url = f"/desk/reports/risk/{other.pk}/"
    assert lead.post(url, {"note": ""}).status_code == 422
    assert centre.get(url).status_code == 200
    assert lead.post(url, {"note": "Behind since October."}).status_code == 302
    assert "Tue 18 Nov 2025" in lead.get("/desk/reports/rp8/").content.decode()
    assert "Record escalation" in centre.get("/desk/reports/rp8/").content.decode()
    assert centre.post(url, {"note": "PSG, item 4."}).status_code == 302
    rows = centre.get("/api/v1/reports/rp8/").json()["rows"]
    assert [row["escalated"] for row in rows if row["reported"]] == ["2025-11-18"]
    assert of_staff("BSC", "REVIEWER").get(url).status_code == 403
