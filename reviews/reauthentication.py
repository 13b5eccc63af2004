"""The password once more, before something that binds the company (R105)."""

from allauth.core import ratelimit
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.errors import Denied, Invalid

WRONG = "This is not the password of your account."
TOO_OFTEN = "Too many tries. Wait a few minutes, then try again."


def require_password(request: HttpRequest, password: str) -> None:
    """Raise Invalid unless this is the password of whoever is signed in; every miss is recorded."""
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        raise Invalid({"password": TOO_OFTEN})
    # Checked without renewing the stored hash: no actor of an organisation writes accounts.
    if not check_password(password, request.user.password):
        record(
            "person.reauthentication_failed", actor=request.actor, at=moments.now(),
            organisation_id=request.actor.organisation_id,
        )  # fmt: skip
        raise Invalid({"password": WRONG})


def deny_wrong_password(request: HttpRequest, password: str) -> None:
    """Raise Denied instead: the API rolls a 422 back with its trace, a denial leaves its own."""
    try:
        require_password(request, password)
    except Invalid as problem:
        raise Denied(str(problem).removeprefix("password: ")) from None
