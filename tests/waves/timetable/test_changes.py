"""How timetables differ and merge; headers, forms and files give back what they were given."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waves import tables
from waves.forms.timetable import CellForm, cell_initial
from waves.timetable import Kind
from waves.timetable_changes import changes, left_out, merged, next_version, with_cell
from waves.timetable_doubts import doubts, new_doubts
from waves.timetable_file import TimetableError, dump, parse, read_cell
from waves.timetable_header import renamed, write_header
from waves.timetable_words import in_words

FIRST = tables.from_files()
TABLE = tables.FIRST_TABLE.read_text(encoding="utf-8")
HEADER = tables.FIRST_HEADER.read_text(encoding="utf-8")
DATED = [place for place, cell in FIRST.cells.items() if cell.kind is Kind.DATE]
PLACES = st.sampled_from(DATED)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def moved(timetable, place, on: date):
    return with_cell(timetable, replace(timetable.cell(*place), start=on))


def test_the_table_goes_out_and_comes_back_as_the_same_bytes():
    assert dump(FIRST) == TABLE
    assert dump(parse(dump(FIRST), write_header(FIRST))) == TABLE


def test_a_written_header_says_what_was_read():
    assert parse(TABLE, write_header(FIRST)) == FIRST


def test_a_header_takes_a_new_name_and_keeps_its_comments():
    named = renamed(HEADER, version="v2", source='CR "77", \\ 2026')

    assert (parse(TABLE, named).version, parse(TABLE, named).source) == (
        "v2",
        'CR "77", \\ 2026',
    )
    assert named.count("#") == HEADER.count("#")


@pytest.mark.parametrize("place", [*FIRST.cells, *FIRST.beyond])
def test_saving_the_form_of_any_cell_as_it_is_changes_nothing(place):
    cell = FIRST.cell(*place)
    kwargs = {"kind": cell.kind, "timetable": FIRST, "route": cell.route}
    shown = CellForm(**kwargs, initial=cell_initial(cell, 1))
    sent = {}
    for name in shown.fields:
        value = shown[name].value()
        if isinstance(value, date):
            sent |= {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}
        else:
            sent[name] = "" if value is None else value
    form = CellForm(sent, **kwargs)

    assert form.is_valid(), form.errors
    row = form.row() | {"activity_key": cell.key, "route": cell.route}
    assert read_cell(row) == cell


def test_x33_a_british_date_in_a_file_is_refused_in_words_never_guessed():
    with pytest.raises(TimetableError) as error:
        parse(TABLE.replace("2026-05-22", "10/11/2025"), HEADER)

    [said] = in_words(error.value)
    assert said.endswith(
        "column end: “10/11/2025” is not a day. Write year, month, day: 2025-09-12."
    )


def test_what_a_file_leaves_out_is_named_in_words():
    cells = {at: cell for at, cell in FIRST.cells.items() if at[0] != "qualification_decision"}
    shorter = replace(FIRST, cells=MappingProxyType(cells))

    [said] = left_out(FIRST, shorter)
    assert said.startswith("The activity “")
    assert "(qualification_decision) is missing" in said
    assert list(left_out(FIRST, FIRST)) == []


@given(PLACES, DAYS)
def test_a_changed_date_is_the_only_change(place, on):
    found = changes(FIRST, moved(FIRST, place, on))

    assert [change.place for change in found] == ([place] if FIRST.cell(*place).start != on else [])
    assert all(change.names == ("start",) and change.moves_dates for change in found)


@given(st.lists(st.tuples(PLACES, DAYS), max_size=4), st.lists(st.tuples(PLACES, DAYS), max_size=4))
def test_a_draft_upon_a_newer_version_has_both_changes_or_names_the_clash(mine, theirs):
    my, their = FIRST, FIRST
    for place, on in mine:
        my = moved(my, place, on)
    for place, on in theirs:
        their = moved(their, place, on)

    result, clashes = merged(FIRST, my, their)

    for place in DATED:
        base, own, other = (each.cell(*place).start for each in (FIRST, my, their))
        clash = base != own != other != base
        assert (place in clashes) == clash
        assert result.cell(*place).start == (other if clash or other != base else own)


def test_versions_are_counted_on_and_never_taken_twice():
    assert next_version("v1", {"v1"}) == "v2"
    assert next_version("v9", {"v9", "v10"}) == "v11"
    assert next_version("enduring", set()) == "enduring.1"


def test_x01_a_year_that_slips_is_doubted_but_not_refused():
    wrong = moved(FIRST, ("qt_entry_checkpoint_1", "QT_WAVE_3"), date(2026, 11, 10))

    said = [doubt.text for doubt in new_doubts(FIRST, wrong)]
    assert any("Look at the year" in text for text in said)
    assert any("comes after it" in text for text in said)
    assert new_doubts(FIRST, FIRST) == []


def test_x07_the_plans_own_squeezes_are_known_doubts():
    squeezed = {
        (doubt.key, doubt.route) for doubt in doubts(FIRST) if "less than the period" in doubt.text
    }
    assert squeezed == {
        ("qualification_decision", "SIT_M10_READY"),
        ("qualification_decision", "SIT_NOT_M11_READY"),
        ("qualification_decision", "NON_SIT_LDSO_M10"),
        ("qualification_decision", "QT_WAVE_1"),
        ("initial_qad_review_complete", "QT_WAVE_2"),
        ("qualification_decision", "QT_WAVE_4"),
    }
