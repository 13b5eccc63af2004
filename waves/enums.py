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
