"""PURE: the moves of reopening requests, letters of authority, signatures and DIP User status."""

from dataclasses import dataclass

from foundation.lifecycle import Move
from reviews.enums import DipUserState, LetterState, ReopenState, SignOffState

NONE_YET = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the guards of a letter look at."""

    has_file: bool = True
    director_is_delegate: bool = False


def signed_copy_there(facts: LetterFacts) -> str | None:
    """R107: a letter without the signed copy authorises nobody."""
    return None if facts.has_file else "Upload the signed letter first."


def another_person(facts: LetterFacts) -> str | None:
    """R107: a director authorises another employee (QA&P 10.2, footnote 9)."""
    if facts.director_is_delegate:
        return "A director authorises another employee; you are the delegate named here."
    return None


# --- reopening (D.13)
GRANT_REOPENING = Move(
    name="grant_reopening",
    label="Reopen these sections",
    sources=(ReopenState.REQUESTED,),
    target=ReopenState.GRANTED,
    capability="reopen.decide",
    event="reopening.granted",
    source_paragraph="QA&P 10.3",
)
REFUSE_REOPENING = Move(
    name="refuse_reopening",
    label="Do not reopen",
    sources=(ReopenState.REQUESTED,),
    target=ReopenState.REFUSED,
    capability="reopen.decide",
    event="reopening.refused",
    source_paragraph="QA&P 10.3",
)
CLOSE_REQUEST = Move(
    name="close_request",
    label="Close",
    sources=(ReopenState.GRANTED,),
    target=ReopenState.CLOSED,
    capability="reopening.close",
    event="reopening.closed",
    source_paragraph="QA&P 10.3",
)

# --- letters of delegated authority (D.6)
SIGN_LETTER = Move(
    name="sign_letter",
    label="Hand in the signed letter",
    sources=(LetterState.DRAFTED,),
    target=LetterState.SIGNED,
    capability="letter.sign",
    event="letter.signed",
    guards=(signed_copy_there, another_person),
    source_paragraph="QA&P 10.2, footnote 9",
)
ACCEPT_LETTER = Move(
    name="accept_letter",
    label="Accept the letter",
    sources=(LetterState.SIGNED,),
    target=LetterState.ACCEPTED,
    capability="letter.accept",
    event="letter.accepted",
    guards=(signed_copy_there,),
    source_paragraph="QA&P 10.2, footnote 9",
)
_IN_HAND = (LetterState.DRAFTED, LetterState.SIGNED, LetterState.ACCEPTED)
REVOKE_LETTER = Move(
    name="revoke_letter",
    label="Revoke the letter",
    sources=_IN_HAND,
    target=LetterState.REVOKED,
    capability="letter.draft",
    event="letter.revoked",
)
WITHDRAW_LETTER = Move(
    name="withdraw_letter",
    label="Withdraw the letter",
    sources=_IN_HAND,
    target=LetterState.REVOKED,
    capability="letter.sign",
    event="letter.withdrawn",
)

# --- the signature and DIP User status (R111, R114)
VOID_SIGNATURE = Move(
    name="void_signature",
    label="Void",
    sources=(SignOffState.SIGNED,),
    target=SignOffState.VOID,
    capability="sign_off.void",
    event="sign_off.voided",
)
CONFIRM_DIP_USER = Move(
    name="confirm_dip_user",
    label="Confirm DIP User status",
    sources=(NONE_YET, DipUserState.WITHHELD),
    target=DipUserState.CONFIRMED,
    capability="dip_user.confirm",
    event="dip_user.confirmed",
    source_paragraph="QA&P 4, 10.2",
)
WITHHOLD_DIP_USER = Move(
    name="withhold_dip_user",
    label="Do not confirm yet",
    sources=(NONE_YET, DipUserState.CONFIRMED),
    target=DipUserState.WITHHELD,
    capability="dip_user.confirm",
    event="dip_user.withheld",
    source_paragraph="QA&P 4, 10.2",
)
