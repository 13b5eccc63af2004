"""Signing what was shown, by the right person, over its hash (R105-R111, D.6)."""

from datetime import datetime

from django.db import transaction

from foundation.audit.models import AuditEvent
from foundation.audit.trail import record
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import Status
from participants.market_roles import delegate_objections
from participants.models import Qualification
from participants.moves import perform
from reviews import facts, notices
from reviews.enums import Capacity, LetterState, SignOffState
from reviews.lifecycle import SIGN_OFF, Missing
from reviews.models import DelegationLetter, SignOff
from reviews.qualified import before_signature
from reviews.services.holding import hold
from reviews.services.signing_content import content_to_sign
from submissions.versions import digest
from waves.services import clocks


def objections(qualification: Qualification) -> list[str]:
    """Return every reason why nobody can sign yet, each with its holder (R100, R110, R119)."""
    known = facts.of_qualification(qualification)
    lacks = [f"{each.what} Held by {each.holder_label}." for each in before_signature(known)]
    return [*SIGN_OFF.objections(qualification.status, Missing()), *lacks]


def capacity_of(actor: Actor, qualification: Qualification) -> str:
    """Return in which capacity the actor may sign; Denied where it may not at all (R106, R108)."""
    policy.require(actor, "qad.sign", qualification)
    if "DIRECTOR" in actor.duties:
        return Capacity.DIRECTOR
    against = delegate_objections(qualification.role)
    if against:
        raise Denied(" ".join(against))
    return Capacity.DELEGATE


@transaction.atomic
def sign(*, qualification: Qualification, seen_sha256: str, actor: Actor, at: datetime) -> SignOff:
    """Sign a qualification's QAD: exactly the content whose hash the signer was shown.

    The hash is computed again under the lock; where it differs nothing is signed.
    """
    capacity = capacity_of(actor, qualification)
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    letter = _letter(current, actor) if capacity == Capacity.DELEGATE else None
    reasons = objections(current)
    if reasons:
        raise Refused(reasons)
    content = content_to_sign(current, capacity)
    if content.sha256 != seen_sha256:
        raise Refused("This was changed since you opened it. Read it again before you sign.")
    signed = SignOff.objects.create(
        organisation_id=current.organisation_id,
        qualification=current,
        status=SignOffState.SIGNED,
        signer_id=actor.person_id,
        signer_name=actor.name,
        capacity=capacity,
        letter=letter,
        statement=content.statement,
        content=content.text,
        content_sha256=content.sha256,
        signed_at=at,
    )
    moved = perform(
        SIGN_OFF, subject=current, facts=lambda _: Missing(), actor=actor, at=at,
        signed_off_at=at, log={"sha256": content.sha256, "capacity": capacity},
    )  # fmt: skip
    clocks.sync(qualification=moved, actor=actor, at=at)
    notices.signed(signed, held.organisation, moved, at=at)
    return signed


@transaction.atomic
def decline(*, qualification: Qualification, reason: str, actor: Actor, at: datetime) -> None:
    """Decline to sign, with a reason that the admins and the bodies read; nothing else changes."""
    capacity_of(actor, qualification)
    if not reason.strip():
        raise Invalid({"reason": "Say what would have to change before you sign."})
    held = hold(qualification.organisation_id)
    current = held.one(qualification.pk)
    if current.status != Status.CONTENT_AGREED:
        raise Refused("There is nothing to sign now.")
    if _has_declined(current, actor):
        raise Refused("You have declined to sign this content already; the reason you gave stands.")
    notices.signature_declined(held.organisation, current, actor.name, reason, at=at)
    record("sign_off.declined", subject=current, actor=actor, at=at, because=reason)


def is_intact(signed: SignOff) -> bool:
    """Return whether a stored signature still matches the content it was given for."""
    return digest(signed.content) == signed.content_sha256


def _has_declined(qualification: Qualification, actor: Actor) -> bool:
    """Return whether this person declined since the content was last agreed."""
    declined = AuditEvent.objects.filter(
        action="sign_off.declined", object_id=str(qualification.pk), actor_id=actor.person_id
    )
    if qualification.content_agreed_at:
        declined = declined.filter(at__gte=qualification.content_agreed_at)
    return declined.exists()


def _letter(qualification: Qualification, actor: Actor) -> DelegationLetter:
    """R107: a letter for this QAD and this person, signed by a director and accepted."""
    letter = DelegationLetter.objects.filter(
        qualification=qualification, delegate_id=actor.person_id, status=LetterState.ACCEPTED
    ).first()
    if letter is None:
        raise Refused(
            "There is no letter of delegated authority for you and this role that the REC Code"
            " Manager has accepted."
        )
    return letter
