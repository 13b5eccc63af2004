"""Coming in by invitation: an open page, worked by the portal (R2, R5, QA&P 10.3)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from foundation.clock import moments
from foundation.errors import Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import NOBODY, PORTAL, Actor, ActorKind
from participants.access.forms import taken
from participants.entry import gate_actor
from participants.forms import AcceptForm
from participants.models import Invitation, Membership, Person
from participants.pages import accepting as pages
from participants.services import people as services

VISITOR = Actor(kind=ActorKind.GATE, person_id=NOBODY, name="a visitor")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, invitation: UUID, token: str) -> HttpResponse:
    """Take up a place: with a new account, or with the one that is signed in."""
    with acting_as(PORTAL):
        found = _invitation(invitation, token)
        account = services.account_of(found)
        form = AcceptForm(request.POST or None, initial={"name": found.name})
        member = _accept(request, found, token, account, form)
        page = None if member else pages.accept_page(found, account, request, form, moments.now())
    if member is None:
        status = 422 if form.errors else 200
        return render(request, "account/invitation.html", page, status=status)
    return _come_in(request, member, is_new=account is None)


def _invitation(key: UUID, token: str) -> Invitation:
    found = Invitation.objects.select_related("organisation").filter(pk=key).first()
    if found is None or not constant_time_compare(found.token_hash, services.digest(token)):
        raise Http404
    return found


def _accept(request, found, token, account: Person | None, form) -> Membership | None:
    if request.method != "POST":
        return None
    signed_in = gate_actor(request.user) if request.user.is_authenticated else VISITOR
    if account is None and signed_in is not VISITOR:
        raise Refused(f"You are signed in as {request.user.email}. Sign out first.")

    def take(data: dict) -> Membership:
        return services.accept(
            invitation=found, token=token, **data, actor=signed_in, at=moments.now()
        )

    if account is not None:
        return take({"name": account.name, "password": ""})
    return form.result if taken(form, take) else None


def _come_in(request: HttpRequest, member: Membership, *, is_new: bool) -> HttpResponse:
    if is_new:
        login(request, member.person, backend=BACKEND)
    with acting_as(PORTAL):
        slug = member.organisation.slug
        messages.success(request, f"Welcome. You are now part of {member.organisation.name}.")
    return redirect(f"/o/{slug}/")
