"""Every move of judgement is open from its own states and from no other (D.1, D.4 to D.7, D.13)."""

import pytest

from participants.enums import FINAL_STATES, INITIAL_STATES, Status
from participants.roles import MEMBERS, STAFF
from reviews import lifecycle as m
from reviews.enums import (
    ApprovalState,
    DipUserState,
    LetterState,
    PlanState,
    ReopenState,
    SignOffState,
    ThreadState,
)

# What the guards look at when nothing speaks against the move.
READY = {
    **dict.fromkeys(m.QUALIFICATION_MOVES, m.Missing()),
    **dict.fromkeys((*m.THREAD_MOVES, *m.PLAN_MOVES), m.ThreadFacts()),
    **dict.fromkeys(m.APPROVAL_MOVES, m.ApprovalFacts(body="BSC", seen="a", newest="a")),
    **dict.fromkeys(m.LETTER_MOVES, m.LetterFacts()),
}
LIFECYCLES = [
    (Status, m.QUALIFICATION_MOVES),
    (ThreadState, m.THREAD_MOVES),
    (PlanState, m.PLAN_MOVES),
    (ApprovalState, m.APPROVAL_MOVES),
    (ReopenState, m.REOPEN_MOVES),
    (LetterState, m.LETTER_MOVES),
    (SignOffState, m.SIGN_OFF_MOVES),
    (DipUserState, m.DIP_USER_MOVES),
]
MATRIX = [
    pytest.param(move, status.value, id=f"{move.name}-{status.value}")
    for states, moves in LIFECYCLES
    for move in moves
    for status in states
]
# Written out a second time, by hand, from domain D: state -> the moves that may follow it.
BY_HAND = {
    "INITIAL_SUBMITTED": {"start_initial_review", "complete_initial_review"},
    "INITIAL_REVIEW": {"complete_initial_review"},
    "FINAL_SUBMITTED": {"start_final_review", "reopen"},
    "FINAL_REVIEW": {"agree_content", "reopen"},
    "CONTENT_AGREED": {"sign_off", "reopen"},
    "SIGNED_OFF": {"qualify", "not_approve", "reopen"},
    "NOT_APPROVED": {"decide_anew"},
    "OPEN": {"respond", "ask_again", "close"},
    "RESPONDED": {"respond", "ask_again", "close"},
    "CLOSED": set(),
    "RAISED": {"respond_to_finding", "ask_again_of_finding", "propose_plan", "clear"},
    "PLAN_PROPOSED": {"agree_plan", "return_plan", "clear"},
    "PLAN_AGREED": {"mark_done", "clear"},
    "ACTION_DONE": {"return_action", "clear"},
    "CLEARED": set(),
    "REQUESTED": {"grant_reopening", "refuse_reopening"},
    "GRANTED": {"close_request"},
    "DRAFTED": {"sign_letter", "revoke_letter", "withdraw_letter"},
    "ACCEPTED": {"revoke_letter", "withdraw_letter"},
}


@pytest.mark.parametrize(("move", "status"), MATRIX)
def test_a_move_is_open_only_from_its_own_states(move, status):
    assert (move.objections(status, READY.get(move)) == ()) == (status in move.sources)


@pytest.mark.parametrize("status", [*BY_HAND, *(s.value for s in Status if s.value not in BY_HAND)])
def test_the_moves_from_a_state_are_those_of_the_domain(status):
    moves = (*m.QUALIFICATION_MOVES, *m.THREAD_MOVES, *m.REOPEN_MOVES, *m.LETTER_MOVES)

    found = {move.name for move in moves if status in move.sources}

    assert found == BY_HAND.get(status, set())


@pytest.mark.parametrize("status", [Status.QUALIFIED, Status.WITHDRAWN])
def test_r144_nothing_leads_out_of_an_ended_qualification(status):
    assert [move.name for move in m.QUALIFICATION_MOVES if status in move.sources] == []


def test_d7_only_an_appeal_leads_out_of_a_refusal():
    out = [move.name for move in m.QUALIFICATION_MOVES if Status.NOT_APPROVED in move.sources]
    assert out == ["decide_anew"]


def test_d1_nothing_leads_from_final_back_to_initial_or_past_the_final_review():
    into_initial = [move for move in m.QUALIFICATION_MOVES if move.target in INITIAL_STATES]
    into_final = [move for move in m.QUALIFICATION_MOVES if move.target in FINAL_STATES]

    assert all(set(move.sources) <= set(INITIAL_STATES) for move in into_initial)
    assert all(set(move.sources) <= set(FINAL_STATES) for move in into_final)


@pytest.mark.parametrize("move", m.MOVES, ids=lambda move: f"{move.name}-{move.target}")
def test_a_move_is_for_named_people_or_for_the_portal_alone(move):
    held = move.capability in MEMBERS or move.capability in STAFF
    portals = {
        "initial_review.end",
        "content.agree",
        "final.reopen",
        "qualification.qualify",
        "qualification.not_approve",
        "qualification.decide_anew",
        "approval.lapse",
        "reopening.close",
        "sign_off.void",
        "exemption.go_on",
    }

    assert held != (move.capability in portals)


def test_events_are_named_once_and_in_the_past():
    events = [move.event for move in m.MOVES]

    assert len(events) == len(set(events))
    assert all("." in event for event in events)


@pytest.mark.parametrize("move", m.THREAD_MOVES, ids=lambda move: move.name)
def test_r104_no_state_or_button_of_review_says_rejected(move):
    assert "reject" not in f"{move.name} {move.label} {move.target} {move.event}".lower()


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"final_is_submitted": False}, "no Final submission"),
        ({"being_changed": True}, "reopened"),
        ({"seen": "b"}, "changed since you opened it"),
        ({"already_covers": True}, "approved this version already"),
        ({"unsettled": ["F-12", "O-3"]}, "BSC holds F-12, O-3"),
    ],
)
def test_d5_each_guard_of_an_approval_stops_it_alone(known, said):
    facts = m.ApprovalFacts(**({"body": "BSC", "seen": "a", "newest": "a"} | known))

    reasons = m.APPROVE.objections("", facts)

    assert len(reasons) == 1
    assert said in reasons[0]


@pytest.mark.parametrize("move", [m.AGREE_CONTENT, m.SIGN_OFF, m.QUALIFY], ids=lambda one: one.name)
def test_what_is_missing_stops_the_last_moves(move):
    facts = m.Missing(["REC has not approved the role part."])

    assert move.objections(move.sources[0], facts) == ("REC has not approved the role part.",)


WORKED_ON = [move for move in m.THREAD_MOVES if move.guards]


@pytest.mark.parametrize("move", m.THREAD_MOVES, ids=lambda move: move.name)
def test_r144_once_qualified_only_agreed_plans_and_settling_go_on(move):
    facts = m.ThreadFacts(read_only_because="This is MHHS Qualified.")
    goes_on = {"mark_done", "return_action", "clear", "close"}

    assert (move.objections(move.sources[0], facts) == ()) == (move.name in goes_on)


@pytest.mark.parametrize(
    ("move", "known", "said"),
    [
        (m.SIGN_LETTER, {"has_file": False}, "Upload the signed letter"),
        (m.SIGN_LETTER, {"director_is_delegate": True}, "another employee"),
        (m.ACCEPT_LETTER, {"has_file": False}, "Upload the signed letter"),
    ],
)
def test_r107_guards_of_a_letter(move, known, said):
    reasons = move.objections(move.sources[0], m.LetterFacts(**known))

    assert len(reasons) == 1
    assert said in reasons[0]
