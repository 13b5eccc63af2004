"""The words that columns of this floor may hold."""

from django.db.models import TextChoices


class ReportKind(TextChoices):
    """A test completion report; the last two arm the Final QAD (R83, R85)."""

    PIT = "PIT", "PIT Test Completion Report"
    QT = "QT", "QT Test Completion Report"
    SIT = "SIT", "SIT Completion Report"


class ObligationState(TextChoices):
    RUNNING = "RUNNING", "Running"
    PAUSED = "PAUSED", "Paused"
    MET = "MET", "Met"
    LATE = "LATE", "Met late"
    CANCELLED = "CANCELLED", "Cancelled"


class ReminderKind(TextChoices):
    """When a running obligation speaks up (NT3, NT19)."""

    OPENS_28 = "OPENS_28", "Window opens in four weeks"
    OPENS_7 = "OPENS_7", "Window opens in one week"
    DUE_28 = "DUE_28", "Due in four weeks"
    DUE_14 = "DUE_14", "Due in two weeks"
    DUE_7 = "DUE_7", "Due in one week"
    DUE_1 = "DUE_1", "Due tomorrow"
    OVERDUE = "OVERDUE", "Overdue"
    BREACH = "BREACH", "Overdue by a week"


class ReminderState(TextChoices):
    PENDING = "PENDING", "Pending"
    FIRED = "FIRED", "Fired"
    DROPPED = "DROPPED", "Dropped"


class PreQualificationState(TextChoices):
    DRAFT = "DRAFT", "Draft"
    RECEIVED = "RECEIVED", "Received"
    ACCEPTED = "ACCEPTED", "Accepted"


class DraftState(TextChoices):
    DRAFT = "DRAFT", "Draft"
    PUBLISHED = "PUBLISHED", "Published"
    DISCARDED = "DISCARDED", "Discarded"


class TestStage(TextChoices):
    """Which testing a plan, a case or a defect belongs to."""

    PIT = "PIT", "PIT"
    QT = "QT", "Qualification Testing"
    SIT = "SIT", "SIT"


class DeliverableKind(TextChoices):
    """What a Non-SIT party hands in for PIT; the last two are optional (R58)."""

    APPROACH = "APPROACH", "PIT Approach and Plan"
    RTTM = "RTTM", "PIT traceability matrix"
    PROGRESS = "PROGRESS", "PIT execution progress report"
    READINESS = "READINESS", "PIT readiness report"


class DeliverableState(TextChoices):
    SUBMITTED = "SUBMITTED", "Submitted"
    RETURNED = "RETURNED", "Needs more"
    ASSURED = "ASSURED", "Assured"


class PlanState(TextChoices):
    """A QT Test Plan (domain D.11)."""

    SUBMITTED = "SUBMITTED", "Submitted"
    RETURNED = "RETURNED", "Needs more"
    APPROVED = "APPROVED", "Baseline"
    SUPERSEDED = "SUPERSEDED", "Earlier baseline"
    COMPLETE = "COMPLETE", "Complete"


class CaseOutcome(TextChoices):
    NOT_RUN = "NOT_RUN", "Not run"
    PASSED = "PASSED", "Passed"
    FAILED = "FAILED", "Failed"
    BLOCKED = "BLOCKED", "Blocked"
    DESCOPED = "DESCOPED", "De-scoped"


class DefectState(TextChoices):
    OPEN = "OPEN", "Open"
    CLOSED = "CLOSED", "Closed"


class WorkOffKind(TextChoices):
    DEFERRED_PIT = "DEFERRED_PIT", "Deferred PIT"
    WORK_OFF = "WORK_OFF", "Work-off plan"
    EXCEPTION = "EXCEPTION", "Exception"


class WorkOffState(TextChoices):
    """A work-off plan is written, reviewed, agreed and done (domain D.12, R75)."""

    PROPOSED = "PROPOSED", "Proposed"
    RETURNED = "RETURNED", "Needs more"
    REVIEWED = "REVIEWED", "Reviewed"
    AGREED = "AGREED", "Agreed"
    DONE = "DONE", "Done"


class EntryCriterion(TextChoices):
    """The six criteria of entry into QT (R68, QA&P 10.7)."""

    PIT = "PIT", "PIT complete, with its artefacts"
    PLAN = "PLAN", "QT Test Plan approved"
    UIT = "UIT", "Connected to the test environment"
    DATA = "DATA", "Test data confirmed and validated"
    USERS = "USERS", "Users available, with access"
    SCRIPTS = "SCRIPTS", "Test scripts approved and loaded"


class CheckState(TextChoices):
    OPEN = "OPEN", "Not met"
    MET = "MET", "Met"
    DEFERRED = "DEFERRED", "Deferred by agreement"


class PlaceState(TextChoices):
    """A place in a wave (domain D.8)."""

    REQUESTED = "REQUESTED", "Requested"
    INDICATIVE = "INDICATIVE", "Indicative"
    ALLOCATED = "ALLOCATED", "Allocated"
    WAITLISTED = "WAITLISTED", "On the wait list"
    OFFERED = "OFFERED", "Earlier wave offered"
    DEFERRAL_REQUESTED = "DEFERRAL_REQUESTED", "Later wave asked for"
    REALLOCATION_PROPOSED = "REALLOCATION_PROPOSED", "Reallocation proposed"
    ENGAGED = "ENGAGED", "Reallocation talked through"
    ENDURING = "ENDURING", "To enduring arrangements"


class PlaceNoteKind(TextChoices):
    REQUEST = "REQUEST", "Request"
    MOVE = "MOVE", "Move"
    OFFER = "OFFER", "Offer"
    ANSWER = "ANSWER", "Answer"
    ENGAGEMENT = "ENGAGEMENT", "Engagement"
    CHECKPOINT_1 = "CHECKPOINT_1", "Checkpoint 1"
    CHECKPOINT_2 = "CHECKPOINT_2", "Checkpoint 2"
    REMARK = "REMARK", "Remark"


class Judgement(TextChoices):
    GREEN = "GREEN", "On track"
    AMBER = "AMBER", "At risk"
    RED = "RED", "Not on track"


class ScenarioState(TextChoices):
    OPEN = "OPEN", "Open"
    APPLIED = "APPLIED", "Applied"
    DISCARDED = "DISCARDED", "Discarded"


class RelianceKind(TextChoices):
    """The two kinds of QA&P 10.4: only reliance on another party's tests binds its wave (R44)."""

    ON_BEHALF = "ON_BEHALF", "Testing on behalf of the organisation"
    RELIANCE = "RELIANCE", "Placing reliance on another party's testing"


class RelianceState(TextChoices):
    """A reliance proposal (domain D.9)."""

    DRAFT = "DRAFT", "Draft"
    SUBMITTED = "SUBMITTED", "Submitted"
    IN_REVIEW = "IN_REVIEW", "Under review"
    CLARIFICATION = "CLARIFICATION", "Needs more"
    AGREED_FULL = "AGREED_FULL", "Agreed in full"
    AGREED_PART = "AGREED_PART", "Agreed in part"
    NOT_AGREED = "NOT_AGREED", "Not agreed"
    CHANGE_DRAFT = "CHANGE_DRAFT", "Change in draft"
    UNDERMINED = "UNDERMINED", "To be reviewed"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


class RelianceStage(TextChoices):
    """Which tests are relied on; the second and third need a word of their own (R55)."""

    PIT = "PIT", "Functional PIT"
    PIT_NF = "PIT_NF", "Non-functional PIT"
    PIT_OPS = "PIT_OPS", "Operational PIT"
    SIT = "SIT", "SIT"
    QT = "QT", "Qualification Testing"


class Extent(TextChoices):
    FULL = "FULL", "In full"
    PARTIAL = "PARTIAL", "In part"


class RelianceOpinionKind(TextChoices):
    AGREE = "AGREE", "Agrees in full"
    AGREE_PART = "AGREE_PART", "Agrees in part"
    CLARIFY = "CLARIFY", "Needs more"
    NOT_AGREE = "NOT_AGREE", "Does not agree"
