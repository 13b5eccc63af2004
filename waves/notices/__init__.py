"""What people are told of dates and reports: event, audience, words.

Covers NT3, NT7, NT11, NT19 and NT20 of the notifications.
"""

from collections.abc import Iterable
from datetime import datetime

from foundation.notices.models import MailState
from foundation.notices.outbox import Recipient, announce
from participants.models import Qualification
from waves.because import long_day
from waves.clocks import spans_from_json
from waves.enums import ReminderKind, ReportKind
from waves.history import explained, history
from waves.models import CompletionReport, Obligation, Reminder

SOFT = "Missing the date stops nothing; it is shown and recorded (QA&P 10.2)."


NOBODY_SIGNS = (
    "Nobody of the organisation is named who may sign for this role. A master admin names a company"
    " director under People (QA&P 10.2)."
)


def reminder(
    spoken: Reminder,
    recipients: Iterable[Recipient],
    *,
    at: datetime,
    is_late: bool = False,
    lacks_signatory: bool = False,
) -> None:
    """Say that a date comes near, has passed, or passed a week ago.

    What should have been said long before (``is_late``) goes into one digest a person. Where
    nobody could sign (``lacks_signatory``), the reminder says so while there is time.
    """
    obligation = spoken.obligation
    said = [_sentence(obligation, spoken.kind), *([NOBODY_SIGNS] if lacks_signatory else [])]
    announce(
        kind="reminder",
        key=f"{obligation.pk}:{spoken.kind}:{spoken.fire_at.isoformat()}",
        recipients=recipients,
        subject=_headline(obligation, spoken.kind),
        text="\n\n".join([*said, _why(obligation), SOFT]),
        path=f"{_home(obligation.qualification)}dates/",
        at=at,
        organisation_id=obligation.organisation_id,
        mail_state=MailState.GATHERED if is_late else MailState.NEW,
    )


def report_received(
    report: CompletionReport,
    qualification: Qualification,
    *,
    members: Iterable[Recipient],
    staff: Iterable[Recipient],
    at: datetime,
) -> None:
    """Tell both sides that a completion report arrived (NT11, NT20)."""
    name = qualification.organisation.name
    what = report.get_kind_display()
    arms = report.kind != ReportKind.PIT and qualification.stage == "INITIAL"
    opens = " The next time you open the QAD it becomes the Final." if arms else ""
    becomes = " The QAD becomes the Final when the organisation next opens it." if arms else ""
    about = f"The {what} for {_called(qualification)} arrived from {report.received_by_name}."
    for audience, text in ((members, about + opens), (staff, about + becomes)):
        announce(
            kind="report",
            key=f"{report.pk}",
            recipients=audience,
            subject=f"{name}: {what} received for {qualification.get_role_display()}",
            text=text,
            path=f"/o/{qualification.organisation.slug}/testing/",
            at=at,
            organisation_id=qualification.organisation_id,
        )


def sufficiency_confirmed(
    report: CompletionReport,
    qualification: Qualification,
    *,
    members: Iterable[Recipient],
    at: datetime,
) -> None:
    """Tell the organisation that its PIT report is enough for entry into QT (NT11, R62)."""
    announce(
        kind="report",
        key=f"{report.pk}:sufficient",
        recipients=members,
        subject=f"{qualification.organisation.name}: PIT confirmed for"
        f" {qualification.get_role_display()}",
        text=f"{report.sufficiency_confirmed_by_name} confirmed that the PIT Test Completion"
        f" Report for {_called(qualification)} is sufficient (QA&P 9.3.3).",
        path=f"/o/{qualification.organisation.slug}/testing/",
        at=at,
        organisation_id=qualification.organisation_id,
    )


_CLOCK_WORDS = {
    "obligation.paused": ("review clock paused", "waits for you"),
    "obligation.resumed": ("review clock runs again", "reads on"),
    "obligation.extended": ("review clock extended", "has more days"),
}


def clock_changed(
    obligation: Obligation,
    event: str,
    *,
    members: Iterable[Recipient],
    because: str,
    at: datetime,
) -> None:
    """Tell the organisation that a body's clock was held, runs again or was extended."""
    qualification = obligation.qualification
    headline, what = _CLOCK_WORDS[event]
    announce(
        kind="clock",
        key=f"{obligation.pk}:{event}:{at.isoformat()}",
        recipients=members,
        subject=f"{qualification.organisation.name}: {obligation.body} {headline},"
        f" {qualification.get_role_display()}",
        text=f"{obligation.body} {what}: {_lower(obligation.label)} for {_called(qualification)}."
        + (f" Reason: {because}" if because else ""),
        path=f"{_home(qualification)}dates/",
        at=at,
        organisation_id=obligation.organisation_id,
    )


def route_changed(
    qualification: Qualification,
    before: str,
    *,
    members: Iterable[Recipient],
    because: str,
    at: datetime,
) -> None:
    """Tell the organisation that it takes another route, with other dates (NT7)."""
    announce(
        kind="route",
        key=f"{qualification.pk}:{at.isoformat()}",
        recipients=members,
        subject=f"{qualification.organisation.name}: new dates for"
        f" {qualification.get_role_display()}",
        text=f"{_called(qualification)}: the route was changed from {before}."
        f" Every date that still lies ahead follows the new route. Reason: {because}",
        path=f"{_home(qualification)}dates/",
        at=at,
        organisation_id=qualification.organisation_id,
    )


def _headline(obligation: Obligation, kind: str) -> str:
    qualification = obligation.qualification
    name, day = qualification.organisation.name, long_day(obligation.due_on)
    task = f"{_lower(obligation.label)}, {qualification.get_role_display()}"
    match kind:
        case ReminderKind.OVERDUE:
            return f"{name}: overdue since {day}: {task}"
        case ReminderKind.BREACH:
            return f"{name}: a week overdue, due {day}: {task}"
        case ReminderKind.OPENS_28 | ReminderKind.OPENS_7:
            return f"{name}: opens {long_day(obligation.opens_on)}: {task} by {day}"
    return f"{name}: {task} by {day}"


def _sentence(obligation: Obligation, kind: str) -> str:
    holder = f"For {obligation.body}: " if obligation.body else ""
    what = f"{holder}{obligation.label} for {_called(obligation.qualification)}"
    day = long_day(obligation.due_on)
    match kind:
        case ReminderKind.OVERDUE | ReminderKind.BREACH:
            return f"{what}. It was due by the end of {day} (UK time) and is not recorded yet."
        case ReminderKind.OPENS_28 | ReminderKind.OPENS_7:
            return (
                f"{what}. The window opens on {long_day(obligation.opens_on)} and lasts to {day}."
            )
    return f"{what}. It is due by the end of {day} (UK time)."


def _why(obligation: Obligation) -> str:
    reason = obligation.reason
    changes = history(reason.get("was", ()), spans_from_json(obligation.spans))
    return explained(obligation.because, reason.get("version", ""), changes)


def _called(qualification: Qualification) -> str:
    return f"{qualification.get_role_display()}, {qualification.get_route_display()}"


def _home(qualification: Qualification) -> str:
    return f"/o/{qualification.organisation.slug}/qualifications/{qualification.pk}/"


def _lower(task: str) -> str:
    return task[0].lower() + task[1:]
