"""A date says what changed it and who approved: on its page, by the API, in the mail."""

from datetime import date

import pytest
from django.test import Client

from foundation.clock import moments
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from tests.waves.conftest import Scene, day, make_scene
from tests.waves.timetable.conftest import FINAL, NOW, Desk
from waves.clocks import Span, SpanKind
from waves.history import history
from waves.models import Obligation
from waves.services import holding
from waves.services.sweep import sweep

pytestmark = pytest.mark.django_db
REVIEW = "initial_qad_review_complete"


@pytest.fixture
def reviewed(timetable) -> Scene:
    """A Supplier of wave 4 whose Initial is read by BSC since 5 January 2026."""
    scene = make_scene(route="QT_WAVE_4")
    factories.make_member(scene.organisation)
    scene.happens(NOW)
    scene.happens(day("2026-01-05"), initial_submitted_at=day("2026-01-05"))
    return scene


def hold(scene: Scene, service, on: str, **said) -> Obligation:
    actor = factories.staff_actor("BSC", "LEAD")
    with moments.at(day(on)), acting_as(actor):
        row = Obligation.objects.get(qualification=scene.qualification, activity=REVIEW, body="BSC")
        return service(obligation=row, actor=actor, at=day(on), **said)


def card(scene: Scene, activity: str, on: str, tail: str = "") -> str:
    person = factories.make_member(scene.organisation).person
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    slug, key = scene.organisation.slug, scene.qualification.pk
    with moments.at(day(on)):
        page = client.get(f"/o/{slug}/qualifications/{key}/dates/{activity}/{tail}")
    return " ".join(page.content.decode().split())


def test_a_held_clock_says_who_held_it_why_and_when_it_ends_now(reviewed):
    hold(reviewed, holding.pause, "2026-01-20", because="The plan is missing.")
    hold(reviewed, holding.resume, "2026-01-30")
    hold(
        *(reviewed, holding.extend, "2026-02-02"),
        days=7,
        because="Leave",
        authority="Minute 4",
    )

    text = card(reviewed, REVIEW, "2026-02-03", "?body=BSC")

    assert "Why Monday 16 February 2026?" in text
    assert (
        "Paused from 20 January 2026 to 30 January 2026, 10 days: The plan is missing,"
        " by Ruth Adeyemi." in text
    )
    assert "Extended by 7 days on 2 February 2026: Leave (Minute 4), by Ruth Adeyemi." in text
    assert "Thu 5 Mar 2026" in text  # 16 February and 17 days
    assert "23:59 on Thu 5 Mar 2026" in text


def test_a_moved_date_names_version_reason_authority_and_publisher(reviewed):
    desk = Desk(factories.staff_actor("BSC", "PLANNER"), at=day("2026-01-08"))
    desk.publish(desk.change(desk.draft(), FINAL, "QT_WAVE_4", end="2026-08-07"))

    text = card(reviewed, FINAL, "2026-01-09")

    assert "Why Friday 7 August 2026?" in text
    assert "v2 (QA&amp;P v5.0, Appendix C)" in text
    assert (
        "It was 24 July 2026 until 8 January 2026: timetable v2, Wave 3 tests later"
        " (CR077, PSG of 12 November), published by Ruth Adeyemi." in text
    )


def test_the_card_says_what_the_last_day_leaves(timetable):
    scene = make_scene(route="QT_WAVE_3")
    scene.happens(NOW)
    text = card(scene, FINAL, "2025-11-18")
    assert (
        "Submitted on the last day, 22 May 2026, it leaves reviewers 28 days;"
        " sign-off then has 7 days." in text
    )


def test_the_reminder_says_which_version_and_what_changed(reviewed):
    desk = Desk(factories.staff_actor("BSC", "PLANNER"), at=day("2026-01-08"))
    desk.publish(desk.change(desk.draft(), FINAL, "QT_WAVE_4", end="2026-08-07"))

    with moments.at(day("2026-07-31", hour=9)):
        sweep()
    with acting_as(PORTAL):
        mails = Notice.objects.filter(kind="reminder", subject__contains="ubmit the Final")
        text = mails.order_by("created_at").last().text
    assert "Timetable v2 (QA&P v5.0, Appendix C)." in text
    assert "It was 24 July 2026 until 8 January 2026: timetable v2" in text


def test_history_reads_old_rows_that_do_not_say_why():
    was = [{"due": "2026-03-06", "until": "2025-11-18T23:30:00+00:00"}]
    open_pause = Span(SpanKind.PAUSED, date(2026, 1, 20), why="Waits.")

    assert history(was, [open_pause]) == (
        "It was 6 March 2026 until 18 November 2025.",
        "Paused since 20 January 2026: Waits.",
    )


def test_a_route_and_an_event_are_told_apart():
    at = "2025-11-18T12:00:00+00:00"
    rows = [{"due": "2026-03-06", "until": at, "why": why} for why in ("route", "event")]
    assert history(rows) == (
        "It was 6 March 2026 until 18 November 2025: the route was changed.",
        "It was 6 March 2026 until 18 November 2025: what it counts from was recorded anew.",
    )
