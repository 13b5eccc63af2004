"""After a silence everything is said once, in one mail a person; one bad row silences no other."""

import logging
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection

from foundation.clock import moments
from foundation.notices.models import MailState, Notice
from foundation.notices.tasks import send_waiting
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Membership
from tests import factories
from tests.waves.conftest import day, make_scene, publish
from waves import notices as words
from waves.enums import WorkOffKind, WorkOffState
from waves.models import Obligation, Reminder, WorkOff
from waves.services.sweep import Swept, sweep

db = pytest.mark.django_db
LATER = day("2026-05-16")


def sweep_at(moment: datetime) -> Swept:
    with moments.at(moment):
        return sweep()


def mailed() -> list[str]:
    while send_waiting():
        pass
    return [message.to[0] for message in mail.outbox]


def up_to_date(scene) -> None:
    """Start the clocks and let everything be said that was due before 8 November 2025."""
    scene.happens(day("2025-11-01"))
    sweep_at(day("2025-11-07"))
    with acting_as(PORTAL):
        Notice.objects.update(mail_state=MailState.PORTAL_ONLY)


@db
def test_two_days_of_silence_are_caught_up_with_one_mail_a_person(timetable):
    scenes = [make_scene() for _ in range(3)]
    places = [factories.make_member(scene.organisation) for scene in scenes]
    lead = factories.make_staff("BSC", "LEAD")
    for scene in scenes:
        scene.happens(day("2025-11-01"))

    done = sweep_at(day("2025-11-09"))  # overdue since the eighth

    assert done.fired == 2 * len(scenes)
    assert sorted(mailed()) == sorted([*(place.person.email for place in places), lead.email])
    [digest] = [message for message in mail.outbox if message.to == [lead.email]]
    assert digest.subject.startswith("3 notices: ")
    for scene in scenes:
        assert scene.organisation.name in digest.body


@db
def test_what_is_said_in_its_hour_is_mailed_on_its_own(scene):
    factories.make_member(scene.organisation)
    up_to_date(scene)

    sweep_at(datetime(2025, 11, 8, 0, 10, tzinfo=day("2025-11-08").tzinfo))

    assert len(mailed()) == 1
    assert "overdue since" in mail.outbox[0].subject
    assert "notices:" not in mail.outbox[0].subject


@db
def test_whoever_was_relieved_before_the_digest_is_not_in_it(scene):
    place = factories.make_member(scene.organisation)
    up_to_date(scene)
    with acting_as(PORTAL):
        type(place.person).objects.update(mail_choices={"dates": "DAILY"})
    sweep_at(datetime(2025, 11, 8, 0, 10, tzinfo=LATER.tzinfo))
    assert mailed() == []
    with acting_as(PORTAL):
        Membership.objects.update(is_master_admin=False, is_author=False, is_director=True)

    sweep_at(day("2025-11-08", 9))

    assert mailed() == []
    with acting_as(PORTAL):
        assert set(Notice.objects.filter(kind="reminder").values_list("mail_state")) == {
            (MailState.PORTAL_ONLY,)
        }


@db
def test_a_duty_that_was_met_is_not_in_the_digest(scene):
    place = factories.make_member(scene.organisation)
    up_to_date(scene)
    with acting_as(PORTAL):
        type(place.person).objects.update(mail_choices={"dates": "DAILY"})
    sweep_at(datetime(2025, 11, 8, 0, 10, tzinfo=LATER.tzinfo))
    send_waiting()
    with acting_as(PORTAL):
        Obligation.objects.filter(activity="initial_qad_window").update(state="LATE")

    sweep_at(day("2025-11-08", 9))

    assert mailed() == []


@db
def test_a_row_that_cannot_be_said_silences_no_other_and_is_tried_again(monkeypatch, caplog):
    publish()
    scenes = [make_scene() for _ in range(4)]
    for scene in scenes:
        factories.make_member(scene.organisation)
        scene.happens(day("2025-11-18"))
    poison, say = scenes[1].qualification.pk, words.reminder

    def stumble(row, *args, **options):
        if row.obligation.qualification_id == poison:
            raise ZeroDivisionError("a fault of ours")
        return say(row, *args, **options)

    monkeypatch.setattr(words, "reminder", stumble)
    with caplog.at_level(logging.ERROR):
        done = sweep_at(LATER)
    monkeypatch.setattr(words, "reminder", say)
    again = sweep_at(LATER + timedelta(minutes=1))

    assert (done.fired, done.failed) == (9, 3)
    assert "could not be said" in caplog.text
    assert (again.fired, again.failed) == (3, 0)


@db
def test_a_timetable_that_moved_leaves_no_reminder_of_the_old_date(scene):
    factories.make_member(scene.organisation)
    scene.happens(day("2025-11-18"))
    before = scene.obligation("final_qad_window").due_on

    scene.happens(day("2025-11-19"), route="QT_WAVE_4")

    row = scene.obligation("final_qad_window")
    with acting_as(PORTAL):
        waiting = Reminder.objects.filter(obligation=row, state="PENDING", kind="DUE_7")
        [moment] = waiting.values_list("fire_at", flat=True)
    assert row.due_on != before
    assert moment.date() == row.due_on - timedelta(days=7)


def owed(scene, due_on: date, status=WorkOffState.AGREED) -> WorkOff:
    with acting_as(PORTAL):
        return WorkOff.objects.create(
            organisation=scene.organisation,
            qualification=scene.qualification,
            kind=WorkOffKind.DEFERRED_PIT,
            stage="PIT",
            number=WorkOff.objects.count() + 1,
            status=status,
            title="Negative reads",
            plan="Tested in the second fortnight.",
            due_on=due_on,
            proposed_at=factories.NOON,
            proposed_by_name="Priya Nadarajan",
        )


def said() -> list[str]:
    with acting_as(PORTAL):
        rows = Notice.objects.filter(kind="testing").order_by("created_at")
        return [subject.rpartition(": ")[2] for subject in rows.values_list("subject", flat=True)]


@db
def test_nt12_a_deferred_item_is_said_a_week_before_and_when_overdue_each_once(scene):
    factories.make_member(scene.organisation)
    item = owed(scene, date(2025, 12, 1))

    for moment in ("2025-11-23", "2025-11-24", "2025-11-30", "2025-12-01"):
        sweep_at(day(moment))
    assert len(said()) == 1
    assert said()[0].endswith("due by Monday 1 December 2025")

    for moment in ("2025-12-02", "2025-12-09"):
        sweep_at(day(moment))
    assert len(said()) == 2
    assert "overdue since" in said()[1]
    assert item.number == 1


@db
@pytest.mark.parametrize("status", [WorkOffState.PROPOSED, WorkOffState.DONE])
def test_nt12_what_is_not_agreed_or_is_done_says_nothing(scene, status):
    factories.make_member(scene.organisation)
    owed(scene, date(2025, 12, 1), status)

    sweep_at(day("2025-12-02"))

    assert said() == []


def test_a_sweep_that_is_cut_at_any_statement_leaves_nothing_half_said(committed):
    publish()
    scene = make_scene()
    factories.make_member(scene.organisation)
    scene.happens(day("2025-11-18"))
    cut = 0
    while _is_cut(at_statement=cut + 1):
        cut += 1
        assert _is_whole()
    sweep_at(LATER)

    assert cut > 20
    with acting_as(PORTAL):
        assert Reminder.objects.filter(state="FIRED").count() == 3
        assert Notice.objects.filter(kind="reminder").count() == 3
        assert Notice.objects.filter(kind="digest").count() == 1


class Killed(BaseException):
    """The process is gone: nothing that it began may be finished by it."""


def _is_cut(*, at_statement: int) -> bool:
    """Sweep, and die at a statement; return whether the sweep got that far."""
    left = at_statement

    def guillotine(execute, sql, params, many, context):
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(guillotine):
            sweep_at(LATER)
    except Killed:
        return True
    finally:
        connection.close()
    return False


def _is_whole() -> bool:
    with acting_as(PORTAL):
        fired = Reminder.objects.filter(state="FIRED").count()
        return Notice.objects.filter(kind="reminder").count() == fired
