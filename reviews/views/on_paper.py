"""Doors of an application on paper (R23)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from foundation.clock import moments
from foundation.errors import Refused
from participants import policy
from participants.access.forms import form_page, taken
from participants.enums import Entrant, Status
from participants.models import Qualification
from reviews.forms.on_paper import PaperStepForm
from reviews.lifecycle.on_paper import CAPABILITY, PaperFacts, answers_on_paper, next_step
from reviews.pages.on_paper import step_form
from reviews.services import on_paper as services
from submissions import finding


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Record the next step of an application on paper, as a code body."""
    found = finding.organisation(request.actor, organisation)
    held = finding.qualification(request.actor, found, qualification)
    policy.require(request.actor, CAPABILITY, held)
    move = next_step(held.status)
    said = answers_on_paper(PaperFacts(found.entrant == Entrant.NEW_MHHS_ONLY))
    if said or move is None:
        raise Refused(said or "Nothing of this application is left to record on paper.")
    is_signature = move.target == Status.SIGNED_OFF
    form = PaperStepForm(request.POST or None, is_signature=is_signature)
    if request.method == "POST" and taken(form, lambda data: _record(request, held, data)):
        messages.success(request, "Recorded. The organisation and the other bodies are told.")
        return redirect("reviews:gates", found.slug, held.pk)
    return form_page(request, step_form(found, held, move, form), form)


def _record(request: HttpRequest, held: Qualification, data: dict) -> Qualification:
    return services.record_step(qualification=held, **data, actor=request.actor, at=moments.now())
