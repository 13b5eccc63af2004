"""Reports: the catalogue, each report, its files, its prints and editions."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from foundation.clock import moments
from foundation.documents.serving import download
from foundation.errors import Denied
from foundation.jobs.models import Job
from foundation.ui.blocks import Filter, Tab
from participants import policy
from participants.access.paging import menu, page_of, with_query
from reviews import tasks
from reviews.export_limit import require_room
from reviews.pages import reports as pages
from reviews.printing import attachment
from reviews.queries import reporting as queries
from reviews.reports import asking, workbook
from reviews.reports.catalogue import REPORTS, readable
from reviews.services import reporting
from waves.reports.shape import Kind, Part, Report, ordered

# What the link on a row says before a risk is reported, and once it is.
_RISK_WORDS = {
    "risk.report": ("Report at risk", "Take it back"),
    "risk.escalate": ("", "Record escalation"),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The reports that the reader may read."""
    policy.require(request.actor, "reports.open")
    page = pages.catalogue_page(readable(request.actor), queries.last_runs(request.actor))
    return render(request, "pages/list.html", {"page": page})


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One part of a report, as it stands now."""
    report = report_of(request, code)
    ask = asking.ask_of(report, request.GET, request.actor, moments.now())
    part = report.part(request.GET.get("part", ""))
    lines = ordered(part.rows(ask), part, request.GET.get("sort", ""))
    found, pagination = page_of(lines, request)
    page = pages.report_page(
        pages.Shown(
            report=report, part=part, lines=found, total=len(lines), ask=ask,
            query=_asked(request), filters=_filters(request, report, part, ask),
            tabs=_tabs(request, report, part), pagination=pagination,
            prints=queries.jobs_of(report, request.actor).count(),
            may_issue=report.is_issued and policy.may(request.actor, "reports.issue"),
            risk_words=_risk_words(request, report, part),
        )
    )  # fmt: skip
    return render(request, "pages/list.html", {"page": page})


def report_of(request: HttpRequest, code: str) -> Report:
    """Return a report that the reader may read."""
    policy.require(request.actor, "reports.open")
    report = REPORTS.get(code)
    if report is None:
        raise Http404
    if not report.is_read_by(request.actor):
        raise Denied("This report is not for your duties.")
    return report


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.GET.items() if name in asking.NAMES}


def _tabs(request: HttpRequest, report: Report, part: Part) -> list[Tab]:
    if len(report.parts) == 1:
        return []
    return [
        Tab(
            label=each.title,
            url=with_query(request, part=each.key, sort="", page=""),
            current=each is part,
        )
        for each in report.parts
    ]


def _filters(request: HttpRequest, report: Report, part: Part, ask: asking.Ask) -> list[Filter]:
    found = [
        menu(request, each.name, each.label, each.options) for each in asking.choices_of(report)
    ]
    if asking.AS_OF in report.filters:
        days = dict(asking.days_to_choose(moments.today()))
        if ask.as_of != moments.today():
            days.setdefault(ask.as_of.isoformat(), pages.words_of(ask.as_of))
        found.append(menu(request, asking.AS_OF, "As at", days.items()))
    return [*found, menu(request, "sort", "Sort by", _sorts(part))]


def _sorts(part: Part) -> list[tuple[str, str]]:
    found = []
    for column in (each for each in part.columns if each.on_screen):
        found.append((column.key, column.label))
        if column.kind is not Kind.TEXT:
            last = "latest" if column.kind is Kind.DATE else "largest"
            found.append((f"-{column.key}", f"{column.label}, {last} first"))
    return found


def _risk_words(request: HttpRequest, report: Report, part: Part) -> tuple[str, str]:
    if not report.reports_risk or not part.link:
        return ("", "")
    may = (words for right, words in _RISK_WORDS.items() if policy.may(request.actor, right))
    return next(may, ("", ""))


@require_POST
def take(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """A file of a report; what has to be printed is ordered."""
    report = report_of(request, code)
    if format not in ("xlsx", "csv", "pdf") and not (format == "issue" and report.is_issued):
        raise Http404
    require_room(request)
    by = {"report": report, "query": _asked(request), "actor": request.actor, "at": moments.now()}
    if format in ("xlsx", "csv"):
        name, content, media_type = reporting.export(kind=format, **by)
        return attachment(content, name, media_type)
    job = reporting.order(enqueue=tasks.enqueue_report, issue=format == "issue", **by)
    return redirect("reviews:report_print", code, job.pk)


@require_safe
def prints(request: HttpRequest, code: str) -> HttpResponse:
    """What was issued of a report, and what the reader printed."""
    report = report_of(request, code)
    found, pagination = page_of(queries.jobs_of(report, request.actor), request)
    page = pages.prints_page(report, found, pagination)
    return render(request, "pages/list.html", {"page": page})


@require_safe
def one_print(request: HttpRequest, code: str, job: UUID) -> HttpResponse:
    """One print, with its progress while it is being made."""
    report = report_of(request, code)
    found = _job(request, report, job)
    progress = pages.printing(report, found)
    if not request.htmx:
        page = pages.print_page(report, found, reporting.edition_for(found))
        return render(request, "reviews/pack.html", {"page": page, "job": progress})
    if progress is None:  # it has ended: the page is fetched anew
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "reviews/_progress.html", {"job": progress})


@require_safe
def print_file(request: HttpRequest, code: str, job: UUID, format: str) -> HttpResponse:
    """The PDF of a print, or the same rows as a workbook; who opened it is recorded."""
    found = _job(request, report_of(request, code), job)
    if format not in ("pdf", "xlsx"):
        raise Http404
    stored = queries.file_of(found.result_file_id) if format == "pdf" else None
    if format == "pdf" and stored is None:
        raise Http404
    reporting.opened(job=found, kind=format, actor=request.actor, at=moments.now())
    if stored:
        return download(stored)
    edition = reporting.edition_for(found)
    return attachment(workbook.workbook(edition), f"{edition.name}.xlsx", workbook.MEDIA_TYPE)


def _job(request: HttpRequest, report: Report, key: UUID) -> Job:
    return get_object_or_404(queries.jobs_of(report, request.actor), pk=key)
