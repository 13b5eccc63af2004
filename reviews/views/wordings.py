"""Doors of a body's standard wordings."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from reviews.forms.threads import WordingForm
from reviews.pages import wordings as pages
from reviews.queries.wordings import wordings
from reviews.services import wordings as services

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The standard wordings of the reader's body."""
    policy.require(request.actor, "qad.review")
    may = policy.may(request.actor, "wording.write")
    page = pages.wordings_page(list(wordings(request.actor)), request.actor.body, may_write=may)
    return render(request, "pages/list.html", {"page": page})


@FORMS
def new(request: HttpRequest) -> HttpResponse:
    """Write a standard wording."""
    policy.require(request.actor, "wording.write")
    by = {"actor": request.actor, "at": moments.now()}
    form = WordingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and taken(form, lambda data: services.write(**data, **by)):
        messages.success(request, "The wording is kept.")
        return redirect("reviews:wordings")
    return form_page(request, pages.wording_form(form, None), form)


@FORMS
def one(request: HttpRequest, wording: UUID) -> HttpResponse:
    """Change a standard wording, or throw it away."""
    policy.require(request.actor, "wording.write")
    row = get_object_or_404(wordings(request.actor), pk=wording)
    by = {"wording": row, "actor": request.actor, "at": moments.now()}
    if "discard" in request.POST:
        services.discard(**by)
        messages.success(request, "The wording is thrown away.")
        return redirect("reviews:wordings")
    initial = {"title": row.title, "text": row.text}
    form = WordingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and taken(form, lambda data: services.write(**data, **by)):
        messages.success(request, "The wording is kept.")
        return redirect("reviews:wordings")
    return form_page(request, pages.wording_form(form, row), form)
