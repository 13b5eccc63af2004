"""A move names its sources, and every reason against it."""

import pytest

from foundation.lifecycle import Move, open_moves, words

SUBMIT = Move(
    name="submit",
    sources=("DRAFT", "REOPENED"),
    target="SUBMITTED",
    capability="qad.submit",
    event="section.submitted",
    guards=(
        lambda facts: None if facts["complete"] else "P05 is blank.",
        lambda facts: None if facts["scanned"] else "A file is being scanned.",
    ),
)
READY = {"complete": True, "scanned": True}


@pytest.mark.parametrize("status", ["DRAFT", "REOPENED", "SUBMITTED", "LOCKED"])
def test_a_move_is_open_only_from_its_own_states(status):
    assert (SUBMIT.objections(status, READY) == ()) == (status in SUBMIT.sources)


def test_every_guard_gives_its_reason_not_only_the_first():
    assert SUBMIT.objections("DRAFT", {"complete": False, "scanned": False}) == (
        "P05 is blank.",
        "A file is being scanned.",
    )


def test_the_guards_are_not_asked_while_the_state_is_wrong():
    assert SUBMIT.objections("LOCKED", {}) == ("This cannot be done while the state is “Locked”.",)


def test_open_moves_are_those_without_objections():
    other = Move("close", ("LOCKED",), "CLOSED", "qad.review", "thread.closed")

    assert open_moves([SUBMIT, other], "DRAFT", READY) == (SUBMIT,)
    assert words("INITIAL_DRAFT") == "Initial draft"
