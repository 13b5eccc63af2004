"""Completion reports: who, which, when, and what follows (R58-R62, R73, R83-R86, X4, X5, X20)."""

from datetime import date

import pytest

from foundation.audit.models import AuditEvent
from foundation.documents.models import StoredFile
from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.enums import Status
from participants.models import Qualification
from reviews.queries import desk
from tests import factories
from tests.waves.conftest import Scene, day, make_scene
from waves.models import CompletionReport, WorkOff
from waves.services import report_plans, reports

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
AT = day("2025-11-18")


def upload(scene: Scene, actor: Actor, kind: str = "QT", **changes) -> CompletionReport:
    asked = {"name": "report.pdf", "content": PDF, "summary": {}, "at": AT} | changes
    with acting_as(actor):
        return reports.upload_report(
            qualification=scene.qualification, kind=kind, actor=actor, **asked
        )


def now(scene: Scene) -> Qualification:
    with acting_as(PORTAL):
        return Qualification.objects.select_related("organisation").get(pk=scene.qualification.pk)


def told(actor_body: str = "") -> set[str]:
    with acting_as(PORTAL):
        return set(Notice.objects.filter(kind="report").values_list("email", flat=True))


def test_r83_the_qt_report_arms_the_final_and_leaves_the_initial_as_it_is(scene):
    upload(scene, factories.member_actor(scene.organisation))

    held = now(scene)
    assert held.report_received_at == AT
    assert (held.stage, held.status) == ("INITIAL", Status.INITIAL_DRAFT)


def test_r83_a_second_report_does_not_arm_again(scene):
    author = factories.member_actor(scene.organisation)
    upload(scene, author)
    upload(scene, author, at=day("2025-12-01"))

    assert now(scene).report_received_at == AT
    with acting_as(PORTAL):
        assert CompletionReport.objects.count() == 2


def test_x5_the_report_stands_beside_the_qad_and_is_open_to_the_bodies_at_once(scene):
    upload(scene, factories.member_actor(scene.organisation))

    with acting_as(factories.staff_actor("REC")):
        assert StoredFile.objects.get().released_at == AT


def test_nt20_both_sides_hear_that_the_next_opening_makes_it_final(scene):
    member = factories.make_member(scene.organisation)
    reviewer, other = factories.make_staff("DIP"), factories.make_staff("MHHSP")

    upload(scene, factories.member_actor(scene.organisation))

    with acting_as(PORTAL):
        own = Notice.objects.get(kind="report", email=member.person.email)
        body = Notice.objects.get(kind="report", email=reviewer.email)
    assert "The next time you open the QAD it becomes the Final." in own.text
    assert "when the organisation next opens it" in body.text
    assert other.email not in told()


def test_nt11_a_pit_report_goes_to_test_managers_not_to_every_reviewer(scene):
    manager = factories.make_staff("BSC", "TEST_MANAGER")
    reviewer = factories.make_staff("BSC")

    upload(scene, factories.member_actor(scene.organisation), "PIT")

    assert manager.email in told()
    assert reviewer.email not in told()


def test_r62_sufficiency_is_due_a_month_after_the_report_and_meets_the_clock(scene):
    upload(scene, factories.member_actor(scene.organisation), "PIT", at=day("2025-10-31"))
    duty = scene.obligation("pit_sufficiency", "BSC")
    assert (duty.due_on, duty.state) == (date(2025, 11, 30), "RUNNING")

    manager = factories.staff_actor("BSC", "TEST_MANAGER")
    with acting_as(manager):
        confirmed = reports.confirm_sufficiency(
            report=CompletionReport.objects.get(), actor=manager, at=day("2025-12-02")
        )

    duty = scene.obligation("pit_sufficiency", "BSC")
    assert (duty.state, duty.met_at) == ("LATE", day("2025-12-02"))
    assert confirmed.sufficiency_confirmed_by_name == "Ruth Adeyemi"
    with acting_as(manager), pytest.raises(Refused, match="confirmed already"):
        reports.confirm_sufficiency(report=confirmed, actor=manager, at=day("2025-12-03"))


def test_r62_only_waves_have_that_month(timetable):
    scene = make_scene("LDSO", "NON_SIT_LDSO_M10")
    upload(scene, factories.member_actor(scene.organisation), "PIT")

    assert "pit_sufficiency" not in {key for key, _ in scene.duties()}


def test_r14_one_report_serves_the_whole_trio(timetable):
    scene = make_scene("LDSO", "NON_SIT_LDSO_M10")
    kept = upload(scene, factories.member_actor(scene.organisation))

    with acting_as(PORTAL):
        rows = CompletionReport.objects.all()
        assert {row.qualification.role for row in rows} == {"LDSO", "SMRA_ERDA", "UMSO"}
        assert len({row.file_id for row in rows}) == 1
        armed = Qualification.objects.filter(report_received_at=AT).count()
    assert armed == 3
    assert kept.qualification_id == scene.qualification.pk


@pytest.mark.parametrize(
    ("route", "kind", "taken"),
    [
        ("QT_WAVE_1", "QT", True),
        ("QT_WAVE_1", "SIT", False),
        ("QT_WAVE_1", "PIT", True),
        ("SIT_M11_READY", "QT", False),
        ("SIT_M11_READY", "SIT", True),
        ("SIT_M11_READY", "PIT", False),  # the Programme supplies it (R59)
    ],
)
def test_r77_each_route_takes_its_own_reports(timetable, route, kind, taken):
    scene = make_scene(route=route)
    author = factories.member_actor(scene.organisation)
    if taken:
        assert upload(scene, author, kind).kind == kind
        return
    with pytest.raises(Refused):
        upload(scene, author, kind)


def test_r59_the_programmes_test_manager_supplies_the_reports_of_sit(timetable):
    scene = make_scene(route="SIT_M10_READY")
    manager = factories.staff_actor("MHHSP", "TEST_MANAGER")

    upload(scene, manager, "PIT")
    report = upload(scene, manager, "SIT")

    assert (report.supplied_by, report.work_off_agreed) == ("MHHSP", False)
    assert now(scene).report_received_at == AT


def say(service, report: CompletionReport, actor: Actor) -> CompletionReport:
    with acting_as(actor):
        found = CompletionReport.objects.select_related("qualification").get(pk=report.pk)
        return service(report=found, actor=actor, at=AT)


def lead(body: str) -> Actor:
    return factories.staff_actor(body, "LEAD")


def test_r75_plans_are_reviewed_by_the_programme_then_agreed_by_every_body(timetable):
    scene = make_scene("SDS", "SIT_M10_READY")
    report = upload(scene, factories.member_actor(scene.organisation), "SIT")
    with pytest.raises(Refused, match="reviews the work-off plans first"):
        say(report_plans.agree_work_off, report, lead("BSC"))
    with pytest.raises(Refused, match="MHHS Programme"):
        elexon = factories.staff_actor("BSC", "TEST_MANAGER")
        say(report_plans.review_work_off, report, elexon)

    programme = factories.staff_actor("MHHSP", "TEST_MANAGER")
    say(report_plans.review_work_off, report, programme)

    assert say(report_plans.agree_work_off, report, lead("BSC")).work_off_agreed is False
    with pytest.raises(Refused, match="BSC agreed already"):
        say(report_plans.agree_work_off, report, lead("BSC"))
    assert say(report_plans.agree_work_off, report, lead("DIP")).work_off_agreed is True


@pytest.mark.parametrize(
    ("body", "duty"),
    [("MHHSP", "TEST_MANAGER"), ("MHHSP", "LEAD"), ("BSC", "TEST_MANAGER"), ("REC", "LEAD")],
)
def test_r75_nobody_but_a_lead_of_a_body_of_the_role_agrees(timetable, body, duty):
    scene = make_scene("SDS", "SIT_M10_READY")
    report = upload(scene, factories.staff_actor("MHHSP", "TEST_MANAGER"), "SIT")

    with pytest.raises(Denied):
        say(report_plans.agree_work_off, report, factories.staff_actor(body, duty))


def test_r75_what_was_agreed_of_one_report_says_nothing_of_the_next(timetable):
    scene = make_scene("SDS", "SIT_M10_READY")
    programme = factories.staff_actor("MHHSP", "TEST_MANAGER")
    first = upload(scene, programme, "SIT")
    say(report_plans.agree_work_off, first, lead("BSC"))
    second = upload(scene, programme, "SIT", at=day("2025-11-20"))

    with pytest.raises(Refused, match="newer report"):
        say(report_plans.agree_work_off, first, lead("DIP"))
    assert say(report_plans.agree_work_off, second, lead("DIP")).work_off_agreed is False


def test_r75_of_a_trio_each_role_waits_for_its_own_bodies(timetable):
    scene = make_scene("LDSO", "SIT_M10_READY")
    report = upload(scene, factories.staff_actor("MHHSP", "TEST_MANAGER"), "SIT")
    for body in ("BSC", "DIP"):
        say(report_plans.agree_work_off, report, lead(body))

    def agreed() -> set[str]:
        with acting_as(PORTAL):
            rows = CompletionReport.objects.filter(work_off_agreed=True)
            return set(rows.values_list("qualification__role", flat=True))

    assert agreed() == {"UMSO"}
    say(report_plans.agree_work_off, report, lead("REC"))
    assert agreed() == {"LDSO", "SMRA_ERDA", "UMSO"}


@pytest.mark.parametrize(
    ("route", "body", "may"),
    [
        ("QT_WAVE_3", "BSC", True),
        ("QT_WAVE_3", "MHHSP", False),
        ("SIT_M11_READY", "MHHSP", True),
        ("SIT_M11_READY", "BSC", False),
    ],
)
def test_r75_pit_is_offered_to_whoever_assures_the_route_and_to_no_other(
    timetable, route, body, may
):
    scene = make_scene(route=route)
    report = upload(scene, factories.staff_actor("MHHSP", "TEST_MANAGER"), "PIT")
    manager = factories.staff_actor(body, "TEST_MANAGER")

    with acting_as(manager):
        assert list(desk.reports_to_confirm(manager)) == ([report] if may else [])
    if may:
        assert say(reports.confirm_sufficiency, report, manager).sufficiency_confirmed_at
        return
    with pytest.raises(Refused, match="reviews this"):
        say(reports.confirm_sufficiency, report, manager)


@pytest.mark.parametrize(
    ("kind", "figures", "taken"),
    [
        ("QT", {"open_1": 1}, False),
        ("QT", {"open_2": 2}, False),
        ("QT", {"open_3": 4, "open_4": 9}, True),
        ("PIT", {"open_2": 1}, True),  # PIT allows agreed exceptions (X20)
    ],
)
def test_r73_qt_does_not_end_with_a_severe_defect_open(scene, kind, figures, taken):
    author = factories.member_actor(scene.organisation)
    if taken:
        assert upload(scene, author, kind, summary=figures).summary == figures
        return
    with pytest.raises(Refused, match="severity 1 or 2"):
        upload(scene, author, kind, summary=figures)


def except_tests(scene: Scene, status: str, *concerns: str) -> None:
    with acting_as(PORTAL):
        WorkOff.objects.create(
            organisation_id=scene.organisation.pk, qualification=scene.qualification, number=1,
            kind="EXCEPTION", stage="QT", status=status, title="Left out", plan="Agreed so.",
            concerns=list(concerns), due_on=AT.date(), proposed_at=AT, proposed_by_name="Priya",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "concerns", "taken"),
    [
        ("", (), False),
        ("REVIEWED", ("QT-99", "QT-100"), False),
        ("AGREED", ("QT-100",), False),
        ("AGREED", ("QT-99", "QT-100"), True),
    ],
)
def test_r73_x36_qt_ends_with_every_test_run_or_let_go_by_every_body(
    scene, status, concerns, taken
):
    author = factories.member_actor(scene.organisation)
    figures = {"planned": 100, "run": 98, "passed": 98}
    if status:
        except_tests(scene, status, *concerns)
    if taken:
        assert upload(scene, author, summary=figures).summary == figures
        return
    with pytest.raises(Refused, match="2 of 100 planned tests not run"):
        upload(scene, author, summary=figures)
    assert now(scene).report_received_at is None


@pytest.mark.parametrize(
    ("summary", "field"),
    [
        ({"planned": 10, "run": 11}, "run"),
        ({"run": 10, "passed": 11}, "passed"),
        ({"planned": "many"}, "planned"),
        ({"planned": -1}, "planned"),
    ],
)
def test_figures_that_cannot_be_true_are_named(scene, summary, field):
    with pytest.raises(Invalid) as problem:
        upload(scene, factories.member_actor(scene.organisation), summary=summary)
    assert list(problem.value.problems) == [field]


@pytest.mark.parametrize("status", ["SIGNED_OFF", "QUALIFIED", "NOT_APPROVED", "WITHDRAWN"])
def test_a_report_after_the_signature_is_refused(scene, status):
    with acting_as(PORTAL):
        Qualification.objects.filter(pk=scene.qualification.pk).update(status=status)

    with pytest.raises(Refused, match="before the signature"):
        upload(scene, factories.member_actor(scene.organisation))


def test_who_may_not_upload_is_denied_and_nothing_is_kept(scene):
    limited = {"is_master_admin": False, "is_limited": True}
    for actor in (
        factories.member_actor(scene.organisation, **limited),
        factories.staff_actor("BSC"),
    ):
        with pytest.raises(Denied):
            upload(scene, actor)
    with acting_as(PORTAL):
        assert CompletionReport.objects.count() == StoredFile.objects.count() == 0


def test_a_report_is_an_event_with_its_hash_and_no_text(scene):
    report = upload(scene, factories.member_actor(scene.organisation), summary={"planned": 3})

    with acting_as(PORTAL):
        event = AuditEvent.objects.get(action="report.received")
        assert event.object_id == str(report.pk)
        assert report.file.sha256 in event.payload


def test_the_qt_report_ends_the_steps_that_led_to_it(timetable):
    scene = make_scene(route="QT_WAVE_4")
    scene.happens(AT)
    upload(scene, factories.member_actor(scene.organisation), at=day("2026-07-01"))

    assert scene.obligation("qt_execution_window").state == "MET"
    assert scene.obligation("qt_entry_checkpoint_1").state == "CANCELLED"


def test_r60_the_second_pit_report_of_an_ldso_meets_the_second_stage(timetable):
    scene = make_scene("LDSO", "NON_SIT_LDSO_M10")
    author = factories.member_actor(scene.organisation)
    scene.happens(day("2024-10-01"))
    upload(scene, author, "PIT", at=day("2024-11-29"))
    upload(scene, author, "PIT", at=day("2025-02-03"))

    assert scene.obligation("qt_entry_checkpoint_2").state == "MET"
    assert scene.obligation("qt_entry_checkpoint_2_second").state == "LATE"
