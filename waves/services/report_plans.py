"""What is said of the work-off plans of a completion report: reviewed, then agreed (R75, R110)."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from waves import report_plans
from waves.models import CompletionReport
from waves.notices import report_plans as notices
from waves.services.milestones import group_of, record_milestone

REVIEW, AGREE = "testing.assure", "testing.agree"


@transaction.atomic
def review_work_off(*, report: CompletionReport, actor: Actor, at: datetime) -> CompletionReport:
    """Record that the test manager reviewed the plans; on SIT routes the Programme's (R75)."""
    row, chosen = _held(report, REVIEW, actor)
    reviewed = _is_reviewed(row, chosen)
    if said := report_plans.review_objection(actor.body, chosen.route, reviewed):
        raise Refused(said)
    event = report_plans.reviewed_event(row.received_at)
    record_milestone(qualification=chosen, event=event, actor=actor, at=at)
    notices.reviewed(row, chosen, by=actor.name, at=at)
    return row


@transaction.atomic
def agree_work_off(*, report: CompletionReport, actor: Actor, at: datetime) -> CompletionReport:
    """Give a body's word on the plans; with the last one of a role they are agreed (R75, R110)."""
    row, chosen = _held(report, AGREE, actor)
    reviewed = _is_reviewed(row, chosen)
    given = report_plans.agreed_by(row.received_at, chosen.role, chosen.happened)
    if said := report_plans.agree_objection(actor.body, chosen.role, reviewed, given):
        raise Refused(said)
    event = report_plans.agreed_event(row.received_at, actor.body)
    record_milestone(qualification=chosen, event=event, actor=actor, at=at)
    for each in group_of(chosen):  # a role is agreed when its own bodies are, each of a trio
        _settle(row, each, actor, at)
    row.refresh_from_db()
    return row


def _held(
    report: CompletionReport, capability: str, actor: Actor
) -> tuple[CompletionReport, Qualification]:
    """The report and its qualification, locked with its trio; only the newest is spoken of."""
    group = group_of(report.qualification)
    chosen = next(each for each in group if each.pk == report.qualification_id)
    policy.require(actor, capability, chosen)
    same = CompletionReport.objects.filter(qualification=chosen, kind=report.kind)
    newest = same.order_by("-received_at", "-pk").first()
    if said := report_plans.objection(report.kind, newest is not None and newest.pk == report.pk):
        raise Refused(said)
    return newest, chosen


def _is_reviewed(report: CompletionReport, held: Qualification) -> bool:
    return report_plans.is_reviewed(
        report.received_at, report.supplied_by, held.route, held.happened
    )


def _settle(report: CompletionReport, held: Qualification, actor: Actor, at: datetime) -> None:
    """Mark the report of one qualification once every body of its role has agreed."""
    given = report_plans.agreed_by(report.received_at, held.role, held.happened)
    if report_plans.still_to_agree(held.role, given):
        return
    row = CompletionReport.objects.filter(
        qualification=held, file_id=report.file_id, work_off_agreed=False
    ).first()
    if row is None:
        return
    row.work_off_agreed = True
    row.save(update_fields=["work_off_agreed"])
    record(
        "report.work_off_agreed", subject=row, actor=actor, at=at, kind=row.kind, bodies=list(given)
    )
    notices.agreed(row, held, at=at)
