"""Staff accounts: each belongs to one body and to named duties; never the last administrator."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import notices, policy
from participants.enums import Duty
from participants.models import Person
from participants.moves import lock


@transaction.atomic
def add_staff(
    *, email: str, name: str, duties: Sequence[str], actor: Actor, at: datetime, body: str = ""
) -> Person:
    """Open a staff account in the administrator's own body; its owner sets the password by mail."""
    body = body or actor.body
    _require(actor, body)
    email = email.strip().lower()  # signing in looks addresses up in small letters
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused(f"There is an account for {email} already.")
    person = Person(email=email, name=name.strip(), body=body, duties=_known(duties), created_at=at)
    person.set_unusable_password()
    person.save()
    notices.staff_added(person, by=actor.name, at=at)
    record("staff.added", subject=person, actor=actor, at=at, duties=person.duties)
    return person


@transaction.atomic
def change_staff(
    *,
    person: Person,
    duties: Sequence[str],
    is_active: bool,
    actor: Actor,
    at: datetime,
    because: str = "",
) -> Person:
    """Change what a staff account is named for, or close it."""
    list(Person.objects.select_for_update(no_key=True).filter(body=person.body).order_by("pk"))
    person = lock(person)
    _require(actor, person.body)
    person.duties, person.is_active = _known(duties), is_active
    _refuse_without_administrator(person)
    person.save(update_fields=["duties", "is_active"])
    record(
        "staff.changed",
        subject=person,
        actor=actor,
        at=at,
        because=because,
        duties=person.duties,
        is_active=is_active,
    )
    return person


def _require(actor: Actor, body: str) -> None:
    policy.require(actor, "staff.manage")
    if not actor.is_system and body != actor.body:
        raise Denied("Staff of another body are kept by its own administrators.")


def _known(duties: Sequence[str]) -> list[str]:
    if not duties or set(duties) - set(Duty.values):
        raise Invalid({"duties": "Choose at least one duty."})
    return [duty for duty in Duty.values if duty in duties]


def _refuse_without_administrator(changed: Person) -> None:
    if changed.is_active and Duty.ADMINISTRATOR in changed.duties:
        return
    others = Person.objects.filter(
        body=changed.body, is_active=True, duties__contains=[Duty.ADMINISTRATOR]
    ).exclude(pk=changed.pk)
    if not others.exists():
        raise Refused("A body keeps at least one portal administrator. Name another one first.")
