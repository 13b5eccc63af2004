"""The assistant, on small cases that can be worked out by hand and on whole markets."""

from dataclasses import replace

import pytest

from tests.waves.board import markets
from waves.allocation import Market, allocate
from waves.capacity import Room
from waves.refusals import Ground
from waves.seats import Bid


def bid(key: str, wish: int, **more) -> Bid:
    return Bid(key=key, name=f"Party {key}", wish=wish, **{"needs": {"BSC": 1}} | more)


def grounds(market: Market) -> dict[str, Ground]:
    return {each.key: each.ground for each in allocate(market).unmet}


def test_everybody_gets_its_wish_where_nothing_stands_against_it():
    found = allocate(Market([bid("A", 1), bid("B", 3), bid("C", 4)]))

    assert found.waves == {"A": 1, "B": 3, "C": 4}
    assert (found.unmet, found.is_proven) == ([], True)


def test_r33_whoever_relies_waits_for_the_party_relied_on_and_hears_why():
    market = Market([bid("A", 1), bid("B", 3, fixed=3)], edges=[("A", "B")])
    found = allocate(market)

    assert found.waves == {"A": 3, "B": 3}
    (said,) = found.unmet
    assert (said.ground, said.chain, said.given) == (Ground.RELIES, ("A", "B"), 3)
    assert said.because == (
        "Party A relies on Party B: the party relied on stands in wave 3, so wave 3 is the first."
    )


def test_r35_reliance_on_a_sit_party_binds_no_wave():
    market = Market([bid("A", 1)], edges=[("A", "S")], outside={"S": 0})

    assert allocate(market).waves == {"A": 1}


def test_r33_a_party_that_is_relied_on_comes_no_later_than_those_fixed_behind_it():
    market = Market([bid("A", 2, fixed=2), bid("B", 4)], edges=[("A", "B")])

    assert allocate(market).waves == {"A": 2, "B": 2}
    assert grounds(market) == {"B": Ground.RELIED_ON}


def test_r18_a_wave_that_the_role_may_not_take_is_never_given():
    market = Market([bid("A", 1, open=(3, 4))])

    assert allocate(market).waves == {"A": 3}
    assert grounds(market) == {"A": Ground.ROUTE}


def test_r36_capacity_gives_way_rather_than_leave_somebody_out_unless_it_is_hard():
    full = {wave: Room(0, {}) for wave in (1, 2, 3, 4)}
    soft = Market([bid("A", 2)], space=full)

    assert allocate(soft).waves == {"A": 2}
    hard = allocate(replace(soft, is_hard=True))
    assert hard.waves == {}
    assert (hard.unmet[0].given, hard.unmet[0].ground) == (None, Ground.FULL)


def test_r36_a_full_wave_takes_one_and_says_which_of_its_bounds_was_reached():
    space = {2: Room(None, {"BSC": 1})}
    found = allocate(Market([bid("A", 2), bid("B", 2)], space=space))

    assert sorted(found.waves.values()) in ([1, 2], [2, 3])
    assert found.unmet[0].because == "Wave 2 is full: 1 of 1 reviewer-weeks of BSC are given."


def test_r36_the_answer_does_not_depend_on_the_order_in_which_bids_came():
    made = markets.market(5, organisations=60, edges=25)
    turned = replace(made, bids=list(reversed(made.bids)), edges=list(reversed(made.edges)))

    one, other = allocate(made).waves, allocate(turned).waves

    assert markets.disappointment(made, one) == markets.disappointment(made, other)
    assert {bid.key for bid in made.bids if one[bid.key] != other[bid.key]} == set()


def test_wishes_being_equal_the_load_is_even():
    space = {wave: Room(None, {"BSC": 10}) for wave in (1, 2, 3, 4)}
    bids = [bid("A", 1, fixed=1), bid("B", 1, fixed=1), bid("C", 2), bid("D", 3)]

    found = allocate(Market(bids, space=space | {2: Room(0, {"BSC": 10})})).waves

    assert found == {"A": 1, "B": 1, "C": 3, "D": 3}


def test_r33_who_is_caught_between_two_fixed_parties_gets_no_wave_and_a_reason():
    bids = [bid("A", 1, fixed=1), bid("B", 2), bid("C", 3, fixed=3)]
    found = allocate(Market(bids, edges=[("A", "B"), ("B", "C")]))

    assert "B" not in found.waves
    assert found.unmet[0].ground is Ground.RELIES


@pytest.mark.parametrize("is_hard", [False, True], ids=["soft", "hard"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_r33_a_market_of_300_with_150_edges_passes_an_independent_checker(seed, is_hard):
    made = markets.market(seed, organisations=300, edges=150, is_hard=is_hard)

    found = allocate(made)

    assert markets.faults(made, found.waves) == []
    assert len(made.edges) == 150
    free_unmet = {
        each.key
        for each in made.bids
        if each.fixed is None and found.waves.get(each.key) != each.wish
    }
    assert {each.key for each in found.unmet} == free_unmet
    assert all(each.because for each in found.unmet)


@pytest.mark.parametrize("seed", range(6))
def test_small_markets_are_solved_as_well_as_trying_everything(seed):
    made = markets.market(seed, organisations=7, edges=4, room=0.9)

    found = allocate(made).waves

    assert markets.faults(made, found) == []
    best = markets.best_by_trying(made)
    assert (markets.overflow(made, found), markets.disappointment(made, found)) == best
