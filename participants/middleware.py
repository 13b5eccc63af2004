"""The door of every request: who acts, in one transaction; and what a turndown looks like."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

from django.db import transaction
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from foundation.clock import moments
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.acting import acting_as, entering
from participants import entry, turndowns
from participants.models import ApiToken, Person

Handler = Callable[[HttpRequest], HttpResponse]
TURNDOWNS = (Denied, Refused, Invalid)
USED_AGAIN = timedelta(hours=1)  # how often the use of a token is written down
# Pages that belong to nobody: signing in, health, static help. They run as the bare login.
OPEN_PREFIXES = (
    *("/accounts/", "/healthz", "/readyz", "/invitations/", "/gallery/", "/static/"),
    "/calendar/",  # read by programs that know a private link
)


class TurndownMiddleware:
    """Translate Denied, Refused and Invalid once, after the transaction was rolled back."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request, self.get_response(request))
        response.headers.setdefault("Cache-Control", "no-store")  # it is this reader's alone
        return response

    def _answer(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        turndown = getattr(request, "turndown", None)
        if isinstance(turndown, Denied):
            turndowns.record_denial(request, turndown)
        if getattr(request, "is_api", False):
            return turndowns.as_problem(response)
        if turndown is not None:
            return turndowns.page(request, turndown)
        if response.status_code == 404:
            return turndowns.not_found_page(request, response)
        return response


class ActorMiddleware:
    """Open ``acting_as`` around the view: the organisation stands in the address, only there."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None
        request.is_api = request.path_info.startswith("/api/")
        person = _person(request)
        if person is None or request.path_info.startswith(OPEN_PREFIXES):
            return self.get_response(request)
        with ExitStack() as stack:
            request.actor = stack.enter_context(_context(request, person))
            if request.actor is None:
                request.turndown = Http404()
                transaction.set_rollback(True)
                return HttpResponse(status=404)
            response = self.get_response(request)
            if getattr(request, "failed", False):
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Mark the transaction for rollback; turndowns become pages further out."""
        request.failed = True
        if isinstance(exception, TURNDOWNS):
            request.turndown = exception
            return HttpResponse(status=turndowns.STATUS[type(exception)])
        return None


def _person(request: HttpRequest) -> Person | None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if request.path_info.startswith("/api/") and scheme.lower() == "bearer":
        person = person_of_token(secret.strip())
        request.by_token = person is not None
        if person is not None:
            request.user = person
        return person
    return request.user if request.user.is_authenticated else None


def person_of_token(secret: str) -> Person | None:
    """Return whose token this is, unless it ended, was revoked or the account closed."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    tokens = ApiToken.objects.select_related("person").annotate(
        moment=RawSQL(moments.NOW_SQL, [])  # noqa: S611 (a constant of ours)
    )
    token = tokens.filter(token_hash=digest, revoked_at=None, person__is_active=True).first()
    if token is None or (token.expires_at is not None and token.expires_at <= token.moment):
        return None
    if token.last_used_at is None or token.moment - token.last_used_at > USED_AGAIN:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=token.moment)
    return token.person


def _context(request: HttpRequest, person: Person):
    if person.is_staff_of_a_body:
        return acting_as(entry.staff_actor(person))
    slug = _slug(request)
    if slug is None:
        return acting_as(entry.gate_actor(person))
    return entering(entry.member_switch(person, slug))


def _slug(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).kwargs.get("organisation")
    except Resolver404:
        return None
