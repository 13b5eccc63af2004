"""Signatures and decisions stand for one role each (R26, R107 to R109, R115, R116, R120, R123)."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import queries as people
from participants.enums import Status
from reviews import facts
from reviews.models import SignOff
from reviews.qualified import own_missing
from reviews.services import letters
from submissions import queries
from submissions.content import Content
from submissions.models import Answer
from submissions.services import answering
from tests import factories
from tests.reviews import builders as b
from tests.submissions import builders as qads
from tests.submissions.builders import PDF
from waves.models import Obligation
from waves.routes import ROUTES
from waves.services import clocks

pytestmark = pytest.mark.django_db
TIMETABLE = Path(__file__).resolve().parents[2] / "fixtures" / "timetable_v1.csv"


def _letter_for_the_delegate(here, place: int) -> None:
    subject, rec = here.fresh(place), here.leads["REC"]
    with acting_as(rec):
        drafted = letters.draft(
            qualification=subject, delegate=here.delegate_membership, actor=rec, at=here.tick()
        )
    with acting_as(here.director):
        signed = letters.sign_letter(
            letter=drafted, name="letter.pdf", content=PDF, actor=here.director, at=here.tick()
        )
    with acting_as(rec):
        letters.accept_letter(letter=signed, actor=rec, at=here.tick())


# --- R108: each role its own signature -----------------------------------------------------------


def test_r108_in_a_mixed_qad_the_delegates_signature_covers_the_mem_alone():
    here = b.scene("MEM_SMART")
    b.to(b.add_role(here, "SUPPLIER"), Status.CONTENT_AGREED)
    _letter_for_the_delegate(here, 0)

    with pytest.raises(Denied, match="governed under the BSC"):
        b.sign(here, 1, here.delegate)
    b.sign(here, 0, here.delegate)

    assert here.statuses == ["SIGNED_OFF", "CONTENT_AGREED"]
    b.sign(here, 1)
    with acting_as(PORTAL):
        rows = SignOff.objects.order_by("signed_at")
        given = [(row.qualification.role, row.capacity) for row in rows]
    assert given == [("MEM_SMART", "DELEGATE"), ("SUPPLIER", "DIRECTOR")]


def test_r108_a_letter_for_one_mem_does_not_serve_the_other():
    here = b.scene("MEM_SMART")
    b.to(b.add_role(here, "MEM_ADV"), Status.CONTENT_AGREED)
    _letter_for_the_delegate(here, 0)

    with pytest.raises(Refused, match="no letter of delegated authority"):
        b.sign(here, 1, here.delegate)


@pytest.mark.parametrize("status", [Status.QUALIFIED, Status.NOT_APPROVED])
def test_r107_no_letter_is_drafted_once_a_qualification_has_ended(status):
    here = b.scene("MEM_SMART")
    b.to(here, Status.QUALIFIED if status == Status.QUALIFIED else Status.SIGNED_OFF)
    if status == Status.NOT_APPROVED:
        b.decide(here, "REC", "NOT_APPROVED")
    subject, rec = here.fresh(), here.leads["REC"]

    with acting_as(rec), pytest.raises(Refused, match="ended"):
        letters.draft(
            qualification=subject, delegate=here.delegate_membership, actor=rec, at=here.tick()
        )


# --- R109: the day by which to sign --------------------------------------------------------------


def _printed(route: str) -> date:
    with TIMETABLE.open(encoding="utf-8") as file:
        rows = {(row["activity_key"], row["route"]): row["start"] for row in csv.DictReader(file)}
    return date.fromisoformat(rows["qad_signoff_deadline", route])


@pytest.mark.parametrize("route", [code for code, road in ROUTES.items() if road.kind != "LDSO"])
def test_r109_the_day_to_sign_is_the_one_printed_for_the_route(route):
    qads.publish_reference_data()
    held = factories.make_qualification(factories.make_organisation(), route=route)

    with acting_as(PORTAL):
        clocks.sync(qualification=held, actor=PORTAL, at=factories.NOON)
        running = Obligation.objects.get(qualification=held, activity="qad_signoff_deadline")

    assert (running.due_on, running.state) == (_printed(route), "RUNNING")


@pytest.mark.parametrize(("days", "state"), [(0, "MET"), (1, "LATE")])
def test_r109_the_day_to_sign_stops_nobody_and_lateness_is_recorded(days, state):
    here = b.to(b.scene(), Status.CONTENT_AGREED)
    day = _printed("QT_WAVE_3")
    here.at = here.at.replace(year=day.year, month=day.month, day=day.day)
    here.tick(days=days)

    b.sign(here)

    assert here.statuses == ["SIGNED_OFF"]
    with acting_as(PORTAL):
        met = Obligation.objects.get(qualification_id=here.ids[0], activity="qad_signoff_deadline")
    assert (met.due_on, met.state) == (day, state)


# --- R115, R116: decisions -----------------------------------------------------------------------


def test_r115_a_decision_does_not_come_before_the_signature_that_it_is_about():
    here = b.to(b.scene(), Status.SIGNED_OFF)
    b.make_ready(here)
    signed_on = here.signed[0].signed_at.date()
    here.tick(days=3)

    with pytest.raises(Invalid, match="decisions follow it"):
        b.decide(here, "BSC", decided_on=signed_on - timedelta(days=1))
    assert b.decide(here, "BSC", decided_on=signed_on).decided_on == signed_on


def test_r116_the_bsc_decision_names_its_pab_minute_and_the_recs_has_no_meeting():
    here = b.to(b.scene(), Status.SIGNED_OFF)
    b.make_ready(here)

    with pytest.raises(Invalid, match="PAB minute"):
        b.decide(here, "BSC", minute_reference=" ")
    assert b.decide(here, "BSC", minute_reference="PAB 331/04").minute_reference == "PAB 331/04"
    assert b.decide(here, "REC").minute_reference == ""


# --- R120, R123: who is Qualified, and what is not ours -----------------------------------------


def test_r120_x45_it_is_clear_which_role_is_qualified_and_which_only_tested():
    here = b.scene()
    b.add_role(here, "MEM_SMART")
    b.to(here, Status.QUALIFIED, places=[0])
    b.to(here, Status.FINAL_REVIEW, places=[1])
    lead = here.leads["REC"]

    with acting_as(lead):
        found = {
            role: people.narrowed(people.organisations(lead), lead, role=role, status="QUALIFIED")
            .filter(pk=here.organisation.pk)
            .exists()
            for role in ("SUPPLIER", "MEM_SMART")
        }
        words = {
            each.role: each.get_status_display()
            for each in people.of_organisation(lead, here.organisation.pk)
        }
    assert found == {"SUPPLIER": True, "MEM_SMART": False}
    assert words == {"SUPPLIER": "MHHS Qualified", "MEM_SMART": "Final, under review"}


def test_r123_of_certificates_and_standing_data_the_portal_only_speaks():
    here = b.scene("SDS")
    readers = {body: factories.make_staff(body, "MCC_READER") for body in ("BSC", "REC", "MHHSP")}
    b.to(here, Status.QUALIFIED)

    with acting_as(PORTAL):
        told = {row.person_id: row for row in Notice.objects.filter(kind="qualified")}
        running = Obligation.objects.filter(qualification_id=here.ids[0], state="RUNNING")
        left = list(running.values_list("activity", flat=True))
    assert {reader.pk for reader in readers.values()} <= told.keys()
    assert here.leads["DIP"].person_id in told  # Elexon as DIP Manager
    assert here.leads["REC"].person_id not in told  # the REC has no part in an SDS
    text = told[here.admin.person_id].text
    assert "Production certificates and the publication of standing data follow outside" in text
    assert left == []


# --- R26: parts that MHHS does not change --------------------------------------------------------


def test_r026_what_is_set_aside_needs_a_reason_and_every_bodys_agreement():
    here = b.to(b.scene(), Status.FINAL_DRAFT)
    qads.answer_everything(here.organisation, here.admin, here.tick())
    _set_aside(here, "H05", "Unchanged from the legacy role: see A11.")
    qads.submit_final(here.fresh(), here.admin, here.tick())
    part = here.part()

    with acting_as(here.leads["BSC"]):
        shown = queries.frozen(queries.latest_versions([part.pk])[part.pk], "H")["H"]
    said = next(each["answer"] for each in shown["questions"] if each["code"] == "H05")
    assert (said["is_not_applicable"], said["not_applicable_reason"]) == (
        True, "Unchanged from the legacy role: see A11.",
    )  # fmt: skip
    b.raise_thread(here, "REC", "FINDING", question="H05")
    with pytest.raises(Refused, match="neither cleared nor with an agreed plan"):
        b.approve_part(here, "REC", part)
    for body in ("BSC", "DIP"):
        b.approve_part(here, body, part)
    with acting_as(PORTAL):
        lacks = own_missing(facts.facts_of(here.ids[0]))
    assert [each.body for each in lacks if each.key == "approval" and each.scope == "role"] == [
        "REC"
    ]


def _set_aside(here, code: str, reason: str) -> None:
    part = here.part()
    with acting_as(PORTAL):
        seen = Answer.objects.get(part=part, question=code).revision

    def save(why: str) -> None:
        sent = Content(is_not_applicable=True, not_applicable_reason=why)
        with acting_as(here.admin):
            answering.save_answer(
                part=part, question_code=code, sent=sent, revision=seen, actor=here.admin,
                at=here.tick(),
            )  # fmt: skip

    with pytest.raises(Invalid, match="say why"):
        save(" ")
    save(reason)
