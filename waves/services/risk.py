"""Reporting a qualification at risk to the Programme, which alone escalates (R142; QA&P 11.2)."""

from datetime import datetime

from django.db import transaction

from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import ENDED
from participants.models import Qualification
from waves.models import Milestone
from waves.notices import risk as notices
from waves.progress import ESCALATED, REPORTED
from waves.services.milestones import record_milestone, undo_milestone


@transaction.atomic
def report_risk(
    *, qualification: Qualification, note: str, actor: Actor, at: datetime
) -> Milestone:
    """Report a qualification, or the whole trio, at risk; the Programme is told (NT37)."""
    policy.require(actor, "risk.report", qualification)
    if not note.strip():
        raise Invalid({"note": "Say what is at risk, and since when."})
    if qualification.status in ENDED:
        raise Refused("It is not on the way any more.")
    if REPORTED in qualification.happened:
        raise Refused("It stands as reported at risk already.")
    made = record_milestone(
        qualification=qualification, event=REPORTED, note=note.strip(), actor=actor, at=at
    )
    notices.reported(made, at=at)
    return made


@transaction.atomic
def withdraw_report(
    *, qualification: Qualification, note: str, actor: Actor, at: datetime
) -> Milestone:
    """Take a report back, because the risk is over or was none; the Programme is told."""
    policy.require(actor, "risk.report", qualification)
    made = _standing(qualification, REPORTED)
    if not note.strip():
        raise Invalid({"note": "Say why it is not at risk any more."})
    if ESCALATED in qualification.happened:
        because = "The report of the risk was taken back."
        undo_milestone(
            milestone=_standing(qualification, ESCALATED), because=because, actor=actor, at=at
        )
    undone = undo_milestone(milestone=made, because=note.strip(), actor=actor, at=at)
    notices.withdrawn(undone, at=at)
    return undone


@transaction.atomic
def record_escalation(
    *, qualification: Qualification, note: str, actor: Actor, at: datetime
) -> Milestone:
    """Record that the Programme escalated a reported risk; nothing is sent to anybody outside."""
    policy.require(actor, "risk.escalate", qualification)
    if not note.strip():
        raise Invalid({"note": "Say to whom and where it is minuted."})
    if REPORTED not in qualification.happened:
        raise Refused("Nobody reported it at risk.")
    if ESCALATED in qualification.happened:
        raise Refused("Its escalation is recorded already.")
    made = record_milestone(
        qualification=qualification, event=ESCALATED, note=note.strip(), actor=actor, at=at
    )
    notices.escalated(made, at=at)
    return made


def _standing(qualification: Qualification, event: str) -> Milestone:
    rows = Milestone.objects.filter(qualification=qualification, event=event, undone_at=None)
    found = rows.select_related("qualification").first()
    if found is None:
        raise Refused("It does not stand as reported at risk.")
    return found
