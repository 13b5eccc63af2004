"""What people are told of the work-off plans of a completion report (R75, NT20, NT23)."""

from collections.abc import Iterable
from datetime import datetime

from foundation.notices.outbox import Recipient, announce
from participants import queries as people
from participants.enums import Duty
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from waves.models import CompletionReport


def reviewed(report: CompletionReport, held: Qualification, *, by: str, at: datetime) -> None:
    """Tell the leads of the bodies that reviewed plans wait for their word (R75)."""
    leads = people.staff_recipients(MARKET_ROLES[held.role].bodies, (Duty.LEAD,))
    what = "work-off plans wait for your agreement"
    text = f"{by} reviewed the work-off plans of the {report.get_kind_display()}."
    _tell(report, held, leads, what, f"{text} Each body agrees them for itself (QA&P 10.7).", at)


def agreed(report: CompletionReport, held: Qualification, *, at: datetime) -> None:
    """Tell the organisation that every body agreed the plans (R110)."""
    members = people.member_recipients(held.organisation_id)
    text = f"Every body agreed the work-off plans of the {report.get_kind_display()}."
    _tell(report, held, members, "work-off plans agreed", text, at)


def _tell(
    report: CompletionReport,
    held: Qualification,
    recipients: Iterable[Recipient],
    what: str,
    text: str,
    at: datetime,
) -> None:
    name = held.organisation.name
    announce(
        kind="report",
        key=f"{report.pk}:{what}",
        recipients=recipients,
        subject=f"{name}: {what}, {held.get_role_display()}",
        text=f"{held.get_role_display()}, {held.get_route_display()}: {text}",
        path=f"/o/{held.organisation.slug}/testing/",
        at=at,
        organisation_id=held.organisation_id,
    )
