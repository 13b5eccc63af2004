"""Reading testing: the facts of any number of qualifications in one statement."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, QuerySet, Value
from django.db.models.functions import JSONObject, Length

from foundation.tenancy.actor import Actor
from participants import queries as people
from participants.enums import Role, Status
from participants.models import Qualification
from waves.enums import PlanState, RelianceState, ReportKind, TestStage
from waves.models import (
    CompletionReport,
    Defect,
    Deliverable,
    EntryCheck,
    TestCase,
    TestPlan,
    TestProgress,
    WorkOff,
    WorkOffAgreement,
)
from waves.models import Reliance as RelianceRow
from waves.reliance_evidence import covers, waits
from waves.report_summary import open_defects
from waves.routes import ROUTES
from waves.testing_facts import Case, Facts, Fault, Figures, Item, Reliance
from waves.timetable import Event

INTERFACES = "pit_interfaces_proven"  # a milestone that test managers record (R61)
PIT_EXIT, QT_EXIT = "pit_exit", "qt_exit"

_AGREED = (RelianceState.AGREED_FULL, RelianceState.AGREED_PART)
_NO_CLAIM = (RelianceState.DRAFT, RelianceState.WITHDRAWN, RelianceState.NOT_AGREED)
_OVER = (Status.WITHDRAWN, Status.NOT_APPROVED)


def tracks(actor: Actor) -> QuerySet[Qualification]:
    """Return what is tested on its own: each qualification, and of a trio its LDSO (R14)."""
    rows = people.qualifications(actor).exclude(status__in=_OVER)
    return rows.exclude(trio__isnull=False, role__in=(Role.SMRA_ERDA, Role.UMSO))


def facts(qualification: Qualification) -> Facts:
    """Return what the gates look at for one qualification, in one statement."""
    return facts_of([qualification])[qualification.pk]


def facts_of(qualifications: Iterable[Qualification]) -> dict[UUID, Facts]:
    """Return the same for many, in one statement whatever their number."""
    held = {each.pk: each for each in qualifications}
    rows = Qualification.objects.filter(pk__in=held).order_by().values("pk", **_COLUMNS)
    return {row["pk"]: _facts(held[row["pk"]], row) for row in rows}


def with_facts(rows: QuerySet[Qualification]) -> QuerySet[Qualification]:
    """Return qualifications with what ``facts_at_hand`` needs, in their own statement."""
    return rows.annotate(**_COLUMNS)


def facts_at_hand(qualification: Qualification) -> Facts:
    """Return what the gates look at for a qualification that ``with_facts`` gave."""
    return _facts(qualification, vars(qualification))


def _json(model: type[Model], *order: str, **columns: Any) -> ArraySubquery:
    rows = model._base_manager.filter(qualification_id=OuterRef("pk"))
    return ArraySubquery(rows.order_by(*order).values(found=JSONObject(**columns)))


_COLUMNS = {
    "t_deliverables": _json(Deliverable, "number", kind=F("kind"), status=F("status")),
    "t_reports": _json(
        CompletionReport,
        "received_at",
        kind=F("kind"),
        summary=F("summary"),
        confirmed=F("sufficiency_confirmed_at"),
    ),
    "t_plans": _json(TestPlan, "baseline", status=F("status")),
    "t_checks": _json(EntryCheck, "criterion", criterion=F("criterion"), state=F("state")),
    "t_cases": _json(
        TestCase, "reference", reference=F("reference"), outcome=F("outcome"), stage=F("stage")
    ),
    "t_defects": _json(
        Defect,
        "severity",
        "reference",
        reference=F("reference"),
        severity=F("severity"),
        stage=F("stage"),
        state=F("state"),
        impact=Length("impact"),
    ),
    "t_items": _json(
        WorkOff,
        "number",
        number=F("number"),
        kind=F("kind"),
        status=F("status"),
        stage=F("stage"),
        concerns=F("concerns"),
        may_outlast=F("may_outlast"),
    ),
    "t_progress": _json(
        TestProgress, "on", stage=F("stage"), planned=F("planned"), run=F("run"), passed=F("passed")
    ),
    "t_reliances": _json(
        RelianceRow,
        "pk",
        status=F("status"),
        extent=F("extent"),
        scope=F("scope_agreed"),
        kind=F("kind"),
        is_own=F("is_own"),
        stages=F("stages"),
    ),
}


def _facts(held: Qualification, row: dict[str, Any]) -> Facts:
    plans = {each["status"] for each in row["t_plans"]}
    pit = [each for each in row["t_reports"] if each["kind"] == ReportKind.PIT]
    happened = held.happened
    return Facts(
        route_kind=ROUTES[held.route].kind,
        deliverables={each["kind"]: each["status"] for each in row["t_deliverables"]},
        pit_report=bool(pit),
        pit_confirmed=any(each["confirmed"] for each in pit),
        interfaces_proven=INTERFACES in happened,
        pit_exited=PIT_EXIT in happened,
        plan_approved=bool(plans & {PlanState.APPROVED, PlanState.COMPLETE}),
        plan_waits=PlanState.SUBMITTED in plans,
        initial_submitted=held.initial_submitted_at is not None,
        initial_reviewed=held.initial_reviewed_at is not None,
        entry_confirmed=Event.QT_ENTRY_CONFIRMED in happened,
        checks={each["criterion"]: each["state"] for each in row["t_checks"]},
        cases=[Case(**each) for each in row["t_cases"]],
        faults=[_fault(each) for each in row["t_defects"]],
        items=[
            Item(**(each | {"concerns": frozenset(each["concerns"])})) for each in row["t_items"]
        ],
        reliances=[
            _reliance(each, happened)
            for each in row["t_reliances"]
            if each["status"] not in _NO_CLAIM
        ],
        figures=_figures(row),
        reported_severe=_severe(row["t_reports"]),
    )


def _fault(row: dict[str, Any]) -> Fault:
    return Fault(
        row["reference"], row["severity"], row["stage"], row["state"] == "OPEN", row["impact"] > 0
    )


def _reliance(row: dict[str, Any], happened: Collection[str]) -> Reliance:
    partial = row["extent"] == "PARTIAL" or row["status"] == RelianceState.AGREED_PART
    return Reliance(
        is_agreed=row["status"] in _AGREED,
        is_partial=partial,
        scope_agreed=row["scope"],
        covers=covers(row["stages"]),
        waits=waits(row["kind"], row["is_own"], row["stages"], happened),
    )


def _figures(row: dict[str, Any]) -> dict[str, Figures]:
    """The newest figures of each stage: of a day, or else of a report."""
    found = {}
    for each in row["t_reports"]:
        said = each["summary"]
        if said.get("planned"):
            found[each["kind"]] = Figures(
                said["planned"], said.get("run", 0), said.get("passed", 0)
            )
    for each in row["t_progress"]:
        found[each["stage"]] = Figures(each["planned"], each["run"], each["passed"])
    return found


def _severe(reports: Iterable[dict[str, Any]]) -> dict[str, int]:
    found = {}
    for each in reports:
        counts = open_defects(each["summary"])
        if counts is not None:
            found[each["kind"]] = counts[0] + counts[1]
    return found


def deliverables(qualification: Qualification) -> list[Deliverable]:
    """Return what was handed in for PIT, the newest of each kind first."""
    rows = Deliverable.objects.filter(qualification=qualification).select_related("file")
    return list(rows.order_by("kind", "-number"))


def plans(qualification: Qualification) -> list[TestPlan]:
    """Return every QT Test Plan, the newest first; earlier baselines stay (R72)."""
    rows = TestPlan.objects.filter(qualification=qualification).select_related("file")
    return list(rows.order_by("-baseline"))


def work_offs(qualification: Qualification) -> list[WorkOff]:
    """Return the work-off plans, each with ``words``: who agreed, in the same statement."""
    said = WorkOffAgreement.objects.filter(
        work_off_id=OuterRef("pk"), at__gte=OuterRef("reviewed_at")
    ).order_by("at")
    words = ArraySubquery(said.values(found=JSONObject(body=F("body"), name=F("by_name"))))
    rows = WorkOff.objects.filter(qualification=qualification).annotate(words=words)
    return list(rows.order_by("number"))


def defects(qualification: Qualification) -> list[Defect]:
    """Return the defects, open and grave ones first."""
    rows = Defect.objects.filter(qualification=qualification)
    return list(rows.order_by("-state", "severity", "reference"))


def checks(qualification: Qualification) -> dict[str, EntryCheck]:
    """Return what the test manager found, by criterion."""
    rows = EntryCheck.objects.filter(qualification=qualification)
    return {each.criterion: each for each in rows.order_by("criterion")}


def progress(qualification: Qualification, stage: str = TestStage.QT) -> list[TestProgress]:
    """Return how far testing was, day by day."""
    rows = TestProgress.objects.filter(qualification=qualification, stage=stage)
    return list(rows.order_by("on"))


def desk(actor: Actor) -> QuerySet[Qualification]:
    """Return the tracks outside SIT with plans, progress and severe defects, in one statement."""
    waits = WorkOff.objects.filter(qualification_id=OuterRef("pk"), status="PROPOSED")
    handed = Deliverable.objects.filter(qualification_id=OuterRef("pk"), status="SUBMITTED")
    return with_standing(tracks(actor)).annotate(
        t_waits=ArraySubquery(waits.order_by("number").values(found=Value(1))),
        t_handed=ArraySubquery(handed.order_by("kind").values(found=Value(1))),
    )


def with_standing(rows: QuerySet[Qualification], on: date | None = None) -> QuerySet[Qualification]:
    """Return qualifications with what ``standing.standing_of`` needs; figures up to a day."""
    severe = Defect.objects.filter(
        qualification_id=OuterRef("pk"), state="OPEN", severity__lte=2, stage=TestStage.QT
    )
    progress = TestProgress.objects.filter(qualification_id=OuterRef("pk"), stage=TestStage.QT)
    if on is not None:
        progress = progress.filter(on__lte=on)
    return rows.annotate(
        t_plans=_json(
            TestPlan,
            "baseline",
            baseline=F("baseline"),
            status=F("status"),
            starts_on=F("starts_on"),
            ends_on=F("ends_on"),
            tests=F("tests"),
            points=F("points"),
        ),
        t_progress=ArraySubquery(
            progress.order_by("-on").values(
                found=JSONObject(on=F("on"), planned=F("planned"), run=F("run"), passed=F("passed"))
            )[:1]
        ),
        t_severe=ArraySubquery(severe.order_by("reference").values("reference")),
    )
