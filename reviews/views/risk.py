"""A risk to a milestone, as it is reported to the Programme (R142)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from foundation.clock import moments
from participants import policy
from participants import queries as people
from participants.access.forms import form_page, taken
from participants.models import Qualification
from reviews.forms.reports import RiskForm
from reviews.pages import reports as pages
from waves.progress import REPORTED
from waves.services import risk

_ACTS = {
    "report": (risk.report_risk, "The Programme was told."),
    "withdraw": (risk.withdraw_report, "The report is taken back. The Programme was told."),
    "escalate": (risk.record_escalation, "The escalation is recorded. The bodies were told."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def of_qualification(request: HttpRequest, qualification: UUID) -> HttpResponse:
    """Report a qualification at risk, take the report back, or record its escalation."""
    right = _right_of(request)
    policy.require(request.actor, right)  # before anything is read
    held = get_object_or_404(people.qualifications(request.actor), pk=qualification)
    policy.require(request.actor, right, held)
    act = _act_of(right, held)
    form = RiskForm(request.POST or None)
    if request.method == "POST" and taken(form, lambda data: _do(request, held, act, data["note"])):
        messages.success(request, _ACTS[act][1])
        return redirect("reviews:report", "rp8")
    page = pages.risk_page(held, form, act, pages.risk_facts(held))
    return form_page(request, page, form)


def _right_of(request: HttpRequest) -> str:
    may_escalate = policy.may(request.actor, "risk.escalate")
    return "risk.escalate" if may_escalate else "risk.report"


def _act_of(right: str, held: Qualification) -> str:
    if right == "risk.escalate":
        return "escalate"
    return "withdraw" if REPORTED in held.happened else "report"


def _do(request: HttpRequest, held: Qualification, act: str, note: str):
    service = _ACTS[act][0]
    return service(qualification=held, note=note, actor=request.actor, at=moments.now())
