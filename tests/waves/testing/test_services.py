"""Testing through its services: who hands in, reviews, agrees, confirms (D.11, D.12, R58-R75)."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.models import Qualification
from tests import factories
from tests.waves.conftest import Scene, day, make_scene
from waves.enums import EntryCriterion
from waves.gates import GateName
from waves.lifecycle.testing import DELIVERABLE_MOVES, PLAN_MOVES, WORK_OFF_MOVES
from waves.models import Deliverable, TestPlan, WorkOff
from waves.services import reports, test_imports, test_plans, testing, work_offs

pytestmark = pytest.mark.django_db
AT = day("2025-11-18")
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CASES = "ID,Title,Outcome,Run date,URL\n{}"
ITEM = {
    "kind": "DEFERRED_PIT",
    "stage": "PIT",
    "title": "Operational PIT",
    "plan": "We run it in March.",
    "due_on": date(2026, 3, 31),
}
PLAN = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 4, 1), "tests": 90}


class Play:
    """One party with its people and the bodies around it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.author = factories.member_actor(scene.organisation)
        self.tester = factories.staff_actor("BSC", "TEST_MANAGER")
        self.leads = [factories.staff_actor(body, "LEAD") for body in ("BSC", "REC", "DIP")]

    @property
    def held(self) -> Qualification:
        return Qualification.objects.select_related("organisation").get(
            pk=self.scene.qualification.pk
        )

    def do(self, actor: Actor, service: Callable, /, of: str = "qualification", **said):
        with acting_as(actor):
            said.setdefault("at", AT)
            if of == "qualification":
                said["qualification"] = self.held
            return service(actor=actor, **said)

    def agree_all(self, service: Callable, **said):
        for lead in self.leads:
            row = self.do(lead, service, of="", at=AT + timedelta(minutes=5), **said)
        return row

    def agreed_item(self, **changes) -> WorkOff:
        row = self.do(self.author, work_offs.propose, **(ITEM | changes))
        self.do(self.tester, work_offs.review, of="", work_off=row)
        return self.agree_all(work_offs.agree, work_off=row)

    def bring_in(self, kind: str, text: str, stage: str = "QT", actor: Actor | None = None):
        return self.do(
            actor or self.author, test_imports.take_in, kind=kind, stage=stage, text=text
        )

    def through_pit(self) -> None:
        for kind in ("APPROACH", "RTTM"):
            row = self.do(self.author, testing.hand_in, kind=kind, link="https://tool.example/pit")
            self.do(self.tester, testing.judge_deliverable, of="", deliverable=row, is_enough=True)
        report = self.do(
            self.author,
            reports.upload_report,
            kind="PIT",
            name="pit.pdf",
            content=PDF,
            summary={"planned": 4, "run": 4, "passed": 4},
        )
        self.do(self.tester, reports.confirm_sufficiency, of="", report=report)
        self.do(self.tester, testing.prove_interfaces, note="DIP-SIM-7")
        self.do(self.tester, testing.confirm_gate, gate="pit_exit")

    def into_qt(self) -> None:
        self.through_pit()
        plan = self.do(self.author, test_plans.submit_plan, **PLAN)
        self.agree_all(test_plans.agree_plan, plan=plan)
        with acting_as(PORTAL):
            Qualification.objects.filter(pk=self.held.pk).update(initial_submitted_at=AT)
        for criterion in EntryCriterion.values:
            self.do(self.tester, testing.check, criterion=criterion, state="MET")
        self.do(self.tester, testing.confirm_gate, gate=GateName.QT_ENTRY)


@pytest.fixture
def play(timetable) -> Play:
    return Play(make_scene())


def happened(play: Play) -> set[str]:
    with acting_as(PORTAL):
        return set(play.held.happened)


def told(kind: str = "testing") -> list[str]:
    with acting_as(PORTAL):
        return list(Notice.objects.filter(kind=kind).values_list("subject", flat=True))


def test_a_party_goes_from_pit_to_qt_exit(play):
    play.into_qt()
    play.bring_in("cases", CASES.format("T-1,One,Passed,2026-03-09,\nT-2,Two,Pass,,"))
    play.bring_in("defects", "ID,Title,Severity,State\nB-1,Late flow,3 - Medium,Active\n")
    with pytest.raises(Refused, match="No impact assessment of B-1"):
        play.do(play.tester, testing.confirm_gate, gate="qt_exit")
    with acting_as(PORTAL):
        defect = play.held.defects.get()
    play.do(play.author, test_imports.assess, of="", defect=defect, impact="None on settlement.")
    play.agreed_item(kind="WORK_OFF", stage="QT", concerns=["B-1"])

    play.do(play.tester, testing.confirm_gate, gate="qt_exit")

    assert {"pit_exit", "qt_entry_confirmed", "qt_exit", "test_plan_approved"} <= happened(play)
    with acting_as(PORTAL):
        assert TestPlan.objects.get().status == "COMPLETE"


def test_r68_entry_is_refused_with_every_missing_reason(play):
    with pytest.raises(Refused) as refusal:
        play.do(play.tester, testing.confirm_gate, gate=GateName.QT_ENTRY)
    assert len(refusal.value.reasons) == 7
    assert "qt_entry_confirmed" not in happened(play)


def test_nt14_entry_confirmed_and_refused_are_told(play):
    play.do(play.tester, testing.refuse_entry, because="Test data is not there.")
    with acting_as(PORTAL):
        said = Notice.objects.filter(subject__contains="QT entry is not confirmed").first()
        assert "Test data is not there." in said.text
        assert AuditEvent.objects.filter(action="qt_entry.refused").count() == 1
    play.into_qt()
    assert any("QT entry confirmed" in each for each in told())


def test_a_gate_that_was_confirmed_can_be_taken_back_with_a_reason(play):
    play.through_pit()
    with pytest.raises(Refused, match="confirmed already"):
        play.do(play.tester, testing.confirm_gate, gate="pit_exit")
    play.do(play.tester, testing.take_back, gate="pit_exit", because="A defect came back.")
    assert "pit_exit" not in happened(play)


def test_r58_an_rttm_can_be_returned_and_handed_in_again(play):
    row = play.do(play.author, testing.hand_in, kind="RTTM", name="rttm.pdf", content=PDF)
    with pytest.raises(Invalid):
        play.do(play.tester, testing.judge_deliverable, of="", deliverable=row, is_enough=False)
    returned = {"deliverable": row, "is_enough": False, "note": "Not on the issued template."}
    play.do(play.tester, testing.judge_deliverable, of="", **returned)
    again = play.do(play.author, testing.hand_in, kind="RTTM", name="rttm.pdf", content=PDF)

    assert again.number == 2
    with acting_as(PORTAL):
        assert [each.status for each in Deliverable.objects.order_by("number")] == [
            "RETURNED",
            "SUBMITTED",
        ]
    assert "pit_rttm_submitted" in happened(play)


def test_r59_a_sit_party_hands_in_nothing_and_its_plans_are_reviewed_by_the_programme(timetable):
    play = Play(make_scene(route="SIT_M10_READY"))
    with pytest.raises(Refused, match="Programme"):
        play.do(play.author, testing.hand_in, kind="RTTM", link="https://tool.example/1")
    row = play.do(play.author, work_offs.propose, **(ITEM | {"kind": "WORK_OFF", "stage": "SIT"}))
    with pytest.raises(Refused, match="MHHS Programme"):
        play.do(play.tester, work_offs.review, of="", work_off=row)
    programme = factories.staff_actor("MHHSP", "TEST_MANAGER")
    assert play.do(programme, work_offs.review, of="", work_off=row).status == "REVIEWED"


@pytest.mark.parametrize(
    ("role", "route", "bodies"),
    [
        ("SUPPLIER", "QT_WAVE_3", ["BSC", "REC", "DIP"]),
        ("SDS", "QT_WAVE_3", ["BSC", "DIP"]),
        ("MEM_ADV", "QT_WAVE_3", ["REC", "DIP"]),
    ],
)
def test_r63_r75_every_body_of_the_role_agrees_and_no_other(timetable, role, route, bodies):
    play = Play(make_scene(role, route))
    row = play.do(play.author, work_offs.propose, **ITEM)
    with pytest.raises(Refused):
        play.do(factories.staff_actor(bodies[0], "LEAD"), work_offs.agree, of="", work_off=row)
    play.do(play.tester, work_offs.review, of="", work_off=row)
    for body in bodies:
        assert (
            play.do(play.author, lambda **_: WorkOff.objects.get(pk=row.pk).status, of="")
            == "REVIEWED"
        )
        actor = factories.staff_actor(body, "LEAD")
        found = play.do(actor, work_offs.agree, of="", work_off=row)
        if body != bodies[-1]:
            with pytest.raises(Refused, match="already"):
                play.do(actor, work_offs.agree, of="", work_off=row)
    assert found.status == "AGREED"
    for body in {"BSC", "REC", "DIP"} - set(bodies):
        with pytest.raises(Denied):
            play.do(factories.staff_actor(body, "LEAD"), work_offs.agree, of="", work_off=row)


def test_r75_words_lapse_when_a_plan_is_sent_back(play):
    row = play.do(play.author, work_offs.propose, **ITEM)
    play.do(play.tester, work_offs.review, of="", work_off=row)
    play.do(play.leads[0], work_offs.agree, of="", work_off=row, at=AT + timedelta(hours=1))
    later = AT + timedelta(hours=2)
    play.do(play.leads[1], work_offs.send_back, of="", work_off=row, note="By when?", at=later)
    said = {name: ITEM[name] for name in ("title", "plan", "due_on")}
    play.do(play.author, work_offs.revise, of="", work_off=row, at=later, **said)
    play.do(play.tester, work_offs.review, of="", work_off=row, at=later)
    for lead in play.leads:
        found = play.do(lead, work_offs.agree, of="", work_off=row, at=later + timedelta(hours=1))
    assert found.status == "AGREED"


def test_r74_done_needs_a_reference(play):
    row = play.agreed_item()
    with pytest.raises(Invalid):
        play.do(play.tester, work_offs.finish, of="", work_off=row, evidence=" ")
    done = play.do(play.tester, work_offs.finish, of="", work_off=row, evidence="ADO 4711")
    assert (done.status, done.evidence) == ("DONE", "ADO 4711")


def test_r72_a_new_baseline_needs_a_reason_and_the_old_one_stays(play):
    first = play.do(play.author, test_plans.submit_plan, **PLAN)
    play.agree_all(test_plans.agree_plan, plan=first)
    later = PLAN | {"ends_on": date(2026, 5, 1)}
    with pytest.raises(Invalid) as problem:
        play.do(play.author, test_plans.submit_plan, **later)
    assert list(problem.value.problems) == ["reason"]
    second = play.do(play.author, test_plans.submit_plan, **later, reason="Data came late.")
    with acting_as(PORTAL):
        assert TestPlan.objects.get(baseline=1).status == "APPROVED"
    play.agree_all(test_plans.agree_plan, plan=second)

    with acting_as(PORTAL):
        states = dict(TestPlan.objects.values_list("baseline", "status"))
    assert states == {1: "SUPERSEDED", 2: "APPROVED"}
    assert any("re-baselined" in each for each in told())


def test_r14_a_trio_is_tested_once(timetable):
    scene = make_scene("LDSO", "NON_SIT_LDSO_M10")
    play = Play(scene)
    with acting_as(PORTAL):
        other = Qualification.objects.get(organisation=scene.organisation, role="UMSO")
    with acting_as(play.author):
        row = work_offs.propose(qualification=other, actor=play.author, at=AT, **ITEM)
    assert row.qualification_id == scene.qualification.pk


def test_r74_an_import_twice_changes_nothing(play):
    text = CASES.format(
        "T-1,=cmd|' /C calc'!A0,Passed,2026-03-09,https://tool.example/1\nT-2,,Failed,,"
    )
    first = play.bring_in("cases", text)
    second = play.bring_in("cases", text)
    assert (first.count("new"), second.count("new"), second.count("changed")) == (2, 0, 0)
    third = play.bring_in("cases", text.replace("Failed", "Passed"))
    assert (third.count("changed"), third.count("same")) == (1, 1)
    with acting_as(PORTAL):
        day_ = play.held.test_progress.get()
        assert (day_.planned, day_.run, day_.passed, day_.failed) == (2, 2, 2, 0)
        out = test_imports.exported(play.held, "cases", "QT")
    assert "'=cmd" in out
    assert play.bring_in("cases", out).count("same") == 2


def test_an_import_with_a_bad_line_is_refused_whole(play):
    text = "ID,Title,Severity,State\nB-1,a,9,Open\nB-2,b,2,Open\nB-2,c,2,Open\n"
    with pytest.raises(Invalid) as problem:
        play.bring_in("defects", text)
    said = problem.value.problems["text"]
    assert [each.split(":")[0] for each in said] == ["Line 2", "Line 4"]
    with acting_as(PORTAL):
        assert play.held.defects.count() == 0


def test_nt15_testing_behind_its_plan_is_said_once_a_week(play):
    plan = play.do(play.author, test_plans.submit_plan, **PLAN)
    play.agree_all(test_plans.agree_plan, plan=plan)
    for at in (day("2026-03-17"), day("2026-03-18")):
        figures = {"planned": 90, "run": 10, "passed": 9}
        play.do(play.tester, test_imports.record_progress, **figures, at=at)
    slips = [each for each in told() if "behind its plan" in each]
    assert len(slips) == len(set(_emails("behind its plan")))


def _emails(words: str) -> list[str]:
    with acting_as(PORTAL):
        return list(Notice.objects.filter(subject__contains=words).values_list("email", flat=True))


@pytest.mark.parametrize("who", ["stranger", "reviewer", "limited"])
def test_who_has_no_right_is_denied(play, who):
    actor = {
        "stranger": lambda: factories.member_actor(factories.make_organisation()),
        "reviewer": lambda: factories.staff_actor("BSC", "REVIEWER"),
        "limited": lambda: factories.member_actor(
            play.scene.organisation, is_master_admin=False, is_limited=True
        ),
    }[who]()
    with acting_as(PORTAL):
        held = play.held
    with acting_as(actor), pytest.raises(Denied):
        work_offs.propose(qualification=held, actor=actor, at=AT, **ITEM)
    with acting_as(actor), pytest.raises(Denied):
        testing.confirm_gate(qualification=held, gate="pit_exit", actor=actor, at=AT)
    with acting_as(PORTAL):
        assert not WorkOff.objects.filter(qualification=held).exists()


_STATES = {
    "deliverable": ("SUBMITTED", "RETURNED", "ASSURED"),
    "plan": ("SUBMITTED", "RETURNED", "APPROVED", "SUPERSEDED", "COMPLETE"),
    "work_off": ("PROPOSED", "RETURNED", "REVIEWED", "AGREED", "DONE"),
}
_MOVES = {"deliverable": DELIVERABLE_MOVES, "plan": PLAN_MOVES, "work_off": WORK_OFF_MOVES}
_OPEN = {
    "deliverable": {("SUBMITTED", "RETURNED"), ("SUBMITTED", "ASSURED"), ("RETURNED", "ASSURED")},
    "plan": {
        ("RETURNED", "SUBMITTED"),
        ("SUBMITTED", "RETURNED"),
        ("SUBMITTED", "APPROVED"),
        ("APPROVED", "SUPERSEDED"),
        ("APPROVED", "COMPLETE"),
    },
    "work_off": {
        ("PROPOSED", "PROPOSED"),
        ("RETURNED", "PROPOSED"),
        ("PROPOSED", "REVIEWED"),
        ("PROPOSED", "RETURNED"),
        ("REVIEWED", "RETURNED"),
        ("REVIEWED", "AGREED"),
        ("AGREED", "DONE"),
    },
}


@pytest.mark.parametrize("thing", _STATES)
def test_d11_d12_every_move_against_every_state(thing):
    found = {
        (state, move.target)
        for state, move in product(_STATES[thing], _MOVES[thing])
        if state in move.sources
    }
    assert found == _OPEN[thing]
