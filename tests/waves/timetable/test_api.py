"""The timetable by program: versions, the same file, and dates that say what changed them."""

import csv
import io

import pytest

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from tests.api.conftest import Api
from tests.waves.timetable.conftest import FINAL, NOW
from waves.services import clocks
from waves.timetable_file import COLUMNS

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(desk):
    """An organisation of wave 3 that a second version moved."""
    organisation = factories.make_organisation("Ashlar Metering")
    held = factories.make_qualification(organisation, "SUPPLIER", "QT_WAVE_3")
    with acting_as(PORTAL):
        clocks.sync(qualification=held, actor=PORTAL, at=NOW)
    row = desk.publish(desk.change(desk.draft(), FINAL, "QT_WAVE_3", end="2026-06-05"))
    return organisation, row


def test_versions_are_read_by_everybody_with_reason_and_authority(moved):
    organisation, row = moved
    for person in (factories.make_member(organisation).person, factories.make_staff("DIP", "LEAD")):
        found = Api(person).get("timetable/versions/").json()["results"]
        assert [each["version"] for each in found] == ["v2", "v1"]
        assert (found[0]["reason"], found[0]["authority"], found[0]["sha256"]) == (
            "Wave 3 tests later.",
            "CR077, PSG of 12 November",
            row.sha256,
        )


def test_a_version_goes_out_as_the_bytes_that_came_in(moved):
    organisation, row = moved
    member = Api(factories.make_member(organisation).person)

    table = member.get("timetable/versions/v2/file/csv/")

    assert table.content.decode() == row.csv
    assert tuple(next(csv.reader(io.StringIO(row.csv)))) == COLUMNS
    assert member.get("timetable/versions/v2/file/toml/").content.decode() == row.header
    assert member.get("timetable/versions/v2/file/xls/").status_code == 404
    assert member.get("timetable/versions/v9/").status_code == 404
    old = member.get("timetable/versions/v1/").json()
    cell = next(c for c in old["cells"] if (c["activity"], c["route"]) == (FINAL, "QT_WAVE_3"))
    assert cell["end"] == "2026-05-22"


def test_a_date_says_what_changed_it_and_what_its_last_day_leaves(moved):
    organisation, _ = moved
    member = Api(factories.make_member(organisation).person)
    path = f"organisations/{organisation.slug}/dates/?activity={FINAL}"

    with moments.at(NOW):
        [found] = member.get(path).json()["results"]

    assert found["due"] == "2026-06-05"
    assert found["reason"]["version"].startswith("v2")
    assert found["reason"]["was"][0]["why"] == "timetable"
    assert found["history"][0].startswith("It was 22 May 2026 until 18 November 2025: timetable v2")
    assert "not 28" in found["squeeze"]
    assert found["effective"] is None
