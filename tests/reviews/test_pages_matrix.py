"""Qualified yet? The matrix of one organisation."""

import re

import pytest

from foundation.tenancy.actor import NOBODY, Actor, ActorKind
from participants.enums import Status
from reviews import qualified as q
from reviews.pages.desk.matrix import title
from tests.reviews import known
from tests.reviews.desks import html, of_member, page_of, place, reader

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.mark.parametrize("status", [s for s in Status if s not in ("QUALIFIED", "WITHDRAWN")])
@pytest.mark.parametrize("role", ["SUPPLIER", "SDS", "MEM_SMART"])
def test_r118_every_lack_has_a_holder_and_every_criterion_its_word(role, status):
    from tests.reviews.test_qualified import BLANK

    held = known.facts(role, status=status, **BLANK)
    section = page_of(held).sections[0][1]

    assert len(section.facts) == 4
    assert len(section.table.rows) == len(q.missing(held)) > 0
    assert all(row.cells[2] for row in section.table.rows)
    assert all(fact.value[0].kind in ("met", "not_yet", "not_needed") for fact in section.facts)


def test_r014_the_trio_is_one_locked_head_with_one_answer():
    held = known.trio()
    held[1] = known.without(held[1], "decisions", "REC")
    held = [known.with_mates(each, held) for each in held]

    page = page_of(known.facts("SUPPLIER"), *held)
    cell = page.verdicts[1]

    assert [column.locked for column in page.columns] == [False, True, True, True]
    assert [entity["span"] for entity in page.entities] == [1, 3]
    assert (cell.span, cell.locked, cell.status.word) == (3, True, "Not yet: locked together")
    assert "4 of 5 decisions." in cell.text[0]
    assert cell.text[1].text == "SMRA / ERDA holds."
    dip = next(row for band in page.bands for row in band.rows if row.title == "DIP User")
    assert [(each.status.word, each.span) for each in dip.cells] == [
        ("", 1),
        ("Confirmed for all three", 3),
    ]


def test_the_cells_of_every_row_fill_the_columns():
    page = page_of(known.facts("SUPPLIER"), known.facts("MEM_SMART"), *known.trio())

    rows = [page.verdicts, *(row.cells for band in page.bands for row in band.rows)]
    assert {sum(cell.span for cell in cells) for cells in rows} == {5}


def test_titles_say_how_many_and_which_is_nearest():
    near = known.without(known.facts(), "decisions", "REC")
    far = known.facts("SDS", status="FINAL_REVIEW", approvals={})
    done = known.facts("ADS", status="QUALIFIED")

    assert title([near]) == "Qualified yet? Not yet. Supplier is one step away."
    assert title([far, near, done]) == "Qualified yet? One of three. Supplier is one step away."
    assert title([done]) == "MHHS Qualified as Advanced Data Service."
    assert title([done, done]) == "MHHS Qualified in all two roles."


def test_a_cell_leads_only_to_what_the_readers_side_can_do():
    held = known.facts(status="FINAL_REVIEW", approvals={}, reviews={})

    def leads(actor: Actor) -> dict[str, str]:
        bands = page_of(held, actor=actor).bands
        return {band.heading: band.rows[0].cells[0].url for band in bands}

    assert leads(reader("BSC"))["Elexon and the BSC PAB"] == "/o/orchard/approvals/"
    assert leads(reader("BSC"))["REC Code Manager"] == ""
    assert leads(reader("REC"))["REC Code Manager"] == "/o/orchard/approvals/"
    member = Actor(
        kind=ActorKind.PARTICIPANT, person_id=NOBODY, name="Priya",
        organisation_id=held.organisation_id, duties=frozenset({"AUTHOR"}),
    )  # fmt: skip
    assert "/approvals/" not in "".join(leads(member).values())


@pytest.mark.django_db
def test_only_what_is_missing_is_a_view_with_its_own_address(initial):
    client, url = of_member(initial.organisation), place(initial, "qualified/")

    page, narrow = html(client, url), html(client, f"{url}?only=missing")

    count = re.search(r"Only what is missing \((\d+)\)", page)[1]
    assert int(count) > 5
    assert "only-missing" not in page
    assert "matrix only-missing" in narrow
    assert "What is missing" in page
    assert "1. Acceded and a Qualified Party in the role under every relevant code" in page
    assert "BSC has not completed its review of the Initial QAD." in page
