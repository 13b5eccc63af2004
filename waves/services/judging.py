"""Checkpoints 1 and 2 as a judgement with its reason: an alert, never a move by itself (R38)."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from waves.enums import Judgement, PlaceNoteKind, PlaceState
from waves.models import Place
from waves.notices import board as notices
from waves.services.places import group_of, note, require_reason

_KINDS = {1: PlaceNoteKind.CHECKPOINT_1, 2: PlaceNoteKind.CHECKPOINT_2}
_TOO_EARLY = (PlaceState.REQUESTED, PlaceState.INDICATIVE, PlaceState.ENDURING)


@transaction.atomic
def judge(
    *,
    qualification: Qualification,
    checkpoint: int,
    judgement: str,
    because: str,
    actor: Actor,
    at: datetime,
) -> list[Place]:
    """Judge whether a place is on track for QT entry; red and amber put it at risk (NT13).

    Green takes the risk away again: that confirms the place. Whether it moves is decided apart.
    """
    policy.require(actor, "place.judge", qualification)
    if checkpoint not in _KINDS or judgement not in Judgement.values:
        raise Invalid({"judgement": "Choose a checkpoint and a judgement."})
    reason = require_reason(because)
    group = group_of(qualification, actor=actor, at=at)
    if group[0].status in _TOO_EARLY:
        raise Refused("Only a place that is allocated can be judged.")
    for place in group:
        place.is_at_risk = judgement != Judgement.GREEN
        place.save(update_fields=["is_at_risk"])
    note(group, _KINDS[checkpoint], reason, judgement=judgement, actor=actor, at=at)
    notices.judged(group[0], checkpoint, judgement, reason, at=at)
    for place in group:
        record(
            "place.judged",
            subject=place,
            actor=actor,
            at=at,
            because=reason,
            checkpoint=checkpoint,
            judgement=judgement,
        )
    return group


@transaction.atomic
def remark(
    *,
    qualification: Qualification,
    text: str,
    is_shared: bool = False,
    actor: Actor,
    at: datetime,
) -> list[Place]:
    """Write a remark into the ledger, for the bodies alone unless it is shared."""
    policy.require(actor, "place.plan", qualification)
    said = require_reason(text, "text")
    group = group_of(qualification, actor=actor, at=at)
    note(group, PlaceNoteKind.REMARK, said, is_shared=is_shared, actor=actor, at=at)
    record("place.remarked", subject=group[0], actor=actor, at=at, shared=is_shared)
    return group
