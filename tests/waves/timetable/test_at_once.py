"""Two planners at the same moment, on a real database with real commits: one version follows."""

import threading

import pytest
from django.db import connection

from foundation.clock import moments
from foundation.errors import Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from tests.conftest import wipe
from tests.waves.conftest import publish
from tests.waves.timetable.conftest import FINAL, NOW, Desk
from waves.models import Obligation, Timetable, TimetableDraft
from waves.services import clocks
from waves.services import timetable as publishing

WAVE = "QT_WAVE_3"


@pytest.fixture
def desk(committed):
    publish()
    yield Desk(factories.staff_actor("BSC", "PLANNER"))
    wipe()
    with acting_as(PORTAL):
        TimetableDraft.objects.all().delete()
        Timetable.objects.exclude(version="v1").delete()


def at_once(desk: Desk, *drafts: TimetableDraft) -> list[str]:
    """Publish drafts in threads that start together; return what came of each."""
    gate, found = threading.Barrier(len(drafts)), [""] * len(drafts)

    def run(place: int) -> None:
        said = {"draft": drafts[place], "reason": "Later.", "authority": "CR081"}
        try:
            gate.wait(timeout=10)
            with moments.at(NOW), acting_as(desk.planner):
                row = publishing.publish(actor=desk.planner, at=NOW, **said)
            found[place] = row.version
        except Refused as refusal:
            found[place] = refusal.reasons[0]
        finally:
            connection.close()

    runners = [threading.Thread(target=run, args=(place,)) for place in range(len(drafts))]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(timeout=60)
    return found


@pytest.mark.parametrize("same", [True, False])
def test_of_two_who_publish_at_once_one_is_refused_with_the_reason(desk, same):
    held = factories.make_qualification(factories.make_organisation(), "SUPPLIER", WAVE)
    with acting_as(PORTAL):
        clocks.sync(qualification=held, actor=PORTAL, at=NOW)
    one = desk.change(desk.draft(), FINAL, WAVE, end="2026-06-05")
    other = one if same else desk.change(desk.draft("Other"), FINAL, WAVE, end="2026-06-12")

    found = at_once(desk, one, other)

    [refused] = [said for said in found if said != "v2"]
    assert "already" in refused if same else "came into force after this draft" in refused
    with acting_as(PORTAL):
        assert Timetable.objects.count() == 2
        [row] = Obligation.objects.filter(qualification=held, activity=FINAL)
        assert row.timetable.version == "v2"
        assert len(row.reason["was"]) == 1
