"""Decisions of the BSC PAB and the REC Code Manager, and MHHS Qualified (R113 to R119, D.7)."""

import copy
from datetime import timedelta

import pytest

from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.models import ActionPlan, Decision, Thread
from reviews.services import decisions, gates, plans, reopening, threads
from reviews.services.decisions import Condition
from submissions.services import submitting
from tests.reviews import builders as b
from waves.models import Obligation


@pytest.fixture(scope="module")
def signed(shared):
    return b.to(b.scene(), Status.SIGNED_OFF)


@pytest.fixture(scope="module")
def ready(shared):
    here = b.to(b.scene(), Status.SIGNED_OFF)
    b.make_ready(here)
    return here


@pytest.fixture(scope="module")
def trio(shared):
    here = b.to(b.scene("LDSO", "NON_SIT_LDSO_M10"), Status.SIGNED_OFF)
    for place in range(3):
        b.make_ready(here, place)
    return here


def recorded(here, place=0):
    with acting_as(PORTAL):
        rows = Decision.objects.filter(qualification_id=here.ids[place])
        return list(rows.order_by("recorded_at"))


# --- who decides (R113, R102)


@pytest.mark.django_db
def test_r102_both_code_bodies_approve_on_their_own(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC")
    after_one = here.statuses
    b.decide(here, "REC")

    assert (after_one, here.statuses) == ([Status.SIGNED_OFF], [Status.QUALIFIED])
    assert here.qualification.qualified_at == here.at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("BSC", "decision_maker"),
        ("BSC", "lead"),
        ("BSC", "admin"),
        ("REC", "secretary"),
        ("REC", "lead"),
        ("DIP", "lead"),
    ],
)
def test_r113_nobody_else_records_a_decision(ready, body, who):
    here = copy.copy(ready)
    actor = here.leads[body] if who == "lead" else getattr(here, who)
    subject = here.qualification

    with acting_as(actor), pytest.raises(Denied):
        decisions.record(
            qualification=subject, body=body, outcome="APPROVED", reasons="",
            decided_on=here.at.date(), minute_reference="PAB 331/04", actor=actor, at=here.tick(),
        )  # fmt: skip
    assert recorded(here) == []


@pytest.mark.django_db
def test_r113_the_bsc_does_not_decide_on_a_role_of_the_rec(shared):
    here = b.to(b.scene("MEM_ADV"), Status.SIGNED_OFF)

    with pytest.raises(Denied, match="not governed by BSC"):
        b.decide(here, "BSC")


# --- nothing has a default


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "MAYBE"}, "outcome"),
        ({"outcome": "DEFERRED", "reasons": " "}, "reasons"),
        ({"outcome": "NOT_APPROVED", "reasons": ""}, "reasons"),
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": b.NOON.date() + timedelta(days=900)}, "decided_on"),
        ({"minute_reference": ""}, "minute_reference"),
        ({"outcome": "DEFERRED", "reasons": "Later.",
          "conditions": [Condition("Test it.", b.NOON.date())]}, "conditions"),
        ({"conditions": [Condition("Test it.", None)]}, "conditions"),
        ({"conditions": [Condition("Test it.", b.NOON.date(), question="E02")]}, "conditions"),
    ],
)  # fmt: skip
def test_nothing_of_a_decision_has_a_default(ready, fields, field):
    here = copy.copy(ready)

    with pytest.raises(Invalid) as refusal:
        b.decide(here, "BSC", **({"outcome": "APPROVED"} | fields))
    assert list(refusal.value.problems) == [field]
    assert recorded(here) == []


# --- when (R99, R114, R118)


@pytest.mark.django_db
def test_d7_nothing_is_decided_before_it_is_signed(shared):
    here = b.to(b.scene("SDS"), Status.CONTENT_AGREED)

    with pytest.raises(Refused, match="Nothing is signed"):
        b.decide(here, "BSC")


@pytest.mark.django_db
def test_r114_r118_an_approval_names_everything_that_is_missing(signed):
    here = copy.copy(signed)

    with pytest.raises(Refused) as refusal:
        b.decide(here, "BSC")
    said = " ".join(refusal.value.reasons)
    assert len(refusal.value.reasons) == 2
    assert "DIP User status. Held by DIP Manager." in said
    assert "BSC has not recorded accession" in said


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", ["DEFERRED", "NOT_APPROVED"])
def test_x38_other_outcomes_do_not_wait_for_the_dip_user(signed, outcome):
    here = copy.copy(signed)

    assert b.decide(here, "BSC", outcome).outcome == outcome


@pytest.mark.django_db
@pytest.mark.parametrize("raiser", ["BSC", "REC", "DIP"])
@pytest.mark.parametrize("kind", ["OBSERVATION", "FINDING"])
def test_r099_an_open_item_of_any_body_holds_the_approval(ready, raiser, kind):
    here = copy.copy(ready)
    thread = b.raise_thread(here, raiser, kind)

    with pytest.raises(Refused, match=thread.reference):
        b.decide(here, "BSC")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["cleared", "planned"])
def test_r099_cleared_or_planned_items_do_not_hold_it(ready, how):
    here = copy.copy(ready)
    thread, lead = b.raise_thread(here, "DIP", "FINDING"), here.leads["DIP"]
    if how == "cleared":
        with acting_as(lead):
            threads.clear(thread=thread, actor=lead, at=here.tick())
    else:
        _plan(here, thread, lead)

    assert b.decide(here, "BSC").outcome == "APPROVED"


def _plan(here, thread, lead):
    with acting_as(here.admin):
        plans.propose(
            thread=thread, text="We will.", owner_name="Tom", due_on=b.tomorrow(here),
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(lead):
        plans.agree(thread=thread, actor=lead, at=here.tick())


@pytest.mark.django_db
def test_r114_a_withheld_dip_user_holds_the_second_approval(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC")
    subject = here.qualification
    with acting_as(here.leads["DIP"]):
        gates.withhold_dip_user(
            qualification=subject, note="The agreement ended.", actor=here.leads["DIP"],
            at=here.tick(),
        )  # fmt: skip

    with pytest.raises(Refused, match="The agreement ended"):
        b.decide(here, "REC")
    assert here.statuses == [Status.SIGNED_OFF]


# --- what follows


@pytest.mark.django_db
def test_d7_a_body_decides_once(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC")

    for outcome in ("APPROVED", "NOT_APPROVED", "DEFERRED"):
        with pytest.raises(Refused, match="has decided already"):
            b.decide(here, "BSC", outcome)


@pytest.mark.django_db
def test_d7_a_deferral_is_followed_by_a_decision(ready):
    here = copy.copy(ready)
    for outcome in ("DEFERRED", "DEFERRED", "APPROVED"):
        b.decide(here, "BSC", outcome)

    assert [(row.sequence, row.outcome) for row in recorded(here)] == [
        (1, "DEFERRED"), (2, "DEFERRED"), (3, "APPROVED"),
    ]  # fmt: skip
    assert here.statuses == [Status.SIGNED_OFF]


@pytest.mark.django_db
def test_d1_one_refusal_ends_it_and_the_other_body_decides_no_more(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC", "NOT_APPROVED")

    assert here.statuses == [Status.NOT_APPROVED]
    with pytest.raises(Refused):
        b.decide(here, "REC")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "court"), [("BSC", "Ofgem (BSC Section J 3.7)"), ("REC", "REC PAB (REC Schedule 9")]
)
def test_r122_a_refusal_names_the_right_way_of_appeal(ready, body, court):
    here = copy.copy(ready)
    b.decide(here, body, "NOT_APPROVED")

    with acting_as(PORTAL):
        notice = Notice.objects.filter(kind="decided", person_id=here.admin.person_id).get()
    assert court in notice.text
    assert "Programme" not in notice.text


@pytest.mark.django_db
def test_conditions_become_dated_findings_of_the_deciding_body(ready):
    here = copy.copy(ready)
    due = here.at.date() + timedelta(days=60)
    decision = b.decide(
        here, "BSC", conditions=[Condition("Report weekly until March.", due, severity="HIGH")]
    )
    b.decide(here, "REC")

    with acting_as(PORTAL):
        thread = Thread.objects.get(part__qualification_id=here.ids[0], kind="FINDING")
        plan = ActionPlan.objects.get(thread=thread)
    assert (thread.body, thread.status, thread.severity) == ("BSC", "PLAN_AGREED", "HIGH")
    assert (plan.due_on, plan.text) == (due, "Report weekly until March.")
    assert decision.conditions == [
        {"text": plan.text, "due_on": due.isoformat(), "reference": thread.reference}
    ]
    assert here.statuses == [Status.QUALIFIED]


@pytest.mark.django_db
def test_r111_after_a_reopening_a_decision_has_to_be_taken_again(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC")
    subject, part = here.qualification, here.part()
    with acting_as(here.admin):
        asked = reopening.request(
            qualification=subject, sections=[(part, "H")], reason="A figure is wrong.",
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(here.leads["REC"]):
        reopening.grant(request=asked, actor=here.leads["REC"], at=here.tick())
    with acting_as(here.admin):
        submitting.resubmit_final(
            qualification=subject, actor=here.admin, at=here.tick(), unchanged_because="It holds."
        )
    b.to(here, Status.SIGNED_OFF)
    b.decide(here, "REC")

    assert here.statuses == [Status.SIGNED_OFF]
    b.decide(here, "BSC")
    assert here.statuses == [Status.QUALIFIED]


# --- the trio (R14)


@pytest.mark.django_db
def test_r014_the_first_approvals_are_held_until_the_last(trio):
    here = copy.copy(trio)
    order = [("BSC", 0), ("REC", 0), ("BSC", 1), ("REC", 1), ("BSC", 2), ("REC", 2)]
    roles = [each.role for each in here.all]
    order = [(body, place) for body, place in order if (body, roles[place]) != ("REC", "UMSO")]
    seen = []
    for body, place in order:
        b.decide(here, body, place=place)
        seen.append(set(here.statuses))

    assert len(order) == 5
    assert seen == [{Status.SIGNED_OFF}] * 4 + [{Status.QUALIFIED}]
    rows = [row for place in range(3) for row in recorded(here, place)]
    assert {row.effective_at for row in rows} == {here.at}
    assert {each.qualified_at for each in here.all} == {here.at}


@pytest.mark.django_db
def test_r014_one_refusal_of_the_trio_leaves_none_qualified(trio):
    here = copy.copy(trio)
    for place, each in enumerate(here.all):
        if each.role != "UMSO":
            b.decide(here, "BSC", place=place)
            b.decide(here, "REC", place=place)
    last = next(place for place, each in enumerate(here.all) if each.role == "UMSO")
    b.decide(here, "BSC", "NOT_APPROVED", place=last)

    assert sorted(here.statuses) == ["NOT_APPROVED", "SIGNED_OFF", "SIGNED_OFF"]
    held = [row for place in range(3) for row in recorded(here, place) if row.outcome == "APPROVED"]
    assert {row.effective_at for row in held} == {None}


@pytest.mark.django_db
def test_r014_what_comes_true_last_qualifies_the_trio_also_when_it_is_no_decision(trio):
    here = copy.copy(trio)
    ldso = here.part(0)
    for place, each in enumerate(here.all):
        for body in ("BSC", "REC"):
            if (body, each.role) not in {("REC", "UMSO"), ("BSC", "SMRA_ERDA")}:
                b.decide(here, body, place=place)
    finding = b.raise_thread(here, "DIP", "FINDING", part=ldso)
    last = next(place for place, each in enumerate(here.all) if each.role == "SMRA_ERDA")
    b.decide(here, "BSC", place=last)
    assert set(here.statuses) == {Status.SIGNED_OFF}

    _plan(here, finding, here.leads["DIP"])

    assert set(here.statuses) == {Status.QUALIFIED}


# --- clocks and notices


@pytest.mark.django_db
def test_r115_the_decision_clock_of_the_body_is_met(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC")

    with acting_as(PORTAL):
        rows = Obligation.objects.filter(
            qualification_id=here.ids[0], activity="qualification_decision"
        )
        states = {row.body: row.state for row in rows}
    assert (states["BSC"] in ("MET", "LATE"), states["REC"]) == (True, "RUNNING")


@pytest.mark.django_db
def test_nt29_qualified_is_told_to_participant_and_bodies(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC")
    b.decide(here, "REC")

    with acting_as(PORTAL):
        told = set(Notice.objects.filter(kind="qualified").values_list("person_id", flat=True))
    assert {here.admin.person_id, here.director.person_id} <= told
    assert {lead.person_id for lead in here.leads.values()} <= told


# --- gates


@pytest.mark.django_db
def test_r118_accession_is_recorded_once_by_each_code_body(signed):
    here = copy.copy(signed)
    subject = here.qualification

    for body in ("BSC", "REC"):
        with acting_as(here.leads[body]):
            gates.record_accession(qualification=subject, actor=here.leads[body], at=here.tick())
    with acting_as(here.leads["BSC"]), pytest.raises(Refused, match="recorded this already"):
        gates.record_accession(qualification=subject, actor=here.leads["BSC"], at=here.tick())
    with acting_as(here.leads["DIP"]), pytest.raises(Refused, match="by the code bodies"):
        gates.record_accession(qualification=subject, actor=here.leads["DIP"], at=here.tick())


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["BSC", "REC"])
def test_r114_only_the_dip_manager_confirms_the_dip_user(signed, body):
    here = copy.copy(signed)
    subject = here.qualification

    with acting_as(here.leads[body]), pytest.raises(Denied):
        gates.confirm_dip_user(qualification=subject, actor=here.leads[body], at=here.tick())


@pytest.mark.django_db
def test_withholding_needs_a_reason_and_can_be_followed_by_confirmation(signed):
    here = copy.copy(signed)
    subject, dip = here.qualification, here.leads["DIP"]
    with acting_as(dip):
        with pytest.raises(Invalid):
            gates.withhold_dip_user(qualification=subject, note="", actor=dip, at=here.tick())
        first = gates.withhold_dip_user(
            qualification=subject, note="No agreement.", actor=dip, at=here.tick()
        )
        then = gates.confirm_dip_user(qualification=subject, actor=dip, at=here.tick())

    assert (first.status, then.status, then.at) == ("WITHHELD", "CONFIRMED", here.at)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"mpids_remaining": []}, "mpids_remaining"),
        ({"mpids_remaining": ["TOOLONG"]}, "mpids_remaining"),
        ({"text": ""}, "text"),
        ({"complete_by": None}, "complete_by"),
        ({"complete_by": b.NOON.date().replace(year=2026, month=10, day=28)}, "complete_by"),
    ],
)
def test_r119_an_assertion_names_mpids_and_a_day_before_the_milestone(shared, fields, field):
    here = b.scene("SDS", mpids_split=True)
    subject = here.qualification
    values = {"mpids_remaining": ["ZZZ9"], "complete_by": b.NOON.date(), "text": "They follow."}

    with acting_as(here.director), pytest.raises(Invalid) as refusal:
        gates.make_assertion(
            qualification=subject, actor=here.director, at=here.tick(), **(values | fields)
        )
    assert list(refusal.value.problems) == [field]


@pytest.mark.django_db
def test_r119_no_assertion_where_the_mpids_go_together(signed):
    here = copy.copy(signed)
    subject = here.qualification

    with acting_as(here.director), pytest.raises(Refused, match="nothing to assert"):
        gates.make_assertion(
            qualification=subject, mpids_remaining=["ZZZ9"], complete_by=b.NOON.date(),
            text="They follow.", actor=here.director, at=here.tick(),
        )  # fmt: skip
