"""The words that columns of this floor may hold."""

from django.db.models import TextChoices


class Stage(TextChoices):
    INITIAL = "INITIAL", "Initial"
    FINAL = "FINAL", "Final"


class SectionState(TextChoices):
    """Where a section stands (domain D.2)."""

    OPEN = "OPEN", "Open"
    SUBMITTED_INITIAL = "SUBMITTED_INITIAL", "Submitted, Initial"
    OPEN_FINAL = "OPEN_FINAL", "Open, Final"
    LOCKED = "LOCKED", "Locked"
    REOPENED = "REOPENED", "Reopened"


WRITABLE_SECTIONS = (
    SectionState.OPEN,
    SectionState.SUBMITTED_INITIAL,
    SectionState.OPEN_FINAL,
    SectionState.REOPENED,
)


class EvidenceKind(TextChoices):
    FILE = "FILE", "File"
    REFERENCE = "REFERENCE", "Reference"
