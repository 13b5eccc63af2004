"""From the last approval and confirmation to "content agreed" (D.1), and back again."""

from datetime import datetime

from foundation.audit.trail import record
from foundation.tenancy.actor import Actor, portal_after
from participants.enums import Status
from participants.models import Qualification
from participants.moves import perform
from reviews import facts, notices
from reviews.enums import ReopenState
from reviews.lifecycle import AGREE_CONTENT, CLOSE_REQUEST, Missing
from reviews.models import Acceptance, BodyReview, ReopenRequest
from reviews.qualified import Facts, own_missing
from submissions.enums import Stage
from submissions.models import Part
from waves.services import clocks

REVIEW_CLOCK = "final_qad_review_complete"


def agree_when_complete(*, qualification: Qualification, actor: Actor, at: datetime) -> None:
    """Agree the content once every body approved both parts and confirmed its comments.

    Whoever calls holds the organisation's qualifications, so that of several bodies acting at
    once exactly the last one finds everything there.
    """
    known = facts.of_qualification(qualification)
    _close_requests(qualification, actor, at)
    _meet_review_clock(known, qualification, actor, at)
    lacks = [each for each in own_missing(known) if each.key in ("approval", "confirmation")]
    if lacks or qualification.status != Status.FINAL_REVIEW:
        return
    agreed = perform(
        AGREE_CONTENT,
        subject=qualification,
        facts=lambda _: Missing(),
        actor=portal_after(actor),
        at=at,
        content_agreed_at=at,
    )
    clocks.sync(qualification=agreed, actor=actor, at=at)
    notices.content_agreed(agreed, at=at)


def withdraw_confirmation(
    *, qualification: Qualification, body: str, actor: Actor, at: datetime, because: str
) -> None:
    """Take back a body's confirmation that its comments are addressed: it has raised another."""
    rows = BodyReview.objects.filter(
        qualification=qualification, body=body, stage=Stage.FINAL, completed_at__isnull=False
    )
    if rows.update(completed_at=None, completed_by_name=""):
        clocks.run_again(
            qualification=qualification, activity=REVIEW_CLOCK, body=body, actor=actor, at=at
        )
        record(
            "comments.confirmation_withdrawn",
            subject=qualification,
            actor=actor,
            at=at,
            because=because,
            body=body,
        )


def withdraw_acceptance(
    *, part: Part, question: str, because: str, actor: Actor, at: datetime
) -> Acceptance | None:
    """Take back the actor's body's acceptance of an answer; None where it had not accepted it."""
    given = Acceptance.objects.filter(
        part=part, question=question, body=actor.body, withdrawn_at=None
    ).first()
    if given is None:
        return None
    given.withdrawn_at, given.withdrawn_because = at, because
    given.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(
        "answer.acceptance_withdrawn",
        subject=part,
        actor=actor,
        at=at,
        because=because,
        question=question,
    )
    return given


def _close_requests(qualification: Qualification, actor: Actor, at: datetime) -> None:
    """D.13: a granted request is used up once its sections came back and are read again."""
    if qualification.status == Status.FINAL_REOPENED:
        return
    for request in ReopenRequest.objects.filter(
        qualification=qualification, status=ReopenState.GRANTED
    ):
        perform(CLOSE_REQUEST, subject=request, actor=portal_after(actor), at=at)


def _meet_review_clock(
    known: Facts, qualification: Qualification, actor: Actor, at: datetime
) -> None:
    """A body has done its Final review once it approved both parts and confirmed (Appendix C)."""
    body = actor.body
    approved = all(known.approval_stands(scope, body) for scope in ("organisation", "role"))
    if approved and known.review(body, Stage.FINAL).completed_at:
        clocks.meet(
            qualification=qualification, activity=REVIEW_CLOCK, body=body, actor=actor, at=at
        )
