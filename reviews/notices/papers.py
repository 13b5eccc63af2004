"""Of letters, signatures, DIP User status, decisions and Qualification (NT24 to NT29)."""

from datetime import datetime

from participants.enums import Body, Duty
from participants.market_roles import GOVERNING_BODIES
from participants.models import Organisation, Qualification
from participants.queries import member_recipients, staff_recipients
from reviews.enums import DipUserState, Outcome
from reviews.models import (
    Decision,
    DelegationLetter,
    DipUserConfirmation,
    ManagementAssertion,
    SignOff,
)
from reviews.notices.telling import bodies_of, role_of, tell

LETTERS, DECISIONS = "letters/", "decisions/"


def letter_drafted(letter: DelegationLetter, organisation: Organisation, *, at: datetime) -> None:
    """NT24: the REC drafted a letter; a director signs it."""
    tell(
        "letter_drafted", letter.pk,
        [*member_recipients(organisation.pk, directors=True), *member_recipients(organisation.pk)],
        organisation, what=f"letter of delegated authority for {letter.delegate_name} drafted",
        text="A director signs the letter and hands the signed copy in.", page=LETTERS, at=at,
    )  # fmt: skip


def letter_signed(letter: DelegationLetter, organisation: Organisation, *, at: datetime) -> None:
    """NT24: the signed copy came in; the REC accepts it."""
    tell(
        "letter_signed", letter.pk, staff_recipients([Body.REC], [Duty.LEAD]), organisation,
        what=f"signed letter for {letter.delegate_name} handed in",
        text=f"{letter.director_name} handed in the signed letter.", page=LETTERS, at=at,
    )  # fmt: skip


def letter_accepted(letter: DelegationLetter, organisation: Organisation, *, at: datetime) -> None:
    """NT24: the delegate may sign."""
    tell(
        "letter_accepted", letter.pk,
        member_recipients(organisation.pk, directors=True, delegates=True), organisation,
        what=f"letter for {letter.delegate_name} accepted",
        text=f"{letter.delegate_name} may now sign for the role that the letter names.",
        page=LETTERS, at=at,
    )  # fmt: skip


def letter_revoked(
    letter: DelegationLetter, organisation: Organisation, reason: str, *, at: datetime
) -> None:
    """NT24: the letter ended."""
    signers = member_recipients(organisation.pk, directors=True, delegates=True)
    tell(
        "letter_revoked", letter.pk, [*signers, *staff_recipients([Body.REC])], organisation,
        what=f"letter for {letter.delegate_name} ended",
        text=reason.strip() or "The letter was revoked.", page=LETTERS, at=at,
    )  # fmt: skip


def signed(
    sign_off: SignOff, organisation: Organisation, qualification: Qualification, *, at: datetime
) -> None:
    """NT25, NT27: signed off; the bodies decide next."""
    role = role_of(qualification)
    deciders = staff_recipients(
        bodies_of(qualification), [Duty.LEAD, Duty.PAB_SECRETARY, Duty.DECISION_MAKER]
    )
    tell(
        "signed_off", sign_off.pk, [*deciders, *member_recipients(organisation.pk)], organisation,
        what=f"QAD for {role} signed off",
        text=(
            f"{sign_off.signer_name}, {sign_off.get_capacity_display().lower()}, signed the QAD"
            f" for {role}. Seal: {sign_off.content_sha256}."
        ),
        page="qualified/", at=at,
    )  # fmt: skip


def signature_declined(
    organisation: Organisation,
    qualification: Qualification,
    name: str,
    reason: str,
    *,
    at: datetime,
) -> None:
    """Somebody who may sign does not, and says why."""
    tell(
        "signature_declined", qualification.pk,
        [*member_recipients(organisation.pk), *staff_recipients(bodies_of(qualification))],
        organisation, what=f"{name} declined to sign for {role_of(qualification)}",
        text=reason.strip(), page="sign-off/", at=at,
    )  # fmt: skip


def dip_user_said(
    row: DipUserConfirmation,
    organisation: Organisation,
    qualification: Qualification,
    *,
    at: datetime,
) -> None:
    """NT26: the DIP Manager's word on DIP User status."""
    said = "confirmed" if row.status == DipUserState.CONFIRMED else "not confirmed"
    others = [each for each in bodies_of(qualification) if each != Body.DIP]
    tell(
        "dip_user", row.pk, [*staff_recipients(others), *member_recipients(organisation.pk)],
        organisation, what=f"DIP User status for {role_of(qualification)} {said}",
        text=row.note or f"The DIP Manager: {said}.", page="qualified/", at=at,
    )  # fmt: skip


def assertion_made(
    row: ManagementAssertion,
    organisation: Organisation,
    qualification: Qualification,
    *,
    at: datetime,
) -> None:
    """NT31: the remaining MPIDs are asserted to complete in time."""
    tell(
        "assertion_made", row.pk, staff_recipients(bodies_of(qualification)), organisation,
        what=f"Management Assertion for {role_of(qualification)}",
        text=(
            f"{row.made_by_name} asserts that {', '.join(row.mpids_remaining)} complete by"
            f" {row.complete_by:%-d %B %Y}."
        ),
        page="qualified/", at=at,
    )  # fmt: skip


def decided(
    decision: Decision, organisation: Organisation, qualification: Qualification, *, at: datetime
) -> None:
    """NT28: a decision with its reasons and the way of appeal (R122)."""
    body = GOVERNING_BODIES[decision.body]
    outcome = decision.get_outcome_display().lower()
    role = role_of(qualification)
    text = f"The {body.decided_by} decided on {decision.decided_on:%-d %B %Y}: {outcome}."
    if decision.reasons:
        text += f"\n\n{decision.reasons}"
    if decision.outcome == Outcome.NOT_APPROVED:
        text += f"\n\nYou can appeal to {body.appeal_to} ({body.appeal_under})."
        if qualification.trio:
            text += (
                "\n\nLDSO, SMRA / ERDA and UMSO are Qualified together, so the other two wait with"
                " this one (QA&P 11.3)."
            )
    others = [each for each in bodies_of(qualification) if each != decision.body]
    tell(
        "decided", decision.pk,
        [
            *member_recipients(organisation.pk),
            *member_recipients(organisation.pk, directors=True),
            *staff_recipients(others, [Duty.LEAD, Duty.PAB_SECRETARY, Duty.DECISION_MAKER]),
        ],
        organisation, what=f"{role} {outcome} by the {body.decided_by}", text=text,
        page=DECISIONS, at=at,
    )  # fmt: skip


def qualified(qualification: Qualification, *, at: datetime) -> None:
    """NT29: MHHS Qualified; told to the participant, the bodies and the Programme's readers."""
    organisation, role = qualification.organisation, role_of(qualification)
    watchers = staff_recipients([Body.BSC, Body.REC, Body.MHHSP], [Duty.MCC_READER])
    tell(
        "qualified", qualification.pk,
        [
            *member_recipients(organisation.pk),
            *member_recipients(organisation.pk, directors=True),
            *staff_recipients(bodies_of(qualification)), *watchers,
        ],
        organisation, what=f"MHHS Qualified as {role}",
        text=(
            f"{organisation.legal_name} is MHHS Qualified as {role}. Production certificates and"
            " the publication of standing data follow outside this portal (QA&P 7.3.3, 9.4)."
        ),
        page="qualified/", at=at,
    )  # fmt: skip
