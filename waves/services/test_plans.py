"""The QT Test Plan: handed in, agreed by the bodies, baselined anew; none is lost (D.11, R72)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from participants.moves import lock, perform
from waves import burn_up
from waves.enums import PlanState
from waves.lifecycle import testing as moves
from waves.models import TestPlan
from waves.notices import testing as notices
from waves.routes import ROUTES
from waves.services.testing import hold, kept_file, note_event
from waves.timetable import Event


@transaction.atomic
def submit_plan(
    *,
    qualification: Qualification,
    starts_on: date,
    ends_on: date,
    tests: int,
    points: Sequence[Mapping[str, Any]] = (),
    reason: str = "",
    name: str = "",
    content: bytes = b"",
    link: str = "",
    actor: Actor,
    at: datetime,
) -> TestPlan:
    """Hand in a plan, or propose a new baseline with its reason; one is open at a time."""
    policy.require(actor, "testing.write", qualification)
    held = hold(qualification)
    if ROUTES[held.route].kind == "SIT":
        raise Refused("A SIT party has no QT, so it has no QT Test Plan (QA&P 9.1.1).")
    curve = _curve(starts_on, ends_on, tests, points)
    newest = TestPlan.objects.filter(qualification=held).order_by("-baseline").first()
    if newest and newest.status == PlanState.SUBMITTED:
        raise Refused("A plan waits for agreement already.")
    if newest and newest.status == PlanState.COMPLETE:
        raise Refused("QT is complete, so its plan stands.")
    if (
        newest
        and newest.baseline + (newest.status == PlanState.APPROVED) > 1
        and not reason.strip()
    ):
        raise Invalid({"reason": "Say why the plan is baselined anew."})
    said = {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "tests": tests,
        "points": curve,
        "reason": reason,
        "link": link,
        "submitted_at": at,
        "submitted_by_name": actor.name,
        "file": kept_file(name, content, held, actor, at),
    }
    row = _keep(held, newest, said, actor, at)
    notices.plan_in(row, at=at)
    return row


def _keep(
    held: Qualification,
    newest: TestPlan | None,
    said: dict[str, Any],
    actor: Actor,
    at: datetime,
) -> TestPlan:
    if newest and newest.status == PlanState.RETURNED:
        return perform(
            moves.RESUBMIT_PLAN, subject=newest, actor=actor, at=at, **said, agreed_by=[]
        )
    row = TestPlan.objects.create(
        organisation_id=held.organisation_id,
        qualification=held,
        baseline=newest.baseline + 1 if newest else 1,
        **said,
    )
    record(
        "test_plan.submitted",
        subject=row,
        actor=actor,
        at=at,
        because=row.reason,
        baseline=row.baseline,
        tests=row.tests,
    )
    return row


def _curve(
    starts_on: date, ends_on: date, tests: int, points: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    if ends_on < starts_on:
        raise Invalid({"ends_on": "The plan ends before it starts. Check both dates."})
    if tests < 1:
        raise Invalid({"tests": "Give the number of tests, at least 1."})
    if said := burn_up.problems(starts_on, ends_on, tests, points):
        raise Invalid({"points": said})
    return burn_up.curve(starts_on, ends_on, tests, points)


@transaction.atomic
def return_plan(*, plan: TestPlan, note: str, actor: Actor, at: datetime) -> TestPlan:
    """Ask for more, and say what."""
    if not note.strip():
        raise Invalid({"note": "Say what is missing."})
    row = perform(
        moves.RETURN_PLAN, subject=plan, actor=actor, at=at, because=note, review_note=note
    )
    notices.plan_back(row, at=at)
    return row


@transaction.atomic
def agree_plan(*, plan: TestPlan, note: str = "", actor: Actor, at: datetime) -> TestPlan:
    """Give a body's word; with the last one the plan is the baseline and the old one stays seen."""
    row = lock(plan)
    policy.require(actor, moves.AGREE, row)
    needed = MARKET_ROLES[row.role].bodies
    given = [each["body"] for each in row.agreed_by]
    word = moves.Word(actor.body, given, needed)
    if row.status != PlanState.SUBMITTED:
        raise Refused(moves.APPROVE_PLAN.objections(row.status, word))
    if said := moves.governs(word) or moves.first_word(word):
        raise Refused(said)
    words = [*row.agreed_by, {"body": actor.body, "name": actor.name, "at": at.isoformat()}]
    if moves.last_word(word):
        row.agreed_by = words
        row.save(update_fields=["agreed_by"])
        record("test_plan.agreed", subject=row, actor=actor, at=at, because=note, body=actor.body)
        return row
    for old in TestPlan.objects.filter(qualification=row.qualification, status=PlanState.APPROVED):
        perform(moves.SUPERSEDE_PLAN, subject=old, actor=actor, at=at, because=row.reason)
    done = perform(
        moves.APPROVE_PLAN,
        subject=row,
        facts=lambda _: word,
        actor=actor,
        at=at,
        because=note,
        log={"body": actor.body, "baseline": row.baseline},
        agreed_by=words,
        approved_at=at,
    )
    note_event(hold(done.qualification), Event.TEST_PLAN_APPROVED, actor, at)
    notices.plan_agreed(done, at=at)
    return done
