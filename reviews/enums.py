"""The words that columns of this floor may hold."""

from django.db.models import TextChoices


class ThreadKind(TextChoices):
    COMMENT = "COMMENT", "Comment"
    OBSERVATION = "OBSERVATION", "Observation"
    FINDING = "FINDING", "Finding"


class Severity(TextChoices):
    NONE = "", "None"
    LOW = "LOW", "Low"
    MEDIUM = "MEDIUM", "Medium"
    HIGH = "HIGH", "High"


class ThreadState(TextChoices):
    """Where a comment, observation or finding stands (domain D.4)."""

    OPEN = "OPEN", "Reply needed"
    RESPONDED = "RESPONDED", "Answered, with the body"
    CLOSED = "CLOSED", "Closed"
    RAISED = "RAISED", "Raised"
    PLAN_PROPOSED = "PLAN_PROPOSED", "Plan proposed"
    PLAN_AGREED = "PLAN_AGREED", "Plan agreed"
    ACTION_DONE = "ACTION_DONE", "Action done"
    CLEARED = "CLEARED", "Cleared"


SETTLED = (ThreadState.CLOSED, ThreadState.CLEARED)
# What the decision may stand on: cleared, or planned with the body that raised it (R99).
SETTLED_OR_PLANNED = (*SETTLED, ThreadState.PLAN_AGREED, ThreadState.ACTION_DONE)


class Side(TextChoices):
    BODY = "BODY", "The body"
    PARTICIPANT = "PARTICIPANT", "The participant"


class PlanState(TextChoices):
    PROPOSED = "PROPOSED", "Proposed"
    AGREED = "AGREED", "Agreed"
    RETURNED = "RETURNED", "Returned: needs more"
    DONE = "DONE", "Done"


class ApprovalState(TextChoices):
    """One body's opinion of a part (domain D.5)."""

    APPROVED = "APPROVED", "Approved"
    FURTHER_SUBMISSION = "FURTHER_SUBMISSION", "Asks for more"
    LAPSED = "LAPSED", "Approval lapsed"


class ReopenState(TextChoices):
    REQUESTED = "REQUESTED", "Requested"
    GRANTED = "GRANTED", "Granted"
    REFUSED = "REFUSED", "Not granted"
    CLOSED = "CLOSED", "Closed"


class LetterState(TextChoices):
    DRAFTED = "DRAFTED", "Drafted by the REC Code Manager"
    SIGNED = "SIGNED", "Signed by a director"
    ACCEPTED = "ACCEPTED", "Accepted"
    REVOKED = "REVOKED", "Revoked"


class Capacity(TextChoices):
    DIRECTOR = "DIRECTOR", "Company director"
    DELEGATE = "DELEGATE", "Delegate with a letter of authority"


class SignOffState(TextChoices):
    SIGNED = "SIGNED", "Signed"
    VOID = "VOID", "Void"


class DipUserState(TextChoices):
    CONFIRMED = "CONFIRMED", "Confirmed"
    WITHHELD = "WITHHELD", "Not confirmed"


class Outcome(TextChoices):
    APPROVED = "APPROVED", "Approved"
    NOT_APPROVED = "NOT_APPROVED", "Not approved"
    DEFERRED = "DEFERRED", "Deferred"


class MeetingState(TextChoices):
    """Where a meeting of the BSC PAB stands."""

    PLANNED = "PLANNED", "Planned"
    HELD = "HELD", "Held"
    CANCELLED = "CANCELLED", "Cancelled"


class AppealState(TextChoices):
    """What came of an appeal (D.7)."""

    LODGED = "LODGED", "Lodged"
    STANDS = "STANDS", "The decision stands"
    OVERTURNED = "OVERTURNED", "The decision is overturned"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


class ExemptionKind(TextChoices):
    """What a Supplier may be exempt from; prepayment and export never (R132)."""

    UMS = "UMS", "Unmetered supplies"
    SMART = "SMART", "Smart segment"


class ExemptionState(TextChoices):
    """Where an exemption stands (domain D.10); approved, it stands in the QPW."""

    REQUESTED = "REQUESTED", "Requested"
    ELIGIBILITY_CHECK = "ELIGIBILITY_CHECK", "Being checked"
    PLAN_REQUIRED = "PLAN_REQUIRED", "Plan required"
    PLAN_ACCEPTED = "PLAN_ACCEPTED", "Plan accepted"
    PORTFOLIO_CLEAR = "PORTFOLIO_CLEAR", "Portfolio clear"
    SECTION_COMPLETE = "SECTION_COMPLETE", "Ready to decide"
    PAB_DECISION = "PAB_DECISION", "Being decided"
    APPROVED = "APPROVED", "In force"
    REFUSED = "REFUSED", "Refused"
    BREACH_DETECTED = "BREACH_DETECTED", "Breach found"
    PAB_INVITED = "PAB_INVITED", "Invited to the BSC PAB"
    REQUALIFICATION_REQUIRED = "REQUALIFICATION_REQUIRED", "Must qualify for the segment"
    ESCALATED = "ESCALATED", "Escalated: Event of Default"
    ENDED = "ENDED", "Ended"


EXEMPTION_OVER = (ExemptionState.REFUSED, ExemptionState.ENDED)
BREACHED = (
    ExemptionState.BREACH_DETECTED,
    ExemptionState.PAB_INVITED,
    ExemptionState.REQUALIFICATION_REQUIRED,
    ExemptionState.ESCALATED,
)


class PackState(TextChoices):
    BUILDING = "BUILDING", "Being built"
    READY = "READY", "Ready"
    FAILED = "FAILED", "Failed"
