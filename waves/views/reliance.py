"""Pages of an organisation's own reliance proposals."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from foundation.documents.services import is_open_to
from foundation.documents.serving import download
from foundation.errors import Invalid
from participants import policy
from participants.access.forms import complain, form_page, taken
from participants.models import Organisation
from waves.forms import reliance as forms
from waves.models import Reliance
from waves.pages import reliance as pages
from waves.pages.reliance import Asked
from waves.queries import reliance as queries
from waves.queries.testing import tracks
from waves.reliance import problems
from waves.reliance_acts import OWN
from waves.services import reliance as services
from waves.services import reliance_acts as acting
from waves.views.finding import organisation_of

GET_POST = ["GET", "HEAD", "POST"]
FORMS = {"change": forms.ChangeForm, "withdraw": forms.WithdrawForm}
SECTIONS = "participants/sections.html"


def who(request: HttpRequest) -> dict[str, Any]:
    """Return who acts, and when."""
    return {"actor": request.actor, "at": moments.now()}


def sent(request: HttpRequest) -> list[Any]:
    """Return what a form is made with."""
    return [request.POST, request.FILES] if request.method == "POST" else []


def _reader(request: HttpRequest, slug: str) -> Organisation:
    found = organisation_of(request, slug)
    capability = "organisation.read" if request.actor.is_participant else "reliance.read"
    policy.require(request.actor, capability)
    return found


def _found(request: HttpRequest, slug: str, key: UUID) -> tuple[Organisation, Reliance]:
    found = _reader(request, slug)
    return found, get_object_or_404(queries.own(request.actor, found.pk), pk=key)


def _home(slug: str, key: UUID) -> str:
    return reverse("waves:reliance_own", args=[slug, key])


@require_safe
def proposals(request: HttpRequest, organisation: str) -> HttpResponse:
    """The proposals of an organisation."""
    found = _reader(request, organisation)
    page = pages.list_page(found, list(queries.own(request.actor, found.pk)), request.actor)
    return render(request, "pages/list.html", {"page": page})


@require_http_methods(GET_POST)
def begin(request: HttpRequest, organisation: str) -> HttpResponse:
    """Begin a proposal: for which role, and of which kind."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "reliance.write", found)
    held = list(tracks(request.actor).filter(organisation=found))
    form = forms.BeginForm(*sent(request)[:1], held=held)
    if request.method == "POST" and taken(
        form, lambda _: services.begin(**form.asked(), **who(request))
    ):
        return redirect("waves:reliance_write", found.slug, form.result.pk)
    back = reverse("waves:reliance", args=[found.slug])
    asked = Asked(title="Propose reliance", button="Begin a draft", back=back)
    return form_page(request, pages.form_page_of(form, asked), form)


@require_safe
def own(request: HttpRequest, organisation: str, reliance: UUID) -> HttpResponse:
    """One proposal."""
    found, row = _found(request, organisation, reliance)
    lacks = problems(services.facts_of(row))
    page = pages.own_page(found, row, queries.versions(row), lacks, request.actor)
    return render(request, SECTIONS, {"page": page})


@require_http_methods(GET_POST)
def write(request: HttpRequest, organisation: str, reliance: UUID) -> HttpResponse:
    """Write on a draft; it is kept as far as it goes."""
    found, row = _found(request, organisation, reliance)
    policy.require(request.actor, "reliance.write", row)
    fields = forms.ProposalForm.base_fields
    form = forms.ProposalForm(
        *sent(request), initial={name: getattr(row, name) for name in fields if name != "file"}
    )
    if request.method == "POST" and taken(
        form, lambda _: services.save(reliance=row, **form.asked(), **who(request))
    ):
        messages.success(request, "The draft is kept.")
        return redirect(_home(found.slug, row.pk))
    return form_page(request, pages.form_page_of(form, _writing(found, row)), form)


def _writing(found: Organisation, row: Reliance) -> Asked:
    return Asked(
        title="Write the proposal",
        button="Keep the draft",
        back=_home(found.slug, row.pk),
        parent=f"Reliance on {row.provider_name}" if row.provider_name else "Reliance",
        lead=f"{row.get_kind_display()}. Everything can wait until you submit.",
        post_url=reverse("waves:reliance_write", args=[found.slug, row.pk]),
    )


@require_http_methods(GET_POST)
def act(request: HttpRequest, organisation: str, reliance: UUID, act: str) -> HttpResponse:
    """Submit, change or withdraw a proposal."""
    chosen = OWN.get(act)
    if chosen is None:
        raise Http404
    found, row = _found(request, organisation, reliance)
    policy.require(request.actor, chosen.capability, row)
    if not chosen.asks:
        return _submit(request, found, row)
    form = FORMS[chosen.asks](*sent(request))
    if request.method == "POST" and taken(
        form, lambda said: acting.do(chosen, row=row, said=said, **who(request))
    ):
        messages.success(request, chosen.done)
        after = "waves:reliance_write" if act == "change" else "waves:reliance_own"
        return redirect(after, found.slug, row.pk)
    asked = Asked(title=chosen.label, button=chosen.label, back=_home(found.slug, row.pk))
    return form_page(request, pages.form_page_of(form, asked), form)


@require_POST
def _submit(request: HttpRequest, found: Organisation, row: Reliance) -> HttpResponse:
    """Submit what is written; what is missing stands at its field."""
    try:
        services.submit(reliance=row, **who(request))
    except Invalid as problem:
        fields = forms.ProposalForm.base_fields
        known = {name: getattr(row, name) for name in fields if name != "file"}
        form = forms.ProposalForm(known)
        form.is_valid()
        complain(form, problem)
        page = pages.form_page_of(form, _writing(found, row))
        return form_page(request, page, form)
    messages.success(request, OWN["submit"].done)
    return redirect(_home(found.slug, row.pk))


@require_safe
def file(request: HttpRequest, organisation: str, reliance: UUID) -> HttpResponse:
    """Hand out the report that was added."""
    _, row = _found(request, organisation, reliance)
    if row.file is None or not is_open_to(row.file, request.actor):
        raise Http404
    return download(row.file)
