"""The pages that are measured, each beside its floor."""

from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from benchmarks import floor
from benchmarks.measure import Reading, read
from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Membership, Organisation, Person
from qadportal.urls import urlpatterns as portal_urls
from submissions.models import Part

PASSWORD = "measured and found wanting"
urlpatterns = [*floor.urlpatterns, *portal_urls]


def run(*, organisations: int, times: int) -> list[tuple[Reading, Reading | None]]:
    """Fill the database, then measure every address with its floor."""
    call_command("load_reference", verbosity=0)
    call_command("generate_market", organisations=organisations, verbosity=0)
    settings.ALLOWED_HOSTS.append("testserver")
    with override_settings(ROOT_URLCONF="benchmarks.pages"):
        return _measure(times)


def _measure(times: int) -> list[tuple[Reading, Reading | None]]:
    reviewer, member, slug, part = _people()
    as_reviewer, as_member = _signed_in(reviewer), _signed_in(member)
    bare = read("floor: bare answer", Client(), "/floor/bare/", times=times)
    select = read("floor: session and one read", as_member, "/floor/select/", times=times)
    rows = read("floor: 50 rows", as_reviewer, "/floor/rows/", times=times)
    questions = read("floor: 120 questions", as_member, "/floor/questions/", times=times)
    json = read("floor: JSON of 50", as_member, "/floor/json/", times=times)
    pages = [
        ("sign-in page", Client(), "/accounts/login/", bare),
        ("home", as_member, f"/o/{slug}/", select),
        ("QAD task list", as_member, f"/o/{slug}/qad/", rows),
        ("question", as_member, f"/o/{slug}/qad/{part}/H/H03/", rows),
        ("road", as_member, f"/o/{slug}/road/", rows),
        ("qualified yet?", as_member, f"/o/{slug}/qualified/", rows),
        ("queue", as_reviewer, "/desk/", rows),
        ("organisations", as_reviewer, "/desk/organisations/", rows),
        ("qualified, all", as_reviewer, "/desk/qualified/", rows),
        ("search: answers", as_reviewer, "/desk/search/?q=reconciliation", rows),
        ("search: threads", as_reviewer, "/desk/search/?q=owner&view=threads", rows),
        ("search: own", as_member, f"/o/{slug}/search/?q=settlement", rows),
        ("API: organisations", as_reviewer, "/api/v1/organisations/", json),
        ("API: qualifications", as_reviewer, "/api/v1/qualifications/", json),
        ("API: threads", as_reviewer, "/api/v1/threads/", json),
        ("API: events", as_reviewer, "/api/v1/events/", json),
        ("API: qualified yet?", as_reviewer, "/api/v1/qualified/", json),
        ("API: answers", as_member, f"/api/v1/organisations/{slug}/qad/{part}/answers/", json),
        ("API: questions", as_member, f"/api/v1/organisations/{slug}/qad/{part}/questions/", json),
        ("API: dates", as_member, f"/api/v1/organisations/{slug}/dates/", json),
    ]
    floors = [(each, None) for each in (bare, select, rows, questions, json)]
    return floors + [
        (read(name, client, address, times=times), against)
        for name, client, address, against in pages
    ]


def _people() -> tuple[Person, Person, str, object]:
    with acting_as(PORTAL):
        reviewer = Person(
            email="bench.bsc@bench.example",
            name="Bench Reader",
            body="BSC",
            duties=["REVIEWER", "LEAD"],
            created_at=moments.now(),
        )
        reviewer.set_password(PASSWORD)
        reviewer.save()
        place = Membership.objects.select_related("person", "organisation").filter(
            organisation__slug__startswith="market-"
        )[0]
        place.person.set_password(PASSWORD)
        place.person.save()
        part = Part.objects.exclude(qualification=None).filter(organisation=place.organisation)[0]
        slug = Organisation.objects.get(pk=place.organisation_id).slug
    return reviewer, place.person, slug, part.pk


def _signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
