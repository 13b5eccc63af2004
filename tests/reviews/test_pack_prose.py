"""What people wrote is printed whole, changes are marked, and nothing in it acts."""

import re

import pytest

from reviews.packs import changes, prose
from reviews.packs.sections import Answer, Answers

HOSTILE = (
    "<script>alert(1)</script>",
    '<img src="http://127.0.0.1:9/x.png" onerror=x>',
    "![p](http://127.0.0.1:9/y.png)",
    "[l](file:///etc/passwd)",
    "[j](javascript:alert(1))",
    "[h](https://portal.invalid/a?b=c)",
    "<https://portal.invalid/>",
    "<style>@import url(http://127.0.0.1:9/z.css)</style>",
    '<a rel=attachment href="file:///etc/passwd">x</a>',
    '<div style="background:url(http://127.0.0.1:9/b)">x</div>',
    '<table><td colspan="100000000">x</table>',
    "| a |\n|--:|\n| <svg onload=x> |",
)
ATTRIBUTE = re.compile(r"<[a-z0-9]+\s+([a-z-]+)=")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("way", [prose.printed, prose.barred, lambda t: prose.marked(t, "Before.")])
def test_hostile_markdown_is_inert(text, way) -> None:
    html = way(text)
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= {"p", "div", "table", "thead", "tbody", "tr", "th", "td", "ins", "del"}
    assert set(ATTRIBUTE.findall(html)) <= {"class"}


def test_a_link_is_shown_as_its_address() -> None:
    html = prose.printed(
        "See [our site](https://larkspur.invalid/a) or <https://larkspur.invalid/>."
    )
    assert (
        html == "<p>See our site (https://larkspur.invalid/a) or https://larkspur.invalid/.</p>\n"
    )


@pytest.mark.parametrize("level", range(1, 7))
def test_headings_of_authors_are_demoted_to_one_level(level) -> None:
    assert prose.printed("#" * level + " Who owns them") == "<h5>Who owns them</h5>\n"


def test_markdown_of_an_answer_is_printed() -> None:
    html = prose.printed("1. one\n2. *two*\n\n| a | b |\n|---|--:|\n| x | 1 |")
    assert "<ol>\n<li>one</li>\n<li><em>two</em></li>\n</ol>" in html
    assert '<td class="number">1</td>' in html


@pytest.mark.parametrize("text", ["> " * 40 + "end", "*" * 900 + "end" + "*" * 900])
def test_text_nested_too_deep_is_printed_letter_by_letter_and_not_cut(text) -> None:
    html = prose.printed(text)
    assert html.startswith("<pre><code>") and "end" in html
    assert html.count("&gt;") == text.count(">") and html.count("*") == text.count("*")


def test_a_table_of_many_columns_takes_the_note_margin() -> None:
    def head(columns: int) -> str:
        return "|a" * columns + "|\n" + "|-" * columns + "|\n"

    assert "<table>" in prose.printed(head(5))
    assert '<table class="wide">' in prose.printed(head(6))


def test_changed_words_are_marked_and_the_paragraph_has_a_bar() -> None:
    html = prose.marked(
        "Kept.\n\nIn testing two of ten failed.", "Kept.\n\nIn testing three of ten failed."
    )
    assert html == (
        "<p>Kept.</p>\n"
        '<div class="changed">\n<p>In testing <del>three</del> <ins>two</ins> of ten failed.</p>\n'
        "</div>\n"
    )


def test_marks_do_not_cross_emphasis() -> None:
    html = prose.marked("We **always check each** read twice.", "We **check** read twice.")
    assert "<strong><ins>always</ins> check <ins>each</ins></strong>" in html


def test_a_removed_paragraph_and_a_new_one_are_shown() -> None:
    assert "<del>Gone now.</del>" in prose.marked("Same.", "Same.\n\nGone now.")
    assert "<ins>Come now.</ins>" in prose.marked("Same.\n\nCome now.", "Same.")


def test_added_words_of_a_list_and_a_table_are_marked() -> None:
    html = prose.marked("- one\n- two more\n\n|a|\n|-|\n|7|", "- one\n- two\n\n|a|\n|-|\n|1|")
    assert "<li>two <ins>more</ins></li>" in html
    assert "<td><del>1</del><ins>7</ins></td>" in html


TEN = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    ("earlier", "text", "words"),
    [
        (TEN, TEN, "As at Initial."),
        (TEN, TEN.replace("two", "2"), "Changed since Initial."),
        (TEN, "something else altogether", "Rewritten since Initial."),
        (None, TEN, "New at Final."),
    ],
)
def test_the_meta_line_says_how_an_answer_moved(earlier, text, words) -> None:
    answers = Answers("", since="Initial")
    answer = Answer("J04", "", "", text, earlier=earlier)
    assert changes.change_words(changes.change_of(answer, answers), answers) == words


def test_nothing_is_said_about_change_where_there_is_no_earlier_stage() -> None:
    answers = Answers("")
    change = changes.change_of(Answer("J04", "", "", TEN), answers)
    assert changes.change_words(change, answers) == ""
