"""Pages for code bodies: the Pre-Qualification Submission, the first admin, qualifications."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from foundation.clock import moments
from participants import policy
from participants import queries as people
from participants.access.forms import form_page, taken
from participants.models import Organisation
from participants.roles import governed_roles
from waves.forms import FirstAdminForm, QualificationForm
from waves.pages import joining as pages
from waves.services import pre_qualification as submissions
from waves.services import roads
from waves.views.finding import organisation_of


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
    mpids = list(people.mpids(found.pk))
    form = QualificationForm(
        request.POST or None,
        mpids=mpids,
        roles=governed_roles(request.actor.body),
        initial=submissions.prefill(found, [mpid.code for mpid in mpids]),
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
