"""What-if copies: nothing is real before, everything or nothing after."""

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.lifecycle import Move
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Qualification
from tests import factories
from tests.waves.board.conftest import NOW
from waves import what_if
from waves.enums import ScenarioState
from waves.lifecycle import scenario as moves
from waves.models import Place, Scenario
from waves.queries import board as queries
from waves.services import assisting, reallocating, scenarios
from waves.services import board as giving

BOTH = {"BSC": 30, "REC": 30, "DIP": 30}


@pytest.mark.parametrize("status", ScenarioState)
@pytest.mark.parametrize("move", moves.MOVES, ids=lambda move: move.name)
def test_a_copy_is_applied_or_discarded_once(move: Move, status: str):
    assert (move.objections(status, None) == ()) == (status in move.sources)


class Copy:
    """A what-if of the planner, with less typing."""

    def __init__(self, waves) -> None:
        self.waves = waves
        with acting_as(waves.planner):
            self.row = scenarios.make(title="Wave 2 is full", actor=waves.planner, at=NOW)

    def does(self, service, *, by=None, **said) -> Scenario:
        actor = by or self.waves.planner
        with acting_as(actor):
            self.row = service(scenario=self.row, actor=actor, at=NOW, **said)
        return self.row

    def put(self, name: str, route: str, **more) -> Scenario:
        return self.does(scenarios.put, qualification=self.waves.held[name], route=route, **more)

    def read(self) -> what_if.WhatIf:
        with acting_as(self.waves.planner):
            return what_if.what_if(queries.board(), self.row.moves, self.row.capacity)

    def apply(self) -> Scenario:
        return self.does(scenarios.apply, because="Agreed at the planning meeting.")


@pytest.fixture
def copy(waves) -> Copy:
    return Copy(waves)


def everything() -> tuple:
    """All that a participant or a clock could notice."""
    with acting_as(PORTAL):
        return (
            list(Qualification.objects.order_by("pk").values_list("pk", "route")),
            list(Place.objects.order_by("pk").values_list("pk", "status", "wanted")),
            Notice.objects.count(),
        )


def test_nothing_in_a_copy_is_real(waves, copy):
    waves.party("Ashlar", "QT_WAVE_2")
    waves.party("Birch", "QT_WAVE_2", given=False)
    waves.room("QT_WAVE_2", 2, **BOTH)
    before = everything()

    copy.put("Ashlar", "QT_WAVE_3")
    copy.put("Birch", "QT_WAVE_4")
    copy.does(scenarios.cap, route="QT_WAVE_2", places=1)
    copy.does(scenarios.lose_reviewers, body="BSC", reviewers=2, weeks_each=10)
    seen = copy.read()

    assert everything() == before
    assert (seen.real.loads["QT_WAVE_2"].places, seen.copy.loads["QT_WAVE_2"].places) == (2, 0)
    assert seen.copy.loads["QT_WAVE_2"].room.places == 1
    assert seen.copy.loads["QT_WAVE_2"].room.weeks == {"BSC": 10, "REC": 30, "DIP": 30}
    assert seen.real.loads["QT_WAVE_2"].room.weeks["BSC"] == 30


def test_a_card_put_back_where_it_stands_is_no_move(waves, copy):
    waves.party("Ashlar", "QT_WAVE_2")
    copy.put("Ashlar", "QT_WAVE_3")
    copy.put("Ashlar", "QT_WAVE_2")

    assert copy.row.moves == {}


def test_r33_a_copy_says_what_it_would_break_and_is_not_applied(waves, copy):
    waves.party("Birch", "QT_WAVE_3", given=False)
    waves.party("Ashlar", "QT_WAVE_3", given=False)
    waves.relies("Ashlar", on="Birch")
    copy.put("Birch", "QT_WAVE_4")

    grounds = [each.ground for each in copy.read().hindrances]
    assert grounds == [what_if.Ground.ORDER]
    before = everything()
    with pytest.raises(Refused, match="earlier wave than a party"):
        copy.apply()
    assert everything() == before


def test_r34_moves_that_are_in_order_only_together_are_applied_together(waves, copy):
    for name in ("Ashlar", "Birch", "Corran"):
        waves.party(name, "QT_WAVE_3", given=False)
    waves.relies("Ashlar", on="Birch")
    waves.relies("Birch", on="Corran")
    for name in ("Corran", "Ashlar", "Birch"):
        copy.put(name, "QT_WAVE_4")

    copy.apply()

    assert {waves.route(name) for name in ("Ashlar", "Birch", "Corran")} == {"QT_WAVE_4"}
    assert {waves.place(name).status for name in ("Ashlar", "Birch", "Corran")} == {"ALLOCATED"}
    assert waves.flags("Ashlar") == []  # whoever moves along needs no second look
    with acting_as(PORTAL):
        assert AuditEvent.objects.filter(action="scenario.applied").count() == 1


def test_r36_whoever_holds_a_place_is_talked_with_before_a_copy_moves_it(waves, copy):
    waves.party("Ashlar", "QT_WAVE_2")
    waves.party("Birch", "QT_WAVE_2", given=False)
    copy.put("Ashlar", "QT_WAVE_3")
    copy.put("Birch", "QT_WAVE_3")

    with pytest.raises(Refused, match="No talk with Ashlar"):
        copy.apply()
    assert waves.route("Birch") == "QT_WAVE_2"  # all or none

    copy.does(scenarios.propose, because="Wave 2 is over its reviewer-weeks.")
    assert (waves.place("Ashlar").status, waves.route("Ashlar")) == (
        "REALLOCATION_PROPOSED",
        "QT_WAVE_2",
    )
    with pytest.raises(Refused, match="No talk with Ashlar"):
        copy.apply()
    waves.does(reallocating.engage, "Ashlar", text="They agree.")
    copy.does(scenarios.look_again)
    copy.apply()
    assert (waves.route("Ashlar"), waves.route("Birch")) == ("QT_WAVE_3", "QT_WAVE_3")


def test_a_copy_is_stale_when_the_real_card_moved_on(waves, copy):
    waves.party("Ashlar", "QT_WAVE_2", given=False)
    waves.party("Birch", "QT_WAVE_2", given=False)
    copy.put("Ashlar", "QT_WAVE_3")
    waves.does(giving.allocate, "Birch", route="QT_WAVE_4")
    assert copy.read().hindrances == []  # what does not matter does not hinder

    waves.does(giving.allocate, "Ashlar", route="QT_WAVE_1")

    with pytest.raises(Refused, match=r"Ashlar \(Supplier\) is now: Wave 1, allocated"):
        copy.apply()
    assert waves.route("Ashlar") == "QT_WAVE_1"


def test_two_planners_do_not_overwrite_each_other_in_a_copy(waves, copy):
    waves.party("Ashlar", "QT_WAVE_2")
    seen = copy.row.revision
    copy.put("Ashlar", "QT_WAVE_3", revision=seen)

    with pytest.raises(Refused, match="changed this what-if meanwhile"):
        copy.put("Ashlar", "QT_WAVE_4", revision=seen)


def test_a_copy_is_applied_once(waves, copy):
    waves.party("Ashlar", "QT_WAVE_2", given=False)
    copy.put("Ashlar", "QT_WAVE_3")
    copy.apply()

    with pytest.raises(Refused, match="applied this what-if already"):
        copy.apply()
    with pytest.raises(Refused):
        copy.does(scenarios.discard)


def test_an_empty_copy_and_one_without_a_reason_are_not_applied(waves, copy):
    with pytest.raises(Refused, match="no move"):
        copy.apply()
    with pytest.raises(Invalid):
        copy.does(scenarios.apply, because="  ")


@pytest.mark.parametrize("duties", [("REVIEWER",), ("MCC_READER",), ("TEST_MANAGER",)])
def test_only_planners_make_copies(waves, duties):
    other = factories.staff_actor("BSC", *duties)

    with acting_as(other), pytest.raises(Denied):
        scenarios.make(title="Mine", actor=other, at=NOW)


def test_r13_a_planner_moves_only_what_its_body_governs_even_in_a_copy(waves, copy):
    waves.party("Ashlar", "QT_WAVE_2", "SDS")

    with pytest.raises(Denied):
        copy.does(
            scenarios.put,
            by=factories.staff_actor("REC", "PLANNER"),
            qualification=waves.held["Ashlar"],
            route="QT_WAVE_3",
        )


def test_fewer_reviewers_need_a_known_number_to_take_from(waves, copy):
    with pytest.raises(Refused, match="Nobody has said"):
        copy.does(scenarios.lose_reviewers, body="DIP", reviewers=1, weeks_each=10)
    with pytest.raises(Invalid):
        copy.does(scenarios.lose_reviewers, body="MHHSP", reviewers=1, weeks_each=10)


# --- the assistant


def test_r32_the_assistant_seats_whoever_has_no_place_and_a_person_confirms(waves, copy):
    waves.party("Birch", "QT_WAVE_3")
    waves.party("Ashlar", "QT_WAVE_2", given=False)
    waves.party("Corran", "QT_WAVE_2", given=False)
    waves.relies("Ashlar", on="Birch")
    waves.room("QT_WAVE_2", 5, **BOTH)
    before = everything()

    copy.does(assisting.assist)

    assert everything() == before
    (unmet,) = copy.row.explanation["unmet"]
    assert (unmet["name"], unmet["wish"], unmet["given"]) == ("Ashlar (Supplier)", 2, 3)
    assert "relies on Birch (Supplier)" in unmet["because"]
    assert (copy.row.explanation["seated"], copy.row.explanation["free"]) == (2, 2)

    copy.apply()
    assert (waves.route("Ashlar"), waves.route("Corran")) == ("QT_WAVE_3", "QT_WAVE_2")
    assert {waves.place(name).status for name in ("Ashlar", "Corran")} == {"ALLOCATED"}
    assert waves.route("Birch") == "QT_WAVE_3"


def test_r36_with_capacity_as_a_wall_somebody_finds_no_wave_and_reads_why(waves, copy):
    for route in ("QT_WAVE_1", "QT_WAVE_2", "QT_WAVE_3", "QT_WAVE_4"):
        waves.room(route, 0, **BOTH)
    waves.party("Ashlar", "QT_WAVE_2", given=False)

    copy.does(assisting.assist, is_hard=True)
    (unmet,) = copy.row.explanation["unmet"]
    assert (unmet["given"], unmet["ground"], copy.row.moves) == (None, "FULL", {})
    copy.does(assisting.assist, is_hard=False)
    assert copy.row.explanation["unmet"] == []


def test_r14_the_assistant_seats_the_trio_as_one(waves, copy):
    waves.party("Lochard", "QT_WAVE_4", "LDSO", is_new_entrant=True, given=False)

    copy.does(assisting.assist)
    copy.apply()

    with acting_as(PORTAL):
        rows = Place.objects.filter(qualification__trio=waves.held["Lochard"].trio)
        assert {place.status for place in rows} == {"ALLOCATED"}


def test_the_assistant_leaves_to_each_body_what_it_governs(waves, copy):
    waves.party("Ashlar", "QT_WAVE_2", "MEM_ADV", given=False)
    copy.does(assisting.assist)

    assert copy.row.explanation["free"] == 0


def test_r36_nothing_that_the_assistant_is_given_says_who_came_first(waves):
    waves.party("Ashlar", "QT_WAVE_2", given=False)
    waves.party("Birch", "QT_WAVE_2", given=False)
    with acting_as(waves.planner):
        market = assisting.market_of(queries.board(), {}, waves.planner)

    told = {name for bid in market.bids for name in type(bid).__dataclass_fields__}
    assert told == {"key", "name", "wish", "open", "fixed", "places", "needs"}
