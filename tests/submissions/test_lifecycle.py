"""Every move of the participant against every state (domain D.1): open from its sources only."""

import pytest

from participants.enums import Status
from submissions.lifecycle import MOVES, Blank, OpenFinalFacts, SubmitFacts

READY = {
    "open_final": OpenFinalFacts(report_is_in=True),
    "submit_final": SubmitFacts(report_is_in=True),
}


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_a_move_is_open_only_from_its_own_states(move, status):
    facts = READY.get(move.name, SubmitFacts())
    assert (move.objections(status, facts) == ()) == (status in move.sources)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (SubmitFacts(report_is_in=True, blanks=[Blank("H03", "Faults", "p", "H")]), "H03"),
        (SubmitFacts(), "has not been uploaded"),
        (SubmitFacts(report_is_in=True, is_paper=True), "on paper"),
    ],
)
def test_each_guard_of_the_final_alone_objects(facts, said):
    final = next(move for move in MOVES if move.name == "submit_final")
    (reason,) = final.objections(Status.FINAL_DRAFT, facts)
    assert said in reason


def test_r085_the_sit_exception_needs_no_report_at_the_final():
    final = next(move for move in MOVES if move.name == "submit_final")
    assert final.objections(Status.FINAL_DRAFT, SubmitFacts(report_may_follow=True)) == ()
