"""What an edition says is the same in a workbook, in text and after it was kept."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from foundation.tenancy.actor import NOBODY, Actor, ActorKind
from reviews.packs import render
from reviews.reports.paper import shares
from reviews.reports.plain_text import csv_text
from reviews.reports.workbook import workbook
from waves.reports.edition import edition_of, read, text_of
from waves.reports.shape import Ask, Column, Kind, Line, Part, Report, ordered

NOW = datetime(2025, 11, 18, 12, 0, tzinfo=UTC)
EVIL = ('=HYPERLINK("http://x")', "+1", "-2+3", "@SUM(A1)", "\tx", "plain")
PART = Part(
    key="p",
    title="Who: what/when",
    note="A note.",
    columns=[
        Column("name", "Name", width=30),
        Column("count", "Count", Kind.NUMBER, 8),
        Column("on", "On", Kind.DATE, 12),
    ],
    rows=lambda _: (
        [
            Line({"name": name, "count": number - 3, "on": date(2025, 3, number + 1)})
            for number, name in enumerate(EVIL)
        ]
        + [Line({"name": "Ŷstwyth & <Power>"})]
    ),
)
REPORT = Report("rp0", "A report", "Lead.", [PART], duties=frozenset({"LEAD"}), source="QA&P 1")
ACTOR = Actor(kind=ActorKind.REVIEWER, person_id=NOBODY, name="Ruth", body="BSC")


@pytest.fixture
def edition():
    return edition_of(
        REPORT, Ask(ACTOR, NOW, NOW.date()), made_by="Ruth", scope="All",
        filters=[("Route", "Wave 2")], source="QA&P 1",
    )  # fmt: skip


def test_an_edition_is_read_back_as_it_was_kept_and_any_change_changes_its_hash(edition):
    assert read(text_of(edition)) == edition
    assert read(text_of(edition)).sha256 == edition.sha256
    assert replace(edition, as_of=date(2025, 11, 17)).sha256 != edition.sha256
    short = replace(edition.sheets[0], rows=edition.sheets[0].rows[:-1])
    assert replace(edition, sheets=(short,)).sha256 != edition.sha256


def test_a_workbook_keeps_text_as_text_dates_as_dates_and_its_head_in_sight(edition):
    book = openpyxl.load_workbook(io.BytesIO(workbook(edition)))
    page = book.worksheets[0]
    cells = list(page.iter_rows(min_row=2))

    assert [cell.value for cell in page[1]] == ["Name", "Count", "On"]
    assert [row[0].value for row in cells] == [*EVIL, "Ŷstwyth & <Power>"]
    assert {row[0].data_type for row in cells} == {"s"}
    assert [row[1].value for row in cells] == [-3, -2, -1, 0, 1, 2, None]
    assert cells[0][2].value == datetime(2025, 3, 1) and cells[0][2].is_date
    assert page.freeze_panes == "B2"
    assert page.column_dimensions["A"].width > 30 > page.column_dimensions["B"].width
    assert page.print_title_rows == "$1:$1"
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["SHA-256 of the data"] == edition.sha256
    assert about["Route"] == "Wave 2" and "18 Nov 2025" in about["As at"]


def test_no_text_of_a_comma_separated_file_can_become_a_formula(edition):
    rows = list(csv.reader(io.StringIO(csv_text(edition.sheets[0]))))

    assert [row[0] for row in rows[1:]] == [
        *(f"'{text}" for text in EVIL[:5]),
        *EVIL[5:],
        "Ŷstwyth & <Power>",
    ]
    assert rows[1][1:] == ["-3", "2025-03-01"]


def test_paper_says_the_same_and_escapes_what_people_wrote(edition):
    from reviews.reports import paper

    page = render.html_of("report.html", {"edition": edition, "sheets": paper.printed(edition)})

    assert "[missing]" not in page
    assert "Ŷstwyth &amp; &lt;Power&gt;" in page and "01/03/2025" in page
    assert "the end of 18 November 2025" in page and "Wave 2" in page
    assert "style=" not in page


@pytest.mark.parametrize("widths", [[1], [3, 3, 3], [60, 1, 1, 1], [11] * 18])
def test_the_shares_of_columns_add_up_to_the_page(widths):
    assert sum(shares(widths)) == 100
    assert min(shares(widths)) >= 1


def test_lines_are_ordered_by_any_column_and_what_is_empty_comes_last():
    lines = PART.rows(None)

    assert [line.cells.get("count") for line in ordered(lines, PART, "-count")] == [
        2,
        1,
        0,
        -1,
        -2,
        -3,
        None,
    ]
    assert [line.cells.get("on") for line in ordered(lines, PART, "on")][-1] is None
    assert ordered(lines, PART, "no-such-column") == lines
