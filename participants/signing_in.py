"""Signing in: no self-registration, and every sign-in leaves a trace (R2, QA&P 10.3)."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry


class Adapter(DefaultAccountAdapter):
    """Accounts are made by invitation only."""

    def is_open_for_signup(self, request) -> bool:
        return False


@receiver(user_logged_in)
def _signed_in(sender, request, user, **kwargs) -> None:
    _trace("person.signed_in", user)


@receiver(user_logged_out)
def _signed_out(sender, request, user, **kwargs) -> None:
    if user is not None:
        _trace("person.signed_out", user)


@receiver(user_login_failed)
def _failed(sender, credentials, request=None, **kwargs) -> None:
    with acting_as(PORTAL):
        record("person.sign_in_failed", actor=PORTAL, at=moments.now())


def _trace(action: str, person) -> None:
    actor = entry.staff_actor(person) if person.is_staff_of_a_body else entry.gate_actor(person)
    with acting_as(PORTAL):
        record(action, actor=actor, at=moments.now(), subject=person)
