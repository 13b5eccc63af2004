"""Odd, long, empty and hostile content is printed whole, tagged, and does no harm."""

from dataclasses import replace

import pytest

from reviews.packs import render, sample
from reviews.packs.content import (
    Answer,
    Answers,
    AnswerSection,
    Commitments,
    Declaration,
    Evidence,
    Findings,
    Pack,
    Table,
    Tests,
)
from tests.reviews import reading

ODD = "Arrows → ⇒, ticks ✓ ✗, ≤ ≥, αβγ, Привет, Ŵŵ Ŷŷ, 电力, \x00\x07\x0c \u200d.\n\n"
ROWS = "| No | State |\n|--:|---|\n" + "\n".join(f"| {n} | row-{n:02} |" for n in range(60))
HOSTILE = (
    '<script>alert(1)</script> <img src="http://127.0.0.1:9/x.png">\n\n'
    '![p](http://127.0.0.1:9/y.png) <a rel=attachment href="file:///etc/passwd">x</a>'
)


@pytest.fixture(scope="module")
def printed() -> bytes:
    sections = (
        AnswerSection(
            "A",
            "Odd",
            (
                Answer("A01", "Odd", "How?", ODD + "verylongword" * 60),
                Answer("A02", "Sixty rows", "How?", ROWS),
                Answer(
                    "A03", "Wide", "How?", "", table=Table(tuple("abcdefgh"), (("x",) * 8,) * 3)
                ),
                Answer("A04", "{% now 'Y' %} {{ pack }} <b>", "How <i>?", HOSTILE, "<script>"),
                Answer("A05", "Empty", "How?", ""),
            ),
        ),
        AnswerSection("B", "Nothing"),
    )
    first = replace(
        sample.stressed_application(),
        findings=sample.many_findings(30),
        answers=Answers("", sections),
        evidence=sample.many_evidence(60),
    )
    empty = replace(
        first,
        number=3,
        tests=Tests(""),
        commitments=Commitments(""),
        findings=Findings(""),
        answers=Answers(""),
        evidence=Evidence(""),
        declaration=Declaration(""),
    )
    pack: Pack = replace(sample.sample_pack(), applications=(first, empty))
    return render.pack_pdf(pack).pdf


@pytest.fixture(scope="module")
def whole(printed) -> str:
    return "\n".join(reading.texts(printed))


def test_odd_characters_are_printed(whole) -> None:
    for character in "→⇒✓✗≤≥αβγПриветŴŵŶŷ�":
        assert character in whole


def test_every_row_of_a_long_table_is_printed_and_its_head_repeats(whole) -> None:
    assert [n for n in range(60) if f"row-{n:02}" not in whole] == []
    assert whole.count("No\nState\n") >= 2


def test_every_finding_and_every_piece_of_evidence_is_printed(whole) -> None:
    assert [n for n in range(300, 315) if f"F-{n}" not in whole] == []
    assert [n for n in range(400, 415) if f"F-{n}" not in whole] == []
    assert [n for n in range(1, 61) if f"{n:064x}" not in whole] == []


def test_a_page_that_opens_inside_a_finding_says_so(whole) -> None:
    assert "D Findings and plans, F-302 continued" in whole


def test_a_long_word_is_broken_and_not_cut(whole) -> None:
    assert whole.replace("\n", "").count("verylongword") == 60


def test_markup_in_a_text_is_printed_letter_by_letter(whole) -> None:
    for words in ("{% now 'Y' %} {{ pack }} <b>", "How <i>?", "<script>", "[picture: p]"):
        assert words in whole


@pytest.mark.parametrize(
    "sentence",
    [
        "No test stage is recorded.",
        "No defect is recorded at any gate.",
        "No work-off plan is open.",
        "No reliance is placed.",
        "No exemption is asked for or held.",
        "No assertion is needed.",
        "No finding or observation is open.",
        "None has been cleared.",
        "No answer is part of this document.",
        "No answer was given.",
        "No question of this section applies.",
        "No evidence is attached or referred to.",
        "This QAD has not been signed.",
    ],
)
def test_an_empty_section_says_that_it_is_empty(whole, sentence) -> None:
    assert sentence in whole


def test_everything_is_tagged_and_only_our_files_are_attached(printed) -> None:
    assert reading.pages_with_lost_marks(printed) == []
    assert all(
        name == "manifest.txt" or name.endswith(".json") for name in reading.attachments(printed)
    )


@pytest.mark.parametrize("items", [9, 11])
def test_more_items_than_tab_places_begin_at_the_top_again(items) -> None:
    base = sample.sample_pack()
    short = replace(base.applications[2], findings=None, declaration=None)
    many = tuple(replace(short, number=n) for n in range(1, items + 1))
    texts = reading.texts(render.pack_pdf(replace(base, applications=many, agenda=())).pdf)
    tabs = [text for text in texts if "To decide\n" in text and "Your note" in text]
    assert len(tabs) == items
