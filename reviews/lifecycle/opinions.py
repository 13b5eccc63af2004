"""PURE: the moves of one body's opinion of a part (domain D.5); "" is an opinion not yet given."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.lifecycle import Move
from reviews.enums import ApprovalState

NONE_YET = ""


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """What the guards of an approval look at."""

    body: str = ""
    final_is_submitted: bool = True
    being_changed: bool = False
    seen: str = ""
    newest: str = ""
    already_covers: bool = False
    unsettled: Sequence[str] = ()


def final_submitted(facts: ApprovalFacts) -> str | None:
    """D.5: an opinion is given on a Final submission."""
    if facts.final_is_submitted:
        return None
    return "There is no Final submission under review: approval is given on the Final QAD."


def not_reopened(facts: ApprovalFacts) -> str | None:
    """R89: what is open for change cannot be approved."""
    if facts.being_changed:
        return "Sections of this part are reopened; it can be approved once they come back."
    return None


def seen_is_newest(facts: ApprovalFacts) -> str | None:
    """R103: an approval covers exactly what was shown."""
    if facts.seen == facts.newest:
        return None
    return "This part was changed since you opened it. Read the newest version first."


def not_twice(facts: ApprovalFacts) -> str | None:
    """One approval of one version is enough."""
    return f"{facts.body} has approved this version already." if facts.already_covers else None


def own_findings_settled(facts: ApprovalFacts) -> str | None:
    """D.5: a body's own findings and observations are cleared, or planned with it."""
    if not facts.unsettled:
        return None
    listed = ", ".join(facts.unsettled)
    return f"{facts.body} holds {listed} neither cleared nor with an agreed plan."


_ANY = (
    NONE_YET,
    ApprovalState.APPROVED,
    ApprovalState.FURTHER_SUBMISSION,
    ApprovalState.LAPSED,
)
APPROVE = Move(
    name="approve",
    label="Approve",
    sources=_ANY,
    target=ApprovalState.APPROVED,
    capability="part.approve",
    event="part.approved",
    guards=(final_submitted, not_reopened, seen_is_newest, not_twice, own_findings_settled),
    source_paragraph="QA&P 10.2.1, 11.3",
)
ASK_FOR_MORE = Move(
    name="ask_for_more",
    label="Ask for more",
    sources=_ANY,
    target=ApprovalState.FURTHER_SUBMISSION,
    capability="part.approve",
    event="part.further_submission_asked",
    guards=(final_submitted, not_reopened, seen_is_newest),
    source_paragraph="QA&P 10.2.1",
)
LAPSE = Move(
    name="lapse",
    label="Lapse",
    sources=(ApprovalState.APPROVED, ApprovalState.FURTHER_SUBMISSION),
    target=ApprovalState.LAPSED,
    capability="approval.lapse",
    event="approval.lapsed",
    source_paragraph="QA&P 10.3",
)
