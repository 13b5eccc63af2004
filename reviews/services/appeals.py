"""Appeals: recorded by who appeals, ended by the body whose decision it was (R122, D.7)."""

from datetime import date, datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.clock.moments import LONDON
from foundation.clock.words import day
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor, portal_after
from participants import policy
from participants.enums import Status
from participants.market_roles import GOVERNING_BODIES
from participants.moves import perform
from reviews import notices
from reviews.enums import AppealState, Outcome
from reviews.lifecycle import DECIDE_ANEW
from reviews.models import Appeal, Decision
from reviews.services.decisions import CAPABILITY
from reviews.services.holding import hold
from waves.services import clocks

MAX_TEXT = 10_000


@transaction.atomic
def lodge(
    *, decision: Decision, lodged_on: date, grounds: str, actor: Actor, at: datetime
) -> Appeal:
    """Record that the participant appeals a refusal; the body is told, and nothing else changes.

    The appeal is made to whom the code names: Ofgem for the BSC, the REC PAB for the REC. A second
    click finds the first.
    """
    policy.require(actor, "appeal.lodge", decision)
    held = hold(decision.organisation_id)
    if there := Appeal.objects.filter(decision=decision).first():
        return there
    if decision.outcome != Outcome.NOT_APPROVED:
        raise Refused("Only a refusal is appealed.")
    _refuse(grounds, "grounds", "Say in short on what grounds you appeal.")
    _refuse_day(lodged_on, "lodged_on", decision.decided_on, "The decision is of", at)
    kept = Appeal.objects.create(
        organisation_id=decision.organisation_id, decision=decision, lodged_on=lodged_on,
        grounds=grounds.strip(), lodged_at=at, lodged_by_name=actor.name,
    )  # fmt: skip
    record("appeal.lodged", subject=kept, actor=actor, at=at, body=decision.body,
           lodged_on=lodged_on)  # fmt: skip
    notices.appeal_lodged(kept, held.organisation, decision, at=at)
    return kept


@transaction.atomic
def end(
    *,
    appeal: Appeal,
    result: str,
    ended_on: date,
    reference: str,
    because: str,
    actor: Actor,
    at: datetime,
) -> Appeal:
    """Record what came of an appeal, for the body whose decision it was.

    Where the decision is overturned the application is the body's to decide anew: the refusal is
    followed by a deferral that names the appeal, and the QAD stands as signed.
    """
    decision = Decision.objects.select_related("qualification").get(pk=appeal.decision_id)
    policy.require(actor, CAPABILITY[decision.body], decision.qualification)
    held = hold(appeal.organisation_id)
    row = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if row.status != AppealState.LODGED:
        raise Refused(f"This appeal has ended: {row.get_status_display().lower()}.")
    if result not in (AppealState.STANDS, AppealState.OVERTURNED, AppealState.WITHDRAWN):
        raise Invalid({"result": "Choose what came of the appeal."})
    _refuse(because, "because", "Say what was decided, in short; the participant reads it.")
    _refuse_day(ended_on, "ended_on", row.lodged_on, "The appeal is of", at)
    row.status, row.ended_on, row.reference = result, ended_on, reference.strip()
    row.because, row.ended_at, row.ended_by_name = because.strip(), at, actor.name
    row.save()
    if result == AppealState.OVERTURNED:
        _decide_anew(decision, row, held.one(decision.qualification_id), actor, at)
    record("appeal.ended", subject=row, actor=actor, at=at, because=because, result=result)
    notices.appeal_ended(row, held.organisation, decision, at=at)
    return row


def _decide_anew(decision: Decision, appeal: Appeal, current, actor: Actor, at: datetime) -> None:
    if current.status == Status.NOT_APPROVED:
        current = perform(
            DECIDE_ANEW, subject=current, actor=portal_after(actor), at=at, because=appeal.because
        )
    heard = GOVERNING_BODIES[decision.body].appeal_to
    reference = f" ({appeal.reference})" if appeal.reference else ""
    own = Decision.objects.filter(qualification=current, body=decision.body)
    Decision.objects.create(
        organisation_id=decision.organisation_id,
        qualification=current,
        body=decision.body,
        sequence=own.count() + 1,
        outcome=Outcome.DEFERRED,
        reasons=f"{heard} overturned the decision of {day(decision.decided_on)}{reference}; the"
        f" application is decided anew. {appeal.because}",
        decided_on=appeal.ended_on,
        minute_reference=appeal.reference,
        sign_off_id=decision.sign_off_id,
        recorded_at=at,
        recorded_by_name=actor.name,
        effective_at=at,
    )
    clocks.sync(qualification=current, actor=actor, at=at)


def _refuse(text: str, field: str, said: str) -> None:
    if not text.strip():
        raise Invalid({field: said})
    if len(text) > MAX_TEXT:
        raise Invalid({field: f"At most {MAX_TEXT:,} characters."})


def _refuse_day(on: date, field: str, after: date, what: str, at: datetime) -> None:
    if on > at.astimezone(LONDON).date():
        raise Invalid({field: "This day lies ahead."})
    if on < after:
        raise Invalid({field: f"{what} {day(after)}; this day is before it."})
