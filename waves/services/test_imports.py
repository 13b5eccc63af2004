"""Taking in what a test tool exports: by reference, idempotent, never the evidence itself (R74)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Qualification
from waves import burn_up, tool_export
from waves.deadlines import london_date
from waves.enums import CaseOutcome, PlanState, TestStage
from waves.models import Defect, TestCase, TestPlan, TestProgress
from waves.notices import testing as notices
from waves.services.testing import hold
from waves.tool_export import Change, Sheet

MODELS = {"cases": TestCase, "defects": Defect}
KINDS = {"cases": "tests", "defects": "defects"}


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, before anything is kept."""

    sheet: Sheet
    changes: list[Change]

    def count(self, what: str) -> int:
        """How many lines are new, changed or the same."""
        return sum(each.what == what for each in self.changes)


def held_rows(qualification: Qualification, kind: str, stage: str) -> dict[str, dict[str, Any]]:
    """Return what is known by reference."""
    rows = MODELS[kind].objects.filter(qualification=qualification, stage=stage)
    return {row["reference"]: row for row in rows.order_by("reference").values()}


def may_import(actor: Actor, qualification: Qualification) -> bool:
    """Return whether the actor may bring tests and defects in: its people, or a test manager."""
    return policy.may(
        actor, "testing.write" if actor.is_participant else "testing.assure", qualification
    )


def require_import(actor: Actor, qualification: Qualification) -> None:
    """Raise Denied unless the actor may bring tests and defects in."""
    capability = "testing.write" if actor.is_participant else "testing.assure"
    policy.require(actor, capability, qualification)


def preview(
    *, qualification: Qualification, kind: str, stage: str, text: str, actor: Actor
) -> Preview:
    """Say what an import would change; nothing is written."""
    require_import(actor, qualification)
    if kind not in MODELS or stage not in TestStage.values:
        raise Invalid({"kind": "Choose tests or defects, and a stage."})
    sheet = tool_export.read(kind, text)
    return Preview(sheet, tool_export.changes(sheet, held_rows(qualification, kind, stage)))


@transaction.atomic
def take_in(
    *,
    qualification: Qualification,
    kind: str,
    stage: str,
    text: str,
    source: str = "",
    actor: Actor,
    at: datetime,
) -> Preview:
    """Keep what an export says, line by line by reference; a second time changes nothing.

    A file with a line that cannot be read is refused whole, so that nobody trusts half of it.
    """
    require_import(actor, qualification)
    held = hold(qualification)
    found = preview(qualification=held, kind=kind, stage=stage, text=text, actor=actor)
    if found.sheet.problems:
        raise Invalid(
            {"text": [f"Line {number}: {said}" for number, said in found.sheet.problems[:20]]}
        )
    if not found.changes:
        raise Invalid({"text": "There is no line in it."})
    _keep(held, kind, stage, found, at)
    if kind == "cases":
        _derive(held, stage, source, actor, at)
    record(
        "test_export.taken_in",
        subject=held,
        actor=actor,
        at=at,
        kind=kind,
        stage=stage,
        new=found.count("new"),
        changed=found.count("changed"),
        same=found.count("same"),
    )
    return found


def _keep(held: Qualification, kind: str, stage: str, found: Preview, at: datetime) -> None:
    model = MODELS[kind]
    of = {"organisation_id": held.organisation_id, "qualification": held, "stage": stage}
    fresh = [
        model(**of, reference=each.line.reference, imported_at=at, **each.line.values)
        for each in found.changes
        if each.what == "new"
    ]
    model.objects.bulk_create(fresh)
    moved = {each.line.reference: each.line for each in found.changes if each.what == "changed"}
    rows = list(model.objects.filter(qualification=held, stage=stage, reference__in=moved))
    for row in rows:
        for name, value in moved[row.reference].values.items():
            if value not in ("", None) or name == "closed_on":
                setattr(row, name, value)
        row.imported_at = at
    if rows:
        names = {name for line in moved.values() for name in line.values}
        model.objects.bulk_update(rows, [*sorted(names), "imported_at"])


def _derive(held: Qualification, stage: str, source: str, actor: Actor, at: datetime) -> None:
    """Make the progress of the day from the tests: de-scoped ones are planned no more."""
    counts = dict.fromkeys(CaseOutcome.values, 0)
    for outcome in TestCase.objects.filter(qualification=held, stage=stage).values_list(
        "outcome", flat=True
    ):
        counts[outcome] += 1
    run = counts[CaseOutcome.PASSED] + counts[CaseOutcome.FAILED]
    planned = sum(counts.values()) - counts[CaseOutcome.DESCOPED]
    _write_day(
        held,
        stage,
        {
            "planned": planned,
            "run": run,
            "passed": counts[CaseOutcome.PASSED],
            "failed": counts[CaseOutcome.FAILED],
            "blocked": counts[CaseOutcome.BLOCKED],
            "source": (source or "Export of the test tool")[:60],
        },
        actor,
        at,
    )


@transaction.atomic
def record_progress(
    *,
    qualification: Qualification,
    planned: int,
    run: int,
    passed: int,
    stage: str = TestStage.QT,
    actor: Actor,
    at: datetime,
) -> TestProgress:
    """Keep the figures of a day where the tests themselves are not brought in."""
    require_import(actor, qualification)
    held = hold(qualification)
    if not 0 <= passed <= run <= planned:
        raise Invalid({"run": "Passed is at most run, and run is at most planned."})
    if TestCase.objects.filter(qualification=held, stage=stage).exists():
        raise Refused("The figures come from the tests that were brought in. Import them anew.")
    said = {"planned": planned, "run": run, "passed": passed, "source": "By hand"}
    row = _write_day(held, stage, said, actor, at)
    record("test_progress.recorded", subject=row, actor=actor, at=at, run=run, passed=passed)
    return row


def _write_day(
    held: Qualification, stage: str, figures: Mapping[str, Any], actor: Actor, at: datetime
) -> TestProgress:
    today = london_date(at)
    said = {**figures, "recorded_at": at, "recorded_by_name": actor.name}
    row, _ = TestProgress.objects.update_or_create(
        qualification=held,
        stage=stage,
        on=today,
        defaults=said,
        create_defaults={**said, "organisation_id": held.organisation_id},
    )
    _warn(held, row, at)
    return row


def _warn(held: Qualification, row: TestProgress, at: datetime) -> None:
    """Say once a week that testing is behind its baseline (NT15, R72)."""
    plan = TestPlan.objects.filter(qualification=held, status=PlanState.APPROVED).first()
    if plan is None or row.stage != TestStage.QT:
        return
    behind = burn_up.slip(plan.points, row.run, row.on)
    if behind.is_behind:
        notices.slipping(held, behind.tests, row.on, at=at)


@transaction.atomic
def assess(*, defect: Defect, impact: str, actor: Actor, at: datetime) -> Defect:
    """Write the impact assessment of a defect (R73)."""
    policy.require(actor, "testing.write", defect)
    if not impact.strip():
        raise Invalid({"impact": "Say what the defect means for settlement and for customers."})
    row = Defect.objects.select_for_update(no_key=True, of=("self",)).get(pk=defect.pk)
    row.impact = impact
    row.save(update_fields=["impact"])
    record("defect.assessed", subject=row, actor=actor, at=at)
    return row


def exported(qualification: Qualification, kind: str, stage: str) -> str:
    """Return what is known as a file that can be read back; no cell of it is a formula."""
    return tool_export.written(kind, held_rows(qualification, kind, stage).values())
