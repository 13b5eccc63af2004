"""PURE: the moves of PIT deliverables, QT Test Plans and work-off plans (domain D.11, D.12)."""

from collections.abc import Collection
from dataclasses import dataclass

from foundation.lifecycle import Move
from waves.enums import DeliverableState as D
from waves.enums import PlanState as P
from waves.enums import WorkOffState as W
from waves.routes import assurance_objection

WRITE, ASSURE, AGREE = "testing.write", "testing.assure", "testing.agree"


@dataclass(frozen=True, slots=True)
class Word:
    """Who has said yes, and who must: the bodies that govern the role, each on its own."""

    body: str
    given: Collection[str]
    needed: Collection[str]


def governs(word: Word) -> str | None:
    """Only a body that governs the role has a word here (R7)."""
    return None if word.body in word.needed else "Your body does not govern this role."


def first_word(word: Word) -> str | None:
    """A body says yes once."""
    return f"{word.body} agreed already." if word.body in word.given else None


def last_word(word: Word) -> str | None:
    """The move happens with the last of them (R75)."""
    left = [each for each in word.needed if each not in {*word.given, word.body}]
    return f"Still to agree: {', '.join(left)}." if left else None


def by_the_right_tester(body_and_route: tuple[str, str]) -> str | None:
    """Off the waves the Programme reviews, in the waves Elexon's test manager (R75)."""
    return assurance_objection(*body_and_route)


RETURN_DELIVERABLE = Move(
    "return the deliverable",
    (D.SUBMITTED,),
    D.RETURNED,
    ASSURE,
    "deliverable.returned",
    label="Ask for more",
    source_paragraph="QA&P 10.5.1",
)
ASSURE_DELIVERABLE = Move(
    "assure the deliverable",
    (D.SUBMITTED, D.RETURNED),
    D.ASSURED,
    ASSURE,
    "deliverable.assured",
    label="Assure it",
    source_paragraph="QA&P 10.5.2",
)

RESUBMIT_PLAN = Move(
    "hand the plan in again",
    (P.RETURNED,),
    P.SUBMITTED,
    WRITE,
    "test_plan.submitted",
    label="Hand it in again",
)
RETURN_PLAN = Move(
    "return the plan",
    (P.SUBMITTED,),
    P.RETURNED,
    AGREE,
    "test_plan.returned",
    label="Ask for more",
    source_paragraph="QA&P 9.3.3",
)
APPROVE_PLAN = Move(
    "make the plan the baseline",
    (P.SUBMITTED,),
    P.APPROVED,
    AGREE,
    "test_plan.approved",
    (governs, first_word, last_word),
    "Agree",
    "QA&P 9.3.3, 11.2",
)
SUPERSEDE_PLAN = Move(
    "set the baseline aside",
    (P.APPROVED,),
    P.SUPERSEDED,
    AGREE,
    "test_plan.superseded",
    source_paragraph="QA&P 11.2",
)
COMPLETE_PLAN = Move("complete the plan", (P.APPROVED,), P.COMPLETE, ASSURE, "test_plan.completed")

REVISE = Move(
    "write the work-off plan anew",
    (W.RETURNED, W.PROPOSED),
    W.PROPOSED,
    WRITE,
    "work_off.proposed",
    label="Change it",
)
REVIEW = Move(
    "review the work-off plan",
    (W.PROPOSED,),
    W.REVIEWED,
    ASSURE,
    "work_off.reviewed",
    (by_the_right_tester,),
    "Record the review",
    "QA&P 10.7",
)
SEND_BACK = Move(
    "send the work-off plan back",
    (W.PROPOSED, W.REVIEWED),
    W.RETURNED,
    ASSURE,
    "work_off.returned",
    label="Ask for more",
)
DISAGREE = Move(
    "ask more of a reviewed work-off plan",
    (W.REVIEWED,),
    W.RETURNED,
    AGREE,
    "work_off.returned",
    label="Do not agree yet",
)
AGREE_ALL = Move(
    "agree the work-off plan",
    (W.REVIEWED,),
    W.AGREED,
    AGREE,
    "work_off.agreed",
    (governs, first_word, last_word),
    "Agree",
    "QA&P 10.7, 9.3.3",
)
FINISH = Move(
    "finish the work-off plan",
    (W.AGREED,),
    W.DONE,
    ASSURE,
    "work_off.done",
    label="It is done",
    source_paragraph="QA&P 10.7",
)

DELIVERABLE_MOVES = (RETURN_DELIVERABLE, ASSURE_DELIVERABLE)
PLAN_MOVES = (RESUBMIT_PLAN, RETURN_PLAN, APPROVE_PLAN, SUPERSEDE_PLAN, COMPLETE_PLAN)
WORK_OFF_MOVES = (REVISE, REVIEW, SEND_BACK, DISAGREE, AGREE_ALL, FINISH)
MOVES = (*DELIVERABLE_MOVES, *PLAN_MOVES, *WORK_OFF_MOVES)
