"""An organisation's own places: what stands, what was said, what it can ask for."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participants import policy
from participants.access.forms import form_page, taken
from waves.pages import place_forms
from waves.pages import places as pages
from waves.place_acts import OWN
from waves.queries import board as queries
from waves.views.board import SECTIONS, act_form, do
from waves.views.finding import organisation_of


@require_safe
def own_wave(request: HttpRequest, organisation: str) -> HttpResponse:
    """The places of an organisation, with what can be asked."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "organisation.read", found)
    held = list(queries.places(request.actor).filter(organisation=found))
    ledgers = queries.ledger([place.pk for place in held])
    page = pages.own_page(found, held, ledgers, actor=request.actor)
    return render(request, SECTIONS, {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def own_act(request: HttpRequest, organisation: str, qualification: UUID, act: str) -> HttpResponse:
    """One act of the organisation on its own place."""
    chosen = OWN.get(act)
    if chosen is None:
        raise Http404
    found = organisation_of(request, organisation)
    rows = queries.places(request.actor).filter(organisation=found)
    place = get_object_or_404(rows, qualification_id=qualification)
    policy.require(request.actor, chosen.capability, place)
    form = act_form(request, chosen, place)
    if request.method == "POST" and taken(form, lambda said: do(request, chosen, place, said)):
        messages.success(request, chosen.done)
        return redirect("waves:own_wave", found.slug)
    return form_page(request, place_forms.act_page(chosen, place, form), form)
