"""Rows of tables are drawn from strings, and nothing of what they hold gets out of its cell."""

from foundation.ui.pages import Column, QueueRow, Row, Table
from foundation.ui.parts import Bare, Link, Mark
from foundation.ui.rows import queue_row, table_rows

HOSTILE = '"><script>alert(1)</script>'
COLUMNS = [Column(label="Name"), Column(label="Count", align="end"), Column(label="By", whole=True)]


def drawn(*rows: Row) -> str:
    return table_rows(Table(caption="A table", columns=COLUMNS, rows=rows))


def test_a_row_knows_its_columns_and_leads_where_it_says():
    assert drawn(Row(cells=["Orchard", "3", "Fri 6 Mar 2026"], url="/o/orchard/", marked=True)) == (
        '<tr class="marked"><th scope="row"><a href="/o/orchard/" data-row>Orchard</a></th>'
        '<td data-head="Count" class="end">3</td>'
        '<td data-head="By" class="nw">Fri 6 Mar 2026</td></tr>'
    )


def test_a_heading_takes_the_whole_width():
    assert drawn(Row(cells=[], heading="Wave 1 & 2")) == (
        '<tr class="group"><th colspan="3" scope="colgroup">Wave 1 &amp; 2</th></tr>'
    )


def test_what_people_typed_is_escaped_in_every_place():
    row = Row(cells=[HOSTILE, [HOSTILE, Link(HOSTILE, HOSTILE)], HOSTILE], url=HOSTILE)
    queued = QueueRow(
        left=Bare(HOSTILE), participant=HOSTILE, url=HOSTILE, role=HOSTILE, stage=HOSTILE,
        to_read=HOSTILE, held_by=HOSTILE, held_for=HOSTILE, binds=HOSTILE, marks=[Mark(HOSTILE)],
    )  # fmt: skip
    columns = [Column(label=HOSTILE), Column(label=HOSTILE, align=HOSTILE)]
    table = Table(caption="A table", columns=columns, rows=[row, Row(cells=[], heading=HOSTILE)])

    for html in (table_rows(table), queue_row(queued)):
        assert "<script" not in html
        assert html.count("&quot;&gt;&lt;script&gt;") == html.count("alert(1)") > 5
