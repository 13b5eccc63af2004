"""What reports count is what a slow reader counts on the rows, and what the pages show."""

from collections import Counter
from datetime import date, timedelta

import pytest

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from reviews.reports.caseload import RP14
from tests import factories
from tests.reviews.reports import markets
from tests.reviews.reports.markets import NOW, TODAY
from waves import mcc_stages
from waves.models import Place, TestProgress
from waves.queries import clocks
from waves.queries import testing as testing_queries
from waves.queries.board import board
from waves.reports.milestones import RP16
from waves.reports.places import RP9, RP10
from waves.reports.progress import RP7
from waves.reports.reliance import RP17
from waves.reports.shape import Ask
from waves.reports.testing import RP8, standings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def reader():
    markets.reference()
    return factories.staff_actor("MHHSP", "MCC_READER", "LEAD")


def rows(report, part, actor, **asked):
    with acting_as(actor):
        ask = Ask(actor, NOW, asked.pop("as_of", TODAY), **asked)
        return [line.cells for line in report.part(part).rows(ask)]


def test_r140_every_role_is_reported_with_its_stage_and_counted_once(reader):
    held = markets.crowd(45)
    found = rows(RP7, "progress", reader)
    stages = Counter(row["stage"] for row in found)
    qualified = [each for each in held if each.qualified_at]

    assert len(found) == 45
    assert (
        stages["MHHS Qualified"]
        == len(qualified)
        == sum(row["standing"] == "Qualified" for row in found)
    )
    assert sum(row["standing"] == "Exiting" for row in found) == sum(
        each.status == Status.WITHDRAWN for each in held
    )
    summary = {row["stage"]: row["total"] for row in rows(RP7, "stages", reader)}
    assert summary.pop("Everybody") == 45
    assert {stage: count for stage, count in summary.items() if count} == stages
    assert len(rows(RP7, "plan", reader)) == 45 * len(mcc_stages.STAGES)


def test_r140_the_first_two_stages_are_of_suppliers_and_agents_in_waves_alone():
    def codes(role, route):
        return [stage.code for stage in mcc_stages.stages_of(role, route)]

    whole = ["WAVE", "QT_ENTRY", "INITIAL", "FINAL", "SIGNED", "QUALIFIED"]
    assert codes("SUPPLIER", "QT_WAVE_2") == codes("MEM_SMART", "QT_WAVE_1") == whole
    assert codes("LDSO", "NON_SIT_LDSO_M10") == codes("UMSO", "QT_WAVE_4") == whole[2:]
    assert codes("SUPPLIER", "SIT_M10_READY") == whole[2:]


def test_the_list_of_stages_is_that_of_its_file():
    text = mcc_stages.FILE.read_text(encoding="utf-8")
    shorter = text[: text.index('[[stages]]\ncode = "SIGNED"')]

    assert [stage.code for stage in mcc_stages.read(shorter)][-1] == "FINAL"
    with pytest.raises(ValueError, match="nonsense"):
        mcc_stages.read(text.replace('"signed_off"', '"nonsense"'))


def test_r121_wave_parties_show_their_earliest_migration_and_others_none(reader):
    markets.crowd(3)
    place = factories.make_organisation()
    factories.make_qualification(place, "LDSO", "NON_SIT_LDSO_M10")
    found = rows(RP7, "progress", reader)

    assert {row["earliest"] for row in found if row["route"].startswith("Wave")} == {
        date(2026, 5, 15)
    }
    assert {row["earliest"] for row in found if row["route"] == "Non-SIT LDSO"} == {None}


def test_a_report_as_at_an_earlier_day_knows_nothing_of_later_days(reader):
    markets.crowd(12)
    before = rows(RP7, "progress", reader, as_of=TODAY - timedelta(days=10))
    long_ago = rows(RP7, "progress", reader, as_of=TODAY - timedelta(days=25))

    assert {row["approved"] for row in before} == {None}
    assert "Signed off" in {row["stage"] for row in before}
    assert {row["stage"] for row in long_ago} <= {"Wave allocated", "Before the first stage"}
    with acting_as(PORTAL):
        old = TestProgress.objects.filter(on=TODAY - timedelta(weeks=4))
        ran = sorted(old.values_list("run", flat=True))
        again = TODAY - timedelta(days=8)
    assert sorted(row["run"] for row in rows(RP7, "progress", reader, as_of=again)) == ran


def test_r72_testing_is_reported_as_its_desk_shows_it(reader):
    markets.crowd(40)
    found = rows(RP8, "testing", reader)
    with acting_as(reader):
        desk = list(testing_queries.desk(reader))
        shown = {each.held.organisation.name: each for each in standings(Ask(reader, NOW, TODAY))}

    assert len(found) == len(desk) == len(shown)
    for row in found:
        own = shown[row["organisation"]]
        assert row["slip"] == (own.slips[-1].tests if own.slips else None)
        assert (row["risk"] == "At risk") == own.is_at_risk
        assert row["severe"] == len(own.severe)
    assert 0 < sum(row["risk"] == "At risk" for row in found) < len(found)


def test_places_are_those_of_the_board(reader):
    held = markets.crowd(30)
    with acting_as(PORTAL):
        by_wave = Counter(each.route for each in held if each.status != Status.WITHDRAWN)
        waits = Place.objects.filter(status="WAITLISTED").exclude(
            qualification__status=Status.WITHDRAWN
        )
        names = {place.qualification.organisation.name for place in waits}
    waves = rows(RP9, "waves", reader)

    assert [row["total"] for row in waves] == [by_wave[wave] for wave in markets.WAVES]
    assert {row["organisation"] for row in rows(RP9, "waiting", reader)} == names
    assert len(rows(RP9, "places", reader)) == sum(by_wave.values())
    spread = rows(RP10, "requests", reader)
    assert spread[-1]["total"] == sum(by_wave.values())
    assert [row["total"] for row in spread[:-1]] == [by_wave[wave] for wave in markets.WAVES]
    assert "organisation" not in spread[0]


def test_r33_who_stands_before_whom_it_relies_on_is_in_both_registers(reader):
    held = markets.crowd(4)  # waves 1 to 4, in this order
    with acting_as(PORTAL):
        Qualification.objects.update(role="SUPPLIER", status=Status.INITIAL_DRAFT)
        markets.rely(held[0], held[2])
        markets.rely(held[3], held[1])
    conflicts = rows(RP9, "conflicts", reader)
    register = {row["organisation"]: row for row in rows(RP17, "register", reader)}

    assert [(row["relying_wave"], row["provider_wave"]) for row in conflicts] == [
        ("Wave 1", "Wave 3")
    ]
    assert register["Party 0000"]["order"] == "Too early"
    assert register["Party 0003"]["order"] == "Kept"
    assert register["Party 0000"]["provider"] == "Party 0002"
    assert register["Party 0000"]["missing"] == "BSC, REC, DIP"


def test_caseload_is_counted_as_on_the_page_of_clocks():
    markets.reference()
    markets.crowd(40)
    lead = factories.staff_actor("DIP", "LEAD")
    found = {row["body"]: row for row in rows(RP14, "bodies", lead)}
    with acting_as(lead):
        for body, label in (("BSC", "BSC"), ("DIP", "DIP Manager")):
            own = clocks.counts(clocks.clocks_of_bodies(lead).filter(body=body), NOW)
            row = found[label]
            assert (row["open"], row["Overdue"], row["Due within a week"], row["Paused"]) == (
                own["all"], own["overdue"], own["risk"], own["paused"],
            )  # fmt: skip
    assert len(rows(RP14, "clocks", lead)) == sum(row["open"] for row in found.values())
    late = rows(RP14, "clocks", lead, body="BSC")
    assert {row["body"] for row in late} == {"BSC"}


def test_readiness_adds_up_to_everybody_with_a_milestone(reader):
    markets.crowd(45)
    found = rows(RP16, "milestones", reader)
    every = next(row for row in found if row["role"] == "All roles")
    parts = [row for row in found if row["role"] != "All roles"]
    kinds = ("qualified", "on_track", "at_risk", "exiting")

    assert every["total"] == 45 == sum(every[kind] for kind in kinds)
    for kind in (*kinds, "total", "after"):
        assert every[kind] == sum(row[kind] for row in parts)
    at_risk = rows(RP16, "risks", reader)
    assert len(at_risk) == every["at_risk"] + every["exiting"]
    candidates = rows(RP16, "annex-4", reader)
    assert {row["role"] for row in candidates} <= {"Supplier"}
    assert all(
        row["standing"] == "Exiting" or row["expected"] > date(2026, 10, 28) for row in candidates
    )


def test_r07_a_body_reports_on_the_roles_that_it_governs():
    markets.reference()
    markets.crowd(12)
    rec = factories.staff_actor("REC", "LEAD")

    assert {row["role"] for row in rows(RP7, "progress", rec)} == {"Supplier", "MEM Advanced"}
    assert {row["role"] for row in rows(RP9, "places", rec)} == {"Supplier", "MEM Advanced"}
    assert {row["role"] for row in rows(RP7, "progress", rec, role="SUPPLIER")} == {"Supplier"}


def test_the_board_of_the_report_is_the_board(reader):
    markets.crowd(9)
    with acting_as(reader):
        loads = board().loads
    for row, wave in zip(rows(RP9, "waves", reader), markets.WAVES, strict=True):
        assert row["allocated"] == loads[wave].allocated
        assert row["used_BSC"] == loads[wave].weeks.get("BSC", 0)
