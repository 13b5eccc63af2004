"""A clock against a slow reading of it, day by day, written differently (R82, R91)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from waves import clocks

START = date(2025, 10, 20)  # a week before summer time ends
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["pause", "resume", "extend"]), st.integers(0, 9), st.integers(1, 20)
    ),
    max_size=8,
)


def played(acts, length: int) -> tuple[clocks.Clock, date]:
    """Play acts on a clock, each some days after the one before; what is refused is left out."""
    clock, on = clocks.start(START, START + timedelta(days=length)), START
    for act, gap, days in acts:
        on += timedelta(days=gap)
        try:
            if act == "pause":
                clock = clocks.pause(clock, on, "waits")
            elif act == "resume":
                clock = clocks.resume(clock, on)
            else:
                clock = clocks.extend(clock, days, on, "granted")
        except clocks.ClockError:
            continue
    return clock, on


def slow_end(clock: clocks.Clock, today: date) -> date:
    """Walk from the start: each day that is not held uses up one of the days there are."""
    left = (clock.due_promised - clock.started_on).days
    left += sum(span.days for span in clock.spans if span.kind is clocks.SpanKind.EXTENDED)
    day = clock.started_on
    while left:
        day += timedelta(days=1)
        held = any(
            span.start < day <= (span.end or today)
            for span in clock.spans
            if span.kind is clocks.SpanKind.PAUSED
        )
        left -= not held
    return day


@given(ACTS, st.integers(1, 60), st.integers(0, 90))
def test_r082_the_effective_day_is_what_counting_day_by_day_gives(acts, length, later):
    clock, last = played(acts, length)
    closed = clocks.resume(clock, last) if clock.open_pause else clock
    today = last + timedelta(days=later)

    assert clocks.reading(closed, today).due_effective == clocks.effective(
        closed.due_promised, closed.spans
    )
    counted_out = slow_end(closed, today)
    ended_before = all(
        span.start < counted_out
        for span in closed.spans
        if span.kind is clocks.SpanKind.PAUSED and span.end != span.start
    )
    if ended_before:  # a pause after the last day moves nothing that counting could see
        assert clocks.effective(closed.due_promised, closed.spans) == counted_out


@given(ACTS, st.integers(1, 60), st.integers(0, 90))
def test_r091_the_promised_day_never_moves_and_the_effective_one_never_comes_sooner(
    acts, length, later
):
    clock, last = played(acts, length)
    read = clocks.reading(clock, last + timedelta(days=later))

    assert read.due_promised == START + timedelta(days=length)
    assert read.due_effective >= read.due_promised
    assert clocks.spans_from_json(clocks.spans_to_json(clock.spans)) == clock.spans
