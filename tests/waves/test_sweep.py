"""The sweep speaks exactly once, however often and however many at a time (NT3, NT19)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection

from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Qualification
from tests import factories
from tests.waves.conftest import Scene, day, make_scene, publish
from waves.models import Obligation, Reminder, SweepHeartbeat
from waves.services import clocks
from waves.services.sweep import Swept, sweep
from waves.tasks import sweep as sweep_task

db = pytest.mark.django_db


def sweep_at(moment: datetime) -> Swept:
    with moments.at(moment):
        return sweep()


def notices() -> list[tuple[str, str]]:
    with acting_as(PORTAL):
        rows = Notice.objects.filter(kind="reminder").order_by("created_at", "email")
        return list(rows.values_list("email", "subject"))


def states() -> dict[str, int]:
    with acting_as(PORTAL):
        found: dict[str, int] = {}
        for state in Reminder.objects.values_list("state", flat=True):
            found[state] = found.get(state, 0) + 1
        return found


@pytest.fixture
def members(scene) -> Scene:
    factories.make_member(scene.organisation, name="Priya Nadarajan")
    return scene


@db
def test_nt3_a_week_before_the_date_the_organisation_is_told_what_and_by_when(members):
    members.happens(day("2025-11-18"))

    done = sweep_at(day("2026-05-15"))

    name = members.organisation.name
    assert {subject for _, subject in notices()} == {
        f"{name}: submit the Final QAD, Supplier by Friday 22 May 2026",
        f"{name}: a week overdue, due Friday 7 November 2025: submit the Initial QAD, Supplier",
        f"{name}: finish Qualification Testing and upload its report, Supplier"
        " by Friday 15 May 2026",
    }
    assert done.fired == 3


@db
def test_a_reminder_names_its_reason_and_says_that_the_date_is_soft(members):
    members.happens(day("2025-11-18"))
    sweep_at(day("2026-05-15"))

    with acting_as(PORTAL):
        notice = Notice.objects.get(kind="reminder", subject__contains="Final")
    assert "Appendix C and 10.2, QT Wave 3" in notice.text
    assert "Missing the date stops nothing" in notice.text
    slug, key = members.organisation.slug, members.qualification.pk
    assert notice.path == f"/o/{slug}/qualifications/{key}/dates/"


@db
def test_nothing_speaks_before_its_moment(members):
    members.happens(day("2025-11-12"))

    assert sweep_at(day("2025-11-12")).fired == 1  # the Initial is overdue
    assert sweep_at(datetime(2025, 11, 14, 23, 59, tzinfo=UTC)).fired == 0
    assert sweep_at(datetime(2025, 11, 15, 0, 0, tzinfo=UTC)).fired == 1  # for a week
    assert sweep_at(datetime(2025, 12, 15, 7, 59, tzinfo=UTC)).fired == 0
    # The windows of QT and of the Final open in four weeks.
    assert sweep_at(datetime(2025, 12, 15, 8, 0, tzinfo=UTC)).fired == 2


@db
def test_after_a_silence_only_the_latest_reminder_of_a_duty_speaks(members):
    members.happens(day("2025-11-18"))
    with acting_as(PORTAL):
        due = Reminder.objects.filter(fire_at__lte=day("2026-05-16"), state="PENDING").count()

    done = sweep_at(day("2026-05-16"))

    with acting_as(PORTAL):
        spoken = set(
            Reminder.objects.filter(state="FIRED").values_list("obligation__activity", "kind")
        )
    assert spoken == {
        ("initial_qad_window", "BREACH"),
        ("qt_execution_window", "OVERDUE"),
        ("final_qad_window", "DUE_7"),
    }
    assert done.fired == 3
    assert done.dropped == due - 3


@db
def test_a_reminder_whose_window_has_opened_is_dropped(members):
    members.happens(day("2025-11-18"))

    sweep_at(day("2026-01-12"))  # the Final window opens today: "opens in a week" comes too late

    with acting_as(PORTAL):
        row = Reminder.objects.get(obligation__activity="final_qad_window", kind="OPENS_7")
    assert row.state == "DROPPED"


@db
def test_nt19_a_body_is_reminded_of_its_review_and_its_leads_of_lateness(scene):
    reviewer = factories.make_staff("REC", "REVIEWER", name="Owen Pryce")
    factories.make_staff("BSC", "PAB_SECRETARY", name="Not A Reviewer")
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))

    sweep_at(day("2025-12-10"))

    assert [(email, subject) for email, subject in notices()] == [
        (
            reviewer.email,
            f"{scene.organisation.name}: review the Initial QAD, Supplier"
            " by Wednesday 17 December 2025",
        )
    ]


@db
def test_nt3_an_overdue_submission_is_told_to_the_leads_of_its_bodies_too(members):
    lead = factories.make_staff("BSC", "LEAD")
    other = factories.make_staff("MHHSP", "LEAD")
    members.happens(day("2025-11-01"))

    sweep_at(day("2025-11-08"))

    addresses = {email for email, subject in notices() if "overdue since" in subject}
    assert lead.email in addresses
    assert other.email not in addresses
    assert len(addresses) == 2


@db
def test_the_signatories_hear_of_the_sign_off(scene):
    director = factories.make_member(
        scene.organisation, is_master_admin=False, is_author=False, is_director=True
    )
    author = factories.make_member(scene.organisation, is_master_admin=False)
    scene.happens(day("2025-11-18"))

    sweep_at(day("2026-06-19"))

    addresses = {email for email, subject in notices() if "sign off the QAD" in subject}
    assert addresses == {director.person.email}
    assert author.person.email not in addresses


@db
def test_a_duty_that_was_met_meanwhile_does_not_speak(members):
    members.happens(day("2025-11-18"))
    with acting_as(PORTAL):
        Obligation.objects.filter(activity="final_qad_window").update(state="MET")

    sweep_at(day("2026-05-15"))

    assert not [subject for _, subject in notices() if "Final" in subject]


@db
def test_a_second_sweep_says_nothing_more(members):
    members.happens(day("2025-11-18"))
    first = sweep_at(day("2026-05-15"))
    said = notices()

    assert first.fired > 0
    assert sweep_at(day("2026-05-15")) == Swept(0, 0)
    assert notices() == said


@db
def test_a_sweep_leaves_a_sign_of_life_and_a_trace(members):
    members.happens(day("2025-11-18"))
    done = sweep_at(day("2026-05-15"))

    with acting_as(PORTAL):
        beat = SweepHeartbeat.objects.get(name="obligations")
        assert beat.last_started_at <= beat.last_finished_at
        assert AuditEvent.objects.filter(action="reminder.sent").count() == done.fired


@db
def test_a_qualification_without_clocks_gets_them_from_the_sweep(scene):
    sweep_at(day("2025-11-18"))

    assert ("final_qad_window", "") in scene.duties("RUNNING")


@db
def test_the_task_and_the_second_bell_do_the_same_work(members, monkeypatch):
    members.happens(day("2025-11-18"))
    with moments.at(day("2026-05-15")):
        fired = sweep_task()
        out = StringIO()
        call_command("sweep", stdout=out)

    assert fired == 3
    # All three were long due: they go in one mail.
    assert out.getvalue() == "0 reminders fired, 0 dropped, 1 notices sent.\n"
    assert [message.subject[:11] for message in mail.outbox] == ["3 notices: "]


def test_ten_sweeps_at_once_say_everything_once(committed):
    publish()
    scenes = [make_scene() for _ in range(12)]
    for scene in scenes:
        factories.make_member(scene.organisation)
        scene.happens(day("2025-11-18"))
    with acting_as(PORTAL):
        due = Reminder.objects.filter(fire_at__lte=day("2026-05-16")).count()

    def one(_: int) -> Swept:
        try:
            return sweep_at(day("2026-05-16"))
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        swept = list(pool.map(one, range(10)))
    swept.append(sweep_at(day("2026-05-16")))  # the next bell takes what was held

    assert sum(done.fired for done in swept) == 3 * len(scenes)
    assert sum(done.dropped for done in swept) == due - 3 * len(scenes)
    said = notices()
    assert len(said) == len(set(said)) == 3 * len(scenes)
    with acting_as(PORTAL):
        spoken = AuditEvent.objects.filter(action="reminder.sent").values_list(
            "object_id", flat=True
        )
        assert len(spoken) == len(set(spoken)) == 3 * len(scenes)
    assert states()["FIRED"] == 3 * len(scenes)


def test_a_sweep_gives_way_to_somebody_at_work(committed):
    publish()
    scene = make_scene()
    factories.make_member(scene.organisation)
    scene.happens(day("2025-11-18"))

    def other() -> Swept:
        try:
            return sweep_at(day("2026-05-16"))
        finally:
            connection.close()

    with acting_as(PORTAL), ThreadPoolExecutor(1) as pool:
        list(Obligation.objects.select_for_update())
        began = datetime.now(UTC)
        meanwhile = pool.submit(other).result(timeout=20)
        waited = datetime.now(UTC) - began
    later = sweep_at(day("2026-05-16"))

    assert meanwhile == Swept(0, 0)
    assert waited < timedelta(seconds=5)
    assert later.fired == 3


def test_submitting_at_the_moment_of_a_sweep_ends_in_one_truth(committed):
    publish()
    scene = make_scene()
    factories.make_member(scene.organisation)
    scene.happens(day("2025-11-18"))
    at = day("2026-05-22", 23)

    def submit() -> None:
        try:
            with acting_as(PORTAL):
                rows = Qualification.objects.filter(pk=scene.qualification.pk)
                rows.update(final_submitted_at=at)
                clocks.sync(qualification=scene.qualification, actor=PORTAL, at=at)
        finally:
            connection.close()

    def bell() -> Swept:
        try:
            return sweep_at(at)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        waits = [pool.submit(submit), pool.submit(bell)]
        for wait in waits:
            wait.result(timeout=20)
    sweep_at(at)

    # 22 May ends at 23:00 UTC: a submission at that very instant is late.
    assert scene.obligation("final_qad_window").state == "LATE"
    with acting_as(PORTAL):
        left = Reminder.objects.filter(obligation__activity="final_qad_window", state="PENDING")
        assert not left.exists()
