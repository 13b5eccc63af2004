"""What a person keeps of its own account: name, look, sessions."""

import secrets
from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid
from foundation.tenancy.actor import Actor
from participants.models import Person
from participants.notice_topics import TOPICS, MailChoice

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
def choose_mail(*, choices: dict[str, str], actor: Actor, at: datetime) -> Person:
    """Keep how the acting person wants each topic of notices; what is not named is at once."""
    topics = {topic.key for topic in TOPICS}
    wrong = [key for key, way in choices.items() if key not in topics or way not in MailChoice]
    if wrong:
        raise Invalid(dict.fromkeys(wrong, "Choose one of the ways that are offered."))
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    kept = {key: str(way) for key, way in choices.items() if way != MailChoice.NOW}
    if person.mail_choices != kept:
        person.mail_choices = kept
        person.save(update_fields=["mail_choices"])
        record("person.mail_chosen", subject=person, actor=actor, at=at, choices=kept)
    return person


@transaction.atomic
def end_sessions(*, actor: Actor, at: datetime) -> Person:
    """End every session of the acting person; the caller may keep the present one alive."""
    person = Person.objects.get(pk=actor.person_id)
    person.session_salt = secrets.token_hex(16)
    person.save(update_fields=["session_salt"])
    record("person.sessions_ended", subject=person, actor=actor, at=at)
    return person
