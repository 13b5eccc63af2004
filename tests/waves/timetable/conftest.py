"""What the tests of drafts stand on: planners, drafts, and cells written by their columns."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import Actor
from tests import factories
from waves import models, tables
from waves.models import TimetableDraft
from waves.services import drafting
from waves.services import timetable as publishing
from waves.timetable_file import cell_row

NOW = factories.NOON
FINAL = "final_qad_window"


@dataclass
class Desk:
    """A planner at work on drafts."""

    planner: Actor
    at: datetime = NOW

    def does(self, service, *, by: Actor | None = None, **said):
        actor = by or self.planner
        with moments.at(self.at), acting_as(actor):
            return service(actor=actor, at=self.at, **said)

    def draft(self, title: str = "Wave 3 moves") -> TimetableDraft:
        return self.does(drafting.make_draft, title=title)

    def change(
        self, draft: TimetableDraft, key: str, route: str, *, revision: int | None = None, **columns
    ) -> TimetableDraft:
        """Change some columns of one cell."""
        with acting_as(self.planner):
            fresh = TimetableDraft.objects.get(pk=draft.pk)
        row = cell_row(drafting.timetable_of(fresh).cell(key, route)) | columns
        said = {"key": key, "route": route, "values": row, "revision": revision}
        return self.does(drafting.change_cell, draft=draft, **said)

    def publish(self, draft: TimetableDraft, **said) -> models.Timetable:
        words = {"reason": "Wave 3 tests later.", "authority": "CR077, PSG of 12 November"}
        return self.does(publishing.publish, draft=draft, **{**words, **said})

    def in_force(self) -> str:
        with acting_as(self.planner):
            return tables.current().timetable.version


@pytest.fixture
def desk(timetable) -> Desk:
    return Desk(factories.staff_actor("BSC", "PLANNER"))
