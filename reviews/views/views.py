"""Doors of kept views of the queue."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from reviews.forms.views import ViewForm
from reviews.pages import views as pages
from reviews.queries.views import kept
from reviews.services import views as services

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The views that the reader keeps, and those that colleagues share."""
    policy.require(request.actor, "qad.review")
    page = pages.views_page(list(kept(request.actor)))
    return render(request, "pages/list.html", {"page": page})


@FORMS
def new(request: HttpRequest) -> HttpResponse:
    """Keep the view of the queue that the address names."""
    policy.require(request.actor, "qad.review")
    query = services.query_of(request.GET.urlencode())
    by = {"query": query, "actor": request.actor, "at": moments.now()}
    form = ViewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and taken(form, lambda data: services.keep(**data, **by)):
        messages.success(request, f"Kept. You find “{form.result.name}” under Views.")
        return redirect(f"{reverse('reviews:queue')}?{query}")
    return form_page(request, pages.keep_form(form, query), form)


@FORMS
def one(request: HttpRequest, view: UUID) -> HttpResponse:
    """Throw a view of one's own away."""
    policy.require(request.actor, "qad.review")
    row = get_object_or_404(kept(request.actor), pk=view)
    if request.method == "POST":
        services.discard(view=row, actor=request.actor, at=moments.now())
        messages.success(request, "The view is thrown away.")
        return redirect("reviews:views")
    return render(request, "pages/form.html", {"page": pages.discard_page(row)})
