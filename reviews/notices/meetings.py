"""On which agenda an application stands (NT27)."""

from datetime import date, datetime

from participants.queries import member_recipients
from reviews.models import Meeting, MeetingItem
from reviews.notices.telling import role_of, tell

PAGE = "decisions/"


def on_agenda(
    item: MeetingItem, meeting: Meeting, *, at: datetime, was: date | None = None
) -> None:
    """NT27: an application is put to a meeting of the BSC PAB, or the meeting moved."""
    role, when = role_of(item.qualification), f"{meeting.held_on:%-d %B %Y}"
    moved = f" It was to be on {was:%-d %B %Y}." if was else ""
    _tell(
        item, meeting, f"{role} goes to the BSC PAB of {when}",
        f"The application as {role} stands on the agenda of {meeting.title}, on {when}.{moved}"
        " You need to do nothing; the decision is told here with its reasons.", at,
    )  # fmt: skip


def off_agenda(item: MeetingItem, meeting: Meeting, because: str, *, at: datetime) -> None:
    """NT27: an application no longer stands on the agenda that was told."""
    role = role_of(item.qualification)
    _tell(
        item, meeting, f"{role} does not go to the BSC PAB of {meeting.held_on:%-d %B %Y}",
        f"{because.strip()}\n\nThe application waits for another meeting; its day is told.", at,
    )  # fmt: skip


def _tell(item: MeetingItem, meeting: Meeting, what: str, text: str, at: datetime) -> None:
    members = member_recipients(item.organisation_id)
    signatories = member_recipients(item.organisation_id, directors=True)
    tell(
        "agenda", f"{item.pk}:{meeting.held_on}", [*members, *signatories], item.organisation,
        what=what, text=text, page=PAGE, at=at,
    )  # fmt: skip
