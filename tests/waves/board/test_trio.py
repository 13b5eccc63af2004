"""The trio on the board: one unit, which any body that governs one of its roles may plan (R14)."""

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Denied
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from waves.models import Place
from waves.services import assisting, scenarios
from waves.services import board as giving


@pytest.fixture
def lochard(waves):
    waves.party("Lochard", "QT_WAVE_4", "LDSO", is_new_entrant=True, given=False)
    return waves


def found(waves) -> set[tuple[str, str]]:
    with acting_as(PORTAL):
        rows = Place.objects.filter(qualification__trio=waves.held["Lochard"].trio)
        return set(rows.values_list("qualification__route", "status"))


def test_r14_a_rec_planner_gives_the_trio_its_place(lochard):
    rec = factories.staff_actor("REC", "PLANNER")
    lochard.does(giving.allocate, "Lochard", by=rec, route="QT_WAVE_4")

    assert found(lochard) == {("QT_WAVE_4", "ALLOCATED")}


def test_r14_what_follows_in_a_role_that_the_body_does_not_govern_is_done_by_the_portal(lochard):
    rec = factories.staff_actor("REC", "PLANNER")
    lochard.does(giving.allocate, "Lochard", by=rec, route="QT_WAVE_4")

    with acting_as(PORTAL):
        group = lochard.held["Lochard"].trio
        rows = Place.objects.filter(qualification__trio=group)
        roles = {str(key): role for key, role in rows.values_list("pk", "qualification__role")}
        events = AuditEvent.objects.filter(action="place.allocated")
        by_role = {roles[each.object_id]: each.actor_name for each in events}
    assert by_role["LDSO"] == rec.name
    assert by_role["UMSO"] == f"the portal, after {rec.name}"


def test_r14_the_assistant_of_a_rec_planner_seats_the_trio(lochard):
    rec = factories.staff_actor("REC", "PLANNER")
    with acting_as(rec):
        copy = scenarios.make(title="REC", actor=rec, at=factories.NOON)
        copy = assisting.assist(scenario=copy, actor=rec, at=factories.NOON)
        assert copy.explanation["free"] == 1


def test_r7_a_dip_planner_gives_no_place(lochard):
    with pytest.raises(Denied):
        lochard.does(
            giving.allocate,
            "Lochard",
            by=factories.staff_actor("DIP", "PLANNER"),
            route="QT_WAVE_4",
        )
