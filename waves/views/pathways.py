"""Changing the road of a qualification at the desk, step by step and without script."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants import policy
from participants import queries as people
from participants.access.forms import taken
from participants.models import Qualification
from waves import tables
from waves.forms.pathways import ChoiceForm, ConfirmForm
from waves.pages import pathways as pages
from waves.pathways import PATHWAYS, PLAIN, Case, objections
from waves.queries import pathways as queries
from waves.services import pathways
from waves.views.finding import organisation_of, qualification_of

TEMPLATE = "waves/pathway.html"


@require_http_methods(["GET", "HEAD", "POST"])
def pathway(request: HttpRequest, qualification: UUID) -> HttpResponse:
    """Choose a pathway, see before and after, and confirm it."""
    policy.require(request.actor, "route.change")
    held = get_object_or_404(people.qualifications(request.actor), pk=qualification)
    policy.require(request.actor, "route.change", held)
    now = queries.before(held)
    asked = request.POST if request.method == "POST" else request.GET
    case = queries.case_of(held, now=now)
    open_ = [number for number in PATHWAYS if not objections(number, case)]
    data = asked if "pathway" in asked else None
    form = ChoiceForm(data, held=held, mpids=now.mpids, open_=open_)
    if not (form.is_bound and form.is_valid()):
        return _choose(request, now, form, case)
    confirm = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and taken(
        confirm, lambda data: _take(request, held, form.said() | data)
    ):
        return _done(request, held, form)
    return _preview(request, now, form, confirm)


@require_safe
def change_route(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Lead from the road of a qualification to the place where it is changed."""
    found = organisation_of(request, organisation)
    held = qualification_of(request, found, qualification)
    policy.require(request.actor, "route.change", held)
    return redirect("waves:pathway", held.pk)


def _choose(
    request: HttpRequest, now: queries.Before, form: ChoiceForm, case: Case
) -> HttpResponse:
    page = pages.choice_page(now, form, case)
    return render(request, TEMPLATE, {"page": page}, status=422 if form.errors else 200)


def _preview(
    request: HttpRequest, now: queries.Before, form: ChoiceForm, confirm: ConfirmForm
) -> HttpResponse:
    said = form.said()
    stays = PATHWAYS[said["pathway"]].stays
    to = now.held.route if stays else said["route"]
    asked: dict[str, Any] = {"is_identical": said["is_identical"], "override": said["override"]}
    case = queries.case_of(now.held, to=to, moved=len(said["mpids"]), now=now, **asked)
    page = pages.preview_page(
        now,
        queries.preview(now, to, tables.current()),
        case=case,
        number=said["pathway"],
        confirm=confirm,
        hidden=pages.hidden_of(form.data, queries.fingerprint(now.held)),
    )
    return render(request, TEMPLATE, {"page": page}, status=422 if confirm.errors else 200)


def _take(request: HttpRequest, held: Qualification, said: dict[str, Any]) -> list:
    return pathways.take(
        qualification=held,
        seen=request.POST.get("seen", ""),
        actor=request.actor,
        at=moments.now(),
        **said,
    )


def _done(request: HttpRequest, held: Qualification, form: ChoiceForm) -> HttpResponse:
    row = PATHWAYS[form.said()["pathway"]]
    done = "The route is changed" if row.number == PLAIN else f"{row.called} is taken"
    messages.success(request, f"{done}. The dates below follow it.")
    return redirect("waves:dates", held.organisation.slug, held.pk)
