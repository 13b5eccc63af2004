"""Doors of drafts: for whom they wait, sending an organisation's together, changing one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from foundation.ui.counting import counted, opened
from participants import policy
from participants.access.forms import form_page, taken
from participants.models import Organisation
from reviews.forms.drafts import ReleaseForm
from reviews.forms.threads import RaiseForm
from reviews.models import Draft
from reviews.pages import drafts as pages
from reviews.pages.threads import Setting
from reviews.queries import drafts as queries
from reviews.services import drafts as services
from submissions import finding

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For whom drafts of the reader's body wait."""
    policy.require(request.actor, "thread.raise")
    rows = list(queries.by_organisation(request.actor))
    page = pages.index_page(rows, moments.now(), request.actor.body)
    return render(request, "pages/list.html", {"page": page})


@FORMS
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """The body's drafts for one organisation; a lead sends those that are ticked."""
    policy.require(request.actor, "qad.review")
    place = finding.organisation(request.actor, organisation)
    rows = list(queries.with_changes(queries.drafts(request.actor).filter(organisation=place)))
    form = ReleaseForm(
        request.POST if request.method == "POST" else None, ids=[row.pk for row in rows]
    )
    if request.method == "POST" and taken(form, lambda data: _release(request, rows, data)):
        said = f"{opened(counted(len(form.result), 'draft'))} sent to {place.name} in one notice."
        messages.success(request, said if form.result else "They were sent already.")
        return redirect("reviews:drafts_of", organisation)
    return _shown(request, place, rows, form)


def _release(request: HttpRequest, rows: list[Draft], data: dict) -> list:
    chosen = [row for row in rows if str(row.pk) in data["drafts"]]
    return services.release(drafts=chosen, actor=request.actor, at=moments.now())


def _shown(
    request: HttpRequest, place: Organisation, rows: list[Draft], form: ReleaseForm
) -> HttpResponse:
    setting = Setting(
        slug=place.slug, participant=place.name, actor=request.actor, now=moments.now()
    )
    errors = form.errors.get("drafts", [])
    page = pages.drafts_page(
        place, rows, setting,
        chosen=request.POST.getlist("drafts") if errors else None,
        error=errors[0] if errors else "",
    )  # fmt: skip
    return render(request, "reviews/drafts.html", {"page": page}, status=422 if errors else 200)


@FORMS
def one(request: HttpRequest, organisation: str, drafted: UUID) -> HttpResponse:
    """Change the words of a draft, or throw it away."""
    rows = queries.drafts(request.actor).filter(organisation__slug=organisation)
    row = get_object_or_404(rows, pk=drafted)
    by = {"draft": row, "actor": request.actor, "at": moments.now()}
    if "discard" in request.POST:
        services.discard(**by)
        messages.success(request, "The draft is thrown away.")
        return redirect("reviews:drafts_of", organisation)
    initial = {name: getattr(row, name) for name in ("subject", "text", "severity", "due_on")}
    form = RaiseForm(request.POST or None, kind=row.kind, initial=initial)
    if request.method == "POST" and taken(form, lambda data: services.change(**by, **data)):
        messages.success(request, "The draft is kept.")
        return redirect("reviews:drafts_of", organisation)
    return form_page(request, pages.draft_form(row, form), form)
