"""PURE: the moves of a qualification's QAD that the participant makes (domain D.1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.lifecycle import Move
from participants.enums import INITIAL_STATES, Status


@dataclass(frozen=True, slots=True)
class Blank:
    """A relevant question without an answer, as the submitter reads it."""

    code: str
    title: str
    part_id: str
    section: str


@dataclass(frozen=True, slots=True)
class SubmitFacts:
    """What the guards of a submission look at."""

    is_paper: bool = False
    blanks: Sequence[Blank] = ()
    report_is_in: bool = False
    report_may_follow: bool = False
    report_name: str = "QT Test Completion Report"


@dataclass(frozen=True, slots=True)
class OpenFinalFacts:
    """What the guards of re-versioning look at."""

    report_is_in: bool = False
    may_open_without_report: bool = False
    window_is_open: bool = False
    by_body: bool = False
    initial_is_reviewed: bool = False


def not_on_paper(facts: SubmitFacts) -> str | None:
    """R23: a new entrant for MHHS alone answers on paper (QA&P 9.1.2, 9.3.2)."""
    if facts.is_paper:
        return "A new entrant for MHHS alone answers on paper; this QAD is kept for tracking only."
    return None


def nothing_blank(facts: SubmitFacts) -> str | None:
    """R87: at Final all relevant answers are mandatory (QA&P 10.3)."""
    if not facts.blanks:
        return None
    listed = ", ".join(blank.code for blank in facts.blanks)
    count = len(facts.blanks)
    noun = "answer is" if count == 1 else "answers are"
    return f"{count} required {noun} blank: {listed}. Final takes no blanks."


def report_there(facts: SubmitFacts) -> str | None:
    """R86: Final only after the tests, but for the SIT exception (R85; QA&P 10.1, 10.6)."""
    if facts.report_is_in or facts.report_may_follow:
        return None
    return f"The {facts.report_name} has not been uploaded yet. Final follows the tests."


def armed(facts: OpenFinalFacts) -> str | None:
    """R83, R85: the report arms the Final QAD; on SIT routes a code body or the window opens it.

    Off the SIT routes no body opens it, with the report or without (R84).
    """
    if facts.report_is_in and facts.by_body and not facts.may_open_without_report:
        return (
            "The report is in: the next time the organisation opens its QAD it becomes the Final"
            " (QA&P 10.3). A body's opening changes nothing."
        )
    if facts.report_is_in:
        return None
    if not facts.may_open_without_report:
        return "The QT Test Completion Report has not been uploaded yet."
    if facts.by_body or (facts.window_is_open and facts.initial_is_reviewed):
        return None
    return "The Final QAD opens with its window, once the Initial QAD is reviewed."


SUBMIT_SECTION = Move(
    name="submit_section",
    label="Submit this section",
    sources=(Status.INITIAL_DRAFT, Status.INITIAL_PART_SUBMITTED),
    target=Status.INITIAL_PART_SUBMITTED,
    capability="answer.write",
    event="section.submitted",
    guards=(not_on_paper,),
    source_paragraph="QA&P 10.3",
)
SUBMIT_INITIAL = Move(
    name="submit_initial",
    label="Submit the Initial QAD",
    sources=(Status.INITIAL_DRAFT, Status.INITIAL_PART_SUBMITTED),
    target=Status.INITIAL_SUBMITTED,
    capability="qad.submit",
    event="initial_qad.submitted",
    guards=(not_on_paper,),
    source_paragraph="QA&P 10.3",
)
OPEN_FINAL = Move(
    name="open_final",
    label="Open the Final QAD",
    sources=INITIAL_STATES,
    target=Status.FINAL_DRAFT,
    capability="organisation.read",
    event="final_qad.opened",
    guards=(armed,),
    source_paragraph="QA&P 10.3",
)
SUBMIT_FINAL = Move(
    name="submit_final",
    label="Submit the Final QAD",
    sources=(Status.FINAL_DRAFT,),
    target=Status.FINAL_SUBMITTED,
    capability="qad.submit",
    event="final_qad.submitted",
    guards=(not_on_paper, nothing_blank, report_there),
    source_paragraph="QA&P 10.3",
)
RESUBMIT_FINAL = Move(
    name="resubmit_final",
    label="Submit the reopened sections",
    sources=(Status.FINAL_REOPENED,),
    target=Status.FINAL_REVIEW,
    capability="qad.submit",
    event="final_qad.resubmitted",
    guards=(nothing_blank,),
    source_paragraph="QA&P 10.3",
)
MOVES = (SUBMIT_SECTION, SUBMIT_INITIAL, OPEN_FINAL, SUBMIT_FINAL, RESUBMIT_FINAL)
