"""Deferred PIT, work-off plans and exceptions: written, reviewed, agreed, done (D.12, R63, R75)."""

from collections.abc import Iterable
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
from waves.enums import TestStage, WorkOffKind, WorkOffState
from waves.lifecycle import testing as moves
from waves.models import WorkOff, WorkOffAgreement
from waves.notices import testing as notices
from waves.routes import ROUTES
from waves.services.testing import hold


@transaction.atomic
def propose(
    *,
    qualification: Qualification,
    kind: str,
    stage: str,
    title: str,
    plan: str,
    due_on: date,
    concerns: Iterable[str] = (),
    may_outlast: bool = False,
    in_approach_and_plan: bool = False,
    actor: Actor,
    at: datetime,
) -> WorkOff:
    """Propose a deferral, a plan or an exception; nothing is agreed by that (R63, R75)."""
    policy.require(actor, "testing.write", qualification)
    held = hold(qualification)
    said = _said(kind, stage, title, plan, concerns, may_outlast)
    if (stage == TestStage.SIT) != (ROUTES[held.route].kind == "SIT") and stage != TestStage.PIT:
        raise Invalid({"stage": "Choose a stage that this route has."})
    row = WorkOff.objects.create(
        organisation_id=held.organisation_id,
        qualification=held,
        number=WorkOff.objects.filter(qualification=held).count() + 1,
        **said,
        due_on=due_on,
        in_approach_and_plan=in_approach_and_plan,
        proposed_at=at,
        proposed_by_name=actor.name,
    )
    notices.proposed(row, at=at)
    record("work_off.proposed", subject=row, actor=actor, at=at, kind=kind, number=row.number)
    return row


def _said(
    kind: str, stage: str, title: str, plan: str, concerns: Iterable[str], may_outlast: bool
) -> dict[str, Any]:
    problems = {}
    if kind not in WorkOffKind.values:
        problems["kind"] = "Choose what this is."
    if stage not in TestStage.values:
        problems["stage"] = "Choose a stage."
    if kind == WorkOffKind.DEFERRED_PIT and stage != TestStage.PIT:
        problems["stage"] = "Deferred PIT belongs to PIT."
    if may_outlast and kind != WorkOffKind.DEFERRED_PIT:
        problems["may_outlast"] = "Only deferred PIT can end after QT (QA&P 10.5)."
    if not title.strip():
        problems["title"] = "Give it a title."
    if not plan.strip():
        problems["plan"] = "Say what is done, by whom, and how it is shown."
    if problems:
        raise Invalid(problems)
    named = list(dict.fromkeys(each.strip() for each in concerns if each.strip()))
    return {
        "kind": kind,
        "stage": stage,
        "title": title,
        "plan": plan,
        "concerns": named,
        "may_outlast": may_outlast,
    }


@transaction.atomic
def revise(
    *,
    work_off: WorkOff,
    title: str,
    plan: str,
    due_on: date,
    concerns: Iterable[str] = (),
    may_outlast: bool = False,
    in_approach_and_plan: bool = False,
    actor: Actor,
    at: datetime,
) -> WorkOff:
    """Change a proposal that nobody has reviewed, or that came back."""
    said = _said(work_off.kind, work_off.stage, title, plan, concerns, may_outlast)
    row = perform(
        moves.REVISE,
        subject=work_off,
        actor=actor,
        at=at,
        **{name: said[name] for name in ("title", "plan", "concerns", "may_outlast")},
        due_on=due_on,
        in_approach_and_plan=in_approach_and_plan,
        proposed_at=at,
        proposed_by_name=actor.name,
    )
    notices.proposed(row, at=at)
    return row


@transaction.atomic
def review(*, work_off: WorkOff, note: str = "", actor: Actor, at: datetime) -> WorkOff:
    """Record the test manager's review; the bodies agree after it (R75)."""
    row = perform(
        moves.REVIEW,
        subject=work_off,
        facts=lambda found: (actor.body, found.qualification.route),
        actor=actor,
        at=at,
        because=note,
        **_reviewed(note, actor, at),
    )
    notices.reviewed(row, at=at)
    return row


@transaction.atomic
def send_back(*, work_off: WorkOff, note: str, actor: Actor, at: datetime) -> WorkOff:
    """Ask for more, as test manager or as a body, and say what; words given before lapse."""
    if not note.strip():
        raise Invalid({"note": "Say what is missing."})
    is_tester = policy.may(actor, moves.ASSURE, work_off)
    row = perform(
        moves.SEND_BACK if is_tester else moves.DISAGREE,
        subject=work_off,
        actor=actor,
        at=at,
        because=note,
        **_reviewed(note, actor, at),
    )
    notices.sent_back(row, at=at)
    return row


def _reviewed(note: str, actor: Actor, at: datetime) -> dict[str, Any]:
    return {"reviewed_at": at, "reviewed_by_name": actor.name, "review_note": note}


@transaction.atomic
def agree(*, work_off: WorkOff, note: str = "", actor: Actor, at: datetime) -> WorkOff:
    """Give a body's word; with the last one the item is agreed (R63, R75, X36, X43)."""
    row = lock(work_off)
    policy.require(actor, moves.AGREE, row)
    words = WorkOffAgreement.objects.filter(
        work_off=row, at__gte=row.reviewed_at or row.proposed_at
    )
    given = set(words.values_list("body", flat=True))
    word = moves.Word(actor.body, given, MARKET_ROLES[row.role].bodies)
    if row.status != WorkOffState.REVIEWED:
        raise Refused(moves.AGREE_ALL.objections(row.status, word))
    if said := moves.governs(word) or moves.first_word(word):
        raise Refused(said)
    WorkOffAgreement.objects.update_or_create(
        work_off=row,
        body=actor.body,
        defaults={"by_name": actor.name, "at": at},
        create_defaults={
            "by_name": actor.name,
            "at": at,
            "organisation_id": row.organisation_id,
        },
    )
    if moves.last_word(word):
        record("work_off.body_agreed", subject=row, actor=actor, at=at, body=actor.body)
        return row
    done = perform(
        moves.AGREE_ALL,
        subject=row,
        facts=lambda _: word,
        actor=actor,
        at=at,
        because=note,
        log={"body": actor.body},
    )
    notices.agreed(done, at=at)
    return done


@transaction.atomic
def finish(*, work_off: WorkOff, evidence: str, actor: Actor, at: datetime) -> WorkOff:
    """Record that an item is done, with the reference of its evidence (R74)."""
    if not evidence.strip():
        raise Invalid({"evidence": "Give the reference of the evidence in the test tool."})
    row = perform(
        moves.FINISH,
        subject=work_off,
        actor=actor,
        at=at,
        done_at=at,
        done_by_name=actor.name,
        evidence=evidence,
    )
    notices.finished(row, at=at)
    return row
