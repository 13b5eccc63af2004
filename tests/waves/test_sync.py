"""Obligations follow events, routes and timetables (R43, R62, R82, R91, R115, X7, X31)."""

from datetime import UTC, date, datetime

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Route, Status
from participants.models import Qualification
from tests import factories
from tests.waves.conftest import day, make_scene
from waves import tables
from waves.models import Obligation, Reminder, Timetable
from waves.services import clocks, roads
from waves.services.timetable import import_timetable

pytestmark = pytest.mark.django_db
STANDING = {("initial_qad_window", ""), ("final_qad_window", ""), ("qad_signoff_deadline", "")}


def reminders(obligation: Obligation, state: str = "PENDING") -> dict[str, datetime]:
    with acting_as(PORTAL):
        rows = Reminder.objects.filter(obligation=obligation, state=state)
        return dict(rows.values_list("kind", "fire_at"))


@pytest.mark.parametrize("route", Route.values)
def test_a_new_qualification_owes_initial_final_and_sign_off_on_every_route(timetable, route):
    role = "LDSO" if route == "NON_SIT_LDSO_M10" else "SUPPLIER"
    scene = make_scene(role, route)

    scene.happens(day("2025-11-18"))

    published = tables.from_files()
    assert scene.duties("RUNNING") >= STANDING
    for activity, _ in STANDING:
        row = scene.obligation(activity)
        assert row.due_on == published.cell(activity, route).last_day
        assert row.timetable.version == "v1"


def test_steps_of_testing_are_taken_on_only_while_they_lie_ahead(scene):
    scene.happens(day("2025-11-18"))

    # Wave 3 on 18 November 2025: checkpoints and onboarding are behind, QT lies ahead.
    assert scene.duties() == STANDING | {("qt_execution_window", "")}


def test_steps_that_lie_ahead_are_kept_after_their_day(timetable):
    scene = make_scene(route="QT_WAVE_4")
    ahead = {
        ("qt_entry_checkpoint_1", ""),
        ("qt_entry_checkpoint_2", ""),
        ("qt_execution_window", ""),
    }
    scene.happens(day("2025-11-18"))
    assert scene.duties("RUNNING") == STANDING | ahead

    scene.happens(day("2026-02-20"))

    assert scene.duties("RUNNING") == STANDING | ahead


def test_r82_each_reviewing_body_has_its_own_six_week_clock(scene):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))

    rows = [scene.obligation("initial_qad_review_complete", body) for body in ("BSC", "REC", "DIP")]
    assert {row.due_on for row in rows} == {date(2025, 12, 17)}
    assert {row.started_on for row in rows} == {date(2025, 11, 5)}
    assert {row.cap_on for row in rows} == {date(2025, 12, 19)}
    assert rows[0].reason["binds"] == "rule"
    assert rows[0].reason["sum"] == "5 November 2025 + 42 days = 17 December 2025: the rule binds"
    assert "cap of Friday 19 December 2025" in rows[0].because


def test_r13_bodies_follow_from_the_role(timetable):
    scene = make_scene(role="MEM_SMART")
    scene.happens(
        day("2026-06-02"),
        initial_submitted_at=day("2025-11-05"),
        final_submitted_at=day("2026-05-20"),
        signed_off_at=day("2026-06-01"),
    )

    assert {body for key, body in scene.duties() if key == "final_qad_review_complete"} == {
        "REC",
        "DIP",
    }
    assert {body for key, body in scene.duties() if key == "qualification_decision"} == {"REC"}
    assert scene.obligation("qualification_decision", "REC").due_on == date(2026, 7, 1)


def test_no_body_owes_a_review_before_there_is_something_to_review(timetable):
    # The Final review of SIT M10 has a fixed date in the plan; it is nobody's duty before.
    scene = make_scene(route="SIT_M10_READY")
    scene.happens(day("2025-11-18"))

    assert not {key for key, body in scene.duties() if body}


def test_x7_a_late_submission_leaves_the_reviewers_their_full_period(scene):
    scene.happens(day("2025-11-18"), initial_submitted_at=day("2025-11-18"))

    own, review = (
        scene.obligation("initial_qad_window"),
        scene.obligation("initial_qad_review_complete", "BSC"),
    )
    assert (own.state, own.met_at) == ("LATE", day("2025-11-18"))
    assert review.due_on == date(2025, 12, 30)
    assert (review.reason["binds"], review.reason["cap_missed"]) == ("late", True)
    assert review.reason["standing"] == "assumed"


def test_x11_a_missed_date_blocks_nothing_and_is_recorded_as_late(scene):
    scene.happens(day("2026-08-01"), final_submitted_at=day("2026-08-01"))

    assert scene.obligation("final_qad_window").state == "LATE"


def test_sync_twice_changes_nothing(scene):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))
    with acting_as(PORTAL):
        before = list(Obligation.objects.order_by("pk").values())
        events = AuditEvent.objects.count()
        spoken = list(Reminder.objects.order_by("pk").values())

    scene.happens(day("2025-11-06"))

    with acting_as(PORTAL):
        assert list(Obligation.objects.order_by("pk").values()) == before
        assert list(Reminder.objects.order_by("pk").values()) == spoken
        assert AuditEvent.objects.count() == events


def test_what_is_met_keeps_silent(scene):
    scene.happens(day("2025-10-01"))
    assert "DUE_28" in reminders(scene.obligation("initial_qad_window"))

    scene.happens(day("2025-10-10"), initial_submitted_at=day("2025-10-10"))

    own = scene.obligation("initial_qad_window")
    assert (own.state, reminders(own)) == ("MET", {})


def test_the_reminders_of_a_window_are_those_that_lie_ahead(scene):
    scene.happens(day("2025-11-18"))

    assert reminders(scene.obligation("final_qad_window")) == {
        "OPENS_28": datetime(2025, 12, 15, 8, tzinfo=UTC),
        "OPENS_7": datetime(2026, 1, 5, 8, tzinfo=UTC),
        "DUE_28": datetime(2026, 4, 24, 7, tzinfo=UTC),
        "DUE_14": datetime(2026, 5, 8, 7, tzinfo=UTC),
        "DUE_7": datetime(2026, 5, 15, 7, tzinfo=UTC),
        "DUE_1": datetime(2026, 5, 21, 7, tzinfo=UTC),
        "OVERDUE": datetime(2026, 5, 22, 23, tzinfo=UTC),
        "BREACH": datetime(2026, 5, 29, 23, tzinfo=UTC),
    }


def test_a_duty_found_overdue_says_so_once(scene):
    scene.happens(day("2025-11-10"))
    assert set(reminders(scene.obligation("initial_qad_window"))) == {"OVERDUE", "BREACH"}


@pytest.mark.parametrize(
    ("submitted", "due", "ends"),
    [
        # Six weeks that end on the Sunday of the change to summer time: a day of 23 hours.
        ("2026-02-15", "2026-03-29", datetime(2026, 3, 29, 23, tzinfo=UTC)),
        # The day before it ends at midnight Greenwich.
        ("2026-02-14", "2026-03-28", datetime(2026, 3, 29, 0, tzinfo=UTC)),
        # Six weeks that end on the Sunday of the change back: a day of 25 hours.
        ("2026-09-13", "2026-10-25", datetime(2026, 10, 26, 0, tzinfo=UTC)),
        ("2026-09-12", "2026-10-24", datetime(2026, 10, 24, 23, tzinfo=UTC)),
    ],
)
def test_a_date_lasts_to_the_end_of_its_london_day(scene, submitted, due, ends):
    at = day(submitted)
    scene.happens(at, initial_submitted_at=at)

    row = scene.obligation("initial_qad_review_complete", "BSC")
    assert (row.due_on, row.due_at) == (date.fromisoformat(due), ends)
    assert reminders(row)["OVERDUE"] == ends


def test_an_evening_submission_counts_for_its_london_day(scene):
    # 23:30 UTC on 11 October is half past midnight on the 12th in London.
    at = datetime(2025, 10, 11, 23, 30, tzinfo=UTC)
    scene.happens(at, initial_submitted_at=at)

    assert scene.obligation("initial_qad_review_complete", "BSC").started_on == date(2025, 10, 12)


def test_r43_a_moved_route_plans_every_date_anew_and_keeps_what_is_done(timetable):
    scene = make_scene(route="QT_WAVE_2")
    lead = factories.staff_actor("BSC")
    factories.make_member(scene.organisation)
    scene.happens(day("2025-08-20"), initial_submitted_at=day("2025-08-20"))
    old = scene.obligation("final_qad_window")
    assert old.due_on == date(2026, 3, 6)

    with acting_as(lead):
        roads.change_route(
            qualification=scene.qualification,
            route="QT_WAVE_3",
            because="Testing starts later",
            actor=lead,
            at=day("2025-11-18"),
        )

    final = scene.obligation("final_qad_window")
    assert final.due_on == date(2026, 5, 22)
    assert final.reason["was"] == [
        {"due": "2026-03-06", "until": day("2025-11-18").isoformat(), "why": "route"}
    ]
    assert set(reminders(final, "DROPPED").values()).isdisjoint(reminders(final).values())
    assert reminders(final)["DUE_7"] == datetime(2026, 5, 15, 7, tzinfo=UTC)
    assert scene.obligation("initial_qad_window").state == "MET"
    with acting_as(PORTAL):
        changed = AuditEvent.objects.filter(action="dates.changed").latest("at")
        assert "2026-03-06" in changed.payload
        assert AuditEvent.objects.filter(action="qualification.route_changed").count() == 1


def test_a_date_that_moves_away_and_back_finds_its_reminders_again(timetable):
    scene = make_scene(route="QT_WAVE_2")
    scene.happens(day("2025-11-18"))
    first = reminders(scene.obligation("final_qad_window"))

    scene.happens(day("2025-11-19"), route="QT_WAVE_3")
    scene.happens(day("2025-11-20"), route="QT_WAVE_2")

    assert reminders(scene.obligation("final_qad_window")) == first


@pytest.mark.parametrize("status", ["FINAL_SUBMITTED", "FINAL_REVIEW", "CONTENT_AGREED"])
def test_r103_a_final_under_review_keeps_its_route_until_it_is_reopened(timetable, status):
    scene = make_scene(route="QT_WAVE_2")
    asked = {"route": "QT_WAVE_3", "because": "Late", "actor": PORTAL, "at": day("2026-03-01")}
    scene.happens(day("2026-03-01"), status=status)
    with acting_as(PORTAL), pytest.raises(Refused, match="Reopen it first"):
        roads.change_route(qualification=scene.qualification, **asked)

    scene.happens(day("2026-03-01"), status="FINAL_REOPENED")
    with acting_as(PORTAL):
        moved = roads.change_route(qualification=scene.qualification, **asked)
    assert [each.route for each in moved] == ["QT_WAVE_3"]


def test_r18_a_route_against_the_rules_is_refused_unless_overridden(timetable):
    scene = make_scene(role="LDSO", route="NON_SIT_LDSO_M10")
    asked = {
        "qualification": scene.qualification,
        "route": "QT_WAVE_2",
        "because": "Late",
        "actor": PORTAL,
        "at": day("2025-11-18"),
    }
    with acting_as(PORTAL), pytest.raises(Refused):
        roads.change_route(**asked)
    with acting_as(PORTAL):
        moved = roads.change_route(**asked, override=True)

    assert {(each.role, each.route) for each in moved} == {
        ("LDSO", "QT_WAVE_2"),
        ("SMRA_ERDA", "QT_WAVE_2"),
        ("UMSO", "QT_WAVE_2"),
    }


def test_a_body_meets_its_own_duty_and_no_other(scene):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))
    lead = factories.staff_actor("REC")

    with acting_as(lead):
        clocks.meet(
            qualification=scene.qualification,
            activity="initial_qad_review_complete",
            body="REC",
            actor=lead,
            at=day("2025-12-18"),
        )
    scene.happens(day("2025-12-18"))

    states = {
        body: scene.obligation("initial_qad_review_complete", body).state
        for body in ("BSC", "REC", "DIP")
    }
    assert states == {"BSC": "RUNNING", "REC": "LATE", "DIP": "RUNNING"}


def test_r111_a_voided_signature_sets_the_sign_off_running_again(scene):
    scene.happens(day("2026-06-01"), signed_off_at=day("2026-06-01"))
    with acting_as(PORTAL):
        for body in ("BSC", "REC"):
            clocks.meet(
                qualification=scene.qualification,
                activity="qualification_decision",
                body=body,
                actor=PORTAL,
                at=day("2026-06-10"),
            )

    scene.happens(day("2026-06-15"), signed_off_at=None)
    assert scene.obligation("qad_signoff_deadline").state == "RUNNING"

    scene.happens(day("2026-06-20"), signed_off_at=day("2026-06-20"))

    assert scene.obligation("qad_signoff_deadline").state == "MET"
    decision = scene.obligation("qualification_decision", "BSC")
    assert (decision.state, decision.due_on) == ("RUNNING", date(2026, 7, 20))


def test_x31_a_duty_taken_back_keeps_its_date(scene):
    scene.happens(day("2025-11-05"), initial_submitted_at=day("2025-11-05"))
    key = {"activity": "initial_qad_review_complete", "body": "DIP", "actor": PORTAL}
    with acting_as(PORTAL):
        clocks.meet(qualification=scene.qualification, at=day("2025-12-01"), **key)
        again = clocks.run_again(qualification=scene.qualification, at=day("2025-12-02"), **key)

    assert (again.state, again.due_on) == ("RUNNING", date(2025, 12, 17))
    assert "DUE_7" in reminders(again)


def test_the_initial_no_longer_runs_once_the_final_is_open(scene):
    scene.happens(day("2026-04-01"), final_opened_at=day("2026-04-01"))

    assert ("initial_qad_window", "") not in scene.duties("RUNNING")


def test_withdrawal_ends_every_duty(scene):
    scene.happens(day("2025-11-18"))
    with acting_as(PORTAL):
        ended = clocks.cancel_all(
            qualification=scene.qualification, actor=PORTAL, at=day("2025-11-19")
        )

    assert ended == len(scene.duties("CANCELLED")) == 4
    scene.happens(day("2025-11-20"), status=Status.WITHDRAWN)
    assert scene.duties("RUNNING") == set()


@pytest.mark.parametrize("who", ["participant", "reviewer", "portal"])
def test_clocks_run_under_every_class_of_actor(scene, who):
    actors = {
        "participant": lambda: factories.member_actor(scene.organisation),
        "reviewer": lambda: factories.staff_actor("DIP"),
        "portal": lambda: PORTAL,
    }
    actor = actors[who]()
    scene.happens(day("2025-11-05"), actor=actor, initial_submitted_at=day("2025-11-05"))
    scene.happens(day("2025-11-06"), actor=actor, route="QT_WAVE_4")

    assert scene.obligation("final_qad_window").due_on == date(2026, 7, 24)


def test_r1_another_organisation_cannot_touch_the_clocks(scene):
    scene.happens(day("2025-11-05"))
    stranger = factories.member_actor(factories.make_organisation())
    with acting_as(stranger):
        assert Obligation.objects.count() == 0
        with pytest.raises(Qualification.DoesNotExist):
            clocks.sync(qualification=scene.qualification, actor=stranger, at=day("2025-11-06"))


def test_a_new_timetable_moves_running_dates_and_names_its_version(scene):
    scene.happens(day("2025-11-18"))
    table = tables.FIRST_TABLE.read_text(encoding="utf-8").replace("2026-05-22", "2026-05-29")
    header = tables.FIRST_HEADER.read_text(encoding="utf-8").replace(
        'version = "v1"', 'version = "v2"'
    )

    with acting_as(PORTAL):
        published = import_timetable(
            csv_text=table,
            header_text=header,
            actor=PORTAL,
            at=datetime(2125, 11, 19, tzinfo=UTC),
            reason="v5.1",
        )
        again = import_timetable(
            csv_text=table, header_text=header, actor=PORTAL, at=day("2125-11-20")
        )

    assert again.pk == published.pk
    final = scene.obligation("final_qad_window")
    assert (final.due_on, final.timetable.version) == (date(2026, 5, 29), "v2")
    assert final.reason["version"] == "v2 (QA&P v5.0, Appendix C)"


def test_a_version_is_never_edited(timetable):
    table = tables.FIRST_TABLE.read_text(encoding="utf-8").replace("2026-05-22", "2026-05-29")
    with acting_as(PORTAL):
        before = Timetable.objects.count()
        with pytest.raises(Refused, match="v1 is published already"):
            import_timetable(
                csv_text=table,
                header_text=tables.FIRST_HEADER.read_text(encoding="utf-8"),
                actor=PORTAL,
                at=day("2025-11-19"),
            )
        assert Timetable.objects.count() == before
