"""PURE: the moves of a what-if copy: applied once, or discarded; nothing of it is real before."""

from foundation.lifecycle import Move
from waves.enums import ScenarioState as S

APPLY = Move(
    "apply the what-if", (S.OPEN,), S.APPLIED, "place.plan", "scenario.applied", label="Apply"
)
DISCARD = Move(
    "discard the what-if",
    (S.OPEN,),
    S.DISCARDED,
    "place.plan",
    "scenario.discarded",
    label="Discard",
)

MOVES = (APPLY, DISCARD)
