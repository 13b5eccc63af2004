"""Letters of delegated authority: drafted by the REC, signed by a director, accepted by the REC."""

from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.documents.services import store
from foundation.errors import Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import ENDED
from participants.market_roles import delegate_objections
from participants.models import Membership, Qualification
from participants.moves import perform
from reviews import notices
from reviews.enums import LetterState
from reviews.lifecycle import (
    ACCEPT_LETTER,
    REVOKE_LETTER,
    SIGN_LETTER,
    WITHDRAW_LETTER,
    LetterFacts,
)
from reviews.models import DelegationLetter
from reviews.services.holding import hold
from submissions.services.delegation import delegate_named


@transaction.atomic
def draft(
    *, qualification: Qualification, delegate: Membership, actor: Actor, at: datetime
) -> DelegationLetter:
    """Draft a letter for one role governed under the REC alone, naming an employee (R106, R107)."""
    policy.require(actor, "letter.draft", qualification)
    held = hold(qualification.organisation_id)
    reasons = list(delegate_objections(qualification.role))
    if delegate.organisation_id != qualification.organisation_id or not delegate.is_active:
        reasons.append("The delegate has to be an active member of the organisation.")
    elif not delegate.is_delegate:
        reasons.append(f"{delegate.person.name} is not named as a delegate by the organisation.")
    elif delegate.is_director:
        reasons.append("A director signs in their own right and needs no letter.")
    if held.one(qualification.pk).status in ENDED:
        reasons.append("This qualification has ended; nothing is left to sign.")
    if _in_hand(qualification).exists():
        reasons.append("There is a letter for this role already; revoke it first.")
    if reasons:
        raise Refused(reasons)
    letter = DelegationLetter.objects.create(
        organisation_id=qualification.organisation_id,
        qualification=qualification,
        delegate_id=delegate.person_id,
        delegate_name=delegate.person.name,
        status=LetterState.DRAFTED,
        drafted_at=at,
        drafted_by_name=actor.name,
    )
    delegate_named(qualification=qualification, signs=True)
    notices.letter_drafted(letter, held.organisation, at=at)
    record("letter.drafted", subject=letter, actor=actor, at=at, delegate=str(letter.delegate_id))
    return letter


@transaction.atomic
def sign_letter(
    *, letter: DelegationLetter, name: str, content: bytes, actor: Actor, at: datetime
) -> DelegationLetter:
    """Hand in the signed letter as a director; it authorises another employee (R107)."""
    policy.require(actor, "letter.sign", letter)
    held = hold(letter.organisation_id)
    stored = store(
        name=name, content=content, actor=actor, at=at, organisation_id=letter.organisation_id,
        release=True,
    )  # fmt: skip
    signed = perform(
        SIGN_LETTER,
        subject=letter,
        facts=lambda row: LetterFacts(director_is_delegate=row.delegate_id == actor.person_id),
        actor=actor,
        at=at,
        file=stored,
        director_name=actor.name,
        signed_at=at,
        log={"sha256": stored.sha256},
    )
    notices.letter_signed(signed, held.organisation, at=at)
    return signed


@transaction.atomic
def accept_letter(*, letter: DelegationLetter, actor: Actor, at: datetime) -> DelegationLetter:
    """Accept a signed letter for the REC; from now on the delegate may sign (R107)."""
    policy.require(actor, "letter.accept", letter.qualification)
    held = hold(letter.organisation_id)
    accepted = perform(
        ACCEPT_LETTER,
        subject=letter,
        facts=lambda row: LetterFacts(has_file=row.file_id is not None),
        actor=actor,
        at=at,
        accepted_at=at,
        accepted_by_name=actor.name,
    )
    notices.letter_accepted(accepted, held.organisation, at=at)
    return accepted


@transaction.atomic
def revoke_letter(
    *, letter: DelegationLetter, actor: Actor, at: datetime, reason: str = ""
) -> DelegationLetter:
    """End a letter, as the REC or as a director; a signature given under it stands."""
    move = REVOKE_LETTER if actor.is_staff else WITHDRAW_LETTER
    policy.require(actor, move.capability, letter)
    held = hold(letter.organisation_id)
    revoked = perform(move, subject=letter, actor=actor, at=at, because=reason, revoked_at=at)
    delegate_named(qualification=revoked.qualification, signs=False)
    notices.letter_revoked(revoked, held.organisation, reason, at=at)
    return revoked


def _in_hand(qualification: Qualification):
    rows = DelegationLetter.objects.filter(qualification=qualification)
    return rows.exclude(status=LetterState.REVOKED)
