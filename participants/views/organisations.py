"""Pages of organisations: the list, one of them, registering and correcting."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants import listing, policy, queries
from participants.access.forms import form_page, taken
from participants.access.paging import Windowed, chosen, menu, page_of
from participants.enums import Role, Route, Status
from participants.forms import MpidsForm, OrganisationForm, RetrievalForm
from participants.models import Organisation
from participants.pages import organisations as pages
from participants.services import organisations as services

FILTERS = (
    ("role", "Market role", Role.choices),
    ("route", "Route", Route.choices),
    ("status", "Where it stands", Status.choices),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The organisations that a body has to do with."""
    policy.require(request.actor, "organisation.read")
    text = request.GET.get("q", "")
    wanted = {name: chosen(request, name, dict(choices)) for name, _, choices in FILTERS}
    fetch = partial(listing.organisations, listing.Chosen(**wanted), text)
    found, pagination = page_of(Windowed(fetch, request.GET.get("page")), request)
    page = pages.organisation_list(
        found,
        pagination=pagination,
        filters=[menu(request, *each) for each in FILTERS],
        search=text,
        actor=request.actor,
    )
    return render(request, "pages/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register an organisation (R2)."""
    policy.require(request.actor, "organisation.create")
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and taken(form, lambda data: _create(request, data)):
        messages.success(request, f"{form.result.name} is registered. Its MPIDs come next.")
        return redirect("participants:organisation", form.result.slug)
    return form_page(request, pages.new_organisation(form), form)


def _create(request: HttpRequest, data: dict) -> Organisation:
    return services.create_organisation(**data, actor=request.actor, at=moments.now())


@require_safe
def show(request: HttpRequest, organisation: str) -> HttpResponse:
    """An organisation with its MPIDs and qualifications."""
    found = _find(request, organisation)
    held = list(queries.of_organisation(request.actor, found.pk))
    page = pages.organisation_page(
        found,
        qualifications=held,
        mpid_codes=queries.mpid_codes(each.pk for each in held),
        mpids=list(queries.mpids(found.pk)),
        mpid_roles=queries.mpid_roles(request.actor, found.pk),
        actor=request.actor,
    )
    return render(request, "participants/sections.html", {"page": page})


def _find(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(queries.organisations(request.actor), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, organisation: str) -> HttpResponse:
    """Correct what is registered of an organisation."""
    found = _find(request, organisation)
    policy.require(request.actor, "organisation.create", found)
    form = OrganisationForm(request.POST or None, initial=_registered(found))
    if request.method == "POST" and taken(form, lambda data: _change(request, found, data)):
        messages.success(request, "Saved.")
        return redirect("participants:organisation", found.slug)
    page = pages.of_organisation_form(
        found, form, title="Correct what is registered", button="Save"
    )
    return form_page(request, page, form)


def _registered(organisation: Organisation) -> dict:
    return {field: getattr(organisation, field) for field in services.CHANGEABLE}


def _change(request: HttpRequest, organisation: Organisation, data: dict) -> Organisation:
    return services.change_organisation(
        organisation=organisation, actor=request.actor, at=moments.now(), **data
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_mpids(request: HttpRequest, organisation: str) -> HttpResponse:
    """Give an organisation MPIDs."""
    found = _find(request, organisation)
    policy.require(request.actor, "qualification.create", found)
    form = MpidsForm(request.POST or None)
    if request.method == "POST" and taken(form, lambda data: _add(request, found, data)):
        messages.success(request, f"Added {', '.join(each.code for each in form.result)}.")
        return redirect("participants:organisation", found.slug)
    page = pages.of_organisation_form(found, form, title="Add MPIDs", button="Add them")
    return form_page(request, page, form)


def _add(request: HttpRequest, organisation: Organisation, data: dict) -> list:
    return services.add_mpids(
        organisation=organisation, codes=data["codes"], actor=request.actor, at=moments.now()
    )


@require_http_methods(["GET", "HEAD", "POST"])
def retrieval(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Say how a Smart Data Service gets its data (R16)."""
    found = _find(request, organisation)
    held = get_object_or_404(queries.of_organisation(request.actor, found.pk), pk=qualification)
    policy.require(request.actor, "qualification.create", held)
    form = RetrievalForm(request.POST or None, initial={"retrieval": held.retrieval})
    if request.method == "POST" and form.is_valid():
        services.change_retrieval(
            qualification=held, **form.cleaned_data, actor=request.actor, at=moments.now()
        )
        return redirect("participants:organisation", found.slug)
    page = pages.of_organisation_form(found, form, title="Data retrieval", button="Save")
    return form_page(request, page, form)
