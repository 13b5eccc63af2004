"""Bringing two saves together, and comparing two texts: pure rules."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.comparing import changes, paragraphs, runs
from submissions.content import Content
from submissions.merging import ANEW, BOTH, CHOICE, THEIRS, YOURS, merge, result, shared

WORDS = st.lists(
    st.sampled_from(["one", "two", "three", "four", "five", "six", "seven"]), max_size=6
)
TEXTS = st.lists(WORDS.map(" ".join), max_size=5).map("\n\n".join)


def _kinds(base: str, theirs: str, yours: str) -> list[str]:
    found = merge(Content(text=base), Content(text=theirs), Content(text=yours))
    return [one.kind for one in found.differences]


@pytest.mark.parametrize(
    ("theirs", "yours", "kinds", "text"),
    [
        ("A b c.\n\nD e f.", "A b c.\n\nD e f.", [], "A b c.\n\nD e f."),
        ("A b x.\n\nD e f.", "A b c.\n\nD e f.", [THEIRS], "A b x.\n\nD e f."),
        ("A b c.\n\nD e f.", "A b c.\n\nD e y.", [YOURS], "A b c.\n\nD e y."),
        ("A b x.\n\nD e f.", "A b c.\n\nD e y.", [THEIRS, YOURS], "A b x.\n\nD e y."),
        ("A b x.\n\nD e f.", "A b x.\n\nD e f.", [BOTH], "A b x.\n\nD e f."),
        (
            "A b c.\n\nNew.\n\nD e f.",
            "A b c.\n\nD e y.",
            [THEIRS, YOURS],
            "A b c.\n\nNew.\n\nD e y.",
        ),
        ("D e f.", "A b c.\n\nD e y.", [THEIRS, YOURS], "D e y."),
    ],
)
def test_what_only_one_changed_needs_no_choice(theirs, yours, kinds, text):
    base = Content(text="A b c.\n\nD e f.")
    found = merge(base, Content(text=theirs), Content(text=yours))

    assert [one.kind for one in found.differences] == kinds
    assert result(found, {}).text == text


def test_where_both_changed_the_same_place_somebody_has_to_choose():
    base, theirs, yours = (
        Content(text=text) for text in ("In 8 hours.", "In 4 hours.", "In 6 hours.")
    )
    found = merge(base, theirs, yours)

    assert [one.kind for one in found.differences] == [CHOICE]
    assert result(found, {}) is None
    key = found.open_choices[0].key
    assert result(found, {key: THEIRS}).text == "In 4 hours."
    assert result(found, {key: YOURS}).text == "In 6 hours."
    assert result(found, {key: ANEW}).text == "In 4 hours.\n\nIn 6 hours."
    assert result(found, {key: "neither"}) is None


def test_values_and_ticks_are_merged_one_by_one():
    base = Content(value={"choice": "a", "choices": ["x"]})
    theirs = Content(value={"choice": "b", "choices": ["x"]}, is_ready=True)
    yours = Content(value={"choice": "c"}, not_applicable_reason="Because.")
    found = merge(base, theirs, yours)

    assert {one.key: one.kind for one in found.rest} == {
        "value.choice": CHOICE,
        "value.choices": YOURS,
        "is_ready": THEIRS,
        "not_applicable_reason": YOURS,
    }
    merged = result(found, {"value.choice": YOURS})
    assert merged.value == {"choice": "c"}
    assert (merged.is_ready, merged.not_applicable_reason) == (True, "Because.")


@given(TEXTS, TEXTS)
def test_a_change_of_one_side_alone_is_always_taken_whole(base, changed):
    original, other = Content(text=base), Content(text=changed)
    assert result(merge(original, other, original), {}).text == "\n\n".join(paragraphs(changed))
    assert result(merge(original, original, other), {}).text == "\n\n".join(paragraphs(changed))


@given(TEXTS, TEXTS, TEXTS)
def test_with_every_choice_for_one_side_no_word_of_its_own_is_lost(base, theirs, yours):
    found = merge(Content(text=base), Content(text=theirs), Content(text=yours))
    for side, text in ((THEIRS, theirs), (YOURS, yours)):
        merged = result(found, {one.key: side for one in found.open_choices}).text.split()
        own = [w for one in found.differences if one.kind in (side, CHOICE, BOTH)
               for w in getattr(one, side).split()]  # fmt: skip
        assert all(merged.count(word) >= own.count(word) for word in own), text


@given(TEXTS, TEXTS)
def test_without_a_base_what_is_shared_is_not_asked_about(theirs, yours):
    left, right = Content(text=theirs), Content(text=yours)
    found = merge(shared(left, right), left, right)
    assert all(one.theirs != one.yours for one in found.open_choices)


@given(TEXTS, TEXTS)
def test_runs_spell_out_both_texts(before, after):
    found = runs(before, after)
    assert "".join(run.text for run in found if run.kind != "ins") == before
    assert "".join(run.text for run in found if run.kind != "del") == after


def test_words_that_are_replaced_together_are_shown_together():
    found = runs("within one hour of it.", "within fifteen minutes of it.")
    assert [(run.kind, run.text) for run in found] == [
        ("same", "within "),
        ("del", "one hour"),
        ("ins", "fifteen minutes"),
        ("same", " of it."),
    ]


def test_a_comparison_reads_as_prose_without_signs_of_emphasis():
    found = changes("A.\n\nWithin **one** hour: 2 * 3.", "A.\n\nWithin *two* hours: 2 * 3.")
    spoken = "".join(run.text for run in found[1].runs)
    assert "**" not in spoken
    assert "two" in spoken
    assert "2 * 3." in spoken


def test_unchanged_paragraphs_are_folded_and_equal_texts_have_no_changes():
    assert changes("A.\n\nB.", "A.\r\n\r\nB.\n") == []
    found = changes(
        "Same.\n\nAlso same.\n\nOld words.", "Same.\n\nAlso same.\n\nNew words.\n\nMore."
    )
    assert [one.kind for one in found] == ["same", "changed", "added"]
    assert found[0].summary == "2 paragraphs unchanged."
    assert [(run.kind, run.text) for run in found[1].runs] == [
        ("del", "Old"),
        ("ins", "New"),
        ("same", " words."),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("word " * 5000, "other " * 5000),
        ("yes " * 7500, "yes no " * 4200),
        ("a b " * 7500, "b a a " * 5000),
        ("x" * 30_000, "x" * 15_000 + "y" + "x" * 15_000),
        ("." * 30_000, "!." * 15_000),
        ("\n\n".join(["yes"] * 6000), "\n\n".join(["yes", "no"] * 3000)),
    ],
    ids=["all other", "one word", "two words", "one long word", "signs", "short paragraphs"],
)
def test_no_text_of_thirty_thousand_characters_holds_a_page_up(before, after):
    began = time.process_time()
    found = changes(before, after)

    assert time.process_time() - began < 2, "a hundredth of it is what it takes"
    kept = "".join(run.text for change in found for run in change.runs if run.kind != "ins")
    assert len(kept) <= len(before)


def test_a_word_changed_in_a_very_long_paragraph_is_found_alone():
    sentences = [
        f"Step {at} takes {at % 7} hours and is done by the duty team." for at in range(900)
    ]
    before = " ".join(sentences)
    found = runs(before, before.replace("Step 451 takes", "Step 451 needs"))

    assert len(before) > 40_000
    assert [(run.kind, run.text) for run in found if run.kind != "same"] == [
        ("del", "takes"),
        ("ins", "needs"),
    ]


def test_a_paragraph_is_compared_with_the_one_that_it_became():
    first = "The duty manager decides within one hour on a restart."
    second = "Messages are held in the landing queue for three days."
    found = changes(
        f"{first}\n\n{second}",
        "Something wholly new comes before.\n\n"
        f"{first.replace('one hour', 'ten minutes')}\n\n{second.replace('three', 'four')}",
    )

    assert [one.kind for one in found] == ["added", "changed", "changed"]
    assert [run.text for one in found for run in one.runs if run.kind == "del"] == [
        "one hour",
        "three",
    ]
