"""Qualified yet? The list of all."""

import pytest

from reviews.pages.desk.everyone import brief
from tests.reviews.desks import EVERYONE, of_lead, rows, words

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.mark.django_db
def test_the_list_of_all_says_what_is_missing_first_and_by_when(initial):
    client = of_lead(initial)

    page = words(client, EVERYONE)

    assert page.startswith("Qualified yet? None of one.")
    assert "BSC has not completed its review of the Initial QAD. and " in page
    assert "expected" in page
    assert rows(client, f"{EVERYONE}?holder=bodies") == [initial.organisation.name]
    assert "No qualification fits." in words(client, f"{EVERYONE}?holder=director")
    assert "No qualification fits." in words(client, f"{EVERYONE}?status=QUALIFIED&page=9")


def test_long_reasons_are_left_out_of_the_list():
    said = "The BSC PAB deferred its decision: " + "the evidence does not show it yet, " * 5

    assert brief("The BSC PAB has not decided.") == "The BSC PAB has not decided."
    assert brief(said) == "The BSC PAB deferred its decision."
