"""What has happened to a qualification, as instants and as London dates."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from waves.deadlines import Events, london_date
from waves.enums import ReportKind
from waves.models import CompletionReport
from waves.obligations import Holders
from waves.timetable import Event

_COLUMNS = {
    Event.INITIAL_SUBMITTED: "initial_submitted_at",
    Event.INITIAL_REVIEWED: "initial_reviewed_at",
    Event.FINAL_SUBMITTED: "final_submitted_at",
    Event.FINAL_REVIEWED: "content_agreed_at",
    Event.COMMENTS_CONFIRMED: "content_agreed_at",
    Event.SIGNED_OFF: "signed_off_at",
    Event.DECIDED: "qualified_at",
}


def instants(
    qualification: Qualification, reports: Iterable[CompletionReport]
) -> dict[Event, datetime]:
    """Return when each event that the portal sees happened; those that did not are left out."""
    found = {event: getattr(qualification, column) for event, column in _COLUMNS.items()}
    by_kind: dict[str, list[CompletionReport]] = {}
    for report in sorted(reports, key=lambda report: report.received_at):
        by_kind.setdefault(report.kind, []).append(report)
    pit, qt = by_kind.get(ReportKind.PIT, []), by_kind.get(ReportKind.QT, [])
    if pit:
        found[Event.PIT_REPORT_RECEIVED] = pit[0].received_at
        found[Event.PIT_CONFIRMED] = min(
            (r.sufficiency_confirmed_at for r in pit if r.sufficiency_confirmed_at), default=None
        )
    recorded = qualification.happened  # what people saw happen, where the portal did not
    for event in Event:
        if event.value in recorded and not found.get(event):
            found[event] = datetime.fromisoformat(recorded[event.value])
    if len(pit) > 1:
        found[Event.SECOND_PIT_REPORT_RECEIVED] = pit[1].received_at
    if qt:
        found[Event.QT_COMPLETED] = qt[0].received_at
    return {event: instant for event, instant in found.items() if instant}


def holders_of(qualification: Qualification) -> Holders:
    """Return the bodies that share the work on a qualification (R7, R13, R62)."""
    role = MARKET_ROLES[qualification.role]
    return Holders(role.bodies, role.deciding_bodies, role.deciding_bodies[:1])


def as_events(happened: Mapping[Event, datetime]) -> Events:
    """Return the same as London dates, which the timetable counts from."""
    return Events(**{str(event): london_date(instant) for event, instant in happened.items()})
