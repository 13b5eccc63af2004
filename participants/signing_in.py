"""Signing in: no self-registration, and every sign-in leaves a trace (R2, QA&P 10.3)."""

from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from foundation.audit import queries as trail
from foundation.audit.trail import record
from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.models import Person

LAST_HERE = "last_here"  # in the session: when this person was here before


class Adapter(DefaultAccountAdapter):
    """Accounts are made by invitation only; links in mails come from a setting, not a request."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + path.replace("UID-KEY", quote(key))


@receiver(user_logged_in)
def _signed_in(sender, request: HttpRequest, user: Person, **kwargs) -> None:
    with acting_as(PORTAL):
        before = trail.last_seen(user.pk)
        record("person.signed_in", actor=_as_actor(user), at=moments.now(), subject=user)
    if before is not None:
        request.session[LAST_HERE] = before.isoformat()


@receiver(user_logged_out)
def _signed_out(sender, request: HttpRequest, user: Person | None, **kwargs) -> None:
    if user is not None:
        with acting_as(PORTAL):
            record("person.signed_out", actor=_as_actor(user), at=moments.now(), subject=user)


@receiver(user_login_failed)
def _failed(sender, credentials, request: HttpRequest | None = None, **kwargs) -> None:
    with acting_as(PORTAL):
        known = Person.objects.filter(email__iexact=credentials.get("email") or "").first()
        record("person.sign_in_failed", actor=PORTAL, at=moments.now(), subject=known)


def _as_actor(person: Person):
    staff = person.is_staff_of_a_body
    return entry.staff_actor(person) if staff else entry.gate_actor(person)
