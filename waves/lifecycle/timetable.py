"""PURE: the moves of a draft of the timetable: published once, or discarded."""

from foundation.lifecycle import Move
from waves.enums import DraftState as S

PUBLISH = Move(
    "publish the timetable",
    (S.DRAFT,),
    S.PUBLISHED,
    "timetable.publish",
    "timetable_draft.published",
    label="Publish",
)
DISCARD = Move(
    "discard the draft",
    (S.DRAFT,),
    S.DISCARDED,
    "timetable.draft",
    "timetable_draft.discarded",
    label="Discard",
)

MOVES = (PUBLISH, DISCARD)
