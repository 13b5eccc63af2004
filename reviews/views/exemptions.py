"""Doors of exemptions: the lists, asking for one, one, and what is done to it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants import policy
from participants import queries as people
from participants.access.forms import form_page, taken
from participants.access.paging import chosen, page_of
from participants.enums import Role
from participants.models import Organisation
from reviews.forms import exemptions as forms
from reviews.models import Exemption
from reviews.pages import exemptions as pages
from reviews.queries import exemptions as queries
from reviews.services import exemptions as services
from submissions import finding

FORMS = require_http_methods(["GET", "HEAD", "POST"])
READ = "qad.read"
DOES = {
    "plan": (forms.PlanForm, services.plan),
    "check": (forms.CheckForm, services.check),
    "count": (forms.CountForm, services.count),
    "accept-plan": (forms.NoteForm, services.accept_plan),
    "section": (forms.NoteForm, services.confirm_section),
    "decide": (forms.DecideForm, services.decide),
    "invite": (forms.InviteForm, services.invite),
    "conclude": (forms.ConcludeForm, services.conclude),
    "dcc": (forms.DccForm, services.tell_dcc),
    "end": (forms.WhyForm, services.end),
    "withdraw": (forms.WhyForm, services.withdraw),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The exemptions of every Supplier that the reader's body has to do with."""
    policy.require(request.actor, "exemption.read")
    return _list(request, None)


@require_safe
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """The exemptions of one organisation."""
    found = finding.organisation(request.actor, organisation)
    policy.require(request.actor, READ, found)
    return _list(request, found)


def _list(request: HttpRequest, place: Organisation | None) -> HttpResponse:
    show = chosen(request, "show", tuple(pages.TABS)) or "running"
    rows = queries.exemptions(request.actor, place.pk if place else None)
    found, pagination = page_of(rows.filter(queries.SHOWS[show]), request)
    held = people.of_organisation(request.actor, place.pk) if place else ()
    to_ask = [
        each
        for each in held
        if each.role == Role.SUPPLIER and policy.may(request.actor, "exemption.request", each)
    ]
    page = pages.list_page(found, show, pagination, place, to_ask)
    return render(request, "pages/list.html", {"page": page})


@FORMS
def ask(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Ask for an exemption."""
    found = finding.organisation(request.actor, organisation)
    held = finding.qualification(request.actor, found, qualification)
    policy.require(request.actor, "exemption.request", held)
    if held.role != Role.SUPPLIER:
        raise Http404
    pairs = queries.to_ask(held)
    form = forms.AskForm(request.POST if request.method == "POST" else None, pairs=pairs)
    by = {"actor": request.actor, "at": moments.now()}
    if request.method == "POST" and taken(
        form, lambda data: services.ask(qualification=held, **data, **by)
    ):
        messages.success(request, "Asked for. The code bodies are told.")
        return redirect("reviews:exemption", found.slug, form.result.pk)
    return form_page(request, pages.ask_page(found, form), form)


@require_safe
def one(request: HttpRequest, organisation: str, exemption: UUID) -> HttpResponse:
    """One exemption."""
    row = _exemption(request, organisation, exemption)
    policy.require(request.actor, READ, row)
    page = pages.exemption_page(row, list(row.steps.all()), request.actor, services.facts_of(row))
    return render(request, "participants/sections.html", {"page": page})


@FORMS
def act(request: HttpRequest, organisation: str, exemption: UUID, act: str) -> HttpResponse:
    """One act on an exemption."""
    row = _exemption(request, organisation, exemption)
    if act not in DOES:
        raise Http404
    policy.require(request.actor, pages.ACTS[act].capability, row)
    made, does = DOES[act]
    sent = request.POST if request.method == "POST" else None
    form = made(sent, exemption=row, body=request.actor.body)
    by = {"actor": request.actor, "at": moments.now()}
    if request.method == "POST" and taken(form, lambda data: does(exemption=row, **data, **by)):
        messages.success(request, "Recorded. Everybody concerned is told.")
        return redirect("reviews:exemption", organisation, row.pk)
    return form_page(request, pages.act_page(row, act, form), form)


def _exemption(request: HttpRequest, slug: str, key: UUID) -> Exemption:
    found = finding.organisation(request.actor, slug)
    return get_object_or_404(queries.exemptions(request.actor, found.pk), pk=key)
