"""The door of an appeal against one decision (R122)."""

from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from reviews import queries
from reviews.enums import AppealState, Outcome
from reviews.forms.appeals import EndForm, LodgeForm
from reviews.models import Appeal, Decision
from reviews.pages.appeals import appeal_page
from reviews.services import appeals
from reviews.services.decisions import CAPABILITY


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, organisation: str, decision: UUID) -> HttpResponse:
    """What is known of an appeal; recording it, or what came of it."""
    rows = queries.decisions(request.actor).filter(organisation__slug=organisation)
    row = get_object_or_404(rows, pk=decision)
    policy.require(request.actor, "organisation.read", row)
    if row.outcome != Outcome.NOT_APPROVED:
        raise Http404
    appeal = Appeal.objects.filter(decision=row).first()
    form = _form(request, row, appeal)
    if (
        form is not None
        and request.method == "POST"
        and taken(form, lambda data: _act(request, row, appeal, data))
    ):
        messages.success(request, "Recorded. Everybody concerned is told.")
        return redirect("reviews:appeal", organisation, row.pk)
    return (
        form_page(request, appeal_page(row, appeal, form), form)
        if form
        else _read(request, row, appeal)
    )


def _read(request: HttpRequest, row: Decision, appeal: Appeal | None) -> HttpResponse:
    if appeal is None:
        raise Http404
    return form_page(request, appeal_page(row, appeal, None), EndForm())


def _form(request: HttpRequest, row: Decision, appeal: Appeal | None) -> BaseForm | None:
    sent = request.POST if request.method == "POST" else None
    if appeal is None:
        return LodgeForm(sent) if policy.may(request.actor, "appeal.lodge", row) else None
    may_end = policy.may(request.actor, CAPABILITY[row.body], row.qualification)
    return EndForm(sent) if may_end and appeal.status == AppealState.LODGED else None


def _act(request: HttpRequest, row: Decision, appeal: Appeal | None, data: dict) -> Appeal:
    by = {"actor": request.actor, "at": moments.now()}
    if appeal is None:
        return appeals.lodge(decision=row, **data, **by)
    return appeals.end(appeal=appeal, **data, **by)
