"""The same click twice: the second finds what the first one did, and changes nothing.

Each verb asks the right, waits for the organisation's lock, looks whether exactly this was done
already by the same person, and otherwise calls the service. So a doubled click, or a request that
is sent again after a broken connection, gets the answer of the first.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from foundation.tenancy.actor import Actor
from participants import policy
from participants.models import Membership, Qualification
from reviews.enums import DipUserState, LetterState, PackState, SignOffState
from reviews.models import (
    Accession,
    Decision,
    DelegationLetter,
    DipUserConfirmation,
    Pack,
    SignOff,
)
from reviews.services import decisions, gates, letters, packing, sign_off
from reviews.services.decisions import CAPABILITY, NO_VOTE, Condition, Vote
from reviews.services.holding import hold


@transaction.atomic
def sign(*, qualification: Qualification, seen_sha256: str, actor: Actor, at: datetime) -> SignOff:
    """Sign what was shown, or return the signature that this person gave for just that."""
    policy.require(actor, "qad.sign", qualification)
    hold(qualification.organisation_id)
    given = SignOff.objects.filter(
        qualification=qualification,
        status=SignOffState.SIGNED,
        signer_id=actor.person_id,
        content_sha256=seen_sha256,
    ).first()
    return given or sign_off.sign(
        qualification=qualification, seen_sha256=seen_sha256, actor=actor, at=at
    )


@transaction.atomic
def decide(
    *,
    qualification: Qualification,
    body: str,
    outcome: str,
    reasons: str,
    decided_on: date | None,
    minute_reference: str = "",
    conditions: Sequence[Condition] = (),
    pack: Pack | None = None,
    vote: Vote = NO_VOTE,
    actor: Actor,
    at: datetime,
) -> Decision:
    """Record a decision, or return the last one of the body if it says exactly the same."""
    if policy.may(actor, CAPABILITY.get(body, ""), qualification):
        hold(qualification.organisation_id)
        last = _last_decision(qualification, body)
        said = (outcome, reasons.strip(), decided_on, minute_reference.strip(), _said(conditions))
        if last is not None and said == _recorded(last) and last.recorded_by_name == actor.name:
            return last
    return decisions.record(
        qualification=qualification,
        body=body,
        outcome=outcome,
        reasons=reasons,
        decided_on=decided_on,
        minute_reference=minute_reference,
        conditions=conditions,
        pack=pack,
        vote=vote,
        actor=actor,
        at=at,
    )


def _last_decision(qualification: Qualification, body: str) -> Decision | None:
    rows = Decision.objects.filter(
        qualification=qualification, body=body, sign_off__status=SignOffState.SIGNED
    )
    return rows.order_by("-sequence").first()


def _said(conditions: Sequence[Condition]) -> list[tuple[str, str]]:
    return [(each.text.strip(), str(each.due_on or "")) for each in conditions]


def _recorded(last: Decision) -> tuple:
    conditions = [(each["text"], each["due_on"]) for each in last.conditions]
    return (last.outcome, last.reasons, last.decided_on, last.minute_reference, conditions)


@transaction.atomic
def order_pack(
    *,
    qualifications: Sequence[Qualification],
    title: str,
    recommendations: Mapping[UUID, str],
    actor: Actor,
    at: datetime,
    enqueue: Callable[[str], object],
) -> Pack:
    """Order a pack, or return the one that this person ordered so and that is being built."""
    policy.require(actor, "pack.build")
    if qualifications:
        hold(qualifications[0].organisation_id)
    there = Pack.objects.filter(
        body=actor.body,
        status=PackState.BUILDING,
        asked_by_name=actor.name,
        title=title[:200],
        qualifications=[each.pk for each in qualifications],
        recommendations=packing.recommended(qualifications, recommendations),
        asked_at__gt=at - packing.PATIENCE,
    ).first()
    return there or packing.ask_for_pack(
        qualifications=qualifications,
        title=title,
        recommendations=recommendations,
        actor=actor,
        at=at,
        enqueue=enqueue,
    )


@transaction.atomic
def say_dip_user(
    *, qualification: Qualification, confirmed: bool, note: str, actor: Actor, at: datetime
) -> DipUserConfirmation:
    """Give the DIP Manager's word, or return it where it was given in the same words."""
    policy.require(actor, "dip_user.confirm", qualification)
    hold(qualification.organisation_id)
    state = DipUserState.CONFIRMED if confirmed else DipUserState.WITHHELD
    given = DipUserConfirmation.objects.filter(
        qualification=qualification, status=state, note=note.strip(), by_name=actor.name
    ).first()
    verb = gates.confirm_dip_user if confirmed else gates.withhold_dip_user
    return given or verb(qualification=qualification, note=note, actor=actor, at=at)


@transaction.atomic
def record_accession(
    *, qualification: Qualification, note: str, actor: Actor, at: datetime
) -> Accession:
    """Record accession, or return the record that this person made."""
    policy.require(actor, "accession.record", qualification)
    hold(qualification.organisation_id)
    given = Accession.objects.filter(
        qualification=qualification, body=actor.body, by_name=actor.name
    ).first()
    return given or gates.record_accession(
        qualification=qualification, note=note, actor=actor, at=at
    )


@transaction.atomic
def draft_letter(
    *, qualification: Qualification, delegate: Membership, actor: Actor, at: datetime
) -> DelegationLetter:
    """Draft a letter, or return the one that this person drafted for the same delegate."""
    policy.require(actor, "letter.draft", qualification)
    hold(qualification.organisation_id)
    given = DelegationLetter.objects.filter(
        qualification=qualification,
        delegate_id=delegate.person_id,
        status=LetterState.DRAFTED,
        drafted_by_name=actor.name,
    ).first()
    return given or letters.draft(
        qualification=qualification, delegate=delegate, actor=actor, at=at
    )


@transaction.atomic
def sign_letter(
    *, letter: DelegationLetter, name: str, content: bytes, actor: Actor, at: datetime
) -> DelegationLetter:
    """Hand in the signed letter, or return it where this director did so already."""
    policy.require(actor, "letter.sign", letter)
    hold(letter.organisation_id)
    given = _as_left(letter, LetterState.SIGNED, director_name=actor.name)
    return given or letters.sign_letter(
        letter=letter, name=name, content=content, actor=actor, at=at
    )


@transaction.atomic
def accept_letter(*, letter: DelegationLetter, actor: Actor, at: datetime) -> DelegationLetter:
    """Accept a signed letter, or return it where this person accepted it."""
    policy.require(actor, "letter.accept", letter.qualification)
    hold(letter.organisation_id)
    given = _as_left(letter, LetterState.ACCEPTED, accepted_by_name=actor.name)
    return given or letters.accept_letter(letter=letter, actor=actor, at=at)


@transaction.atomic
def revoke_letter(
    *, letter: DelegationLetter, reason: str, actor: Actor, at: datetime
) -> DelegationLetter:
    """End a letter, or return it where it has ended."""
    policy.require(actor, "letter.draft" if actor.is_staff else "letter.sign", letter.qualification)
    hold(letter.organisation_id)
    given = _as_left(letter, LetterState.REVOKED)
    return given or letters.revoke_letter(letter=letter, reason=reason, actor=actor, at=at)


def _as_left(letter: DelegationLetter, status: str, **by: str) -> DelegationLetter | None:
    rows = DelegationLetter.objects.select_related("qualification", "file", "organisation")
    return rows.filter(pk=letter.pk, status=status, **by).first()
