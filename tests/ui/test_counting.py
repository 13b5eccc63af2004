"""Counts and names as sentences say them, on every page from one module."""

from foundation.ui.counting import counted, inside, joined, number, opened


def test_small_numbers_are_words_and_larger_ones_figures():
    assert [number(n) for n in (0, 1, 9, 12, 13)] == ["none", "one", "nine", "twelve", "13"]


def test_things_are_counted_in_the_singular_and_the_plural():
    said = [counted(n, "answer") for n in (0, 1, 9, 14)]

    assert said == ["no answers", "one answer", "nine answers", "14 answers"]


def test_names_stand_in_a_row():
    rows = ([], ["BSC"], ["BSC", "REC"], ["BSC", "REC", "DIP"])

    assert [joined(names) for names in rows] == ["", "BSC", "BSC and REC", "BSC, REC and DIP"]


def test_a_sentence_is_opened_or_goes_on():
    assert (opened("nine MPIDs"), inside("Added MPIDs")) == ("Nine MPIDs", "added MPIDs")
    assert (opened(""), inside("")) == ("", "")
