"""Who had best read something: free, knowing, with the least to read; said in a sentence."""

from datetime import date
from uuid import uuid4

from reviews.assigning import Candidate, ranked, standing, suggested, why_suggested


def someone(name, **facts):
    return Candidate(person_id=uuid4(), name=name, **facts)


def test_who_knows_the_sections_comes_before_who_has_less_to_read():
    ines, sam = someone("Ines", load=40, known=6), someone("Sam", load=2)
    assert suggested([sam, ines]) is ines
    assert why_suggested(ines, [sam, ines]) == (
        "Ines alone of those who are free has judged six answers of these sections before."
    )


def test_of_those_who_know_them_the_least_loaded_is_suggested():
    ines, sam = someone("Ines", load=40, known=6), someone("Sam", load=2, known=1)
    assert suggested([ines, sam]) is sam
    assert why_suggested(sam, [ines, sam]) == (
        "Sam has judged one answer of these sections before, and has the least to read of the 2"
        " who know them."
    )


def test_where_nobody_knows_them_the_least_loaded_is_suggested():
    ines, sam = someone("Ines", load=40), someone("Sam", load=2)
    assert suggested([ines, sam]) is sam
    assert why_suggested(sam, [ines, sam]) == (
        "Sam has the least to read: two answers. Nobody who is free has judged these sections"
        " before."
    )


def test_who_is_away_or_has_a_conflict_is_never_suggested():
    away = someone("Ines", known=9, away_until=date(2025, 12, 1), cover="Sam")
    recused = someone("Ruth", known=9, has_conflict=True)
    assert suggested([away, recused]) is None
    sam = someone("Sam", load=90)
    assert suggested([away, recused, sam]) is sam
    assert why_suggested(sam, [away, recused, sam]) == "Sam alone is free."
    assert [one.name for one in ranked([recused, away, sam])] == ["Sam", "Ines", "Ruth"]
    assert standing(away).startswith("away until Mon 1 Dec 2025, Sam covers; no answers to read")
    assert standing(recused) == "declared a conflict of interest"
