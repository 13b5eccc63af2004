"""PURE: how the testing of a qualification stands against its plan, and whether it is at risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from participants.models import Qualification
from waves import burn_up
from waves.burn_up import Slip
from waves.enums import PlanState
from waves.timetable import Event

_KNOWN = (PlanState.APPROVED, PlanState.SUPERSEDED, PlanState.COMPLETE)
OVER = ("QT complete", "QT reported")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one track stands: its baselines, its newest figures, and what weighs on it."""

    held: Qualification
    plans: Sequence[dict[str, Any]]
    newest: dict[str, Any] | None
    severe: Sequence[str]
    today: date

    @property
    def slips(self) -> list[Slip]:
        """How far it is from the original and from the present baseline (R72)."""
        if not self.plans or not self.newest:
            return []
        on = date.fromisoformat(self.newest["on"])
        return [
            burn_up.slip(plan["points"], self.newest["run"], on)
            for plan in (self.plans[0], self.plans[-1])
        ]

    @property
    def is_at_risk(self) -> bool:
        """Whether it is behind its present baseline, past its end, or has a severe defect open."""
        if self.stage in OVER:
            return False
        ended = self.plans and date.fromisoformat(self.plans[-1]["ends_on"]) < self.today
        return bool(self.severe or ended or (self.slips and self.slips[-1].is_behind))

    @property
    def stage(self) -> str:
        """The gate that was passed last."""
        happened = self.held.happened
        if "qt_exit" in happened:
            return "QT complete"
        if Event.QT_ENTRY_CONFIRMED in happened:
            return "QT reported" if self.held.report_received_at else "In QT"
        if self.held.report_received_at:
            return "QT reported"
        return "PIT complete" if "pit_exit" in happened else "In PIT"


def standing_of(held: Qualification, on: date) -> Standing:
    """Return how a qualification that ``queries.testing.with_standing`` gave stands on a day."""
    plans = [each for each in held.t_plans if each["status"] in _KNOWN]
    newest = held.t_progress[0] if held.t_progress else None
    return Standing(held, plans, newest, held.t_severe, on)
