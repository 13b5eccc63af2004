"""What a person reads of the notices, and that it was read."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from foundation.notices.models import Notice


def of_person(person_id: UUID) -> QuerySet[Notice]:
    """Return the notices to a person, newest first; in an organisation, only its own."""
    shown = Notice.objects.filter(person_id=person_id).exclude(kind="digest")  # mailed only
    return shown.order_by("-created_at", "-pk")


def unread(person_id: UUID) -> QuerySet[Notice]:
    """Return what the person has not read yet."""
    return of_person(person_id).filter(read_at=None)


def mark_read(*, person_id: UUID, at: datetime, notice_id: UUID | None = None) -> int:
    """Mark one notice, or all of the person's, as read; return how many were new."""
    rows = unread(person_id)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
    return rows.update(read_at=at)
