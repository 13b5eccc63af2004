"""The record's Markdown: what authors need, and nothing that could act."""

import re

import pytest

from foundation.ui.record import render, word_count


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**fifteen** *minutes*", "<p><strong>fifteen</strong> <em>minutes</em></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("[QA&P](https://example.org/a?b=c)", None),
        ("| A | B |\n| --- | --- |\n| 1 | 2 |", None),
    ],
)
def test_what_authors_write_is_drawn(text, html):
    drawn = render(text)
    assert html is None or drawn == html
    if text.startswith("|"):
        assert "<td>1</td>" in drawn
    if text.startswith("["):
        assert 'href="https://example.org/a?b=c"' in drawn
        assert 'rel="noopener noreferrer"' in drawn


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/pixel.png)",
        '<a href="javascript:alert(1)" style="position:fixed">x</a>',
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_that_could_act_survives(text):
    tags = re.findall(r"<[^>]*>", render(text))
    assert {tag.strip("</>").split()[0] for tag in tags} <= {"p", "a"}
    assert [tag for tag in tags if re.search("javascript|data:|style=|on[a-z]+=", tag)] == []


def test_headings_stand_below_those_of_the_page_without_a_gap():
    assert render("## A\n\n### B").count("<h3>") == 1
    assert "<h4>B</h4>" in render("## A\n\n### B")
    assert "<h3>Only</h3>" in render("###### Only")


def test_the_same_text_is_drawn_once():
    before = render.cache_info().hits
    render("A text of the record")
    render("A text of the record")
    assert render.cache_info().hits == before + 1


def test_words_are_counted_as_people_count_them():
    assert word_count("## One, two\n\n- three (3) — end") == 5
