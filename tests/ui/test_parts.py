"""Words, states and marks: what is text stays text, and no state is a colour alone."""

import pytest

from foundation.ui import status as states
from foundation.ui.parts import (
    Bare,
    Code,
    CopyLink,
    DateCard,
    DateLink,
    Deleted,
    Inserted,
    Key,
    KeyLink,
    Lines,
    Link,
    Mark,
    Marks,
    Quiet,
    Record,
    Status,
    Strong,
    plain,
    words,
)

HOSTILE = '<script>alert("x")</script>'


@pytest.mark.parametrize(
    "part",
    [
        HOSTILE,
        Link(HOSTILE, f"/x?{HOSTILE}", HOSTILE),
        Link(HOSTILE),
        Strong(HOSTILE),
        Strong([HOSTILE, Quiet(HOSTILE)]),
        Quiet(HOSTILE),
        Code(HOSTILE),
        Record(HOSTILE),
        Inserted(HOSTILE),
        Deleted(HOSTILE),
        Key(HOSTILE),
        KeyLink(HOSTILE, HOSTILE, HOSTILE),
        CopyLink(HOSTILE, HOSTILE),
        Bare(HOSTILE),
        Lines((HOSTILE, HOSTILE)),
        Status(HOSTILE, "draft"),
        Mark(HOSTILE),
        DateLink(HOSTILE, url=HOSTILE, after=HOSTILE),
        DateLink(
            HOSTILE,
            card=DateCard(question=HOSTILE, rule=HOSTILE, clause=[HOSTILE, Link(HOSTILE, "/")]),
        ),
    ],
    ids=lambda part: type(part).__name__,
)
def test_no_part_lets_markup_through(part):
    drawn = words([part, HOSTILE])
    assert "<script" not in drawn
    assert "&lt;script" in drawn


@pytest.mark.parametrize("key", states.STATES)
def test_every_state_has_a_word_a_shape_and_the_colour_of_its_shape(key):
    state = states.STATES[key]
    drawn = words(Status("", key))
    assert state.word
    assert f"#s-{state.shape}" in drawn
    assert f"c-{states.COLOURS[state.shape]}" in drawn
    assert state.word in drawn


def test_every_shape_and_icon_that_is_named_is_in_the_sprite():
    from django.template.loader import render_to_string

    sprite = render_to_string("components/sprite.html")
    missing = [shape for shape in states.COLOURS if f'id="s-{shape}"' not in sprite]
    assert missing == []


def test_a_mark_says_its_opinion_aloud():
    assert "asks for more" in words(Mark("DIP", "asks"))
    assert "vh" not in words(Mark("DIP"))


def test_an_unknown_opinion_or_state_is_an_error():
    with pytest.raises(KeyError):
        words(Mark("BSC", "glad"))
    with pytest.raises(KeyError):
        words(Status("Odd", "odd"))


def test_several_marks_stand_apart():
    assert words(Marks((Mark("BSC"), Mark("REC")))).count('class="bm ') == 2


def test_a_date_with_a_card_opens_it_without_script():
    drawn = words(
        DateLink("Fri 3 Apr", card=DateCard(question="Why Friday 3 April?", rule="4 weeks"))
    )
    ident = drawn.split('popovertarget="')[1].split('"')[0]
    assert f'popover class="card-date" id="{ident}"' in drawn
    assert drawn.endswith("</span>")


def test_two_cards_of_one_page_have_different_ids():
    card = DateCard(question="Why?")
    first, second = (words(DateLink("Fri 3 Apr", card=card)) for _ in range(2))
    assert first != second


def test_a_date_without_a_reason_is_plain_text():
    assert words(DateLink("Fri 3 Apr")) == "Fri 3 Apr"


def test_words_have_a_plain_text_for_the_title_of_the_window():
    assert plain(["Submit by ", DateLink("Friday 6 March", url="/why/"), "."]) == (
        "Submit by Friday 6 March."
    )
    assert (plain("A & B"), plain(None)) == ("A & B", "")
