"""What these tests stand on beside the database: the published timetable where dates matter."""

import pytest

from tests.waves.conftest import publish


@pytest.fixture
def timetable(db) -> None:
    """Publish the first timetable."""
    publish()
