"""Reliance at the desk: proposals, opinions, links, the net, and who is touched by what."""

from typing import Any
from uuid import UUID

from django import forms as base
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from participants import policy
from participants import queries as people
from participants.access.forms import form_page, taken
from waves.capacity import WAVES
from waves.forms import reliance as forms
from waves.models import Reliance
from waves.pages import reliance as own_pages
from waves.pages import reliance_desk as pages
from waves.pages import reliance_net as net_pages
from waves.pages.reliance import Asked
from waves.queries import reliance as queries
from waves.queries.board import board as read_board
from waves.reliance_acts import DESK
from waves.routes import ROUTES
from waves.services import reliance_acts as acting
from waves.services.reliance_links import flag_touched, who_is_touched
from waves.views.reliance import GET_POST, SECTIONS, sent, who

FORMS = {
    "opinion": forms.OpinionForm,
    "because": forms.ForBodiesForm,
    "scope": forms.ScopeForm,
}


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Every proposal, what waits for the reader's body first."""
    policy.require(request.actor, "reliance.read")
    page = pages.desk_page(list(queries.desk(request.actor)), request.actor)
    return render(request, "pages/list.html", {"page": page})


def _found(request: HttpRequest, key: UUID) -> Reliance:
    policy.require(request.actor, "reliance.read")
    return get_object_or_404(queries.proposals(request.actor), pk=key)


@require_safe
def one(request: HttpRequest, reliance: UUID) -> HttpResponse:
    """One proposal."""
    row = _found(request, reliance)
    page = pages.case_page(
        pages.Case(
            row=row,
            versions=queries.versions(row),
            link=queries.link_of(row),
            board=read_board(),
            actor=request.actor,
        )
    )
    return render(request, SECTIONS, {"page": page})


@require_http_methods(GET_POST)
def act(request: HttpRequest, reliance: UUID, act: str) -> HttpResponse:
    """One act of the bodies on a proposal."""
    chosen = DESK.get(act)
    if chosen is None:
        raise Http404
    row = _found(request, reliance)
    policy.require(request.actor, chosen.capability, row)
    form = _form(request, row, chosen.asks)
    back = reverse("waves:reliance_one", args=[row.pk])
    if request.method == "POST" and taken(
        form, lambda said: acting.do(chosen, row=row, said=_said(form, said), **who(request))
    ):
        messages.success(request, chosen.done)
        return redirect(back)
    name = f"{row.qualification.organisation.name} on {row.provider_name}"
    asked = Asked(title=chosen.label, button=chosen.label, back=back, parent=name)
    return form_page(request, own_pages.form_page_of(form, asked), form)


def _form(request: HttpRequest, row: Reliance, asks: str) -> base.Form:
    if asks == "link":
        return forms.LinkForm(*sent(request), candidates=queries.candidates(row))
    return FORMS[asks](*sent(request))


def _said(form: base.Form, said: dict[str, Any]) -> dict[str, Any]:
    return form.asked() if isinstance(form, forms.LinkForm) else said


@require_safe
def net(request: HttpRequest) -> HttpResponse:
    """Who relies on whom, drawn and as a table."""
    policy.require(request.actor, "reliance.read")
    page = net_pages.net_page(read_board(), queries.net(request.actor))
    return render(request, "waves/reliance_net.html", {"page": page})


@require_http_methods(GET_POST)
def touched(request: HttpRequest) -> HttpResponse:
    """Who is touched when something happens to a party; and the act that has them looked at."""
    policy.require(request.actor, "reliance.read")
    now, edges = read_board(), queries.net(request.actor)
    asked = request.POST if request.method == "POST" else request.GET
    form = _touched_form(asked if "party" in asked else None, edges)
    may = policy.may(request.actor, "reliance.link")
    flag_form = forms.ForBodiesForm(*sent(request)) if may else None
    found = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        found = who_is_touched(now, UUID(said["party"]), said["what"], said["route"])
    if request.method == "POST" and _flagged(request, form, flag_form):
        return redirect("waves:reliance_touched")
    page = net_pages.touched_page(now, edges, form, found, flag_form)
    status = 422 if request.method == "POST" else 200
    return render(request, "waves/reliance_net.html", {"page": page}, status=status)


def _touched_form(asked: Any, edges: list[queries.Edge]) -> forms.TouchedForm:
    parties = {each.provider.pk: each.provider for each in edges}
    named = sorted(
        (f"{each.organisation.name}, {each.get_role_display()}", key)
        for key, each in parties.items()
    )
    return forms.TouchedForm(
        *([asked] if asked else []),
        parties=[(key, name) for name, key in named],
        routes=[(code, ROUTES[code].short_label) for code in WAVES],
    )


def _flagged(request: HttpRequest, form: base.Form, flag_form: base.Form | None) -> bool:
    """Let the service flag everybody touched; False where something was wrong with the form."""
    policy.require(request.actor, "reliance.link")
    if flag_form is None or not form.is_valid():
        return False
    said = form.cleaned_data
    rows = people.qualifications(request.actor)
    provider = get_object_or_404(rows, pk=said["party"])
    asked = {"provider": provider, "what": said["what"], "route": said["route"]}
    done = taken(flag_form, lambda also: flag_touched(**asked, **also, **who(request)))
    if done:
        messages.success(request, f"{len(flag_form.result)} flagged. The bodies are told.")
    return done
