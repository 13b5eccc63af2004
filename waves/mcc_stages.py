"""PURE: the stages that are reported to the Migration Control Centre, read once from their file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from participants.market_roles import MARKET_ROLES
from waves.routes import ROUTES
from waves.timetable import Event

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "mcc_stages.toml"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: the event that reaches it, and the activity of the timetable that dates it."""

    code: str
    label: str
    event: Event
    planned: str
    kinds: tuple[str, ...]
    trio: bool

    def is_of(self, role: str, route: str) -> bool:
        """Return whether a market role on a route passes through it."""
        return ROUTES[route].kind in self.kinds and (self.trio or not MARKET_ROLES[role].in_trio)


def read(text: str) -> tuple[Stage, ...]:
    """Return the stages of a file in its order; an unknown event raises ValueError."""
    return tuple(_stage(table) for table in tomllib.loads(text)["stages"])


def _stage(table: Mapping) -> Stage:
    return Stage(**{**table, "event": Event(table["event"]), "kinds": tuple(table["kinds"])})


STAGES: tuple[Stage, ...] = read(FILE.read_text(encoding="utf-8"))


def stages_of(role: str, route: str) -> list[Stage]:
    """Return the stages of a market role on a route, in order."""
    return [stage for stage in STAGES if stage.is_of(role, route)]
