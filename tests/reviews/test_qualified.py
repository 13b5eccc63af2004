"""Qualified yet? The criteria of R118, each missing alone, and who holds what is missing."""

from dataclasses import replace

import pytest

from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from reviews import qualified as q
from tests.reviews import known
from tests.reviews.known import EARLIER, NOW, facts, thread, without

READY = facts()
SPLIT = facts(mpids_split=True, assertion=None)


def _unapproved(scope: str, body: str) -> q.Facts:
    return without(READY, "approvals", (scope, body))


def _changed(scope: str) -> q.Facts:
    part = replace(READY.parts[scope], number=9, sha256="newer")
    return replace(READY, parts={**READY.parts, scope: part})


# What is taken away -> the one criterion that falls, what is said, and who holds it.
MISSING = {
    "accession-BSC": (without(READY, "accessions", "BSC"), 1, "BSC has not recorded", "BSC"),
    "accession-REC": (without(READY, "accessions", "REC"), 1, "REC has not recorded", "REC"),
    "approval-role-BSC": (_unapproved("role", "BSC"), 2, "BSC has not approved the role", "BSC"),
    "approval-role-DIP": (
        _unapproved("role", "DIP"), 2, "The DIP Manager has not approved the role", "DIP Manager",
    ),
    "approval-organisation-REC": (
        _unapproved("organisation", "REC"), 2, "REC has not approved the organisation", "REC",
    ),
    "comments-REC": (
        without(READY, "reviews", ("REC", "FINAL")), 2, "REC has not confirmed", "REC",
    ),
    "dip-user": (
        replace(READY, dip=None), 2, "has not confirmed the DIP User status", "DIP Manager",
    ),
    "dip-user-withheld": (
        replace(READY, dip=q.DipFacts("WITHHELD", NOW, "No agreement.")), 2,
        "does not confirm the DIP User status: No agreement.", "DIP Manager",
    ),
    "decision-BSC": (without(READY, "decisions", "BSC"), 2, "The BSC PAB has not", "BSC PAB"),
    "decision-REC": (
        without(READY, "decisions", "REC"), 2, "The REC Code Manager has not", "REC Code Manager",
    ),
    "decision-deferred": (
        replace(READY, decisions={**READY.decisions, "BSC": known.decision("DEFERRED")}), 2,
        "The BSC PAB deferred its decision", "BSC PAB",
    ),
    "report": (
        replace(READY, report=None, report_received_at=None), 2,
        "The QT Test Completion Report has not been received.", "the participant",
    ),
    "finding": (
        replace(READY, threads=(thread(),)), 3, "F-12 (H03) of BSC has no", "the participant",
    ),
    "observation": (
        replace(READY, threads=(thread("REC", "OBSERVATION"),)), 3, "O-12 (H03) of REC has no",
        "the participant",
    ),
    "plan-of-dip": (
        replace(READY, threads=(thread("DIP", status="PLAN_PROPOSED", holder="BODY"),)), 3,
        "the proposed plan is not agreed", "DIP Manager",
    ),
    "assertion": (SPLIT, 4, "The Management Assertion on the remaining MPIDs", "a director"),
}  # fmt: skip


def test_r118_all_four_criteria_hold_when_nothing_is_missing():
    rows = q.criteria(READY)

    assert [(row.number, row.state) for row in rows] == [
        (1, "met"), (2, "met"), (3, "met"), (4, "not_needed"),
    ]  # fmt: skip
    assert q.missing(READY) == ()
    assert q.may_be_qualified(READY)


@pytest.mark.parametrize(
    ("without_it", "number", "said", "holder"), MISSING.values(), ids=MISSING.keys()
)
def test_r118_each_criterion_alone_missing_means_not_qualified(without_it, number, said, holder):
    rows = q.criteria(without_it)

    assert [row.number for row in rows if not row.is_met] == [number]
    fallen = rows[number - 1]
    assert said in fallen.because
    assert fallen.holder == holder
    assert not q.may_be_qualified(without_it)


def test_r107_with_an_accepted_letter_the_delegate_holds_the_signature_too():
    unsigned = facts("MEM_SMART", status="CONTENT_AGREED", sign_off=None)
    held = {
        state: next(lack for lack in q.missing(replace(unsigned, letter=state))
                    if lack.key == "signature").holder_label
        for state in ("", "SIGNED", "ACCEPTED")
    }  # fmt: skip
    assert held == {
        "": "a director", "SIGNED": "a director", "ACCEPTED": "a director or the delegate",
    }  # fmt: skip


@pytest.mark.parametrize("scope", q.SCOPES)
def test_r103_a_change_voids_approvals_and_signature_of_what_it_touched(scope):
    changed = _changed(scope)

    assert not any(changed.approval_stands(scope, body) for body in changed.bodies)
    assert not changed.signature_stands
    assert {lack.key for lack in q.missing(changed)} == {"approval", "signature"}
    assert all(lack.scope == scope for lack in q.missing(changed) if lack.key == "approval")


@pytest.mark.parametrize("role", MARKET_ROLES)
def test_r101_bodies_of_the_role_approve_organisation_and_role(role):
    bare = facts(role, approvals={})

    asked = {(lack.body, lack.scope) for lack in q.missing(bare) if lack.key == "approval"}

    assert asked == {
        (body, scope) for body in MARKET_ROLES[role].bodies for scope in ("organisation", "role")
    }


@pytest.mark.parametrize("role", MARKET_ROLES)
def test_r102_r113_every_governing_code_body_decides(role):
    undecided = facts(role, decisions={})

    waits = [lack.body for lack in q.missing(undecided) if lack.key == "decision"]

    assert tuple(waits) == MARKET_ROLES[role].deciding_bodies


@pytest.mark.parametrize(
    ("status", "counts"),
    [("RAISED", True), ("PLAN_PROPOSED", True), ("PLAN_AGREED", False), ("ACTION_DONE", False),
     ("CLEARED", False)],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["FINDING", "OBSERVATION"])
@pytest.mark.parametrize("body", ["BSC", "REC", "DIP"])
def test_r099_findings_and_observations_of_every_body_are_cleared_or_planned(
    body, kind, status, counts
):
    held = replace(READY, threads=(thread(body, kind, status),))

    assert bool([lack for lack in q.missing(held) if lack.key == "finding"]) == counts


def test_r099_findings_of_a_body_that_does_not_govern_the_role_do_not_count():
    held = facts("MEM_SMART", threads=(thread("BSC", scope="organisation"),))

    assert q.missing(held) == ()


@pytest.mark.parametrize("status", ["OPEN", "RESPONDED", "CLOSED"])
def test_r099_comments_do_not_count_at_the_decision(status):
    assert q.missing(replace(READY, threads=(thread(kind="COMMENT", status=status),))) == ()


def test_r111_a_void_signature_takes_its_decisions_with_it():
    void = replace(READY.sign_off, status="VOID", void_because="Section J was reopened.")
    lacks = q.missing(replace(READY, sign_off=void))

    assert [lack.key for lack in lacks] == ["signature", "decision", "decision"]
    assert "Section J was reopened." in lacks[0].what


def test_a_decision_on_an_earlier_signature_does_not_count():
    old = {body: known.decision(sign_off_id=READY.id) for body in ("BSC", "REC")}

    assert [lack.key for lack in q.missing(replace(READY, decisions=old))] == ["decision"] * 2


@pytest.mark.parametrize("route", ["SIT_M10_READY", "SIT_M11_READY", "SIT_NOT_M11_READY"])
def test_r085_r110_sit_needs_report_and_agreed_work_off_plans_before_the_signature(route):
    report = q.ReportFacts("SIT", EARLIER, work_off_agreed=False)
    waiting = facts("SDS", route=route, report=None, report_received_at=None)
    unagreed = facts("SDS", route=route, report=report)

    assert [lack.key for lack in q.before_signature(waiting)] == ["report"]
    assert "SIT Completion Report" in q.before_signature(waiting)[0].what
    assert [lack.key for lack in q.before_signature(unagreed)] == ["work_off"]
    assert q.before_signature(facts("SDS", route=route)) == ()


def test_r075_each_body_that_has_not_agreed_the_work_off_plans_is_named():
    report = q.ReportFacts("SIT", EARLIER, False, is_reviewed=True, agreed_by=("BSC",))
    waiting = facts("SUPPLIER", route="SIT_M10_READY", report=report)

    held = {lack.holder_label: lack.what for lack in q.before_signature(waiting)}

    assert set(held) == {"REC", "DIP Manager"}
    assert held["REC"] == "REC has not agreed the work-off plans of the SIT Completion Report."


def test_x18_sign_off_waits_for_confirmed_comments_and_not_for_planned_findings():
    planned = replace(READY, threads=(thread(status="PLAN_AGREED"),))
    bare = replace(READY, threads=(thread(),))

    assert q.before_signature(planned) == q.before_signature(bare) == ()


@pytest.mark.parametrize("body", ["BSC", "REC"])
def test_r114_d7_before_a_decision_the_dip_user_is_confirmed(body):
    lacks = q.before_decision(replace(READY, dip=None), body)

    assert [(lack.key, lack.holder_label) for lack in lacks] == [("dip_user", "DIP Manager")]


@pytest.mark.parametrize(("own", "other"), [("BSC", "REC"), ("REC", "BSC")])
def test_d7_a_body_waits_for_its_own_accession_record_and_not_for_the_others(own, other):
    without_own = replace(without(READY, "accessions", own), decisions={})
    without_other = replace(without(READY, "accessions", other), decisions={})

    assert [lack.key for lack in q.before_decision(without_own, own)] == ["accession"]
    assert q.before_decision(without_other, own) == ()


@pytest.mark.parametrize("missing_one", ["LDSO", "SMRA_ERDA", "UMSO"])
def test_r014_two_of_the_trio_approved_and_one_pending_means_none_qualified(missing_one):
    held = [
        without(each, "decisions", "BSC") if each.role == missing_one else each
        for each in known.trio()
    ]
    held = [known.with_mates(each, held) for each in held]

    assert not any(q.may_be_qualified(each) for each in held)
    for each in held:
        keys = [lack.key for lack in q.missing(each)]
        assert keys == (["decision"] if each.role == missing_one else ["trio"])


def test_r014_the_whole_trio_may_be_qualified_when_all_three_are_ready():
    assert all(q.may_be_qualified(each) for each in known.trio())


def test_r014_five_decisions_are_counted_for_the_trio():
    first = known.trio()[0]

    assert (q.verdict(first).decisions_taken, q.verdict(first).decisions_needed) == (5, 5)


BLANK = {
    "parts": {}, "reviews": {}, "approvals": {}, "sign_off": None, "dip": None, "accessions": {},
    "decisions": {}, "report": None, "report_received_at": None, "final_submitted_at": None,
    "final_opened_at": None, "content_agreed_at": None, "signed_off_at": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("status", "first", "holder"),
    [
        (Status.INITIAL_DRAFT, "initial", "the participant"),
        (Status.INITIAL_PART_SUBMITTED, "initial", "the participant"),
        (Status.INITIAL_SUBMITTED, "initial_review", "BSC"),
        (Status.INITIAL_REVIEW, "initial_review", "BSC"),
        (Status.INITIAL_REVIEWED, "report", "the participant"),
        (Status.FINAL_DRAFT, "report", "the participant"),
        (Status.FINAL_SUBMITTED, "report", "the participant"),
    ],
)
def test_the_first_thing_missing_is_what_somebody_can_do_today(status, first, holder):
    lacks = q.missing(facts(status=status, **BLANK))

    assert (q.first_of(lacks).key, q.first_of(lacks).holder_label) == (first, holder)


# Where the next step is open: what changes the blank facts -> what comes first, and who holds it.
NEXT = {
    "the Final may be opened": (
        {"status": Status.INITIAL_REVIEWED, "report_received_at": NOW},
        "final", "the participant", "The Final QAD is not opened yet.",
    ),
    "on SIT it may be opened before the report": (
        {"status": Status.INITIAL_REVIEWED, "route": "SIT_M10_READY"},
        "final", "the participant", "The Final QAD is not opened yet.",
    ),
    "on SIT the Final is being written": (
        {"status": Status.FINAL_DRAFT, "route": "SIT_M10_READY", "final_opened_at": NOW},
        "final", "the participant", "The Final QAD is not submitted.",
    ),
    "on SIT the Final is being read": (
        {"status": Status.FINAL_REVIEW, "route": "SIT_M10_READY", "final_submitted_at": NOW},
        "approval", "BSC", "BSC has not approved the organisation part.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "key", "holder", "said"), NEXT.values(), ids=NEXT.keys())
def test_the_first_thing_missing_is_the_next_act_of_who_holds_the_ball(changes, key, holder, said):
    first = q.first_of(q.missing(facts(**(BLANK | changes))))

    assert (first.key, first.holder_label, first.what) == (key, holder, said)


def test_once_the_content_is_agreed_the_signature_comes_before_accession_and_findings():
    agreed = facts(
        status=Status.CONTENT_AGREED, sign_off=None, accessions={}, decisions={},
        threads=(thread(),),
    )  # fmt: skip

    assert q.first_of(q.missing(agreed)).key == "signature"
    assert {"finding", "accession"} <= {lack.key for lack in q.missing(agreed)}


def test_r014_what_a_mate_lacks_is_named_by_role_and_holder_and_not_quoted():
    """REC reads the LDSO's QAD but not the UMSO's (R7, R11)."""
    held = [
        replace(each, threads=(thread("BSC", holder="BODY", status="PLAN_PROPOSED"),), decisions={})
        if each.role == "UMSO"
        else each
        for each in known.trio()
    ]
    ldso = known.with_mates(held[0], held)

    (lack,) = q.missing(ldso)

    assert lack.what == "UMSO, which goes together with this role, is not ready: BSC holds it."
    assert (lack.key, lack.holder_label) == ("trio", "BSC")


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ("NOT_APPROVED", "was not approved by the BSC PAB"),
        ("WITHDRAWN", "is withdrawn"),
    ],
)
def test_r014_r118_where_one_of_the_trio_ended_the_others_say_that_they_wait(ended, said):
    held = [
        replace(
            each,
            status=ended,
            decisions={**each.decisions, "BSC": known.decision("NOT_APPROVED")},
        )
        if each.role == "LDSO"
        else each
        for each in known.trio()
    ]
    umso = known.with_mates(next(each for each in held if each.role == "UMSO"), held)

    said = f"LDSO, which goes together with this role, {said}"
    lack = next(each for each in q.missing(umso) if each.what.startswith("LDSO"))

    assert lack.what == f"{said}. The three are Qualified together, so this role waits with it."
    assert (lack.key, lack.holder_label) == ("trio", "the participant")
    assert not q.may_be_qualified(umso)
    assert said in q.verdict(umso).cell.text
    held_back = [line.cell.text for band in q.bands(umso) for line in band.lines]
    assert any("one of the trio ended without it" in text for text in held_back)


@pytest.mark.parametrize("status", [s for s in Status if s not in ("QUALIFIED", "WITHDRAWN")])
def test_from_wherever_it_stands_everything_that_lacks_is_listed(status):
    keys = {lack.key for lack in q.missing(facts(status=status, **BLANK))}

    assert {"report", "approval", "confirmation", "accession", "dip_user", "signature",
            "decision"} <= keys  # fmt: skip


@pytest.mark.parametrize("status", [Status.QUALIFIED, Status.WITHDRAWN])
def test_nothing_is_missing_once_it_is_over(status):
    assert q.missing(facts(status=status, **BLANK)) == ()


def test_every_lack_names_a_holder_in_words():
    for status in Status:
        for lack in q.missing(facts(status=status, **BLANK)):
            assert lack.holder_label
            assert lack.what.strip() == lack.what
