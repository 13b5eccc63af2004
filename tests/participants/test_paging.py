"""Pages of a list: counted beforehand, or with the page itself."""

from dataclasses import dataclass

import pytest

from participants.access.paging import Counted, Windowed


@dataclass(frozen=True)
class Numbered:
    number: int
    total: int


class Shelf:
    """A hundred and twenty rows that remember how they were fetched."""

    def __init__(self, total: int = 120) -> None:
        self.total, self.asked = total, []

    def fetch(self, start: int, stop: int) -> list[Numbered]:
        self.asked.append((start, stop))
        return [Numbered(number, self.total) for number in range(start, min(stop, self.total))]


def test_a_counted_page_is_fetched_whole_so_that_its_statement_is_always_the_same():
    shelf = Shelf()

    rows = Counted(shelf.fetch, 120)[100:120]

    assert shelf.asked == [(100, 150)]
    assert [row.number for row in rows] == list(range(100, 120))


def test_nothing_is_fetched_where_nothing_is():
    shelf = Shelf(0)

    assert Counted(shelf.fetch, 0)[0:0] == []
    assert shelf.asked == []


@pytest.mark.parametrize(
    ("page", "asked", "first"),
    [
        (None, [(0, 50)], 0),
        ("2", [(50, 100)], 50),
        ("nonsense", [(0, 50)], 0),
        ("9", [(400, 450), (0, 50)], 0),
    ],
)
def test_a_windowed_page_brings_its_count_along(page, asked, first):
    shelf = Shelf()

    rows = Windowed(shelf.fetch, page)

    assert (rows.count(), len(rows)) == (120, 120)
    assert rows[first : first + 50][0].number == first
    assert shelf.asked == asked
