"""A tick can be counted: what is drawn is what was given."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from foundation.ui.parts import Clock, Ticks, words
from foundation.ui.ticks import (
    KINDS,
    clock_days,
    clock_svg,
    day_ruler,
    half_hour,
    progress_kinds,
    tick_svg,
)

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", ["", "medium", "large"])
def test_each_thing_gets_one_tick_of_its_kind(kind, size):
    drawn = tick_svg([kind] * 3, size=size)
    dots = 2 if kind in ("changed", "reply") else 1
    assert drawn.count(f't-{kind}"') == 1
    assert drawn.count("M") == 3 * dots


def test_a_group_of_ticks_is_set_apart():
    assert 'width="53"' in tick_svg(["done"] * 8)
    assert 'width="58"' in tick_svg(["done"] * 8, group=7)


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ({"elapsed": 3, "left": 2}, "eeetl"),
        ({"elapsed": 4, "left": 1, "paused": 2}, "eeppt"),
        ({"elapsed": 5, "left": 0, "pauses": [range(1, 3)]}, "eppee"),
        ({"elapsed": 2, "left": 0, "over": 3}, "eeooo"),
        ({"elapsed": 0, "left": 2}, "tl"),
        ({"elapsed": 2, "left": 9, "over": 1}, "eeo"),
    ],
)
def test_the_days_of_a_clock_are_elapsed_paused_today_left_or_over(given, days):
    assert clock_days(**given) == days


def test_a_clock_draws_one_line_a_run_and_keeps_the_weeks():
    drawn = clock_svg(clock_days(13, 15, paused=5))
    assert drawn.count("<path") == 4
    assert 'class="ct" d="M41 8h2" stroke-dashoffset="18"' in drawn  # the 14th day ends week two


def test_a_long_clock_stays_small():
    assert len(clock_svg(clock_days(42, 0, over=4))) < 300


@pytest.mark.parametrize(
    ("hour", "minute", "number"), [(0, 0, 1), (0, 29, 1), (0, 30, 2), (10, 42, 22), (23, 59, 48)]
)
def test_the_day_has_48_half_hours(hour, minute, number):
    moment = datetime(2026, 3, 3, hour, minute, tzinfo=LONDON)
    assert half_hour(moment) == number
    assert day_ruler(moment).count("M") == 48


@pytest.mark.parametrize(
    ("done", "total", "filled", "now"),
    [(0, 112, 0, 1), (71, 112, 17, 1), (112, 112, 28, 0), (0, 0, 0, 0)],
)
def test_a_job_shows_where_it_stands(done, total, filled, now):
    kinds = progress_kinds(done, total)
    assert (len(kinds), kinds.count("accepted"), kinds.count("now")) == (28, filled, now)


def test_a_number_always_stands_beside_the_ticks():
    assert "6 of 9 ready" in words(Ticks(["done"], "6 of 9 ready"))
    assert "3 days left" in words(Clock("et", "3 days left"))
