"""Pages of reports: the catalogue, a report with its parts, its prints, one print, a risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, instant
from foundation.jobs.models import Job, JobState
from foundation.ui.blocks import Action, Empty, Fact, Filter, JobProgress, Pagination, Tab
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Link, Quiet, Status, Words
from participants.enums import Body
from participants.models import Qualification
from participants.pages.general import Section, SectionsPage
from reviews.reports.kept import ISSUED
from waves.progress import ESCALATED, REPORTED
from waves.reports import shape
from waves.reports.edition import Edition
from waves.reports.shape import Kind, Line, Part, Report, Value

CATALOGUE = "Reports"


def catalogue_page(reports: Sequence[Report], runs: Mapping[str, datetime]) -> ListPage:
    """Return the reports that the reader may read, with when each was last printed or issued."""
    return ListPage(
        head=Head(
            title="Reports",
            lead="Each is made of the rows as they stand when you open it, and of no others.",
        ),
        table=Table(
            caption="Reports",
            columns=[Column(label=name) for name in ("Report", "For whom", "Last printed")],
            rows=[
                Row(
                    cells=[
                        Lines([f"{each.code.upper()} {each.title}", Quiet(each.lead)]),
                        each.readers,
                        instant(runs[each.code]) if each.code in runs else Quiet("Not yet"),
                    ],
                    url=reverse("reviews:report", args=[each.code]),
                )
                for each in reports
            ],
        ),
        empty=Empty(title="No report is for your duties", text="Ask the administrator."),
        footnote="Last printed: by you, or issued to the Migration Control Centre.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one page of a report is made of."""

    report: Report
    part: Part
    lines: Sequence[Line]
    total: int
    ask: shape.Ask
    query: Mapping[str, str]
    filters: Sequence[Filter]
    tabs: Sequence[Tab]
    pagination: Pagination | None
    prints: int
    may_issue: bool = False
    risk_words: tuple[str, str] = ("", "")


def report_page(shown: Shown) -> ListPage:
    """Return one part of a report, with the ways to take it along."""
    report, part = shown.report, shown.part
    return ListPage(
        head=Head(
            title=report.title,
            browser_title=f"{report.code.upper()} {report.title}",
            lead=report.lead,
            crumbs=[Link(CATALOGUE, reverse("reviews:reports")), Link(report.code.upper())],
            actions=_actions(shown),
        ),
        facts=[
            Fact(label="Rows", value=str(shown.total)),
            Fact(label="As at", value=day(shown.ask.as_of)),
            Fact(label="Covers", value=report.scope(shown.ask.actor)),
            Fact(label="Prints and editions", value=_prints_link(shown)),
        ],
        tabs=shown.tabs,
        filters=shown.filters,
        table=Table(
            caption=f"{report.title}: {part.title}",
            columns=[*(_column(each) for each in _on_screen(part)), *_risk_column(shown)],
            rows=[_row(shown, line) for line in shown.lines],
            compact=True,
        ),
        empty=Empty(title="Nothing to report", text=part.empty),
        pagination=shown.pagination,
        footnote=_footnote(part),
    )


def _prints_link(shown: Shown) -> Words:
    url = reverse("reviews:report_prints", args=[shown.report.code])
    return Link(str(shown.prints), url, "prints and editions") if shown.prints else "None yet"


def _actions(shown: Shown) -> list[Action]:
    query = urlencode(shown.query)

    def post(text: str, kind: str, look: str, icon: str = "") -> Action:
        url = reverse("reviews:report_file", args=[shown.report.code, kind])
        address = f"{url}?{query}" if query else url
        return Action(text=text, url=address, kind=look, method="post", icon=icon)

    found = [
        post("Excel", "xlsx", "secondary"),
        post("CSV of this table", "csv", "quiet"),
        post("Print as PDF", "pdf", "secondary", "print"),
    ]
    if shown.may_issue:
        found.append(post("Issue to the MCC", "issue", "primary"))
    return found


def _on_screen(part: Part) -> list[shape.Column]:
    return [column for column in part.columns if column.on_screen]


def _column(column: shape.Column) -> Column:
    return Column(
        label=column.label,
        align="end" if column.kind is Kind.NUMBER else "",
        whole=column.kind is Kind.DATE or bool(column.states),
    )


def _risk_column(shown: Shown) -> list[Column]:
    return [Column(label="To the Programme")] if any(shown.risk_words) else []


def _row(shown: Shown, line: Line) -> Row:
    part, cells = shown.part, [_cell(each, line) for each in _on_screen(shown.part)]
    if any(shown.risk_words):
        cells.append(_risk(shown.risk_words, line))
    leads = [each for each in (line.slug, line.key) if each]
    url = reverse(part.link, args=leads) if part.link and leads else ""
    return Row(cells=cells, url=url)


def _risk(risk_words: tuple[str, str], line: Line) -> Words:
    """The way to report a risk, or to what was reported, on a row that is about one."""
    fresh, reported = risk_words
    at_risk = "At risk" in (line.cells.get("risk"), line.cells.get("standing"))
    said = reported if line.cells.get("reported") else fresh if at_risk else ""
    return Link(said, reverse("reviews:risk", args=[line.key])) if said and line.key else ""


def _cell(column: shape.Column, line: Line) -> Words:
    value = line.cells.get(column.key)
    if value in column.states:
        return Status(str(value), column.states[value])
    return words_of(value)


def words_of(value: Value) -> str:
    """Return a value as pages say it."""
    if value is None:
        return ""
    return day(value) if isinstance(value, date) else str(value)


def _footnote(part: Part) -> Words:
    hidden = [column.label for column in part.columns if not column.on_screen]
    more = f"The files hold as well: {'; '.join(hidden)}." if hidden else ""
    return " ".join(filter(None, [part.note, more]))


_STATES = {
    JobState.QUEUED: Status("Waiting for a worker", "hourglass"),
    JobState.RUNNING: Status("Being printed", "target"),
    JobState.DONE: Status("Printed", "check"),
    JobState.FAILED: Status("Not printed", "octagon"),
}


def prints_page(report: Report, jobs: Sequence[Job], pagination: Pagination | None) -> ListPage:
    """Return what was issued of a report, and what the reader printed."""
    return ListPage(
        head=Head(
            title=f"Prints and editions of {report.code.upper()}",
            lead="Each holds the report as it stood when it was ordered; a later one changes none.",
            crumbs=[*_crumbs(report), Link("Prints and editions")],
        ),
        table=Table(
            caption="Prints and editions",
            columns=[Column(label=name) for name in ("Ordered", "What", "By", "State")],
            rows=[
                Row(
                    cells=[
                        instant(job.asked_at),
                        what_of(job),
                        job.asked_by_name,
                        _STATES[JobState(job.state)],
                    ],
                    url=reverse("reviews:report_print", args=[report.code, job.pk]),
                )
                for job in jobs
            ],
        ),
        empty=Empty(title="Nothing was printed yet", text="Print it from the page of the report."),
        pagination=pagination,
    )


def what_of(job: Job) -> str:
    """Say whether a job is an edition, and of which body, or a print of the reader's own."""
    if job.kind.startswith(f"{ISSUED}."):
        return f"Edition of {Body(job.kind.rpartition('.')[2]).label} for the MCC"
    return "Your print"


def _crumbs(report: Report) -> list[Link]:
    own = reverse("reviews:report", args=[report.code])
    return [Link(CATALOGUE, reverse("reviews:reports")), Link(report.code.upper(), own)]


def print_page(report: Report, job: Job, edition: Edition) -> SectionsPage:
    """Return one print: how it stands, its files, and where its figures come from."""
    prints = reverse("reviews:report_prints", args=[report.code])
    actions = []
    if job.state == JobState.DONE:
        actions.append(_file(report, job, "pdf", "Open the PDF", "primary"))
    actions.append(_file(report, job, "xlsx", "The same as Excel", "secondary"))
    return SectionsPage(
        head=Head(
            title=f"{edition.title}, as at {day(edition.as_of)}",
            lead=job.message if job.state == JobState.FAILED else f"{what_of(job)}, frozen.",
            crumbs=[*_crumbs(report), Link("Prints and editions", prints), Link("One of them")],
            kicker=_STATES[JobState(job.state)],
            actions=actions,
        ),
        facts=[Fact(label=sheet.title, value=str(len(sheet.rows))) for sheet in edition.sheets],
        sections=[
            Section(
                title="Where it comes from",
                facts=[
                    Fact(label="Made", value=f"{instant(edition.made_at)} by {edition.made_by}"),
                    Fact(label="Covers", value=edition.scope),
                    *(Fact(label=label, value=value) for label, value in edition.filters),
                    Fact(label="Source", value=edition.source),
                    Fact(label="SHA-256 of its data", value=edition.sha256),
                ],
            )
        ],
    )


def _file(report: Report, job: Job, kind: str, text: str, look: str) -> Action:
    url = reverse("reviews:report_print_file", args=[report.code, job.pk, kind])
    return Action(text=text, url=url, kind=look, icon="print" if kind == "pdf" else "")


def printing(report: Report, job: Job) -> JobProgress | None:
    """Return how far the printing is; None once it has ended."""
    if job.state in (JobState.DONE, JobState.FAILED):
        return None
    waits = job.state == JobState.QUEUED
    said = "Waiting for a worker." if waits else "Being printed: it takes a few seconds."
    return JobProgress(
        done=job.done,
        total=job.total or 1,
        text=f"{said} You can leave this page; the report is kept.",
        poll_url=reverse("reviews:report_print", args=[report.code, job.pk]),
    )


def risk_page(held: Qualification, form: BaseForm, act: str, notes: Sequence[Fact]) -> FormPage:
    """Return the page on which a risk is reported, taken back, or its escalation recorded."""
    title, submit = {
        "report": ("Report at risk to the Programme", "Report it"),
        "withdraw": ("Take the report of a risk back", "Take it back"),
        "escalate": ("Record the Programme's escalation", "Record it"),
    }[act]
    back = reverse("reviews:report", args=["rp8"])
    return FormPage(
        head=Head(
            title=title,
            lead=f"{held.organisation.name}, {held.get_role_display()}, {held.get_route_display()}."
            " The Programme decides whether it escalates to its Steering Group; nothing here does"
            " (QA&P 11.2).",
            crumbs=[Link(CATALOGUE, reverse("reviews:reports")), Link("RP8", back), Link(title)],
        ),
        facts=notes,
        form=form,
        submit=Action(text=submit, kind="primary", method="submit"),
        cancel=Link("Back to the report", back),
        note="The organisation can read that it was recorded, and your words, in its history.",
    )


def risk_facts(held: Qualification) -> list[Fact]:
    """Return what is recorded of the risk."""
    words = ((REPORTED, "Reported at risk"), (ESCALATED, "Escalated"))
    return [
        Fact(label=label, value=instant(datetime.fromisoformat(held.happened[name])))
        for name, label in words
        if name in held.happened
    ]
