"""Coming in by a browser's door: whoever a scene knows, signed in."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.models import Person


def door(actor: Actor) -> Client:
    """Return a client that is signed in as the person of an actor."""
    with acting_as(PORTAL):
        person = Person.objects.get(pk=actor.person_id)
    client = Client()
    client.force_login(person)
    return client


def statements(client: Client, url: str) -> int:
    """Return how many statements a page takes, after it answered once."""
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len([one for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def text_of(response) -> str:
    """Return a page's words with single spaces."""
    import re

    found = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())
