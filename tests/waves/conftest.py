"""What the tests of dates stand on: the published timetable, and a few ready scenes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.models import Organisation, Qualification
from tests import factories
from waves import tables
from waves.models import Obligation
from waves.services import clocks
from waves.services.timetable import import_timetable


def publish() -> None:
    """Publish the first timetable where there is none."""
    with acting_as(PORTAL):
        import_timetable(
            csv_text=tables.FIRST_TABLE.read_text(encoding="utf-8"),
            header_text=tables.FIRST_HEADER.read_text(encoding="utf-8"),
            actor=PORTAL,
            at=factories.NOON,
        )


@pytest.fixture
def timetable(db) -> None:
    publish()


@dataclass
class Scene:
    """An organisation with one qualification, and the people around it."""

    organisation: Organisation
    qualification: Qualification

    def happens(self, at: datetime, *, actor: Actor = PORTAL, **columns) -> list[Obligation]:
        """Let something happen to the qualification and bring its clocks in line."""
        with acting_as(actor):
            Qualification.objects.filter(pk=self.qualification.pk).update(**columns)
            return clocks.sync(qualification=self.qualification, actor=actor, at=at)

    def obligation(self, activity: str, body: str = "") -> Obligation:
        with acting_as(PORTAL):
            return Obligation.objects.get(
                qualification=self.qualification, activity=activity, body=body
            )

    def duties(self, *states: str) -> set[tuple[str, str]]:
        with acting_as(PORTAL):
            rows = Obligation.objects.filter(qualification=self.qualification)
            if states:
                rows = rows.filter(state__in=states)
            return set(rows.values_list("activity", "body"))


def make_scene(role: str = "SUPPLIER", route: str = "QT_WAVE_3", **fields) -> Scene:
    organisation = factories.make_organisation()
    return Scene(organisation, factories.make_qualification(organisation, role, route, **fields))


@pytest.fixture
def scene(timetable) -> Scene:
    return make_scene()


@contextmanager
def time(moment: datetime) -> Iterator[None]:
    """Hold the portal's time."""
    with moments.at(moment):
        yield


def day(text: str, hour: int = 12) -> datetime:
    """An hour (UTC) of a day written 2025-11-18."""
    return datetime.fromisoformat(text).replace(hour=hour, tzinfo=UTC)


def week_after(moment: datetime) -> datetime:
    return moment + timedelta(days=7)
