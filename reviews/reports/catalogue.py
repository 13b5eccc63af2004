"""The catalogue of reports: every one of them, in the order of their numbers."""

from collections.abc import Mapping

from foundation.tenancy.actor import Actor
from reviews.reports.appeals import RP18
from reviews.reports.caseload import RP14
from reviews.reports.exemptions import RP12
from reviews.reports.registers import RP6, RP15
from waves.reports.milestones import RP16
from waves.reports.places import RP9, RP10
from waves.reports.progress import RP7
from waves.reports.reliance import RP17
from waves.reports.shape import Report
from waves.reports.testing import RP8

REPORTS: Mapping[str, Report] = {
    each.code: each for each in (RP6, RP7, RP8, RP9, RP10, RP12, RP14, RP15, RP16, RP17, RP18)
}


def readable(actor: Actor) -> list[Report]:
    """Return the reports that an actor may read."""
    return [each for each in REPORTS.values() if each.is_read_by(actor)]
