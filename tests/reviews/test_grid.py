"""The matrix: each cell says its state, why, who holds it and since when."""

from dataclasses import replace

import pytest

from foundation.ui.status import STATES
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from reviews import qualified as q
from tests.reviews import known
from tests.reviews.known import EARLIER, NOW, facts, thread, without
from tests.reviews.test_qualified import BLANK

READY = facts()


def cell(held: q.Facts, body: str, key: str) -> q.Cell:
    """Return one cell of a column."""
    band = next(band for band in q.bands(held) if band.body == body)
    return next(line.cell for line in band.lines if line.key == key)


def given(status: str, **changes) -> q.Facts:
    opinion = q.ApprovalFacts(
        status, "role-hash", 4, NOW, because="Show the recovery test.",
        lapsed_at=NOW if status == "LAPSED" else None,
        lapsed_because="Section J was reopened." if status == "LAPSED" else "",
    )  # fmt: skip
    return replace(
        READY, status="FINAL_REVIEW", approvals={**READY.approvals, ("role", "BSC"): opinion},
        **changes,
    )  # fmt: skip


@pytest.mark.parametrize("role", MARKET_ROLES)
@pytest.mark.parametrize("status", Status)
def test_every_cell_of_every_role_and_state_has_a_known_word(role, status):
    for held in (facts(role, status=status), facts(role, status=status, **BLANK)):
        shown = [line.cell for band in q.bands(held) for line in band.lines]
        shown.append(q.verdict(held).cell)

        assert {each.state for each in shown} <= set(STATES)


def test_the_bands_are_those_of_the_picture():
    rows = [(band.body, [line.key for line in band.lines]) for band in q.bands(READY)]

    assert rows == [
        ("BSC", ["review", "findings", "decision"]),
        ("REC", ["review", "findings", "decision"]),
        ("DIP", ["review", "findings", "dip_user"]),
        ("", ["sign_off"]),
    ]


@pytest.mark.parametrize("key", ["review", "findings", "decision"])
def test_r013_a_body_that_does_not_govern_the_role_is_not_needed(key):
    shown = cell(facts("MEM_SMART"), "BSC", key)

    assert (shown.state, "REC and DIP Manager" in shown.text) == ("not_needed", True)


@pytest.mark.parametrize(
    ("held", "state", "holder"),
    [
        (facts(status="INITIAL_DRAFT", **BLANK), "not_due", "the participant"),
        (facts(status="INITIAL_SUBMITTED", **BLANK), "not_read", "BSC"),
        (facts(status="INITIAL_REVIEWED", **BLANK), "not_due", "the participant"),
        (facts(status="FINAL_REVIEW", approvals={}), "final_under_review", "BSC"),
        (given("FURTHER_SUBMISSION"), "asks_for_more", "the participant"),
        (given("LAPSED"), "lapsed", "BSC"),
        (replace(READY, status="FINAL_REOPENED"), "waiting", "the participant"),
        (without(READY, "reviews", ("BSC", "FINAL")), "in_review", "BSC"),
        (READY, "approved", ""),
    ],
)
def test_the_review_cell_follows_the_review(held, state, holder):
    shown = cell(held, "BSC", "review")

    assert (shown.state, shown.holder) == (state, holder)


def test_r103_an_approval_of_an_older_version_shows_as_lapsed():
    part = replace(READY.parts["role"], number=5, sha256="newer")
    shown = cell(replace(READY, parts={**READY.parts, "role": part}), "BSC", "review")

    assert (shown.state, shown.text) == ("lapsed", "Role part: it covers version 4 only")


@pytest.mark.parametrize(
    ("threads", "state", "word"),
    [
        ((), "cleared", "None open"),
        ((thread(),), "plan_needed", "1 without plan"),
        ((thread(status="PLAN_AGREED"),), "cleared", "All cleared or planned"),
        ((thread(status="CLEARED", settled_at=NOW),), "cleared", "All cleared"),
        ((thread(kind="COMMENT", status="OPEN"),), "cleared", "None open"),
    ],
)
def test_the_findings_cell_counts_what_has_no_plan(threads, state, word):
    shown = cell(replace(READY, threads=threads), "BSC", "findings")

    assert (shown.state, shown.word) == (state, word)


@pytest.mark.parametrize(
    ("held", "state"),
    [
        (facts(status="INITIAL_SUBMITTED", **BLANK), "not_read"),
        (facts(status="FINAL_SUBMITTED", reviews={}), "not_read"),
        (without(READY, "reviews", ("BSC", "FINAL")), "not_read"),
        (without(READY, "reviews", ("REC", "FINAL")), "cleared"),
        (facts(status="INITIAL_DRAFT", **BLANK), "not_due"),
    ],
)
def test_no_findings_are_good_news_only_from_a_body_that_has_begun_to_read(held, state):
    assert cell(held, "BSC", "findings").state == state


@pytest.mark.parametrize(
    ("held", "state", "holder"),
    [
        (facts(status="FINAL_REVIEW"), "approved", ""),
        (facts(status="FINAL_REVIEW", decisions={}), "not_due", ""),
        (facts(decisions={}), "waiting", "BSC PAB"),
        (facts(decisions={}, dip=None), "cannot_be_decided", "DIP Manager"),
        (facts(decisions={"BSC": known.decision("DEFERRED")}), "waiting", "BSC PAB"),
        (facts(decisions={"BSC": known.decision("NOT_APPROVED")}), "refused", ""),
        (known.trio()[0], "approved_held", ""),
    ],
)
def test_the_decision_cell_says_whether_it_can_be_taken(held, state, holder):
    shown = cell(held, "BSC", "decision")

    assert (shown.state, shown.holder) == (state, holder)


@pytest.mark.parametrize(
    ("held", "state"),
    [
        (READY, "confirmed"),
        (replace(READY, dip=None), "waiting"),
        (replace(READY, dip=q.DipFacts("WITHHELD", NOW, "No agreement.")), "not_confirmed"),
        (facts(status="INITIAL_DRAFT", **BLANK), "not_due"),
    ],
)
def test_the_dip_user_cell(held, state):
    assert cell(held, "DIP", "dip_user").state == state


VOID = replace(READY.sign_off, status="VOID", void_because="Section J was reopened.")


@pytest.mark.parametrize(
    ("held", "state"),
    [
        (READY, "signed"),
        (facts(status="CONTENT_AGREED", sign_off=None), "open_now"),
        (facts(status="CONTENT_AGREED", sign_off=None, report=None, report_received_at=None),
         "not_yet"),
        (facts(status="FINAL_REVIEW", sign_off=None), "not_open"),
        (facts(status="FINAL_REOPENED", sign_off=VOID), "no_longer_covers"),
    ],
)  # fmt: skip
def test_the_sign_off_cell(held, state):
    assert cell(held, "", "sign_off").state == state


def test_r106_a_delegate_may_sign_for_a_rec_only_role_and_the_letter_is_named():
    held = facts("MEM_ADV", status="FINAL_REVIEW", sign_off=None, letter="SIGNED")

    assert cell(held, "", "sign_off").text == "A delegate may sign: letter signed, not accepted yet"


@pytest.mark.parametrize(
    ("held", "word", "text"),
    [
        (facts(decisions={}), "Not yet", "2 things missing"),
        (facts(dip=None), "Not yet", "1 thing missing"),
        (facts(status="QUALIFIED", qualified_at=EARLIER), "", "Since 13 Apr 2026"),
        (facts(status="NOT_APPROVED"), "Not approved", "An appeal is possible."),
    ],
)
def test_the_verdict_counts_what_is_missing(held, word, text):
    shown = q.verdict(held).cell

    assert (shown.word, shown.text) == (word, text)


def test_r014_the_verdict_of_the_trio_is_one_lock():
    held = [without(each, "decisions", "BSC") for each in known.trio()]
    shown = q.verdict(known.with_mates(held[0], held)).cell

    assert (shown.state, shown.word) == ("locked", "Not yet: locked together")
