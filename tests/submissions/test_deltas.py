"""What differs in one question between two versions: a pure rule, as a table."""

import pytest

from submissions.deltas import Delta, Turn, delta, rows
from tests.submissions.questions import question

FILE = {"id": "e1", "sha256": "a" * 64, "version": 1, "title": "Plan",
        "tool": "", "identifier": "", "link": "", "as_of": None}  # fmt: skip
REFERENCE = FILE | {"id": "r1", "sha256": "", "tool": "Jira", "identifier": "X-1"}


def held(text=None, *evidence, applies=True, **value):
    """Return a question as it is frozen; without text or value nothing was answered."""
    answer = {
        "text": text or "", "value": {k: v for k, v in value.items() if k != "because"},
        "is_not_applicable": "because" in value, "by": "Ann", "at": "2025-01-01",
        "not_applicable_reason": value.get("because", ""),
    }  # fmt: skip
    given = text is not None or value
    return {"applies": applies, "answer": answer if given else None, "evidence": list(evidence)}


SAME_FILE_AGAIN = FILE | {"id": "e9"}
REPLACED = FILE | {"sha256": "b" * 64, "version": 2}
OTHER = FILE | {"id": "e2", "sha256": "c" * 64}

CASES = [
    ("unchanged", held("A"), held("A"), ""),
    (
        "only who saved it and when",
        held("A"),
        held("A") | {"answer": held("A")["answer"] | {"by": "Bo"}},
        "",
    ),
    ("spaces at its ends", held("A"), held(" A\n"), ""),
    ("another word", held("A"), held("B"), "answer"),
    ("a choice", held("A", choice="yes"), held("A", choice="no"), "answer"),
    ("a number taken away", held("A", number="3"), held("A"), "answer"),
    ("set aside", held("A"), held("", because="We have none."), "answer"),
    ("another reason for setting aside", held("", because="X"), held("", because="Y"), "answer"),
    ("a file more", held("A"), held("A", FILE), "1 file"),
    ("a file less", held("A", FILE), held("A"), "1 file"),
    ("a file replaced", held("A", FILE), held("A", REPLACED), "1 file"),
    (
        "one replaced, one more, and words",
        held("A", FILE),
        held("B", REPLACED, OTHER),
        "answer, 2 files",
    ),
    ("the same bytes under another id", held("A", FILE), held("A", SAME_FILE_AGAIN), ""),
    ("a reference more", held("A"), held("A", REFERENCE), "1 piece of evidence"),
    (
        "a reference that points elsewhere",
        held("A", REFERENCE),
        held("A", REFERENCE | {"as_of": "2025-02-02"}),
        "1 piece of evidence",
    ),
    ("first answered", held(), held("A"), "first answer"),
    ("taken away", held("A"), held(), "answer taken away"),
    ("not there before", None, held("A"), "newly asked"),
    ("applies now", held(applies=False), held("A"), "newly asked"),
    ("applies no more", held("A"), held("A", applies=False), "no longer asked"),
    ("never applied", held(applies=False), held(applies=False), ""),
    ("never there", None, None, ""),
]


@pytest.mark.parametrize(
    ("before", "after", "words"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_difference_is_named_by_what_it_is(before, after, words):
    found = delta(before, after)

    assert found.words == words
    assert bool(found) == bool(words)


def test_evidence_is_told_apart_by_its_bytes():
    found = delta(held("A", FILE, OTHER), held("A", REPLACED, REFERENCE))

    assert found == Delta(Turn.NONE, (), (REFERENCE,), (OTHER,), (REPLACED,))


def test_a_table_differs_cell_by_cell_and_line_by_line():
    table = question(columns=["mpid", "role"])
    before = [{"mpid": "AAAA", "role": "Supplier"}, {"mpid": "BBBB", "role": "SDS"}]
    after = [
        {"mpid": "AAAA", "role": "Supplier"},
        {"mpid": "BBBB", "role": "ADS"},
        {"mpid": "CCCC", "role": "ADS"},
    ]

    assert [(one.kind, one.number, one.cells) for one in rows(table, before, after)] == [
        ("changed", 1, (("BBBB", "BBBB"), ("SDS", "ADS"))),
        ("added", 2, (("", "CCCC"), ("", "ADS"))),
    ]
    assert [one.kind for one in rows(table, after, before)] == ["changed", "removed"]
    assert rows(table, before, before) == []
