"""Review clocks: running, paused, extended and stopped, on single days and in the long run."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waves.clocks import (
    Clock,
    ClockError,
    ClockState,
    Span,
    SpanKind,
    Tick,
    extend,
    history,
    in_words,
    pause,
    reading,
    resume,
    spans_from_json,
    spans_to_json,
    start,
    stop,
)

STARTED = date(2026, 2, 2)
FOUR_WEEKS = start(STARTED, STARTED + timedelta(days=28))


def on(days: int) -> date:
    """The day that many days after the start."""
    return STARTED + timedelta(days=days)


PAUSED = resume(pause(FOUR_WEEKS, on(8), "waits for the participant"), on(13))


@pytest.mark.parametrize(
    ("clock", "today", "words"),
    [
        (FOUR_WEEKS, on(0), "28 days left of 4 weeks"),
        (FOUR_WEEKS, on(18), "10 days left of 4 weeks"),
        (FOUR_WEEKS, on(27), "1 day left of 4 weeks"),
        (FOUR_WEEKS, on(28), "Last day of 4 weeks"),
        (FOUR_WEEKS, on(29), "1 day over 4 weeks"),
        (PAUSED, on(18), "15 days left of 4 weeks, 5 paused"),
        (PAUSED, on(37), "4 days over 4 weeks, 5 paused"),
        (
            extend(PAUSED, 5, on(20), "reviewer ill"),
            on(25),
            "13 days left of 33 days, 5 paused, 5 granted",
        ),
        (stop(FOUR_WEEKS, on(20)), on(90), "Done in 20 days of 4 weeks"),
        (stop(FOUR_WEEKS, on(30)), on(90), "2 days over 4 weeks"),
        (start(STARTED, on(7)), on(0), "7 days left of 1 week"),
        (start(STARTED, on(0)), on(0), "Last day of 0 days"),
    ],
)
def test_r082_a_clock_says_how_it_stands(clock, today, words):
    assert in_words(reading(clock, today)) == words


def test_r082_a_pause_moves_the_effective_date_and_never_the_promised_one():
    read = reading(PAUSED, on(18))

    assert (read.due_promised, read.due_effective) == (on(28), on(33))
    assert (read.elapsed, read.paused, read.left, read.over) == (13, 5, 15, 0)
    assert (read.promised_left, read.promised_over) == (10, 0)
    assert (reading(PAUSED, on(30)).left, reading(PAUSED, on(30)).promised_over) == (3, 2)


def test_r082_while_paused_the_effective_date_moves_with_each_day():
    held = pause(FOUR_WEEKS, on(10))

    reads = [reading(held, on(day)) for day in (9, 10, 11, 40)]

    assert [read.state for read in reads] == [ClockState.RUNNING, *[ClockState.PAUSED] * 3]
    assert [read.left for read in reads] == [19, 18, 18, 18]
    assert [read.due_effective for read in reads] == [on(28), on(28), on(29), on(58)]


def test_r082_an_extension_counts_from_the_day_on_which_it_is_granted():
    longer = extend(FOUR_WEEKS, 7, on(20), "agreed with the participant")

    assert reading(longer, on(19)).due_effective == on(28)
    assert reading(longer, on(20)).due_effective == on(35)
    assert reading(longer, on(20)).due_promised == on(28)
    assert reading(longer, on(20)).total_days == 35


def test_r082_a_stopped_clock_reads_the_same_for_ever():
    done = stop(pause(FOUR_WEEKS, on(10)), on(15))

    first, later = reading(done, on(15)), reading(done, on(400))

    assert first == later
    assert (first.state, first.elapsed, first.paused, first.left) == (ClockState.STOPPED, 10, 5, 18)
    assert done.open_pause is None


def test_r082_the_ticks_show_a_day_each():
    short = start(STARTED, on(6))
    held = resume(pause(short, on(2)), on(4))

    def letters(clock, today):
        return "".join(tick[0] for tick in reading(clock, on(today)).ticks)

    # e elapsed, p paused, t today, l left, o over, u unused
    assert letters(short, 0) == "llllll"
    assert letters(short, 3) == "eetlll"
    assert letters(held, 3) == "eetllll"
    assert letters(held, 6) == "eeppetll"
    assert letters(held, 7) == "eeppeetl"
    assert letters(held, 10) == "eeppeeeeot"
    assert letters(stop(short, on(4)), 9) == "eeeeuu"
    assert letters(stop(short, on(8)), 9) == "eeeeeeoo"


def test_r082_a_pause_on_an_overdue_clock_keeps_it_overdue():
    held = resume(pause(start(STARTED, on(4)), on(6)), on(9))

    read = reading(held, on(10))

    assert (read.over, read.paused, read.due_effective) == (3, 3, on(7))
    assert [tick[0] for tick in read.ticks] == list("eeeeoopppt")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: start(STARTED, on(-1)), "cannot be due before it starts"),
        (lambda: resume(FOUR_WEEKS, on(3)), "is not paused"),
        (lambda: pause(pause(FOUR_WEEKS, on(3)), on(4)), "is paused already"),
        (lambda: pause(FOUR_WEEKS, on(-1)), "before its last change"),
        (lambda: resume(pause(FOUR_WEEKS, on(5)), on(4)), "before its last change"),
        (lambda: pause(PAUSED, on(12)), "before its last change"),
        (lambda: extend(FOUR_WEEKS, 0, on(3), "none"), "at least one day"),
        (lambda: pause(stop(FOUR_WEEKS, on(5)), on(6)), "has stopped"),
        (lambda: stop(stop(FOUR_WEEKS, on(5)), on(6)), "has stopped"),
        (lambda: extend(stop(FOUR_WEEKS, on(5)), 3, on(6), "late"), "has stopped"),
        (
            lambda: Clock(
                STARTED,
                on(28),
                (Span(SpanKind.PAUSED, on(5), on(9)), Span(SpanKind.PAUSED, on(7), on(10))),
            ),
            "must follow one another",
        ),
    ],
)
def test_r082_what_a_clock_cannot_do_is_refused_in_words(change, words):
    with pytest.raises(ClockError, match=words):
        change()


def test_r082_the_history_of_a_clock_has_no_holes():
    clock = extend(PAUSED, 3, on(15), "agreed")

    assert [(span.kind, span.start, span.end) for span in history(clock, on(18))] == [
        (SpanKind.RUNNING, on(0), on(8)),
        (SpanKind.PAUSED, on(8), on(13)),
        (SpanKind.RUNNING, on(13), on(18)),
        (SpanKind.EXTENDED, on(15), None),
    ]
    assert [span.kind for span in history(pause(FOUR_WEEKS, on(8)), on(9))] == [
        SpanKind.RUNNING,
        SpanKind.PAUSED,
    ]
    assert history(FOUR_WEEKS, on(0)) == []


def test_r082_pauses_come_back_from_what_is_stored():
    clock = pause(extend(PAUSED, 3, on(15), "agreed"), on(20), "asked")

    assert spans_from_json(spans_to_json(clock.spans)) == clock.spans
    assert spans_from_json([{"from": "2026-02-10", "to": None, "why": "asked"}]) == (
        Span(SpanKind.PAUSED, date(2026, 2, 10), why="asked"),
    )


# --- In the long run, against a count of single days ----------------------------------------------


@st.composite
def lives(draw):
    """A clock with up to six changes, and a day on which it is read."""
    total = draw(st.integers(0, 60))
    clock, at = start(STARTED, on(total)), 0
    for _ in range(draw(st.integers(0, 6))):
        at += draw(st.integers(0, 15))
        change = draw(st.sampled_from(["turn", "turn", "extend", "stop"]))
        if change == "extend":
            clock = extend(clock, draw(st.integers(1, 20)), on(at), "granted")
        elif change == "turn":
            clock = (resume if clock.open_pause else pause)(clock, on(at))
        else:
            clock = stop(clock, on(at))
            break
    return clock, on(draw(st.integers(0, 150)))


def count_by_hand(clock, today):
    """Days run and days held, one day after the other."""
    ran = held = 0
    day = clock.started_on
    end = min(today, clock.stopped_on or today)
    while day < end:
        day += timedelta(days=1)
        if any(span.start < day and (not span.end or day <= span.end) for span in clock.pauses):
            held += 1
        else:
            ran += 1
    return ran, held


@given(lives())
def test_r082_a_reading_agrees_with_a_count_of_single_days(life):
    clock, today = life
    read = reading(clock, today)

    assert (read.elapsed, read.paused) == count_by_hand(clock, today)


@given(lives())
def test_r082_the_figures_of_a_reading_add_up(life):
    clock, today = life
    read = reading(clock, today)
    until = min(today, clock.stopped_on or today)

    assert read.elapsed + read.left - read.over == read.total_days
    assert not (read.left and read.over)
    assert read.due_effective == clock.due_promised + timedelta(days=read.paused + read.extended)
    assert read.left - read.over == (read.due_effective - until).days
    assert read.promised_left - read.promised_over == (clock.due_promised - until).days
    assert len(read.ticks) == (max(read.due_effective, until) - clock.started_on).days


@given(lives())
def test_r082_the_ticks_count_what_the_figures_say(life):
    clock, today = life
    read = reading(clock, today)
    ticks = {tick: read.ticks.count(tick) for tick in Tick}

    assert ticks[Tick.TODAY] <= 1
    assert ticks[Tick.LEFT] + ticks[Tick.UNUSED] == read.left
    spent = ticks[Tick.ELAPSED] + ticks[Tick.OVER] + ticks[Tick.PAUSED] + ticks[Tick.TODAY]
    assert spent == read.elapsed + read.paused
    assert read.over - ticks[Tick.OVER] in {0, 1}  # today's own tick may be one day over
    assert read.paused - ticks[Tick.PAUSED] in {0, 1}


@given(lives())
def test_r082_an_earlier_reading_does_not_know_what_came_later(life):
    clock, _ = life
    days = sorted({span.start for span in clock.spans} | {clock.stopped_on or on(150)})
    before = days[0] - timedelta(days=1)

    assert reading(clock, before) == reading(start(clock.started_on, clock.due_promised), before)


@given(lives())
def test_r082_the_history_covers_every_day_once(life):
    clock, today = life
    spans = [s for s in history(clock, today) if s.kind is not SpanKind.EXTENDED]
    until = min(today, clock.stopped_on or today)

    assert sum(span.length(until) for span in spans) == (until - clock.started_on).days
    for earlier, later in zip(spans, spans[1:], strict=False):
        assert earlier.end == later.start
