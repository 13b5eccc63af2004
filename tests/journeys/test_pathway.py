"""A planner takes a party out of SIT: sees before and after, is refused once, and confirms."""

from collections.abc import Iterator

import pytest

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Person
from tests import factories
from tests.journeys import steps
from tests.journeys.test_axe import faults_of
from tests.waves.board.conftest import NOW, Waves, put_away

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def market(portal, portal_time) -> Iterator[Waves]:
    """Ashlar is in SIT and cannot finish; Birch, in wave 3, relies on it."""
    portal_time(NOW)
    waves = Waves(planner=factories.staff_actor("BSC", "PLANNER"))
    waves.party("Ashlar Metering", "SIT_M11_READY")
    waves.party("Birch Data", "QT_WAVE_3")
    waves.relies("Birch Data", on="Ashlar Metering")
    yield waves
    put_away()


def test_a_party_leaves_sit_for_the_last_wave_that_its_dependants_allow(market, window):
    held = market.held["Ashlar Metering"]
    with acting_as(PORTAL):
        people = {
            "planner": Person.objects.get(pk=market.planner.person_id),
            "slug": market.held["Ashlar Metering"].organisation.slug,
        }
    planner = window(people["planner"], reduced_motion="reduce")
    page = f"/desk/qualifications/{held.pk}/route/"

    planner.go(f"/o/{people['slug']}/qualifications/{held.pk}/dates/")
    steps.press(planner, "Change the route")
    steps.reads(planner, "The pathways", "Only from wave 4")
    steps.tick(planner, "Pathway 1: SIT to QT")
    steps.choose(planner, "New route", "QT Wave 4")
    steps.press(planner, "Show before and after")
    steps.reads(planner, "This pathway is not open", "Birch Data (Supplier) in wave 3 relies on")

    steps.press(planner, "Choose again")
    steps.tick(planner, "Pathway 1: SIT to QT")
    steps.choose(planner, "New route", "QT Wave 3")
    steps.press(planner, "Show before and after")
    steps.reads(planner, "New certificates for the test environment", "Birch Data (Supplier)")
    steps.press(planner, "Change the route")
    steps.reads(planner, "There is a problem")
    steps.write(planner, "Reason", "The provider left the Programme.")
    steps.write(planner, "Authority", "Both bodies, 12 November")
    steps.press(planner, "Change the route")
    steps.reads(planner, "Pathway 1: SIT to QT is taken.", "Wave 3")
    assert market.route("Ashlar Metering") == "QT_WAVE_3"
    assert "Ashlar Metering" in market.flags("Birch Data")[0]

    shown = f"{page}?pathway=0&route=QT_WAVE_2"
    assert [fault for each in (page, shown) for fault in faults_of(planner, each)] == []
