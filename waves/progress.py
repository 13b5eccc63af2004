"""PURE: how far one qualification is along its road on a day: stages, dates, what puts it at risk.

The stages are those of ``fixtures/mcc_stages.toml``. Risk is never a score: it is a list of
sentences, each of which can be looked up on another page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from participants.enums import Status
from participants.market_roles import Milestone, milestone_of
from participants.models import Qualification
from waves.deadlines import Events, london_date, resolve
from waves.enums import PlaceState
from waves.forecast import forecast
from waves.mcc_stages import Stage, stages_of
from waves.routes import ROUTES
from waves.standing import Standing, standing_of
from waves.timetable import Timetable

DECISION = "qualification_decision"
REPORTED, ESCALATED = "risk_reported", "risk_escalated"  # milestones (R142)
_LEFT = (Status.WITHDRAWN, Status.NOT_APPROVED)


def recorded_on(happened: Mapping[str, str], name: str) -> date | None:
    """Return the day on which somebody recorded an event that stands."""
    return london_date(datetime.fromisoformat(happened[name])) if name in happened else None


@dataclass(frozen=True, slots=True)
class Step:
    """One stage with the day that the plan gives it and the day on which it was reached."""

    stage: Stage
    planned: date | None
    reached: date | None

    def days_late(self, on: date) -> int | None:
        """Days after the plan: until it was reached, or so far; None where it is not due yet."""
        if self.planned is None or (self.reached is None and on <= self.planned):
            return None
        return ((self.reached or on) - self.planned).days


@dataclass(frozen=True)
class Progress:
    """One qualification as it stood at the end of a day."""

    held: Qualification
    events: Events
    steps: tuple[Step, ...]
    expected: date | None
    testing: Standing | None
    on: date

    @cached_property
    def reached(self) -> Step | None:
        """The furthest stage that was reached."""
        return next((step for step in reversed(self.steps) if step.reached), None)

    @cached_property
    def following(self) -> Step | None:
        """The first stage after it; None once the last one is reached."""
        done = self.steps.index(self.reached) + 1 if self.reached else 0
        return self.steps[done] if done < len(self.steps) else None

    @property
    def is_qualified(self) -> bool:
        """Whether it was MHHS Qualified by then."""
        return self.events.decided is not None

    @property
    def has_left(self) -> bool:
        """Whether it is not on the way any more: withdrawn, refused, or after wave 4 (R42)."""
        gone = any(each["status"] == PlaceState.ENDURING for each in self.held.p_place)
        return not self.is_qualified and (self.held.status in _LEFT or gone)

    @property
    def milestone(self) -> Milestone | None:
        """By which milestone the role has to be qualified."""
        return milestone_of(self.held.role, ROUTES[self.held.route].kind)

    @property
    def earliest_migration(self) -> date | None:
        """Before which a wave party may not operate, whenever it is qualified (R121)."""
        return ROUTES[self.held.route].earliest_migration

    @property
    def misses_milestone(self) -> bool:
        """Whether the qualification is expected, or came, after its milestone."""
        day = self.events.decided or self.expected
        return bool(day and self.milestone and day > self.milestone.on)

    @cached_property
    def risks(self) -> tuple[str, ...]:
        """What puts it at risk, each in a sentence; nothing once it is qualified or has left."""
        if self.is_qualified or self.has_left:
            return ()
        found = []
        step = self.following
        if step and step.planned and step.planned < self.on:
            found.append(f"{step.stage.label} is {(self.on - step.planned).days} days late.")
        if self.testing and self.testing.is_at_risk:
            found.append("Testing is at risk.")
        if self.misses_milestone:
            found.append(f"Expected after {self.milestone.code}.")
        if any(each["is_at_risk"] for each in self.held.p_place):
            found.append("The place in the wave is at risk.")
        return tuple(found)

    @property
    def standing(self) -> str:
        """How it stands, in two words at most."""
        if self.is_qualified:
            return "Qualified"
        if self.has_left:
            return "Exiting"
        return "At risk" if self.risks else "On track"

    @property
    def is_annex_4_candidate(self) -> bool:
        """Whether Annex 4 may come into play: a Supplier that will not be there by M14."""
        late = self.has_left or (not self.is_qualified and self.misses_milestone)
        return self.held.role == "SUPPLIER" and late


def progress_of(held: Qualification, events: Events, timetable: Timetable, on: date) -> Progress:
    """Return how far a qualification was on a day, from what had happened until then."""
    ahead = forecast(timetable, held.route, events, on)
    steps = []
    for stage in stages_of(held.role, held.route):
        cell = timetable.cell(stage.planned, held.route)
        due = resolve(cell, events, timetable=timetable).due or cell.last_day
        if due is None and stage.planned in ahead:
            due = ahead[stage.planned].due
        steps.append(Step(stage, due, events.on(stage.event)))
    expected = ahead.get(DECISION) or resolve(
        timetable.cell(DECISION, held.route), events, timetable=timetable
    )
    return Progress(
        held=held,
        events=events,
        steps=tuple(steps),
        expected=events.decided or expected.due,
        testing=None if _tested_elsewhere(held) else standing_of(held, on),
        on=on,
    )


def _tested_elsewhere(held: Qualification) -> bool:
    # SIT is the Programme's; SMRA / ERDA and UMSO are tested with their LDSO (R14).
    return ROUTES[held.route].kind == "SIT" or held.role in ("SMRA_ERDA", "UMSO")
