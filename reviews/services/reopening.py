"""Reopening named sections of a locked Final QAD, and what falls with it (R88, R89, R111, D.13)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.actor import Actor, portal_after
from participants import policy
from participants.market_roles import BODIES
from participants.models import Qualification
from participants.moves import perform
from reviews import notices
from reviews.enums import ApprovalState, ReopenState, SignOffState
from reviews.lifecycle import (
    CLOSE_REQUEST,
    GRANT_REOPENING,
    LAPSE,
    REFUSE_REOPENING,
    REOPEN,
    VOID_SIGNATURE,
)
from reviews.models import Approval, BodyReview, ReopenRequest, SignOff
from reviews.queries import section_readers
from reviews.services.agreeing import REVIEW_CLOCK
from reviews.services.holding import Held, hold
from submissions.enums import SectionState, Stage
from submissions.models import Part, SectionProgress
from submissions.services.submitting import reopen_sections
from waves.services import clocks


@transaction.atomic
def request(
    *,
    qualification: Qualification,
    sections: Sequence[tuple[Part, str]],
    reason: str,
    actor: Actor,
    at: datetime,
) -> ReopenRequest:
    """Ask for named sections of a locked Final QAD to be reopened, with a reason (R88).

    Sections belong to the role part or to the organisation part. Refused where no single body
    reads them all, since any one body that reads them decides (R89).
    """
    policy.require(actor, "reopen.request", qualification)
    _refuse_incomplete(sections, reason)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    objections = REOPEN.objections(current.status, None)
    if objections:
        raise Refused(["Only a submitted Final QAD can be reopened.", *objections])
    asked = [{"part": str(part.pk), "section": letter} for part, letter in sections]
    if there := _same(current, asked, reason, actor):
        return there
    _refuse_unfit(current, sections)
    _end_earlier(current, actor, at)
    made = ReopenRequest.objects.create(
        organisation_id=current.organisation_id,
        qualification=current,
        sections=asked,
        reason=reason.strip(),
        status=ReopenState.REQUESTED,
        requested_at=at,
        requested_by_name=actor.name,
    )
    notices.reopening_requested(made, held.organisation, current, deciding(sections), at=at)
    record("reopening.requested", subject=made, actor=actor, at=at, sections=made.sections)
    return made


def _same(
    qualification: Qualification, asked: list[dict[str, str]], reason: str, actor: Actor
) -> ReopenRequest | None:
    """Return the open request in which this person asked for just this: the same click, twice."""
    return ReopenRequest.objects.filter(
        qualification=qualification,
        status=ReopenState.REQUESTED,
        sections=asked,
        reason=reason.strip(),
        requested_by_name=actor.name,
    ).first()


@transaction.atomic
def grant(*, request: ReopenRequest, actor: Actor, at: datetime, reason: str = "") -> ReopenRequest:
    """Reopen the sections asked for; approvals and signatures that they carry fall (R89, R111).

    An organisation section reopens every qualification whose Final stands on it.
    """
    held, sections = _deciding(request, actor)
    moved = perform(
        GRANT_REOPENING, subject=request, actor=actor, at=at, because=reason,
        **_decided(actor, at, reason),
    )  # fmt: skip
    reopen_sections(sections=sections, actor=actor, at=at)
    named = ", ".join(sorted(letter for _, letter in sections))
    because = f"Section {named} was reopened at the participant's request."
    parts = {part.pk: part for part, _ in sections}
    touched = _touched(held, request, parts.values())
    for each in touched:
        _reopen(each, because, actor, at)
    lapsed = _lapse(parts, because, actor, at)
    notices.reopening_decided(
        moved, held.organisation, held.one(moved.qualification_id), lapsed=lapsed,
        touched=touched, at=at,
    )  # fmt: skip
    return moved


@transaction.atomic
def refuse(*, request: ReopenRequest, reason: str, actor: Actor, at: datetime) -> ReopenRequest:
    """Leave the sections locked, and say why."""
    if not reason.strip():
        raise Invalid({"reason": "Say why the sections stay locked."})
    held, _ = _deciding(request, actor)
    moved = perform(
        REFUSE_REOPENING, subject=request, actor=actor, at=at, because=reason,
        **_decided(actor, at, reason),
    )  # fmt: skip
    notices.reopening_decided(moved, held.organisation, held.one(moved.qualification_id), at=at)
    return moved


def deciding(sections: Iterable[tuple[Part, str]]) -> tuple[str, ...]:
    """Return the bodies that may decide: those that read every section named (R89)."""
    readers = [section_readers(part).get(letter, frozenset()) for part, letter in sections]
    return tuple(body for body in BODIES if all(body in each for each in readers))


def sections_of(request: ReopenRequest) -> list[tuple[Part, str]]:
    """Return the sections of a request with their parts."""
    keys = {UUID(row["part"]) for row in request.sections}
    parts = Part.objects.filter(pk__in=keys).select_related("organisation", "qualification")
    by_key = {str(part.pk): part for part in parts}
    return [(by_key[row["part"]], row["section"]) for row in request.sections]


def _deciding(request: ReopenRequest, actor: Actor) -> tuple[Held, list[tuple[Part, str]]]:
    policy.require(actor, "reopen.decide", request.qualification)
    held, sections = hold(request.organisation_id), sections_of(request)
    if actor.is_staff and actor.body not in deciding(sections):
        raise Denied(f"{actor.body} does not read all of these sections.")
    return held, sections


def _decided(actor: Actor, at: datetime, reason: str) -> dict:
    return {
        "decided_at": at,
        "decided_by_body": actor.body,
        "decided_by_name": actor.name,
        "decision_reason": reason.strip(),
    }


def _refuse_incomplete(sections: Sequence[tuple[Part, str]], reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": "Say why these sections have to change."})
    if not sections:
        raise Invalid({"sections": "Choose at least one section."})


def _refuse_unfit(qualification: Qualification, sections: Sequence[tuple[Part, str]]) -> None:
    rows = SectionProgress.objects.filter(part__in={part.pk for part, _ in sections})
    states = {(row.part_id, row.section): row.status for row in rows}
    reasons = []
    for part, letter in sections:
        if part.qualification_id not in (None, qualification.pk):
            reasons.append(f"Section {letter} belongs to another qualification.")
        elif states.get((part.pk, letter)) != SectionState.LOCKED:
            reasons.append(f"Section {letter} is not locked.")
    if ReopenRequest.objects.filter(
        qualification=qualification, status=ReopenState.REQUESTED
    ).exists():
        reasons.append("A request to reopen waits for its answer already.")
    if not reasons and not deciding(sections):
        reasons.append(
            "No single body reads all of these sections: ask for them in separate requests."
        )
    if reasons:
        raise Refused(reasons)


def _end_earlier(qualification: Qualification, actor: Actor, at: datetime) -> None:
    earlier = ReopenRequest.objects.filter(qualification=qualification, status=ReopenState.GRANTED)
    for row in earlier:
        perform(CLOSE_REQUEST, subject=row, actor=portal_after(actor), at=at)


def _touched(held: Held, request: ReopenRequest, parts: Iterable[Part]) -> list[Qualification]:
    shared = any(part.is_organisation_part for part in parts)
    return [
        each
        for each in held.qualifications
        if each.status in REOPEN.sources and (shared or each.pk == request.qualification_id)
    ]


def _reopen(qualification: Qualification, because: str, actor: Actor, at: datetime) -> None:
    """Move a qualification back, and let its confirmations and its signature fall."""
    reviewed = BodyReview.objects.filter(qualification=qualification, stage=Stage.FINAL)
    bodies = list(reviewed.exclude(completed_at=None).values_list("body", flat=True))
    reviewed.update(completed_at=None, completed_by_name="")
    portal = portal_after(actor)
    for signed in SignOff.objects.filter(qualification=qualification, status=SignOffState.SIGNED):
        perform(
            VOID_SIGNATURE, subject=signed, actor=portal, at=at, because=because,
            voided_at=at, void_because=because,
        )  # fmt: skip
    moved = perform(
        REOPEN, subject=qualification, actor=portal, at=at, because=because,
        content_agreed_at=None, signed_off_at=None,
    )  # fmt: skip
    for body in bodies:
        clocks.run_again(qualification=moved, activity=REVIEW_CLOCK, body=body, actor=actor, at=at)
    clocks.sync(qualification=moved, actor=actor, at=at)


def _lapse(parts: dict[UUID, Part], because: str, actor: Actor, at: datetime) -> list[Approval]:
    """Let every opinion of the reopened parts lapse: it never carries over (R89, R103)."""
    given = Approval.objects.filter(part__in=parts).exclude(status=ApprovalState.LAPSED)
    return [
        perform(
            LAPSE, subject=each, actor=portal_after(actor), at=at, because=because,
            lapsed_at=at, lapsed_because=because,
        )
        for each in given.order_by("body", "pk")
    ]  # fmt: skip
