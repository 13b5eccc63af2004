"""The road: however dense its months, no two of its words overlap, wide or narrow."""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.ui.road import Lane, Milestone, Road, Stretch
from foundation.ui.road_drawing import road_svg, spoken
from foundation.ui.road_layout import NARROW, SMALL, WIDE, Canvas, Plan, plan, width_of

FONTS = Path(__file__).resolve().parents[2] / "static" / "print-fonts"
FIRST = date(2025, 6, 1)
CANVASES = pytest.mark.parametrize("canvas", [WIDE, NARROW], ids=["1440", "390"])

words = st.text("abcdefghijklmnoprstuvwyABCDEFMQRTW 0123456789,-", min_size=1, max_size=22)
days = st.integers(0, 420).map(lambda gone: FIRST + timedelta(days=gone))


@st.composite
def stretches(draw) -> Stretch:
    start, end = sorted((draw(days), draw(days)))
    state = draw(st.sampled_from(["done", "running", "ahead"]))
    return Stretch(start=start, end=end, label=draw(words), state=state, daily=draw(st.booleans()))


points = st.builds(
    Milestone,
    on=days,
    kind=st.sampled_from(["date", "done", "yours", "gate", "cap"]),
    title=words,
    note=words | st.just(""),
    side=st.sampled_from(["start", "middle", "end"]),
    above=st.booleans(),
)
lanes = st.builds(
    Lane,
    name=words,
    note=words,
    stretches=st.lists(stretches(), max_size=5),
    milestones=st.lists(points, max_size=6),
)
roads = st.builds(
    Road,
    first=st.just(FIRST - timedelta(days=21)),
    last=st.just(FIRST + timedelta(days=460)),
    today=days,
    today_label=st.just("Today, 18 November"),
    lanes=st.lists(lanes, min_size=1, max_size=6),
)


def overlapping(drawn: Plan) -> list[tuple[str, str]]:
    """Written apart from the layout: every pair of words, as the rectangles that they fill."""
    return [
        (one.text, other.text)
        for one, other in combinations(drawn.labels, 2)
        if one.box[0] < other.box[2]
        and other.box[0] < one.box[2]
        and one.box[1] < other.box[3]
        and other.box[1] < one.box[3]
    ]


@CANVASES
@settings(max_examples=150, deadline=None)
@given(road=roads)
def test_no_two_words_of_a_road_overlap(canvas: Canvas, road: Road) -> None:
    drawn = plan(road, canvas)

    assert overlapping(drawn) == []
    assert all(label.box[3] <= drawn.foot for label in drawn.labels)
    assert all(label.box[0] >= 0 and label.box[2] <= canvas.width + 0.1 for label in drawn.labels)
    assert 0 <= drawn.today[1] <= canvas.width - drawn.today[2]


@CANVASES
def test_ten_dates_of_one_week_all_have_a_place(canvas: Canvas) -> None:
    week = [
        Milestone(on=FIRST + timedelta(days=200 + at), title=f"Checkpoint {at}", note="Fri 20 Feb")
        for at in range(10)
    ]
    road = Road(
        first=FIRST,
        last=FIRST + timedelta(days=420),
        today=FIRST,
        lanes=[Lane(name="Testing", milestones=week)],
    )
    drawn = plan(road, canvas)

    assert overlapping(drawn) == []
    assert {f"Checkpoint {at}" for at in range(10)} <= {label.text for label in drawn.labels}
    assert len(drawn.places[0].ties) > 0


@pytest.mark.parametrize(("weight", "bold"), [(400, False), (600, True)])
def test_words_are_never_wider_than_they_are_thought_to_be(weight: int, bold: bool) -> None:
    face = TTFont(FONTS / f"pack-sans-{weight}.ttf")
    glyphs, advances, unit = face.getBestCmap(), face["hmtx"], face["head"].unitsPerEm
    for code in range(0x20, 0x7F):
        wide = advances[glyphs[code]][0] / unit * SMALL
        assert width_of(chr(code), bold=bold) >= wide - 0.01, chr(code)


def test_a_long_name_is_set_in_lines_beside_its_lane() -> None:
    lane = Lane(name="Unmetered Supplies Operator (UMSO)", note="Non-SIT LDSO M10")
    drawn = plan(Road(first=FIRST, last=FIRST + timedelta(days=90), today=FIRST, lanes=[lane]))
    names = [label for label in drawn.places[0].labels if label.kind == "nm"]

    assert len(names) > 1
    assert all(label.box[2] < WIDE.left for label in drawn.places[0].labels)


def test_the_picture_is_hidden_from_screen_readers_and_told_as_a_list() -> None:
    lane = Lane(
        name="Testing",
        note="PIT, then QT",
        stretches=[
            Stretch(start=FIRST, end=FIRST + timedelta(days=30), label="Window", state="done")
        ],
        milestones=[
            Milestone(on=FIRST + timedelta(days=20), title="QT ends", note="Sat 21 Jun"),
            Milestone(on=FIRST + timedelta(days=9), kind="yours", title="Final", note="10 Jun"),
        ],
    )
    road = Road(first=FIRST, last=FIRST + timedelta(days=90), today=FIRST, lanes=[lane])

    assert 'aria-hidden="true"' in road_svg(road)
    assert spoken(road) == [
        (
            "Testing, PIT, then QT",
            [
                "Window, Sun 1 Jun to Tue 1 Jul: done",
                "Final, 10 Jun: yours to do",
                "QT ends, Sat 21 Jun",
            ],
        )
    ]
