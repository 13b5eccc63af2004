"""A body's reading of a submission: begun on sight, completed at Initial, confirmed at Final."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Refused
from foundation.lifecycle import words
from foundation.tenancy.actor import Actor, portal_after
from participants import policy
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from participants.moves import perform
from participants.roles import holds
from reviews import facts, notices
from reviews.lifecycle import (
    COMPLETE_INITIAL_REVIEW,
    START_FINAL_REVIEW,
    START_INITIAL_REVIEW,
    Missing,
)
from reviews.models import BodyReview
from reviews.policy import governed_by, touched_by
from reviews.services.agreeing import agree_when_complete
from reviews.services.holding import hold
from submissions.enums import Stage
from submissions.models import Part
from waves.services import clocks

STAGES = {
    Status.INITIAL_SUBMITTED: Stage.INITIAL,
    Status.INITIAL_REVIEW: Stage.INITIAL,
    Status.FINAL_SUBMITTED: Stage.FINAL,
    Status.FINAL_REVIEW: Stage.FINAL,
}
_STARTS = {
    Status.INITIAL_SUBMITTED: START_INITIAL_REVIEW,
    Status.FINAL_SUBMITTED: START_FINAL_REVIEW,
}
CONFIRMABLE = (Status.FINAL_SUBMITTED, Status.FINAL_REVIEW, Status.CONTENT_AGREED)


def opened(*, part: Part, qualifications: list[Qualification], actor: Actor, at: datetime) -> None:
    """Begin the actor's review of what is submitted, when a reviewer first looks at a part.

    ``qualifications`` are the organisation's, as the page has read them; nothing is written, and
    nothing locked, when the review has begun already.
    """
    if not (actor.is_staff and holds(actor, "qad.review")):
        return
    touched = governed_by(actor.body, touched_by(part, qualifications))
    due = [each for each in touched if each.status in STAGES]
    begun = {
        (row.qualification_id, row.stage)
        for row in BodyReview.objects.filter(
            qualification__in=due, body=actor.body, started_at__isnull=False
        )
    }
    for each in due:
        if (each.pk, STAGES[Status(each.status)]) not in begun or each.status in _STARTS:
            start_review(qualification=each, actor=actor, at=at)


@transaction.atomic
def start_review(*, qualification: Qualification, actor: Actor, at: datetime) -> Qualification:
    """Begin a body's review of a submitted Initial or Final QAD; a second call changes nothing."""
    policy.require(actor, "qad.review", qualification)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    if current.status not in STAGES:
        raise Refused(f"Nothing is submitted for review: {_now(current)}.")
    review_of(current, actor, at)
    if current.status in _STARTS:
        current = perform(_STARTS[Status(current.status)], subject=current, actor=actor, at=at)
    return current


def review_of(qualification: Qualification, actor: Actor, at: datetime) -> BodyReview:
    """Return the row of the body's review at the present stage, begun now if it was not."""
    row, _ = BodyReview.objects.get_or_create(
        organisation_id=qualification.organisation_id,
        qualification=qualification,
        body=actor.body,
        stage=qualification.stage,
    )
    if row.started_at is None:
        row.started_at, row.started_by_name = at, actor.name
        row.save(update_fields=["started_at", "started_by_name"])
    return row


@transaction.atomic
def complete_initial(*, qualification: Qualification, actor: Actor, at: datetime) -> BodyReview:
    """End the actor's body's review of the Initial QAD; the last body ends the review (D.1)."""
    policy.require(actor, "review.complete", qualification)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    if current.status not in (Status.INITIAL_SUBMITTED, Status.INITIAL_REVIEW):
        raise Refused(f"The Initial QAD is not under review: {_now(current)}.")
    row = review_of(current, actor, at)
    if row.completed_at is not None:
        raise Refused(f"{actor.body} has completed this review already.")
    row.completed_at, row.completed_by_name = at, actor.name
    row.save(update_fields=["completed_at", "completed_by_name"])
    if current.status == Status.INITIAL_SUBMITTED:
        current = perform(START_INITIAL_REVIEW, subject=current, actor=actor, at=at)
    record("initial_review.body_completed", subject=current, actor=actor, at=at, body=actor.body)
    clocks.meet(
        qualification=current, activity="initial_qad_review_complete", body=actor.body,
        actor=actor, at=at,
    )  # fmt: skip
    waiting = _outstanding(current)
    if not waiting:
        current = perform(
            COMPLETE_INITIAL_REVIEW,
            subject=current,
            facts=lambda _: Missing(),
            actor=portal_after(actor),
            at=at,
            initial_reviewed_at=at,
        )
        clocks.sync(qualification=current, actor=actor, at=at)
    notices.initial_reviewed(current, actor.body, waiting, at=at)
    return row


@transaction.atomic
def confirm_comments_addressed(
    *, qualification: Qualification, actor: Actor, at: datetime
) -> BodyReview:
    """Confirm for the actor's body that all its open comments are addressed (R100, Appendix C).

    Refused, with each of them named, while the body has threads on the role part or the
    organisation part that are neither settled nor planned.
    """
    policy.require(actor, "review.complete", qualification)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    if current.status not in CONFIRMABLE:
        raise Refused(f"There is no Final submission under review: {_now(current)}.")
    row = review_of(current, actor, at)
    if row.completed_at is not None:
        raise Refused(f"{actor.body} has confirmed this already.")
    unsettled = facts.of_qualification(current).open_threads(actor.body)
    if unsettled:
        raise Refused(
            [f"{each.reference} on {each.question}: {each.subject}" for each in unsettled]
        )
    if current.status == Status.FINAL_SUBMITTED:
        current = perform(START_FINAL_REVIEW, subject=current, actor=actor, at=at)
    row.completed_at, row.completed_by_name = at, actor.name
    row.save(update_fields=["completed_at", "completed_by_name"])
    record("comments.confirmed_addressed", subject=current, actor=actor, at=at, body=actor.body)
    notices.comments_confirmed(current, actor.body, at=at)
    agree_when_complete(qualification=current, actor=actor, at=at)
    return row


def _outstanding(qualification: Qualification) -> list[str]:
    done = BodyReview.objects.filter(
        qualification=qualification, stage=Stage.INITIAL, completed_at__isnull=False
    ).values_list("body", flat=True)
    finished = set(done)
    return [body for body in MARKET_ROLES[qualification.role].bodies if body not in finished]


def _now(qualification: Qualification) -> str:
    return f"the state is “{words(qualification.status)}”"
