"""Taking in test completion reports; a QT or SIT report arms the Final QAD (R83, R85, X5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record
from foundation.documents.models import StoredFile
from foundation.documents.services import store
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.enums import Body, Duty, Status
from participants.models import Qualification
from waves import happenings, notices, report_summary
from waves.enums import ReportKind, TestStage, WorkOffKind, WorkOffState
from waves.models import CompletionReport, WorkOff
from waves.routes import ROUTES, assurance_objection
from waves.services import clocks
from waves.services.milestones import group_of

_TOO_LATE = (Status.SIGNED_OFF, Status.QUALIFIED, Status.NOT_APPROVED, Status.WITHDRAWN)


@transaction.atomic
def upload_report(
    *,
    qualification: Qualification,
    kind: str,
    name: str,
    content: bytes,
    summary: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    supplied_by: str = "",
) -> CompletionReport:
    """Keep a completion report and start what follows from it; one report serves the whole trio.

    The file is open to the bodies at once. The first QT or SIT report sets the moment after which
    the organisation's next opening makes the QAD Final. Its work-off plans are agreed by nobody
    yet (R75). Returns the row of the qualification given.
    """
    group = group_of(qualification)
    chosen = next(each for each in group if each.pk == qualification.pk)
    policy.require(actor, "report.upload", chosen)
    figures = _figures(kind, summary)
    if supplied_by and supplied_by not in Body.values:
        raise Invalid({"supplied_by": "Name a body or the Programme as supplier, or nobody."})
    _refuse_unfit(chosen, kind, figures, group, actor)
    file = store(
        name=name,
        content=content,
        actor=actor,
        at=at,
        organisation_id=chosen.organisation_id,
        release=True,
    )
    supplier = supplied_by or (Body(actor.body) if actor.is_staff else "")
    rows = [_keep(each, kind, file, figures, actor, at, supplier) for each in group]
    _arm(group, kind, at)
    for each, row in zip(group, rows, strict=True):
        clocks.sync(qualification=each, actor=actor, at=at)
        record(
            "report.received",
            subject=row,
            actor=actor,
            at=at,
            qualification=each.pk,
            kind=kind,
            sha256=file.sha256,
            figures=figures,
        )
    own = next(row for row in rows if row.qualification_id == chosen.pk)
    _announce(own, chosen, at)
    return own


@transaction.atomic
def confirm_sufficiency(
    *, report: CompletionReport, actor: Actor, at: datetime
) -> CompletionReport:
    """Confirm that a PIT report is enough for entry into QT, within a month of it (R62)."""
    group = group_of(report.qualification)
    chosen = next(each for each in group if each.pk == report.qualification_id)
    policy.require(actor, "report.confirm", chosen)
    if report.kind != ReportKind.PIT:
        raise Refused("Only a PIT Test Completion Report is confirmed as sufficient.")
    if said := assurance_objection(actor.body, chosen.route):
        raise Refused(said)
    rows = CompletionReport.objects.select_for_update(no_key=True, of=("self",)).filter(
        file_id=report.file_id, qualification__in=group, sufficiency_confirmed_at=None
    )
    confirmed = list(rows.order_by("pk"))
    if report.pk not in {row.pk for row in confirmed}:
        raise Refused("This report was confirmed already.")
    rows.update(sufficiency_confirmed_at=at, sufficiency_confirmed_by_name=actor.name)
    for each in group:
        clocks.sync(qualification=each, actor=actor, at=at)
    report.refresh_from_db()
    members = people.member_recipients(chosen.organisation_id)
    notices.sufficiency_confirmed(report, chosen, members=members, at=at)
    record("report.sufficiency_confirmed", subject=report, actor=actor, at=at, kind=report.kind)
    return report


def _figures(kind: str, summary: Mapping[str, Any]) -> dict[str, int]:
    if kind not in ReportKind.values:
        raise Invalid({"kind": "Choose which report this is."})
    if wrong := report_summary.problems(summary):
        raise Invalid(wrong)
    return report_summary.clean(summary)


def _refuse_unfit(
    qualification: Qualification,
    kind: str,
    figures: Mapping[str, int],
    group: Sequence[Qualification],
    actor: Actor,
) -> None:
    """Refuse a report that the route does not have, or that comes after the signature."""
    road, reasons = ROUTES[qualification.route], []
    if kind in (ReportKind.QT, ReportKind.SIT) and kind != road.external_test:
        reasons.append(
            f"The {road.short_label} route is tested by {road.external_test}, so it takes no"
            f" {ReportKind(kind).label} (QA&P 4.2)."
        )
    if kind == ReportKind.PIT and road.external_test == ReportKind.SIT and actor.is_participant:
        reasons.append("On a SIT route the Programme supplies the PIT report (QA&P 9.1.2).")
    if qualification.status in _TOO_LATE:
        reasons.append(
            f"The QAD is {qualification.get_status_display().lower()}; a report can come in only"
            " before the signature, or after the QAD was reopened."
        )
    reasons += report_summary.objections(kind, figures, excepted=_excepted(kind, group))
    if reasons:
        raise Refused(reasons)


def _excepted(kind: str, group: Sequence[Qualification]) -> int:
    """How many tests every body let go, each by its reference (R73, X36)."""
    if kind != ReportKind.QT:
        return 0
    rows = WorkOff.objects.filter(
        qualification__in=group,
        kind=WorkOffKind.EXCEPTION,
        stage=TestStage.QT,
        status__in=(WorkOffState.AGREED, WorkOffState.DONE),
    )
    named = rows.values_list("concerns", flat=True)
    return len({reference for concerns in named for reference in concerns})


def _keep(
    qualification: Qualification,
    kind: str,
    file: StoredFile,
    figures: Mapping[str, int],
    actor: Actor,
    at: datetime,
    supplied_by: str,
) -> CompletionReport:
    return CompletionReport.objects.create(
        organisation_id=qualification.organisation_id,
        qualification=qualification,
        kind=kind,
        file=file,
        summary=dict(figures),
        received_at=at,
        received_by_name=actor.name,
        supplied_by=supplied_by,
    )


def _arm(group: Sequence[Qualification], kind: str, at: datetime) -> None:
    """Note the first report of QT or SIT; a later one changes nothing that was begun."""
    for each in group:
        if kind != ReportKind.PIT and each.report_received_at is None:
            each.report_received_at = at
            each.save(update_fields=["report_received_at"])


def _announce(report: CompletionReport, qualification: Qualification, at: datetime) -> None:
    bodies = [*happenings.holders_of(qualification).reviewers]
    if ROUTES[qualification.route].reliance_with_mhhsp:
        bodies.append(Body.MHHSP)  # whose test managers assure this route (QA&P 10.5.2)
    duties = [Duty.TEST_MANAGER]
    if report.kind != ReportKind.PIT:
        duties += [Duty.REVIEWER, Duty.LEAD]
    notices.report_received(
        report,
        qualification,
        members=people.member_recipients(qualification.organisation_id),
        staff=people.staff_recipients(bodies, duties),
        at=at,
    )
