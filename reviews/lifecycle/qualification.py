"""PURE: the moves of a qualification that judgement makes (domain D.1).

What follows from the last opinion, signature or decision is done by the portal: its capabilities
(``content.agree``, ``qualification.qualify`` and their like) are held by no person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.lifecycle import Move
from participants.enums import Status


@dataclass(frozen=True, slots=True)
class Missing:
    """What a move still waits for, in words, each with its holder."""

    reasons: Sequence[str] = ()


def nothing_missing(facts: Missing) -> str | None:
    """Everything that the move waits for has come."""
    return " ".join(facts.reasons) or None


START_INITIAL_REVIEW = Move(
    name="start_initial_review",
    label="Start the review of the Initial QAD",
    sources=(Status.INITIAL_SUBMITTED,),
    target=Status.INITIAL_REVIEW,
    capability="qad.review",
    event="initial_review.started",
    source_paragraph="QA&P 10.3",
)
COMPLETE_INITIAL_REVIEW = Move(
    name="complete_initial_review",
    label="The review of the Initial QAD is complete",
    sources=(Status.INITIAL_SUBMITTED, Status.INITIAL_REVIEW),
    target=Status.INITIAL_REVIEWED,
    capability="initial_review.end",
    event="initial_review.completed",
    guards=(nothing_missing,),
    source_paragraph="QA&P 10.3",
)
START_FINAL_REVIEW = Move(
    name="start_final_review",
    label="Start the review of the Final QAD",
    sources=(Status.FINAL_SUBMITTED,),
    target=Status.FINAL_REVIEW,
    capability="qad.review",
    event="final_review.started",
    source_paragraph="QA&P 10.3",
)
AGREE_CONTENT = Move(
    name="agree_content",
    label="The content is agreed by every body",
    sources=(Status.FINAL_REVIEW,),
    target=Status.CONTENT_AGREED,
    capability="content.agree",
    event="content.agreed",
    guards=(nothing_missing,),
    source_paragraph="QA&P 10.2.1, Appendix C",
)
REOPEN = Move(
    name="reopen",
    label="Reopen named sections of the Final QAD",
    sources=(
        Status.FINAL_SUBMITTED,
        Status.FINAL_REVIEW,
        Status.CONTENT_AGREED,
        Status.SIGNED_OFF,
    ),
    target=Status.FINAL_REOPENED,
    capability="final.reopen",
    event="final_qad.reopened",
    source_paragraph="QA&P 10.3",
)
SIGN_OFF = Move(
    name="sign_off",
    label="Sign",
    sources=(Status.CONTENT_AGREED,),
    target=Status.SIGNED_OFF,
    capability="qad.sign",
    event="qad.signed_off",
    guards=(nothing_missing,),
    source_paragraph="QA&P 10.2",
)
QUALIFY = Move(
    name="qualify",
    label="MHHS Qualified",
    sources=(Status.SIGNED_OFF,),
    target=Status.QUALIFIED,
    capability="qualification.qualify",
    event="qualification.qualified",
    guards=(nothing_missing,),
    source_paragraph="QA&P 11.3",
)
NOT_APPROVE = Move(
    name="not_approve",
    label="Not approved",
    sources=(Status.SIGNED_OFF,),
    target=Status.NOT_APPROVED,
    capability="qualification.not_approve",
    event="qualification.not_approved",
    source_paragraph="QA&P 11.3",
)
DECIDE_ANEW = Move(
    name="decide_anew",
    label="Decide anew after an appeal",
    sources=(Status.NOT_APPROVED,),
    target=Status.SIGNED_OFF,
    capability="qualification.decide_anew",
    event="qualification.to_be_decided_anew",
    source_paragraph="QA&P 11.3",
)
