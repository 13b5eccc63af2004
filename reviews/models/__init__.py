"""Judgement: threads, findings and plans, approvals, reopening, sign-off, decisions, packs."""

from reviews.models.appeals import Appeal
from reviews.models.deciding import Decision, Pack
from reviews.models.desk import Draft, KeptView, Wording
from reviews.models.exemptions import Exemption, ExemptionStep
from reviews.models.meetings import Meeting, MeetingItem
from reviews.models.opinions import Acceptance, Approval, BodyReview, ReopenRequest
from reviews.models.papers import (
    Accession,
    DelegationLetter,
    DipUserConfirmation,
    ManagementAssertion,
    SignOff,
)
from reviews.models.talk import ActionPlan, Joining, Message, Thread
from reviews.models.team import Absence, Assignment, Conflict

__all__ = [
    "Absence",
    "Acceptance",
    "Accession",
    "ActionPlan",
    "Appeal",
    "Approval",
    "Assignment",
    "BodyReview",
    "Conflict",
    "Decision",
    "DelegationLetter",
    "DipUserConfirmation",
    "Draft",
    "Exemption",
    "ExemptionStep",
    "Joining",
    "KeptView",
    "ManagementAssertion",
    "Meeting",
    "MeetingItem",
    "Message",
    "Pack",
    "ReopenRequest",
    "SignOff",
    "Thread",
    "Wording",
]
