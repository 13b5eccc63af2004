"""The timetable as a file: what is in it, that it comes back unchanged, and what it refuses."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waves.timetable import Bound, Cell, Event, Kind, Owner, Rule, Standing, Unit
from waves.timetable_file import (
    COLUMNS,
    TimetableError,
    cell_row,
    dump,
    parse,
    read_cell,
)

FIXTURES = Path(__file__).parents[2] / "fixtures"
TABLE = (FIXTURES / "timetable_v1.csv").read_text(encoding="utf-8")
HEADER = (FIXTURES / "timetable_v1.toml").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(io.StringIO(TABLE)))
TIMETABLE = parse(TABLE, HEADER)


def table_of(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def changed(number: int, **values: str) -> str:
    """The table with some values of one row changed; row 1 holds the column names."""
    rows = [dict(row) for row in ROWS]
    rows[number - 2].update(values)
    return table_of(rows)


def row_of(key: str, route: str) -> int:
    """The number of the row of one cell."""
    return 2 + [(row["activity_key"], row["route"]) for row in ROWS].index((key, route))


REVIEW = row_of("initial_qad_review_complete", "QT_WAVE_2")
REVIEW_FIXED = row_of("final_qad_review_complete", "SIT_M10_READY")
WINDOW = row_of("initial_qad_window", "QT_WAVE_2")
SIGN_OFF = row_of("qad_signoff_open", "QT_WAVE_2")


def test_r043_the_file_holds_27_activities_on_8_routes():
    assert (len(TIMETABLE.keys), len(TIMETABLE.routes), len(TIMETABLE.cells)) == (27, 8, 216)
    assert Counter(cell.kind for cell in TIMETABLE.cells.values()) == {
        Kind.DATE: 69,
        Kind.WINDOW: 30,
        Kind.RELATIVE: 28,
        Kind.TEXT: 25,
        Kind.NOT_APPLICABLE: 64,
    }


def test_r043_the_file_comes_back_as_it_was():
    assert dump(TIMETABLE) == TABLE
    assert parse(dump(TIMETABLE), HEADER) == TIMETABLE


def test_r043_the_header_names_version_source_and_day_of_issue():
    assert (TIMETABLE.version, TIMETABLE.source) == ("v1", "QA&P v5.0, Appendix C")
    assert TIMETABLE.issued == date(2025, 6, 26)
    assert TIMETABLE.reference == "v1 (QA&P v5.0, Appendix C)"
    assert TIMETABLE.late.standing is Standing.ASSUMED


def test_x01_four_cells_are_corrected_and_keep_what_is_printed():
    corrected = [
        (cell.key, cell.route, cell.start, cell.printed)
        for cell in TIMETABLE.cells.values()
        if cell.standing is Standing.CORRECTED
    ]

    assert corrected == [
        ("pqs_open", f"QT_WAVE_{wave}", date(2024, 2, 5), date(2025, 2, 5)) for wave in range(1, 5)
    ]


def test_x33_every_date_of_a_cell_stands_in_its_words_day_first():
    """The raw cell proves each stored date; of a misprint it proves the printed one."""
    for cell in TIMETABLE.cells.values():
        stored = (cell.start, cell.end, cell.cap) if not cell.printed else (cell.printed,)
        for day in filter(None, stored):
            assert f"{day:%d/%m/%Y}" in cell.raw_text, cell


@pytest.mark.parametrize(
    ("key", "rule", "late_after"),
    [
        (
            "initial_qad_review_complete",
            Rule(6, Unit.WEEKS, Event.INITIAL_SUBMITTED),
            "initial_qad_window",
        ),
        (
            "final_qad_review_complete",
            Rule(4, Unit.WEEKS, Event.FINAL_SUBMITTED),
            "final_qad_window",
        ),
        (
            "qualification_decision",
            Rule(1, Unit.MONTHS, Event.SIGNED_OFF),
            "qad_signoff_deadline",
        ),
    ],
)
def test_x32_the_same_period_holds_on_every_route(key, rule, late_after):
    cells = [TIMETABLE.cell(key, route) for route in TIMETABLE.routes]

    assert [(cell.rule, cell.late_after) for cell in cells] == [(rule, late_after)] * 8


def test_r043_every_cell_names_its_paragraph_its_owner_and_its_words():
    for cell in TIMETABLE.cells.values():
        assert cell.clause.startswith("QA&P v5.0, Appendix C")
        assert cell.raw_text
    owners = {cell.key: cell.owner for cell in TIMETABLE.cells.values()}
    assert owners["initial_qad_window"] is Owner.PARTICIPANT
    assert owners["final_qad_review_complete"] is Owner.BODIES
    assert owners["qt_test_plan_approved"] is Owner.QTM
    assert owners["dip_non_technical_assurance"] is Owner.DIP
    assert owners["mhhsp_review_placing_reliance"] is Owner.MHHSP


def test_r043_an_unknown_activity_or_route_is_named():
    with pytest.raises(KeyError, match="no activity pit_rttm on route QT_WAVE_5"):
        TIMETABLE.cell("pit_rttm", "QT_WAVE_5")
    with pytest.raises(KeyError, match="no route QT_WAVE_5"):
        TIMETABLE.of_route("QT_WAVE_5")


@pytest.mark.parametrize(
    ("row", "values", "column", "words"),
    [
        (REVIEW, {"cap": "17/10/2025"}, "cap", "Write year, month, day"),
        (REVIEW, {"cap": "2025-02-30"}, "cap", "is not a day"),
        (REVIEW, {"cap": "20251017"}, "cap", "is not a day"),
        (REVIEW, {"kind": "sliding"}, "kind", "is not one of date, window"),
        (REVIEW, {"unit": "fortnights"}, "unit", "is not one of days, weeks, months"),
        (REVIEW, {"period": "six"}, "period", "is not a whole number"),
        (REVIEW, {"period": "-6"}, "period", "is not a whole number"),
        (REVIEW, {"starts_on": "the_moon"}, "starts_on", "is not one of"),
        (REVIEW, {"starts_on": ""}, "starts_on", "is not one of"),
        (SIGN_OFF, {"period": "", "unit": "", "starts_on": ""}, "period", "needs it"),
        (REVIEW_FIXED, {"period": "", "unit": "", "starts_on": ""}, "late_after", "needs a period"),
        (REVIEW, {"start": "2025-10-01"}, "start", "must be empty in a cell of kind relative"),
        (REVIEW, {"floor": "2025-10-18"}, "floor", "comes after the cap"),
        (REVIEW, {"late_after": "pit_plan"}, "late_after", "has no last day on QT_WAVE_2"),
        (REVIEW, {"late_after": "qad_signoff_open"}, "late_after", "has no last day"),
        (REVIEW, {"raw_text": " "}, "raw_text", "is empty"),
        (REVIEW, {"clause": ""}, "clause", "is empty"),
        (REVIEW, {"owner": "SOMEBODY"}, "owner", "is not one of PARTICIPANT"),
        (REVIEW, {"standing": "corrected"}, "printed", "when, and only when"),
        (REVIEW, {"printed": "2025-10-10"}, "printed", "when, and only when"),
        (REVIEW, {"route": "QT_WAVE_9"}, "route", "is not one of the routes"),
        (REVIEW, {"route": "QT_WAVE_1"}, "route", "is given twice"),
        (REVIEW, {"activity_label": "Review"}, "activity_label", "differs within"),
        (WINDOW, {"end": "2025-06-08"}, "end", "comes before the start"),
        (WINDOW, {"end": ""}, "end", "needs it"),
        (WINDOW, {"cap": "2025-10-17"}, "cap", "must be empty in a cell of kind window"),
    ],
)
def test_r043_a_mistake_is_named_by_row_and_column(row, values, column, words):
    with pytest.raises(TimetableError) as refusal:
        parse(changed(row, **values), HEADER)

    named = [problem for problem in refusal.value.problems if problem.row == row]
    assert [problem.column for problem in named] == [column]
    assert words in named[0].message
    assert f"Row {row}, column {column}: " in str(refusal.value)


def test_r043_all_mistakes_are_named_at_once():
    rows = [dict(row) for row in ROWS]
    rows[REVIEW - 2].update(cap="soon", owner="SOMEBODY")
    rows[WINDOW - 2].update(end="never")

    with pytest.raises(TimetableError) as refusal:
        parse(table_of(rows), HEADER)

    assert [(problem.row, problem.column) for problem in refusal.value.problems] == [
        (WINDOW, "end"),
        (REVIEW, "cap"),
        (REVIEW, "owner"),
    ]


def test_r043_a_route_left_out_is_named():
    with pytest.raises(
        TimetableError, match="initial_qad_review_complete has no row for QT_WAVE_2"
    ):
        parse(table_of([row for n, row in enumerate(ROWS, 2) if n != REVIEW]), HEADER)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (TABLE.replace("late_after", "after_late", 1), "Row 1, column late_after: is missing"),
        (TABLE.replace("late_after", "after_late", 1), "after_late: is not a known column"),
        (TABLE.replace("\n", ",one more\n", 2), "is not a known column"),
        (TABLE.rstrip("\n") + ",one more\n", "Row 217, column met_by: has more values after it"),
        ("", "Row 1, column activity_key: is missing"),
    ],
)
def test_r043_wrong_columns_are_named(table, words):
    with pytest.raises(TimetableError) as refusal:
        parse(table, HEADER)

    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("version =", "cannot be read"),
        (HEADER.replace("issued = 2025-06-26", ""), "issued: is missing from the header"),
        (HEADER.replace('standing = "assumed"', 'standing = "guessed"'), "late: cannot be read"),
        (HEADER.replace('label = "QT Wave 4"', ""), "needs a code and a label"),
        (HEADER.replace('routes = ["QT_WAVE_1",', 'routes = ["QT_WAVE_7",'), "QT_WAVE_7"),
    ],
)
def test_r043_a_broken_header_is_refused(header, words):
    with pytest.raises(TimetableError) as refusal:
        parse(TABLE, header)

    assert words in str(refusal.value)


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(
    str.strip
)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@st.composite
def cells(draw):
    """Any cell that a file could hold."""
    kind = draw(st.sampled_from(Kind))
    first, last = sorted((draw(DAYS), draw(DAYS)))
    rule = Rule(draw(st.integers(0, 99)), draw(st.sampled_from(Unit)), draw(st.sampled_from(Event)))
    dated = {
        Kind.DATE: {"start": first},
        Kind.WINDOW: {"start": first, "end": last},
        Kind.RELATIVE: {"rule": rule, "floor": first, "cap": last},
    }
    return Cell(
        key=draw(TEXTS),
        label=draw(TEXTS),
        route=draw(TEXTS),
        kind=kind,
        bound=draw(st.none() | st.sampled_from(Bound)),
        raw_text=draw(TEXTS),
        note=draw(st.just("") | TEXTS),
        clause=draw(TEXTS),
        standing=draw(st.sampled_from([Standing.PRINTED, Standing.ASSUMED])),
        owner=draw(st.sampled_from(Owner)),
        met_by=draw(st.none() | st.sampled_from(Event)),
        **dated.get(kind, {}),
    )


@given(cells())
def test_r043_any_cell_comes_back_from_its_row(cell):
    assert read_cell(cell_row(cell)) == cell
