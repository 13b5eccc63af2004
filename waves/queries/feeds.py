"""Reading calendar links, and what each of them shows at this moment."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import Actor
from participants import entry
from participants import queries as people
from participants.models import Membership, Organisation, Person, Qualification
from participants.services.people import digest
from waves import queries
from waves.feed import Entry
from waves.feed_entries import entries_of
from waves.models import CalendarFeed, Obligation, Timetable

USED_AGAIN = timedelta(hours=1)  # how often the reading of a link is written down


def feeds(actor: Actor, about: Organisation | None = None) -> QuerySet[CalendarFeed]:
    """Return the acting person's links, newest first: all, or those that show one organisation."""
    rows = CalendarFeed.objects.filter(person_id=actor.person_id)
    if about is not None:
        rows = rows.filter(about_id=about.pk)
    return rows.order_by("-created_at", "-pk")


def feed_of(secret: str) -> CalendarFeed | None:
    """Return the link behind a secret, unless it was revoked or its person's account closed.

    Asked before anybody is known, with the bare login's reach.
    """
    rows = CalendarFeed.objects.select_related("person").annotate(
        moment=RawSQL(moments.NOW_SQL, [])  # noqa: S611 (a constant of ours)
    )
    feed = rows.filter(token_hash=digest(secret), revoked_at=None, person__is_active=True).first()
    if feed and (feed.last_read_at is None or feed.moment - feed.last_read_at > USED_AGAIN):
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=feed.moment)
    return feed


def entries(feed: CalendarFeed) -> list[Entry] | None:
    """Return what a link shows now, read as its person; None where they have no place any more."""
    if feed.person.is_staff_of_a_body:
        with acting_as(entry.staff_actor(feed.person)) as actor:
            return _entries(actor, feed)
    places = _places(feed)
    if feed.about_id and not places:
        return None
    found: list[Entry] = []
    for place in places:
        with acting_as(entry.member_actor(place)) as actor:
            found += _entries(actor, feed)
    return found


def _places(feed: CalendarFeed) -> list[Membership]:
    person: Person = feed.person
    with acting_as(entry.gate_actor(person)):
        rows = Membership.objects.filter(person_id=person.pk, is_active=True)
        if feed.about_id:
            rows = rows.filter(organisation_id=feed.about_id)
        places = list(rows.order_by("organisation_id"))
    for place in places:
        place.person = person
    return places


def _entries(actor: Actor, feed: CalendarFeed) -> list[Entry]:
    held = _held(actor, feed)
    dates = queries.dates_for(held)
    rows: dict[object, list[Obligation]] = {}
    for row in Obligation.objects.filter(qualification_id__in=[each.pk for each in held]):
        rows.setdefault(row.qualification_id, []).append(row)
    published = _published()
    return [
        found
        for each in held
        for found in entries_of(
            each, dates[each.pk], rows.get(each.pk, ()), published=published, body=actor.body
        )
    ]


def _held(actor: Actor, feed: CalendarFeed) -> list[Qualification]:
    rows = people.qualifications(actor)
    if feed.about_id:
        rows = rows.filter(organisation_id=feed.about_id)
    if actor.is_staff:  # only what waits, or waited, for the body
        clocks = Obligation.objects.filter(qualification=OuterRef("pk"), body=actor.body)
        rows = rows.filter(Exists(clocks))
    return list(rows)


def _published() -> tuple[int, datetime]:
    """How many timetables came before the one in force, and when that one came."""
    moments_of = list(
        Timetable.objects.order_by("published_at", "pk").values_list("published_at", flat=True)
    )
    return len(moments_of) - 1, moments_of[-1]
