"""A body's opinion of the organisation part or a role part, on exactly what it was shown (D.5)."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.lifecycle import Move
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import Status
from participants.models import Qualification
from participants.moves import lock, perform
from reviews import notices
from reviews.enums import SETTLED_OR_PLANNED, ApprovalState, ThreadKind
from reviews.lifecycle import APPROVE, ASK_FOR_MORE, ApprovalFacts
from reviews.models import Approval, Thread
from reviews.policy import governed_by, require_part, touched_by
from reviews.services.agreeing import agree_when_complete
from reviews.services.holding import Held, hold
from reviews.services.reviewing import start_review
from submissions import queries
from submissions.enums import SectionState, Stage
from submissions.models import Part, SectionProgress, Version

OPEN_TO_OPINION = (Status.FINAL_SUBMITTED, Status.FINAL_REVIEW)


@transaction.atomic
def approve(*, part: Part, seen_sha256: str, actor: Actor, at: datetime) -> Approval:
    """Approve a part for the actor's body, at the version whose hash it was shown (R101-R103).

    The organisation's qualifications are locked before opinions are counted: when three bodies
    approve at once, the last one agrees the content, and only it (trust decision 9).
    """
    held = _held(part, actor)
    approval = _give(APPROVE, part, seen_sha256, held, actor, at, because="")
    for each in governed_by(actor.body, touched_by(part, held.qualifications)):
        current = _started(each, actor, at)
        if current.status == Status.FINAL_REVIEW:
            agree_when_complete(qualification=current, actor=actor, at=at)
    notices.part_approved(approval, part, held.organisation, at=at)
    return approval


@transaction.atomic
def ask_for_more(
    *, part: Part, seen_sha256: str, reason: str, actor: Actor, at: datetime
) -> Approval:
    """Ask for a further submission instead of approving; the participant reopens what it needs."""
    if not reason.strip():
        raise Invalid({"reason": "Say what is needed before the part can be approved."})
    held = _held(part, actor)
    approval = _give(ASK_FOR_MORE, part, seen_sha256, held, actor, at, because=reason.strip())
    for each in governed_by(actor.body, touched_by(part, held.qualifications)):
        _started(each, actor, at)
    notices.more_asked(approval, part, held.organisation, at=at)
    return approval


def _held(part: Part, actor: Actor) -> Held:
    policy.require(actor, "part.approve", part)
    held = hold(part.organisation_id)
    require_part(actor, "part.approve", part, held.qualifications)
    lock(part)
    return held


def _give(
    move: Move,
    part: Part,
    seen: str,
    held: Held,
    actor: Actor,
    at: datetime,
    because: str,
) -> Approval:
    given = Approval.objects.filter(part=part, body=actor.body).first()
    version = queries.latest_versions([part.pk]).get(part.pk)
    known = _facts(part, version, seen, given, held.qualifications, actor.body)
    sha256 = version.sha256 if version else ""
    columns = {
        "version": version,
        "covers_sha256": sha256,
        "by_name": actor.name,
        "lapsed_at": None,
        "lapsed_because": "",
    }
    log = {"body": actor.body, "sha256": sha256}
    if given is not None:
        moved = perform(
            move, subject=given, facts=lambda _: known, actor=actor, at=at, because=because,
            log=log, **columns,
        )  # fmt: skip
        # Two columns are called as perform's own words are; they follow in the same transaction.
        moved.at, moved.because = at, because
        moved.save(update_fields=["at", "because"])
        return moved
    objections = move.objections("", known)
    if objections:
        raise Refused(objections)
    made = Approval.objects.create(
        organisation_id=part.organisation_id, part=part, body=actor.body, status=move.target,
        at=at, because=because, **columns,
    )  # fmt: skip
    record(move.event, subject=made, actor=actor, at=at, because=because, after=move.target, **log)
    return made


def _facts(
    part: Part,
    version: Version | None,
    seen: str,
    given: Approval | None,
    held: list[Qualification],
    body: str,
) -> ApprovalFacts:
    own = governed_by(body, touched_by(part, held))
    is_final = version is not None and version.stage == Stage.FINAL
    newest = version.sha256 if version else ""
    approved = given is not None and given.status == ApprovalState.APPROVED
    reopened = SectionProgress.objects.filter(part=part, status=SectionState.REOPENED)
    return ApprovalFacts(
        body=body,
        final_is_submitted=is_final and any(each.status in OPEN_TO_OPINION for each in own),
        being_changed=reopened.exists(),
        seen=seen,
        newest=newest,
        already_covers=approved and given.covers_sha256 == newest,
        unsettled=[each.reference for each in _unsettled(part, body)],
    )


def _unsettled(part: Part, body: str) -> list[Thread]:
    rows = Thread.objects.filter(part=part, body=body).exclude(kind=ThreadKind.COMMENT)
    return list(rows.exclude(status__in=SETTLED_OR_PLANNED).order_by("kind", "number"))


def _started(qualification: Qualification, actor: Actor, at: datetime) -> Qualification:
    if qualification.status not in OPEN_TO_OPINION:
        return qualification
    return start_review(qualification=qualification, actor=actor, at=at)
