"""What the tests of the desk share: who opens which page, what it says, and how time goes on."""

import copy
import re
from datetime import date, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from django.test import Client

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import NOBODY, PORTAL, Actor, ActorKind
from participants.enums import Status
from participants.models import Organisation, Person, Qualification
from reviews.models import ReopenRequest, Thread
from reviews.pages.desk.matrix import qualified_page
from reviews.qualified import Facts
from reviews.services import approvals, plans, reopening
from submissions.queries import latest_versions
from tests import factories
from tests.reviews import builders as b
from waves.models import Obligation

NOW = datetime(2025, 11, 18, 12, 0, tzinfo=ZoneInfo("UTC"))  # a Tuesday
TODAY = NOW.date()
QUEUE, EVERYONE, FINDINGS = "/desk/", "/desk/qualified/", "/desk/findings/"


def alone(here: b.Scene) -> b.Scene:
    """Return a scene as it was built, the others out of the way for the length of a test."""
    with acting_as(PORTAL):
        others = Qualification.objects.exclude(organisation=here.organisation)
        others.update(status=Status.WITHDRAWN)
    return copy.copy(here)


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def of_staff(body: str = "BSC", *duties: str) -> Client:
    return signed_in(factories.make_staff(body, *duties))


def of_lead(here: b.Scene, body: str = "BSC") -> Client:
    return signed_in(Person.objects.get(pk=here.leads[body].person_id))


def of_member(organisation: Organisation) -> Client:
    return signed_in(factories.make_member(organisation).person)


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def words(client: Client, url: str) -> str:
    """Return what a page says, from its heading on."""
    page = re.sub(r"(?s)<svg.*?</svg>", "", html(client, url))
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<h1") :]).split())


def heading(client: Client, url: str) -> str:
    return re.search(r"(?s)<h1[^>]*>(.*?)</h1>", html(client, url))[1].strip()


def rows(client: Client, url: str) -> list[str]:
    """Return the names in the first column of links, in order."""
    return re.findall(r"data-row>(?:<span[^>]*>)?([^<]+)<", html(client, url))


def place(here: b.Scene, tail: str) -> str:
    return f"/o/{here.organisation.slug}/{tail}"


def due(here: b.Scene, days: int, body: str = "BSC") -> None:
    """Move a body's review clock so that it ends so many days from today."""
    on = TODAY + timedelta(days=days)
    ends = datetime.combine(on + timedelta(days=1), time(), ZoneInfo("Europe/London"))
    with acting_as(PORTAL):
        held = Obligation.objects.filter(qualification_id__in=here.ids, body=body)
        reviews = held.filter(activity__endswith="review_complete")
        reviews.update(due_on=on, due_at=ends, started_on=on - timedelta(days=42))


def ask_for_more(here: b.Scene, body: str = "BSC") -> None:
    part, lead = here.part(), here.leads[body]
    with acting_as(lead):
        seen = latest_versions([part.pk])[part.pk].sha256
        approvals.ask_for_more(
            part=part, seen_sha256=seen, reason="Show the recovery test.", actor=lead,
            at=here.tick(),
        )  # fmt: skip


def ask_to_reopen(here: b.Scene) -> ReopenRequest:
    subject, part = here.qualification, here.part()
    with acting_as(here.admin):
        return reopening.request(
            qualification=subject, sections=[(part, "J")], reason="LWI-22 was replaced.",
            actor=here.admin, at=here.tick(),
        )  # fmt: skip


def propose(here: b.Scene, body: str = "BSC", due_on: date | None = None) -> Thread:
    """Raise a finding and let the participant propose a plan for it."""
    raised = b.raise_thread(here, body, "FINDING")
    with acting_as(here.admin):
        plans.propose(
            thread=raised, text="We will test it.", owner_name="Tom",
            due_on=due_on or b.tomorrow(here), actor=here.admin, at=here.tick(),
        )  # fmt: skip
    return raised


def reader(body: str = "BSC") -> Actor:
    return Actor(
        kind=ActorKind.REVIEWER, person_id=NOBODY, name="Ruth", body=body,
        duties=frozenset({"REVIEWER", "LEAD"}),
    )  # fmt: skip


def page_of(*held: Facts, actor: Actor | None = None, only_missing: bool = False):
    return qualified_page(
        Organisation(name="Orchard Energy", slug="orchard", legal_name="Orchard Energy Ltd"),
        held,
        actor=actor or reader(),
        today=date(2026, 5, 10),
        only_missing=only_missing,
        crumbs=(),
    )
