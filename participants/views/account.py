"""A person's own account."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from foundation.clock import moments
from participants import queries
from participants.access.forms import form_page, taken
from participants.forms import AccountForm, MailForm, TokenForm
from participants.models import ApiToken, Person
from participants.pages import account as pages
from participants.services import accounts, tokens


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name and look, signing in, tokens."""
    person = request.user
    initial = {field: getattr(person, field) for field in accounts.KEPT}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and taken(form, lambda data: _save(request, data)):
        messages.success(request, "Saved.")
        return redirect("participants:account")
    page = pages.account_page(person, form, list(queries.tokens(request.actor)))
    return form_page(request, page, form, "account/account.html")


def _save(request: HttpRequest, data: dict) -> Person:
    return accounts.change_account(**data, actor=request.actor, at=moments.now())


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Which notices are mailed, and when."""
    form = MailForm(request.POST or None, initial=pages.mail_choices(request.user))
    if request.method == "POST" and taken(form, lambda data: _choose(request, data)):
        messages.success(request, "Saved. It holds from the next notice on.")
        return redirect("participants:account")
    return form_page(request, pages.mail_page(request.user, form), form)


def _choose(request: HttpRequest, data: dict) -> Person:
    return accounts.choose_mail(choices=data, actor=request.actor, at=moments.now())


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    person = accounts.end_sessions(actor=request.actor, at=moments.now())
    # Only the hash is changed here: the store of sessions is out of every actor's reach, and is
    # written when the actor is gone. A new key would have to be written at once.
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    messages.success(request, "You are signed out everywhere else.")
    return redirect("participants:account")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_token(request: HttpRequest) -> HttpResponse:
    """Make an API token and show it once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and taken(form, lambda data: _create(request, data)):
        token, secret = form.result
        return render(request, "account/token_made.html", {"token": token, "secret": secret})
    return form_page(request, pages.token_form(form), form)


def _create(request: HttpRequest, data: dict) -> tuple[ApiToken, str]:
    return tokens.create_token(**data, actor=request.actor, at=moments.now())


@require_http_methods(["GET", "HEAD", "POST"])
def token(request: HttpRequest, token: UUID) -> HttpResponse:
    """Revoke an API token, after a question."""
    found = get_object_or_404(queries.tokens(request.actor), pk=token, revoked_at=None)
    if request.method == "POST":
        tokens.revoke_token(token=found, actor=request.actor, at=moments.now())
        messages.success(request, f"“{found.name}” is revoked.")
        return redirect("participants:account")
    return render(request, "pages/form.html", {"page": pages.token_revoke_page(found)})
