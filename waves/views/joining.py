"""Pages for code bodies: the Pre-Qualification Submission, the first admin, qualifications."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from participants import policy
from participants import queries as people
from participants.access.forms import form_page, taken
from participants.enums import Entrant
from participants.models import Organisation
from participants.roles import governed_roles
from waves import queries
from waves.forms import FirstAdminForm, PreQualificationForm, QualificationForm, RouteForm
from waves.models import PreQualification
from waves.pages import joining as pages
from waves.services import pre_qualification as submissions
from waves.services import roads
from waves.views.finding import organisation_of, qualification_of


@require_safe
def pre_qualification(request: HttpRequest, organisation: str) -> HttpResponse:
    """What the Pre-Qualification Submission said."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "organisation.read", found)
    submission = queries.pre_qualification(found.pk)
    existing = found.entrant == Entrant.EXISTING
    is_late = bool(submission) and queries.is_late_submission(submission, existing=existing)
    page = pages.submission_page(found, submission, is_late=is_late, actor=request.actor)
    return render(request, "participants/sections.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def change_pre_qualification(request: HttpRequest, organisation: str) -> HttpResponse:
    """Enter a submission, or a later change of its plan."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "pre_qualification.accept", found)
    held = queries.pre_qualification(found.pk)
    said = {name: getattr(held, name) for name in submissions.FIELDS} if held else {}
    form = PreQualificationForm(request.POST or None, initial=said)
    if request.method == "POST" and taken(form, lambda data: _record(request, found, data)):
        messages.success(request, "Saved.")
        return redirect("waves:pre_qualification", found.slug)
    return form_page(request, pages.change_page(found, form), form)


def _record(request: HttpRequest, found: Organisation, data: dict) -> PreQualification:
    return submissions.record(organisation=found, actor=request.actor, at=moments.now(), **data)


@require_POST
def accept_pre_qualification(request: HttpRequest, organisation: str) -> HttpResponse:
    """Accept a received submission."""
    found = organisation_of(request, organisation)
    held = get_object_or_404(PreQualification, organisation=found)
    submissions.accept(pre_qualification=held, actor=request.actor, at=moments.now())
    messages.success(request, "Accepted. You can invite the first master admin now.")
    return redirect("waves:first_admin", found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def first_admin(request: HttpRequest, organisation: str) -> HttpResponse:
    """Invite the first master admin: the key contact, or somebody else with a reason."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "admin.invite", found)
    proposed = submissions.proposal(found)
    form = FirstAdminForm(
        request.POST or None, initial={"name": proposed.name, "email": proposed.email}
    )
    if request.method == "POST" and taken(form, lambda data: _invite(request, found, data)):
        messages.success(request, f"{form.cleaned_data['name']} is invited.")
        return redirect("participants:organisation", found.slug)
    return form_page(request, pages.first_admin_page(found, form, proposed), form)


def _invite(request: HttpRequest, found: Organisation, data: dict) -> object:
    return submissions.invite_first_admin(
        organisation=found, actor=request.actor, at=moments.now(), **data
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_qualification(request: HttpRequest, organisation: str) -> HttpResponse:
    """Open a qualification, or the trio."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "qualification.create", found)
    form = QualificationForm(
        request.POST or None,
        mpids=people.mpids(found.pk),
        roles=governed_roles(request.actor.body),
    )
    if request.method == "POST" and taken(form, lambda data: _open(request, found, data)):
        names = ", ".join(each.get_role_display() for each in form.result)
        messages.success(request, f"Added: {names}.")
        return redirect("participants:organisation", found.slug)
    return form_page(request, pages.new_qualification_page(found, form), form)


def _open(request: HttpRequest, found: Organisation, data: dict) -> list:
    return roads.open_qualification(
        organisation=found, actor=request.actor, at=moments.now(), **data
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_route(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Move a qualification to another route (R41, R43)."""
    found = organisation_of(request, organisation)
    held = qualification_of(request, found, qualification)
    policy.require(request.actor, "qualification.create", held)
    form = RouteForm(request.POST or None, initial={"route": held.route})
    if request.method == "POST" and taken(form, lambda data: _move(request, held, data)):
        messages.success(request, "The route is changed. The dates below follow it.")
        return redirect("waves:dates", found.slug, held.pk)
    return form_page(request, pages.route_page(found, held, form), form)


def _move(request: HttpRequest, held, data: dict) -> list:
    return roads.change_route(qualification=held, actor=request.actor, at=moments.now(), **data)
