"""The ruler of a date card: its words never stand over one another."""

import re

import pytest

from foundation.ui.parts import Ruler
from foundation.ui.road_drawing import card_ruler_svg


def drawn(days: int, cap_days: int | None) -> list[tuple[int, str, str]]:
    """Return the lower words: where they stand, how they are anchored, what they say."""
    svg = card_ruler_svg(
        Ruler(days, "12 Sep", "submitted", "17 Oct", f"+ {days} days", cap_days, "24 Oct")
    )
    found = re.findall(r'<text x="(\d+)" y="42" text-anchor="(\w+)">([^<]+)</text>', svg)
    return [(int(x), anchor, said) for x, anchor, said in found]


def test_a_date_that_the_cap_fixed_says_so_once():
    assert [said for _, _, said in drawn(35, 35)] == ["+ 35 days, cap"]


@pytest.mark.parametrize(("days", "cap_days"), [(35, 42), (42, 35), (28, 31)])
def test_a_cap_that_is_close_stands_on_the_other_side(days, cap_days):
    (_, ours, _), (_, its, said) = drawn(days, cap_days)
    assert said == "cap"
    assert {ours, its} == {"start", "end"}
    assert (ours == "end") is (days < cap_days)


def test_a_cap_that_is_far_stands_in_words_only():
    assert [said for _, _, said in drawn(28, 160)] == ["+ 28 days"]
