"""Pages of an organisation's people and invitations (R5, R12)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from participants import grants, policy, queries
from participants.access.forms import form_page, taken
from participants.forms import InviteForm, StandingForm
from participants.models import Invitation, Membership, Organisation
from participants.pages import people as pages
from participants.services import people as services


@require_safe
def index(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who works for the organisation here, and who is invited."""
    found = _organisation(request, organisation)
    page = pages.people_page(
        found,
        members=list(queries.members(found.pk)),
        invitations=list(queries.open_invitations(found.pk)),
        limits=grants.granted_sections(found.pk),
        actor=request.actor,
        now=moments.now(),
    )
    return render(request, "participants/sections.html", {"page": page})


def _organisation(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(queries.organisations(request.actor), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, organisation: str) -> HttpResponse:
    """Offer somebody a place."""
    found = _organisation(request, organisation)
    policy.require(request.actor, "people.manage", found)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and taken(form, lambda data: _invite(request, found, data)):
        messages.success(request, f"The invitation to {form.cleaned_data['email']} is on its way.")
        return redirect("participants:people", found.slug)
    return form_page(request, pages.invite_form(found, form), form)


def _invite(request: HttpRequest, organisation: Organisation, data: dict) -> Invitation:
    invitation, _ = services.invite(
        organisation=organisation, **data, actor=request.actor, at=moments.now()
    )
    return invitation


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, organisation: str, membership: UUID) -> HttpResponse:
    """Change what a member is here for."""
    found = _organisation(request, organisation)
    held = _member(request, found, membership)
    flags = {flag: getattr(held, flag) for flag in services.FLAGS}
    form = StandingForm(request.POST or None, initial=flags)
    if request.method == "POST" and taken(form, lambda data: _change(request, held, data)):
        messages.success(request, f"Saved: what {held.person.name} is here for.")
        return redirect("participants:people", found.slug)
    is_last = held.is_active and held.is_master_admin and queries.active_admins(found.pk) == 1
    areas = grants.granted_sections(found.pk).get(held.person_id, ())
    page = pages.member_form(found, held, form, areas=areas, is_last_admin=is_last)
    return form_page(request, page, form)


def _member(request: HttpRequest, organisation: Organisation, key: UUID) -> Membership:
    held = get_object_or_404(queries.members(organisation.pk), pk=key)
    policy.require(request.actor, "people.manage", held)
    return held


def _change(request: HttpRequest, membership: Membership, data: dict) -> Membership:
    return services.change_membership(
        membership=membership, **data, actor=request.actor, at=moments.now()
    )


@require_POST
def access(request: HttpRequest, organisation: str, membership: UUID) -> HttpResponse:
    """Disable a member, or give access back (R12)."""
    found = _organisation(request, organisation)
    held = _member(request, found, membership)
    active = request.POST.get("active") == "1"
    services.set_active(membership=held, active=active, actor=request.actor, at=moments.now())
    state = "has access again" if active else "has no access any more"
    messages.success(request, f"{held.person.name} {state}.")
    return redirect("participants:people", found.slug)


@require_safe
def invitation(request: HttpRequest, organisation: str, invitation: UUID) -> HttpResponse:
    """An invitation that waits."""
    found = _organisation(request, organisation)
    waiting = _invitation(request, found, invitation)
    page = pages.invitation_page(found, waiting, moments.now())
    return render(request, "participants/sections.html", {"page": page})


def _invitation(request: HttpRequest, organisation: Organisation, key: UUID) -> Invitation:
    waiting = get_object_or_404(queries.open_invitations(organisation.pk), pk=key)
    capability = "admin.invite" if request.actor.is_staff else "people.manage"
    policy.require(request.actor, capability, waiting)
    return waiting


@require_POST
def invite_again(request: HttpRequest, organisation: str, invitation: UUID) -> HttpResponse:
    """Send an invitation anew; the old link ends."""
    found = _organisation(request, organisation)
    waiting = _invitation(request, found, invitation)
    services.invite_again(invitation=waiting, actor=request.actor, at=moments.now())
    messages.success(request, f"A new link is on its way to {waiting.email}.")
    return redirect("participants:people", found.slug)


@require_POST
def withdraw(request: HttpRequest, organisation: str, invitation: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = _organisation(request, organisation)
    waiting = _invitation(request, found, invitation)
    services.withdraw_invitation(invitation=waiting, actor=request.actor, at=moments.now())
    messages.success(request, f"The invitation of {waiting.email} is withdrawn.")
    return redirect("participants:people", found.slug)
