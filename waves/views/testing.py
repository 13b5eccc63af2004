"""Pages of testing: completion reports in, out, and confirmed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from foundation.documents.services import is_open_to
from foundation.documents.serving import download
from participants import policy
from participants.access.forms import form_page, taken
from waves import queries
from waves.forms import ReportForm
from waves.models import CompletionReport
from waves.pages import testing as pages
from waves.services import report_plans
from waves.services import reports as services
from waves.views.finding import held_by, organisation_of


@require_safe
def testing(request: HttpRequest, organisation: str) -> HttpResponse:
    """The reports of an organisation."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "organisation.read", found)
    reports = list(queries.reports(request.actor, found.pk))
    page = pages.testing_page(found, held_by(request, found), reports, request.actor)
    return render(request, "participants/sections.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, organisation: str) -> HttpResponse:
    """Take a report in."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "report.upload", found)
    form = ReportForm(
        *([request.POST, request.FILES] if request.method == "POST" else []),
        held=held_by(request, found),
    )
    if request.method == "POST" and taken(form, lambda _: _upload(request, form)):
        messages.success(request, f"{form.result.get_kind_display()} received.")
        return redirect("waves:testing", found.slug)
    return form_page(request, pages.upload_page(found, form), form)


def _upload(request: HttpRequest, form: ReportForm) -> CompletionReport:
    return services.upload_report(**form.asked(), actor=request.actor, at=moments.now())


@require_safe
def report(request: HttpRequest, organisation: str, report: UUID) -> HttpResponse:
    """Hand the file of a report out."""
    found = _report(request, organisation, report)
    if not is_open_to(found.file, request.actor):
        raise Http404
    return download(found.file)


@require_POST
def confirm(request: HttpRequest, organisation: str, report: UUID) -> HttpResponse:
    """Confirm that a PIT report is sufficient (R62)."""
    found = _report(request, organisation, report)
    services.confirm_sufficiency(report=found, actor=request.actor, at=moments.now())
    messages.success(request, "Confirmed. The organisation is told.")
    return redirect("waves:testing", organisation)


@require_POST
def review_work_off(request: HttpRequest, organisation: str, report: UUID) -> HttpResponse:
    """Record the test manager's review of the work-off plans (R75)."""
    found = _report(request, organisation, report)
    report_plans.review_work_off(report=found, actor=request.actor, at=moments.now())
    messages.success(request, "Recorded. The leads of the bodies are told, and agree next.")
    return redirect("waves:testing", organisation)


@require_POST
def agree_work_off(request: HttpRequest, organisation: str, report: UUID) -> HttpResponse:
    """Give a body's word on the work-off plans (R75)."""
    found = _report(request, organisation, report)
    agreed = report_plans.agree_work_off(report=found, actor=request.actor, at=moments.now())
    done = "Every body has agreed the work-off plans." if agreed.work_off_agreed else "Recorded."
    messages.success(request, done)
    return redirect("waves:testing", organisation)


def _report(request: HttpRequest, slug: str, key: UUID) -> CompletionReport:
    found = organisation_of(request, slug)
    return get_object_or_404(queries.reports(request.actor, found.pk), pk=key)
