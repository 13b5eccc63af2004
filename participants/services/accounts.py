"""What a person keeps of its own account: name, look, sessions."""

import secrets
from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid
from foundation.tenancy.actor import Actor
from participants.models import Person

THEMES = ("", "light", "dark")
RECORD_FACES = ("", "sans")
KEPT = ("name", "theme", "record_face", "single_keys")


@transaction.atomic
def change_account(
    *,
    name: str,
    theme: str,
    record_face: str,
    single_keys: bool,
    actor: Actor,
    at: datetime,
) -> Person:
    """Change the acting person's name and look."""
    if not name.strip():
        raise Invalid({"name": "Enter your name."})
    if theme not in THEMES or record_face not in RECORD_FACES:
        raise Invalid({"theme": "Choose one of the looks that are offered."})
    person = Person.objects.get(pk=actor.person_id)
    renamed = person.name != name.strip()
    person.name, person.theme, person.record_face = name.strip(), theme, record_face
    person.single_keys = single_keys
    person.save(update_fields=["name", "theme", "record_face", "single_keys"])
    if renamed:
        record("person.renamed", subject=person, actor=actor, at=at)
    return person


@transaction.atomic
def end_sessions(*, actor: Actor, at: datetime) -> Person:
    """End every session of the acting person; the caller may keep the present one alive."""
    person = Person.objects.get(pk=actor.person_id)
    person.session_salt = secrets.token_hex(16)
    person.save(update_fields=["session_salt"])
    record("person.sessions_ended", subject=person, actor=actor, at=at)
    return person
