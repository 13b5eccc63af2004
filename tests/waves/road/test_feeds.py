"""Calendar links: what a real parser reads behind them, and when they fall silent."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.models import Membership, Person, Qualification
from tests import factories
from tests.waves.conftest import Scene, day, make_scene
from waves.models import CalendarFeed, Obligation
from waves.services import clocks
from waves.services import feeds as services

pytestmark = pytest.mark.django_db
NOW = day("2025-11-18")


@pytest.fixture(autouse=True)
def _november():
    cache.clear()
    with moments.at(NOW):
        yield


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def link_of(place: Membership, *, everywhere: bool = False) -> str:
    with acting_as(entry.member_actor(place)) as actor:
        about = None if everywhere else place.organisation
        _, secret = services.make_feed(name="phone", about=about, actor=actor, at=NOW)
    return f"/calendar/{secret}/dates.ics"


def read(link: str, **headers: str):
    return Client().get(link, headers=headers)


def events(link: str) -> dict[str, object]:
    """Return what a calendar program understands, by id."""
    response = read(link)
    assert response.status_code == 200
    parsed = Calendar.from_ical(response.content)
    return {str(each["UID"]).partition("@")[0]: each for each in parsed.walk("VEVENT")}


def key(scene: Scene, activity: str, body: str = "") -> str:
    return f"{scene.qualification.pk}-{activity}{f'-{body}' if body else ''}"


def test_a_deadline_is_a_whole_day_with_its_reason_and_its_page(scene):
    scene.happens(NOW)
    place = factories.make_member(scene.organisation)

    event = events(link_of(place))[key(scene, "final_qad_window")]

    assert event["DTSTART"].dt == date(2026, 5, 22)
    assert event["DTEND"].dt == date(2026, 5, 23)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == f"{scene.organisation.name}, Supplier: Submit the Final QAD"
    assert "The plan prints a window from Monday 12 January 2026" in event["DESCRIPTION"]
    assert str(event["URL"]).endswith(
        f"/o/{scene.organisation.slug}/qualifications/{scene.qualification.pk}"
        "/dates/final_qad_window/"
    )


def test_a_window_is_a_span_of_its_own(scene):
    scene.happens(NOW)

    event = events(link_of(factories.make_member(scene.organisation)))[
        f"{key(scene, 'final_qad_window')}-window"
    ]

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 1, 12), date(2026, 5, 23))


def test_the_last_day_is_the_day_of_london_also_in_summer(scene):
    scene.happens(NOW)
    due = scene.obligation("final_qad_window")

    found = events(link_of(factories.make_member(scene.organisation)))

    assert due.due_at.hour == 23  # midnight of London is the evening before in UTC
    assert found[key(scene, "final_qad_window")]["DTSTART"].dt == due.due_on


def test_a_moved_date_keeps_its_id_and_its_sequence_grows(timetable):
    scene = make_scene(route="QT_WAVE_2")
    link = link_of(factories.make_member(scene.organisation))
    scene.happens(day("2025-10-01"))
    before = events(link)[key(scene, "final_qad_window")]

    scene.happens(NOW, route="QT_WAVE_3")
    after = events(link)[key(scene, "final_qad_window")]

    assert before["DTSTART"].dt == date(2026, 3, 6)
    assert after["DTSTART"].dt == date(2026, 5, 22)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_an_ended_duty_is_cancelled_not_forgotten(scene):
    scene.happens(NOW)
    with acting_as(PORTAL):
        rows = Obligation.objects.filter(activity="final_qad_window")
        rows.update(state="CANCELLED")

    event = events(link_of(factories.make_member(scene.organisation)))[
        key(scene, "final_qad_window")
    ]

    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"].startswith("Ended: ")


def test_each_body_has_an_entry_for_its_review(scene):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))

    found = events(link_of(factories.make_member(scene.organisation)))

    for body in ("BSC", "REC", "DIP"):
        event = found[key(scene, "initial_qad_review_complete", body)]
        assert event["DTSTART"].dt == date(2025, 12, 17)


def test_r1_nothing_of_another_organisation_is_in_a_link(scene):
    other = make_scene()
    for each in (scene, other):
        each.happens(NOW)
    place = factories.make_member(scene.organisation)

    text = read(link_of(place, everywhere=True)).content.decode()

    assert scene.organisation.name in text
    assert other.organisation.name not in text
    assert str(other.qualification.pk) not in text


def test_a_personal_link_shows_all_organisations_of_the_person_and_the_other_one_alone(scene):
    other = make_scene()
    person = factories.make_member(scene.organisation).person
    with acting_as(PORTAL):
        place = Membership.objects.create(
            organisation=other.organisation, person=person, joined_at=NOW
        )
    for each in (scene, other):
        each.happens(NOW)

    everywhere, here = link_of(place, everywhere=True), link_of(place)

    assert {key(scene, "final_qad_window"), key(other, "final_qad_window")} <= set(
        events(everywhere)
    )
    assert key(scene, "final_qad_window") not in events(here)


def test_staff_read_the_clocks_of_their_body_and_no_others(scene):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))
    with acting_as(entry.staff_actor(factories.make_staff("REC"))) as actor:
        _, secret = services.make_feed(name="desk", actor=actor, at=NOW)

    found = events(f"/calendar/{secret}/dates.ics")

    assert key(scene, "initial_qad_review_complete", "REC") in found
    assert all(each.endswith(("-REC", "-REC-window")) for each in found)


# --- when a link falls silent --------------------------------------------------------------


def test_an_unknown_or_revoked_link_is_not_found(scene):
    place = factories.make_member(scene.organisation)
    link = link_of(place)
    with acting_as(entry.member_actor(place)) as actor:
        services.revoke_feed(feed=CalendarFeed.objects.get(), actor=actor, at=NOW)

    assert read(link).status_code == 404
    assert read(f"/calendar/{'x' * 43}/dates.ics").status_code == 404


def test_a_closed_account_reads_nothing(scene):
    place = factories.make_member(scene.organisation)
    link = link_of(place)
    assert read(link).status_code == 200
    with acting_as(PORTAL):
        Person.objects.filter(pk=place.person_id).update(is_active=False)

    assert read(link).status_code == 404


def test_who_left_the_organisation_reads_nothing_of_it(scene):
    place = factories.make_member(scene.organisation)
    here, everywhere = link_of(place), link_of(place, everywhere=True)
    with acting_as(PORTAL):
        Membership.objects.filter(pk=place.pk).update(is_active=False)

    assert read(here).status_code == 404
    assert events(everywhere) == {}


def test_a_new_address_ends_the_old_one(scene):
    place = factories.make_member(scene.organisation)
    old = link_of(place)
    with acting_as(entry.member_actor(place)) as actor:
        _, secret = services.renew_feed(feed=CalendarFeed.objects.get(), actor=actor, at=NOW)

    assert read(old).status_code == 404
    assert read(f"/calendar/{secret}/dates.ics").status_code == 200


def test_only_a_hash_is_kept_and_every_act_is_recorded(scene):
    place = factories.make_member(scene.organisation)
    secret = link_of(place).split("/")[2]
    with acting_as(entry.member_actor(place)) as actor:
        feed = CalendarFeed.objects.get()
        services.renew_feed(feed=feed, actor=actor, at=NOW)
        services.revoke_feed(feed=feed, actor=actor, at=NOW)
    with acting_as(PORTAL):
        rows = AuditEvent.objects.filter(action__startswith="calendar_feed.").order_by("pk")
        told = list(rows.values_list("action", "organisation_id"))

    assert secret not in str(CalendarFeed.__dict__) + feed.token_hash
    assert len(secret) >= 43
    assert told == [
        (f"calendar_feed.{act}", scene.organisation.pk) for act in ("created", "renewed", "revoked")
    ]


def test_nobody_touches_the_link_of_another_person(scene):
    place = factories.make_member(scene.organisation)
    link_of(place)
    with acting_as(entry.member_actor(place)):
        feed = CalendarFeed.objects.get()
    with acting_as(entry.member_actor(factories.make_member(scene.organisation))) as stranger:
        assert not CalendarFeed.objects.exists()
        with pytest.raises(Denied):
            services.revoke_feed(feed=feed, actor=stranger, at=NOW)


def test_a_link_needs_a_name_and_there_are_ten_at_most(scene):
    place = factories.make_member(scene.organisation)
    with acting_as(entry.member_actor(place)) as actor:
        with pytest.raises(Invalid):
            services.make_feed(name=" ", actor=actor, at=NOW)
        for _ in range(services.MOST):
            services.make_feed(name="phone", actor=actor, at=NOW)
        with pytest.raises(Refused):
            services.make_feed(name="one more", actor=actor, at=NOW)


# --- how it is read ------------------------------------------------------------------------


def test_an_unchanged_calendar_is_not_sent_twice_and_no_cache_between_keeps_it(scene):
    scene.happens(NOW)
    link = link_of(factories.make_member(scene.organisation))
    first = read(link)

    with moments.at(NOW + timedelta(hours=5)):
        again = read(link, if_none_match=first["ETag"])

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"].startswith("private")
    assert again.status_code == 304
    assert again.content == b""


def test_a_link_that_is_read_too_often_is_told_to_wait(scene, settings):
    settings.CALENDAR_READS_AN_HOUR = 3
    link = link_of(factories.make_member(scene.organisation))

    assert [read(link).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert read(link)["Retry-After"] == "3600"


def test_who_is_signed_in_reads_the_same(scene):
    scene.happens(NOW)
    place = factories.make_member(scene.organisation)
    link = link_of(place)

    assert signed_in(place.person).get(link).content == read(link).content


def test_the_statements_are_the_same_for_one_date_and_for_many(timetable):
    def counted(count: int) -> int:
        scene = make_scene()
        held = [scene.qualification] + [
            factories.make_qualification(scene.organisation, "SUPPLIER", "QT_WAVE_2")
            for _ in range(count - 1)
        ]
        with acting_as(PORTAL):
            for each in held:
                Qualification.objects.filter(pk=each.pk).update(initial_submitted_at=NOW)
                clocks.sync(qualification=each, actor=PORTAL, at=NOW)
        link = link_of(factories.make_member(scene.organisation))
        read(link)
        with CaptureQueriesContext(connection) as seen:
            assert len(events(link)) > 5 * count
        return len(seen)

    assert counted(1) == counted(30)


# --- pages ---------------------------------------------------------------------------------


def test_a_participant_makes_copies_renews_and_revokes_a_link(scene):
    scene.happens(NOW)
    client = signed_in(factories.make_member(scene.organisation).person)
    home = f"/o/{scene.organisation.slug}/calendar/"

    refused = client.post(home, {"name": "", "reach": "here"})
    made = client.post(home, {"name": "phone", "reach": "here"}).content.decode()
    path = re.search(r"/calendar/[\w-]+/dates.ics", made)[0]
    feed = next(iter(_feeds()))

    assert refused.status_code == 422
    assert key(scene, "final_qad_window") in events(path)
    assert path.split("/")[2] not in client.get(home).content.decode()

    renewed = client.post(f"{home}{feed.pk}/", {"act": "renew"}).content.decode()
    assert "dates.ics" in renewed
    assert read(path).status_code == 404
    assert client.post(f"{home}{feed.pk}/", {}).status_code == 302
    assert "Revoked" in client.get(home).content.decode()
    assert client.get(f"{home}{feed.pk}/").status_code == 404


def test_staff_make_theirs_on_their_account_and_participants_see_all_of_theirs(scene):
    staff = signed_in(factories.make_staff("BSC"))
    assert "dates.ics" in staff.post("/account/calendar/", {"name": "desk"}).content.decode()
    place = factories.make_member(scene.organisation)
    link_of(place)
    client = signed_in(place.person)

    page = client.get("/account/calendar/").content.decode()

    assert scene.organisation.name in page
    assert "Calendar links" in client.get("/account/").content.decode()


def _feeds() -> list[CalendarFeed]:
    with acting_as(PORTAL):
        return list(CalendarFeed.objects.all())


# --- the API -------------------------------------------------------------------------------


def test_the_api_makes_renews_and_revokes_a_link_for_who_is_signed_in(scene):
    scene.happens(NOW)
    client = signed_in(factories.make_member(scene.organisation).person)
    home = "/api/v1/me/calendar-links/"

    made = client.post(
        home, {"name": "desk", "organisation": scene.organisation.slug}, "application/json"
    )
    old = made.json()["url"]
    one = f"{home}{made.json()['id']}/"
    renewed = client.post(f"{one}renew/", {}, "application/json")
    new = renewed.json()["url"]

    assert (made.status_code, renewed.status_code) == (201, 200)
    assert made["Cache-Control"] == "no-store"
    assert read(old[old.index("/calendar") :]).status_code == 404
    assert key(scene, "final_qad_window") in events(new[new.index("/calendar") :])
    assert "url" not in client.get(home).json()["results"][0]
    assert client.delete(one).status_code == 204
    assert read(new[new.index("/calendar") :]).status_code == 404


def test_r1_the_api_makes_no_link_of_another_organisation(scene):
    client = signed_in(factories.make_member(factories.make_organisation()).person)
    home = "/api/v1/me/calendar-links/"

    answer = client.post(
        home, {"name": "desk", "organisation": scene.organisation.slug}, "application/json"
    )

    assert answer.status_code == 404
    assert _feeds() == []
