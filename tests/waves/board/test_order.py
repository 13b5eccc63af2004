"""Whose wave binds whose, on small chains and against a slow reference on many."""

from itertools import pairwise
from random import Random

import pytest

from waves import order

CHAIN = [("A", "B"), ("B", "C")]


@pytest.mark.parametrize(
    ("wave", "is_open"), [(1, False), (2, False), (3, True), (4, True)], ids=str
)
def test_r33_nobody_is_before_a_party_that_it_relies_on_and_the_same_wave_is_allowed(wave, is_open):
    found = order.broken_by({"A": wave}, [("A", "B")], {"A": 3, "B": 3})

    assert (found == ()) == is_open


def test_r33_sit_counts_as_before_all_waves():
    assert order.broken([("A", "B")], {"A": 1, "B": 0}) == ()
    assert order.broken([("A", "B")], {"A": 0, "B": 1}) != ()


def test_r34_a_later_provider_breaks_everybody_behind_it_with_the_chain_named():
    found = order.broken_by({"C": 4}, CHAIN, {"A": 3, "B": 3, "C": 3})

    assert {each.chain for each in found} == {("B", "C"), ("A", "B", "C")}
    assert [each.is_direct for each in found if each.relying == "B"] == [True]
    assert {each.gap for each in found} == {1}


def test_r34_a_break_that_stood_before_is_not_blamed_on_a_move_that_lessens_it():
    now = {"A": 1, "B": 4}

    assert order.broken_by({"B": 3}, [("A", "B")], now) == ()
    assert order.broken_by({"A": 2}, [("A", "B")], now) != ()
    assert order.broken_by({"X": 2}, [("A", "B")], now | {"X": 1}) == ()


def test_r34_dependants_are_everybody_behind_the_nearest_first():
    found = order.dependants("C", [*CHAIN, ("D", "C"), ("E", "A")])

    assert [each.key for each in found] == ["B", "D", "A", "E"]
    assert found[-1].chain == ("E", "A", "B", "C")


def test_r34_those_who_must_follow_are_carried_along():
    assert order.carried_along({"C": 4}, CHAIN, {"A": 4, "B": 3, "C": 3}) == {"C": 4, "B": 4}


def test_r34_rings_are_found_and_refused_before_they_close():
    ring = [*CHAIN, ("C", "A"), ("D", "A"), ("X", "X")]

    assert order.cycles(ring) == (("A", "B", "C", "A"), ("X", "X"))
    assert order.cycles(CHAIN) == ()
    assert order.closes_cycle("C", "A", CHAIN) == ("C", "A", "B", "C")
    assert order.closes_cycle("A", "C", CHAIN) == ()


def test_earliest_and_latest_waves_follow_from_the_chain():
    waves = {"A": 4, "B": 3, "C": 2}

    assert order.earliest_wave("A", CHAIN, waves) == 3
    assert order.earliest_wave("C", CHAIN, waves) == 0
    assert order.latest_wave("C", CHAIN, waves, last=4) == 3
    assert order.latest_wave("A", CHAIN, waves, last=4) == 4


@pytest.mark.parametrize("seed", range(40))
def test_r33_many_graphs_agree_with_a_slow_reference(seed):
    dice = Random(seed)
    keys = [f"K{number}" for number in range(9)]
    edges = [tuple(dice.sample(keys, 2)) for _ in range(dice.randint(0, 14))]
    waves = {key: dice.randint(0, 4) for key in keys}

    found = {(each.relying, each.provider) for each in order.broken(edges, waves)}

    assert found == {
        (one, other) for one in keys for other in _reached(one, edges) if waves[one] < waves[other]
    }
    for each in order.broken(edges, waves):
        assert all(step in edges for step in pairwise(each.chain))
    assert bool(order.cycles(edges)) == any(one in _reached(one, edges) for one in keys)


def _reached(start, edges):
    """Everybody behind ``start``: edges are followed until nothing new is found."""
    found: set[str] = set()
    while fresh := {b for a, b in edges if a == start or a in found} - found:
        found |= fresh
    return found
