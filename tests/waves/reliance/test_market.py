"""The net of a whole market: 300 parties and 150 links, drawn and asked who is touched."""

from time import perf_counter

import pytest

from foundation.ui.net import Arrow, Box, NetPicture
from tests.waves.board.markets import market
from tests.waves.reliance.test_rules import reached
from waves.order import broken
from waves.reliance_graph import What, net, touched


@pytest.fixture(scope="module")
def seats():
    made = market(11, organisations=300, edges=150)
    order = {bid.key: bid.wish for bid in made.bids} | dict(made.outside)
    return list(made.edges), order


def drawn(edges, order) -> str:
    laid = net(edges, order)
    number = {key: each for each, key in enumerate(laid.spots)}
    picture = NetPicture(
        title="Who relies on whom",
        columns=["SIT", "Wave 1", "Wave 2", "Wave 3", "Wave 4"],
        boxes=[
            Box(name=f"Party {key}", note="Supplier", column=spot.column, row=spot.row)
            for key, spot in laid.spots.items()
        ],
        arrows=[Arrow(start=number[one], end=number[other]) for one, other in edges],
        breaks=laid.groups,
    )
    return picture.__html__()


def test_the_picture_of_150_links_is_drawn_in_well_under_a_second(seats):
    edges, order = seats
    assert len(edges) == 150
    start = perf_counter()
    text = drawn(edges, order)
    took = perf_counter() - start
    assert text.count('class="arrow') == 150
    assert "style" not in text
    assert len(text) < 150_000
    assert took < 0.5, f"{took:.3f} s"


def test_everybody_is_asked_who_is_touched_in_well_under_a_second(seats):
    edges, order = seats
    start = perf_counter()
    found = {key: touched(key, edges, order, What.SLIPS, 4) for key in order}
    took = perf_counter() - start
    assert took < 1, f"{took:.3f} s"
    for key in list(order)[::25]:
        assert {each.key for each in found[key]} == reached(key, edges)
    assert sum(map(len, found.values())) > 150
    assert broken(edges, order)  # wishes alone break the order, so that red arrows are drawn


def test_names_are_escaped_and_cut_to_their_box():
    long = "<script>alert(1)</script> and a very long name of a party"
    text = NetPicture(
        title="Net",
        columns=["Wave 1"],
        boxes=[Box(name=long, note="Supplier", column=0, row=0, url='/"x')],
        arrows=[],
    ).__html__()
    assert "<script>" not in text
    assert "…</text>" in text
    assert 'href="/&quot;x"' in text
