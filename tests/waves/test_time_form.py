"""The form that sets the portal's date: the moment is the one that was typed, or it is refused."""

from datetime import UTC

import pytest

from foundation.clock.moments import LONDON
from waves.forms import TimeForm


@pytest.mark.parametrize(
    ("day", "hour", "is_taken"),
    [
        ((29, 3, 2026), "01:30", False),  # the clocks go from 01:00 to 02:00
        ((29, 3, 2026), "00:59", True),
        ((29, 3, 2026), "02:00", True),
        ((25, 10, 2026), "01:30", True),  # it comes twice
    ],
)
def test_a_time_that_the_clocks_skip_is_refused_and_every_other_is_kept_as_typed(
    day, hour, is_taken
):
    sent = {f"day_{place}": str(number) for place, number in enumerate(day)} | {"hour": hour}
    form = TimeForm(sent)

    assert form.is_valid() is is_taken
    if is_taken:
        assert f"{form.moment().astimezone(UTC).astimezone(LONDON):%H:%M}" == hour
    else:
        assert "There is no 01:30 on Sun 29 Mar 2026" in form.errors["hour"][0]
