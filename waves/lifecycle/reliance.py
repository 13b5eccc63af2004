"""PURE: the moves of a reliance proposal (domain D.9; QA&P 10.4)."""

from foundation.lifecycle import Move
from waves.enums import RelianceState as S
from waves.reliance import CLAUSE, Opinions

WRITE, DECIDE, LINK = "reliance.write", "reliance.decide", "reliance.link"
IN_HAND = (S.SUBMITTED, S.IN_REVIEW)


def concerns_them(word: Opinions) -> str | None:
    """Only a body that must agree on this role and route has an opinion (R47)."""
    return None if word.body in word.needed else "Your body does not decide on this one."


def _ends_in(state: S):
    def guard(word: Opinions) -> str | None:
        return None if word.outcome == state else "The opinions do not amount to this."

    return guard


def _opinion(name: str, target: S, event: str, label: str) -> Move:
    guards = (concerns_them, _ends_in(target))
    return Move(name, IN_HAND, target, DECIDE, event, guards, label, CLAUSE)


SUBMIT = Move(
    "submit the proposal",
    (S.DRAFT, S.CLARIFICATION, S.CHANGE_DRAFT),
    S.SUBMITTED,
    WRITE,
    "reliance.submitted",
    label="Submit",
    source_paragraph=CLAUSE,
)
CHANGE = Move(
    "change the proposal",
    (*IN_HAND, S.AGREED_FULL, S.AGREED_PART, S.NOT_AGREED, S.UNDERMINED),
    S.CHANGE_DRAFT,
    WRITE,
    "reliance.change_begun",
    label="Change it",
    source_paragraph=CLAUSE,
)
WITHDRAW = Move(
    "withdraw the proposal",
    tuple(each for each in S if each is not S.WITHDRAWN),
    S.WITHDRAWN,
    WRITE,
    "reliance.withdrawn",
    label="Withdraw it",
    source_paragraph=CLAUSE,
)
READ_ON = _opinion("review the proposal", S.IN_REVIEW, "reliance.in_review", "")
AGREE = _opinion("agree in full", S.AGREED_FULL, "reliance.agreed", "Agree in full")
AGREE_PART = _opinion("agree in part", S.AGREED_PART, "reliance.agreed_in_part", "Agree in part")
ASK = _opinion("ask for more", S.CLARIFICATION, "reliance.more_asked", "Ask for more")
DECLINE = _opinion("do not agree", S.NOT_AGREED, "reliance.not_agreed", "Do not agree")
UNDERMINE = Move(
    "have it reviewed again",
    (S.AGREED_FULL, S.AGREED_PART),
    S.UNDERMINED,
    LINK,
    "reliance.undermined",
    label="Have it reviewed again",
    source_paragraph="QA&P 10.4; Appendix B, Pathway 1",
)
STAND_FULL = Move(
    "let it stand", (S.UNDERMINED,), S.AGREED_FULL, LINK, "reliance.stands", label="Let it stand"
)
STAND_PART = Move("let it stand in part", (S.UNDERMINED,), S.AGREED_PART, LINK, "reliance.stands")

OPINIONS = {each.target: each for each in (READ_ON, AGREE, AGREE_PART, ASK, DECLINE)}
MOVES = (SUBMIT, CHANGE, WITHDRAW, *OPINIONS.values(), UNDERMINE, STAND_FULL, STAND_PART)
