"""Which answers a body has to read again: a pure rule, as a table."""

from datetime import UTC, datetime

import pytest

from reviews.eyes import Looks, Reason, Seen, eye, looks
from reviews.opinions.rules import AcceptanceSaid, PartSaid, ReviewSaid, VersionSaid
from submissions.deltas import Delta, Turn
from submissions.opinions import Opinion

EDIT = Delta(fields=("text",))
FIRST = Delta(turn=Turn.GIVEN)
GONE = Delta(turn=Turn.EMPTIED)


def seen(**known):
    return Seen(**({"is_read": True, "newest": 3} | known))


CASES = [
    ("another body's question", {"is_read": False, "since": EDIT, "looked": 1}, [], 0),
    ("never read", {}, [Reason.UNREAD], 0),
    ("never read and blank", {"is_blank": True}, [], 0),
    ("accepted, the same since", {"looked": 1, "opinion": Opinion.ACCEPTED}, [], 1),
    ("confirmed, the same since", {"looked": 2, "opinion": Opinion.READ}, [], 2),
    ("accepted as it is now", {"looked": 3, "opinion": Opinion.ACCEPTED}, [], 0),
    (
        "accepted, changed since",
        {"looked": 1, "since": EDIT, "opinion": Opinion.LAPSED},
        [Reason.CHANGED],
        0,
    ),
    (
        "looked at, answered since",
        {"looked": 1, "since": FIRST, "opinion": Opinion.READING},
        [Reason.NEW],
        0,
    ),
    (
        "accepted, taken away since",
        {"looked": 1, "since": GONE, "is_blank": True},
        [Reason.CHANGED],
        0,
    ),
    (
        "changed, and looked at since",
        {"looked": 2, "accepted": 1, "opinion": Opinion.LAPSED},
        [Reason.LAPSED],
        0,
    ),
    (
        "commented, closed, not accepted",
        {"looked": 3, "opinion": Opinion.READING},
        [Reason.NOT_ACCEPTED],
        0,
    ),
    (
        "something open, the same since",
        {"looked": 2, "references": ["C-4"], "opinion": Opinion.ASKS},
        [Reason.OPEN],
        0,
    ),
    (
        "something open, changed since",
        {"looked": 2, "since": EDIT, "references": ["C-4"], "opinion": Opinion.ASKS},
        [Reason.OPEN, Reason.CHANGED],
        0,
    ),
    ("a plan agreed, read otherwise", {"looked": 2, "opinion": Opinion.READ}, [], 2),
    ("looked at, still blank", {"looked": 1, "is_blank": True, "opinion": Opinion.READING}, [], 0),
]


@pytest.mark.parametrize(
    ("known", "reasons", "carried"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_an_answer_needs_eyes_for_these_reasons_and_no_other(known, reasons, carried):
    found = eye(seen(**known))

    assert list(found.reasons) == reasons
    assert found.carried_from == carried


def at(day):
    return datetime(2025, 6, day, tzinfo=UTC)


VERSIONS = [
    VersionSaid(1, "INITIAL", at(1), frozenset({"H03", "H04"})),
    VersionSaid(2, "FINAL", at(10), frozenset({"H03"})),
    VersionSaid(3, "FINAL", at(20), frozenset({"H04"})),
]
ACCEPTED = AcceptanceSaid("H03", "BSC", 2, at(12), "Ruth")
ENDED = ReviewSaid("BSC", "INITIAL", at(2), at(5))


@pytest.mark.parametrize(
    ("said", "spoken", "settled", "expected"),
    [
        (PartSaid(VERSIONS), [], [], {"H03": 0, "H04": 0}),
        (PartSaid(VERSIONS, reviews=[ENDED]), [], [], {"H03": 1, "H04": 1}),
        (PartSaid(VERSIONS, [ACCEPTED], reviews=[ENDED]), [], [], {"H03": 2, "H04": 1}),
        (PartSaid(VERSIONS, approved={"BSC": 2}), [], [], {"H03": 2, "H04": 2}),
        (PartSaid(VERSIONS, approved={"REC": 2}), [], [], {"H03": 0, "H04": 0}),
        (PartSaid(VERSIONS), [("H04", 2)], [], {"H03": 0, "H04": 2}),
        (PartSaid(VERSIONS), [("H04", 1)], [("H04", at(21))], {"H03": 0, "H04": 3}),
    ],
    ids=["nothing", "review", "acceptance", "approval", "another body", "message", "settled"],
)
def test_a_body_looked_last_where_it_last_said_something(said, spoken, settled, expected):
    found = looks(said, "BSC", spoken, settled)

    assert {code: found.of(code) for code in expected} == expected


def test_a_body_that_said_nothing_has_looked_at_nothing():
    assert looks(PartSaid(), "BSC", [], []) == Looks()
