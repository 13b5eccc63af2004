"""Playing testing: deliverables, plans, entry into QT, weeks of progress, defects, work-off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants import entry
from participants.market_roles import MARKET_ROLES
from participants.models import Membership, Qualification
from qadportal.demo.play.cast import Cast
from waves.enums import EntryCriterion
from waves.gates import GateName
from waves.models import Deliverable, WorkOff
from waves.services import test_imports, test_plans, testing, work_offs

TOOL = "https://testtool.example/run/"
TESTS = 60


@dataclass(frozen=True, slots=True)
class Tale:
    """How far one party came: PIT (its days), entry, and tests run week by week."""

    pit: date
    deferral: str = ""  # where it stands: PROPOSED, REVIEWED, AGREED
    exited: bool = True
    entered: bool = True
    weeks: tuple[int, ...] = ()
    rebaselined: bool = False
    severe: bool = False
    complete: bool = False


TALES = {
    ("greywether", "SUPPLIER"): Tale(date(2025, 7, 14), weeks=(9, 24, 41, 60), complete=True),
    ("calder-wye", "SUPPLIER"): Tale(date(2025, 7, 14), weeks=(12, 33, 52, 60), complete=True),
    ("fennmoor", "SUPPLIER"): Tale(
        date(2025, 9, 8), deferral="AGREED", weeks=(4, 9, 13, 22, 27), rebaselined=True
    ),
    ("hollin-bridge", "SUPPLIER"): Tale(date(2025, 9, 8), weeks=(8, 16, 27, 33, 41)),
    ("brackwater", "ADS"): Tale(date(2025, 9, 8), weeks=(7, 15, 21, 25, 31), severe=True),
    ("vale-of-arrow", "MEM_ADV"): Tale(date(2025, 9, 9), deferral="REVIEWED", entered=False),
    ("stannage-supply", "SDS"): Tale(
        date(2025, 9, 9), deferral="PROPOSED", exited=False, entered=False
    ),
    ("penhallow", "SUPPLIER"): Tale(date(2025, 10, 20), exited=False, entered=False),
    ("gorsefell", "SUPPLIER"): Tale(date(2025, 10, 22), exited=False, entered=False),
}


@dataclass
class Stage:
    """One party on its way, with the people who act for it."""

    held: Qualification
    member: Actor
    cast: Cast

    def act(self, who: Actor, on: date, service: Callable[..., Any], **said: Any) -> Any:
        """Let somebody act on a day of the past; each act ten minutes after the one before."""
        at = datetime.combine(on, time(10, 30), moments.LONDON)
        with moments.at(at), acting_as(who):
            return service(actor=who, at=at, **said)

    def own(self, on: date, service: Callable[..., Any], **said: Any) -> Any:
        """The organisation acts on its testing."""
        return self.act(self.member, on, service, qualification=self.held, **said)

    @property
    def tester(self) -> Actor:
        """Who assures its tests."""
        return self.cast.test_manager(self.held.route)

    def agree(self, on: date, service: Callable[..., Any], **said: Any) -> None:
        """Every body that governs the role gives its word."""
        for body in MARKET_ROLES[self.held.role].bodies:
            self.act(self.cast.lead(body), on, service, **said)


def play_testing(cast: Cast, now: datetime) -> None:
    """Play what was told, for the parties that are here and have no testing yet."""
    with acting_as(PORTAL):
        begun = set(Deliverable.objects.values_list("qualification_id", flat=True))
        rows = {
            (each.organisation.slug, each.role): each
            for each in Qualification.objects.select_related("organisation")
            if each.pk not in begun
        }
        admins = {
            each.organisation_id: each
            for each in Membership.objects.filter(is_master_admin=True, is_active=True)
            .select_related("person", "organisation")
            .order_by("-joined_at")
        }
    for key, tale in TALES.items():
        held = rows.get(key)
        if held and held.organisation_id in admins:
            member = entry.member_actor(admins[held.organisation_id])
            _play(Stage(held, member, cast), tale, now.date())


def _play(stage: Stage, tale: Tale, today: date) -> None:
    _pit(stage, tale)
    plan = _plan(stage, tale.pit + timedelta(days=28), tale.pit + timedelta(days=4))
    if tale.exited:
        stage.agree(tale.pit + timedelta(days=11), test_plans.agree_plan, plan=plan)
    if tale.entered:
        _enter(stage, tale.pit + timedelta(days=25))
        _run(stage, tale, tale.pit + timedelta(days=28), today)


def _pit(stage: Stage, tale: Tale) -> None:
    on = tale.pit
    for kind in ("APPROACH", "RTTM"):
        row = stage.own(on, testing.hand_in, kind=kind, link=f"{TOOL}pit/{kind.lower()}")
        if tale.exited or kind == "APPROACH":
            done = {"deliverable": row, "is_enough": True}
            stage.act(stage.tester, on + timedelta(days=2), testing.judge_deliverable, **done)
    if not tale.exited and not tale.deferral:
        back = {"deliverable": row, "is_enough": False, "note": "Use the template of the role."}
        stage.act(stage.tester, on + timedelta(days=3), testing.judge_deliverable, **back)
        return
    text = "ID,Title,Outcome,Run date\n" + "".join(
        f"PIT-{number:03},PIT scenario {number},Passed,{on}\n" for number in range(1, 25)
    )
    stage.own(on, test_imports.take_in, kind="cases", stage="PIT", text=text)
    text = "ID,Title,Severity,State\nPD-118,Interface retry is slow,2 - High,Active\n"
    stage.own(on, test_imports.take_in, kind="defects", stage="PIT", text=text)
    _item(stage, on, "EXCEPTION", "PIT", "Interface retry", ["PD-118"], "AGREED")
    if tale.deferral:
        _item(stage, on, "DEFERRED_PIT", "PIT", "Operational PIT", [], tale.deferral)
    if tale.exited:
        known = {"qualification": stage.held}
        later = on + timedelta(days=6)
        stage.act(stage.tester, later, testing.prove_interfaces, note="DIP-SIM-2207", **known)
        if tale.deferral != "REVIEWED":
            stage.act(stage.tester, later, testing.confirm_gate, gate=GateName.PIT_EXIT, **known)


def _item(
    stage: Stage, on: date, kind: str, of: str, title: str, concerns: list[str], upto: str
) -> WorkOff:
    row = stage.own(
        on,
        work_offs.propose,
        kind=kind,
        stage=of,
        title=title,
        plan="We fix it in the next release and run the scenario again.",
        concerns=concerns,
        due_on=on + timedelta(days=150),
    )
    if upto in ("REVIEWED", "AGREED"):
        stage.act(stage.tester, on + timedelta(days=1), work_offs.review, work_off=row)
    if upto == "AGREED":
        stage.agree(on + timedelta(days=2), work_offs.agree, work_off=row)
    return row


def _plan(stage: Stage, starts_on: date, on: date, days: int = 63, reason: str = "") -> Any:
    return stage.own(
        on,
        test_plans.submit_plan,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=days),
        tests=TESTS,
        reason=reason,
        link=f"{TOOL}plan",
    )


def _enter(stage: Stage, on: date) -> None:
    known = {"qualification": stage.held}
    for criterion in EntryCriterion.values:
        stage.act(stage.tester, on, testing.check, criterion=criterion, state="MET", **known)
    stage.act(stage.tester, on, testing.confirm_gate, gate=GateName.QT_ENTRY, **known)


def _run(stage: Stage, tale: Tale, starts_on: date, today: date) -> None:
    for week, run in enumerate(tale.weeks, start=1):
        on = starts_on + timedelta(days=7 * week)
        if on >= today:
            break
        figures = {"planned": TESTS, "run": run, "passed": run - min(3, run // 8)}
        if run == TESTS:
            figures["passed"] = TESTS
        if run == tale.weeks[-1]:
            _export(stage, tale, run, on)
        else:
            stage.own(on, test_imports.record_progress, **figures)
        if tale.rebaselined and week == 3:
            plan = _plan(stage, starts_on, on, days=91, reason="Test data came three weeks late.")
            stage.agree(on + timedelta(days=3), test_plans.agree_plan, plan=plan)
    if tale.complete:
        known = {"qualification": stage.held, "gate": GateName.QT_EXIT}
        stage.act(stage.tester, on + timedelta(days=3), testing.confirm_gate, **known)


def _export(stage: Stage, tale: Tale, run: int, on: date) -> None:
    """The last week comes in as an export of the test tool, with its defects."""
    lines = []
    for number in range(1, TESTS + 1):
        outcome = "Passed" if number <= run else "Not run"
        if number in (7, 19) and not tale.complete:
            outcome = "Failed"
        done = on if number <= run else ""
        lines.append(f"QT-{number:03},QT scenario {number},{outcome},{done},{TOOL}{number}\n")
    text = "ID,Title,Outcome,Run date,URL\n" + "".join(lines)
    stage.own(on, test_imports.take_in, kind="cases", stage="QT", text=text)
    severe = "QD-402,Readings are dropped at midnight,2 - High,Active,\n" if tale.severe else ""
    text = (
        "ID,Title,Severity,State,Impact\n"
        "QD-377,Report shows the time without its zone,4 - Low,Active,None on settlement.\n"
        f"{severe}QD-361,Retry counter is not reset,3 - Medium,Closed,\n"
    )
    stage.own(on, test_imports.take_in, kind="defects", stage="QT", text=text)
    upto = "AGREED" if tale.complete else "PROPOSED"
    _item(stage, on, "WORK_OFF", "QT", "Time zone on the report", ["QD-377"], upto)
