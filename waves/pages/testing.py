"""Test completion reports: what arrived, what it says, what still waits."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Lines, Link, Quiet, Status, Words
from participants import policy
from participants.enums import Body, Role
from participants.enums import Status as Status_
from participants.models import Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from waves import report_plans
from waves.enums import ReportKind
from waves.forms import ReportForm
from waves.models import CompletionReport
from waves.report_summary import FIGURES
from waves.routes import ROUTES, assurance_objection

_COLUMNS = (
    Column(label="Report"),
    Column(label="Received"),
    Column(label="What it says"),
    Column(label="State"),
)


def testing_page(
    organisation: Organisation,
    qualifications: Sequence[Qualification],
    reports: Sequence[CompletionReport],
    actor: Actor,
) -> SectionsPage:
    """Return the reports of each qualification, newest first."""
    may_upload = any(policy.may(actor, "report.upload", each) for each in qualifications)
    upload = Action(
        text="Upload a report",
        url=reverse("waves:upload_report", args=[organisation.slug]),
        kind="primary",
    )
    reliance = Action(
        text="Reliance on other testing", url=reverse("waves:reliance", args=[organisation.slug])
    )
    return SectionsPage(
        head=Head(
            title="Testing",
            lead="Completion reports stand beside the QAD: the bodies read them at once, and the"
            " report of QT or SIT lets the Final QAD begin.",
            actions=[reliance, *([upload] if may_upload else [])],
        ),
        sections=[
            _section(
                organisation, each, [r for r in reports if r.qualification_id == each.pk], actor
            )
            for each in qualifications
        ],
    )


def upload_page(organisation: Organisation, form: ReportForm) -> FormPage:
    """Return the form that takes a report in."""
    back = reverse("waves:testing", args=[organisation.slug])
    return FormPage(
        head=Head(
            title="Upload a test completion report",
            crumbs=[Link("Testing", back), Link("Upload")],
            lead="The bodies can open it as soon as it is here. One report serves LDSO, SMRA / ERDA"
            " and UMSO together.",
        ),
        form=form,
        multipart=True,
        submit=Action(text="Upload the report", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
        note="After the report of QT or SIT, the next time your organisation opens the QAD it"
        " becomes the Final (QA&P 10.3).",
    )


def _section(
    organisation: Organisation,
    qualification: Qualification,
    reports: Sequence[CompletionReport],
    actor: Actor,
) -> Section:
    road = ROUTES[qualification.route]
    return Section(
        title=f"{qualification.get_role_display()}, {qualification.get_route_display()}",
        meta=f"{road.external_test} by {road.external_test_by}; PIT reviewed by"
        f" {road.pit_reviewed_by}",
        table=Table(
            caption=f"Reports for {qualification.get_role_display()}",
            columns=_COLUMNS,
            rows=[_row(organisation, report) for report in reports],
        ),
        empty=Empty(title="No report yet", text=_awaited(qualification)),
        actions=[
            *_track(organisation, qualification),
            *(
                action
                for report in reports
                for action in _actions(
                    organisation, qualification, report, _is_newest(report, reports), actor
                )
            ),
        ],
    )


def _is_newest(report: CompletionReport, reports: Sequence[CompletionReport]) -> bool:
    """Whether no report of its kind came later; the newest stand first."""
    return report.pk == next(each.pk for each in reports if each.kind == report.kind)


def _track(organisation: Organisation, qualification: Qualification) -> list[Action]:
    """The way to gates, plan and defects; a trio has one, with its LDSO (R14)."""
    if qualification.status in (Status_.WITHDRAWN, Status_.NOT_APPROVED) or (
        qualification.trio and qualification.role != Role.LDSO
    ):
        return []
    url = reverse("waves:testing_track", args=[organisation.slug, qualification.pk])
    return [Action(text="Gates, plan and defects", url=url, small=True, arrow=True)]


def _awaited(qualification: Qualification) -> str:
    road = ROUTES[qualification.route]
    if road.external_test == ReportKind.SIT:
        return "The Programme supplies the PIT report; the SIT report comes before the sign-off."
    return "The PIT report comes before QT, the QT report when testing is complete."


def _row(organisation: Organisation, report: CompletionReport) -> Row:
    supplier = f", supplied by {report.get_supplied_by_display()}" if report.supplied_by else ""
    return Row(
        cells=[
            Lines([report.get_kind_display(), report.file.name]),
            Lines([day(report.received_at), f"from {report.received_by_name}{supplier}"]),
            _figures(report),
            _state(report),
        ],
        url=reverse("waves:report", args=[organisation.slug, report.pk]),
    )


def _figures(report: CompletionReport) -> Words:
    figures = report.summary
    said = [f"{label}: {figures[name]}" for name, label in FIGURES.items() if name in figures]
    return Lines(said) if said else Quiet("No figures given")


def _state(report: CompletionReport) -> Words:
    if report.kind == ReportKind.PIT:
        if report.sufficiency_confirmed_at is None:
            return Status("Waits for confirmation", "waiting")
        by = f"by {report.sufficiency_confirmed_by_name}, {day(report.sufficiency_confirmed_at)}"
        return Lines([Status("Sufficient", "confirmed"), by])
    if report.work_off_agreed:
        return Status("Work-off plans agreed", "done")
    return Lines([Status("Received", "submitted"), _plans_wait_for(report)])


def _plans_wait_for(report: CompletionReport) -> str:
    """Who has still to speak on the work-off plans (R75)."""
    held = report.qualification
    reviewed, given = _plans(report)
    if not reviewed:
        by = ROUTES[held.route].external_test_by
        return f"Work-off plans: {by} reviews them, then the bodies agree"
    left = report_plans.still_to_agree(held.role, given)
    said = f"agreed by {_bodies(given)}; " if given else "reviewed; "
    return f"Work-off plans: {said}{_bodies(left)} to agree"


def _plans(report: CompletionReport) -> tuple[bool, tuple[str, ...]]:
    """Whether they were reviewed, and which bodies agreed them."""
    held = report.qualification
    reviewed = report_plans.is_reviewed(
        report.received_at, report.supplied_by, held.route, held.happened
    )
    return reviewed, report_plans.agreed_by(report.received_at, held.role, held.happened)


def _bodies(names: Sequence[str]) -> str:
    labels = [Body(name).label for name in names]
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def _actions(
    organisation: Organisation,
    qualification: Qualification,
    report: CompletionReport,
    newest: bool,
    actor: Actor,
) -> list[Action]:
    found = _of_pit if report.kind == ReportKind.PIT else _of_plans
    return [
        Action(
            text=text,
            url=reverse(name, args=[organisation.slug, report.pk]),
            method="post",
            small=True,
        )
        for text, name in found(qualification, report, newest, actor)
    ]


def _of_pit(
    qualification: Qualification, report: CompletionReport, newest: bool, actor: Actor
) -> Iterator[tuple[str, str]]:
    """A PIT report is confirmed by whoever assures the route (QA&P 10.5.2)."""
    assures = assurance_objection(actor.body, qualification.route) is None
    if report.sufficiency_confirmed_at or not assures:
        return
    if policy.may(actor, "report.confirm", qualification):
        yield "Confirm that PIT is sufficient", "waves:confirm_report"


def _of_plans(
    qualification: Qualification, report: CompletionReport, newest: bool, actor: Actor
) -> Iterator[tuple[str, str]]:
    """The plans are reviewed by whoever assures the route, then agreed body by body (R75)."""
    if report.work_off_agreed or not newest:
        return
    (reviewed, given), body = _plans(report), actor.body
    review = report_plans.review_objection(body, qualification.route, reviewed)
    agree = report_plans.agree_objection(body, qualification.role, reviewed, given)
    if review is None and policy.may(actor, "testing.assure", qualification):
        yield "Record the review of the work-off plans", "waves:review_work_off"
    if agree is None and policy.may(actor, "testing.agree", qualification):
        yield f"Agree the work-off plans for {Body(body).label}", "waves:agree_work_off"
