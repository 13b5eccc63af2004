"""Answers to read, one below the other: for checking, and as a version holds them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foundation.ui.blocks import Evidence as ShownEvidence
from foundation.ui.blocks import Fact, Note, Tab
from foundation.ui.pages import Head, SubmitPanel
from foundation.ui.parts import Status
from submissions import bank
from submissions.models import Part
from submissions.presenters import addresses
from submissions.presenters import evidence as pieces
from submissions.presenters.states import Progress, QuestionState
from submissions.presenters.words import answer_text, frozen_text
from submissions.sheet import PartSheet, content_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAnswer:
    """One question with its answer, to read."""

    code: str
    title: str
    ask: str
    url: str = ""
    status: Status | None = None
    changed: str = ""
    text: str = ""
    nothing: str = "Nothing was answered."
    evidence: Sequence[ShownEvidence] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSection:
    """A section of answers under its heading."""

    title: str
    anchor: str
    meta: str = ""
    answers: Sequence[ReadAnswer] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersPage:
    """``submissions/answers.html``: a document of answers, with its hash or its submit panel."""

    head: Head
    facts: Sequence[Fact] = ()
    tabs: Sequence[Tab] = ()
    sections: Sequence[ReadSection] = ()
    submit: SubmitPanel | None = None
    submit_url: str = ""
    submit_word: str = ""
    seen: str = ""
    notes: Sequence[Note] = ()
    footnote: str = ""


def living_sections(
    own: PartSheet, states: Mapping[str, Sequence[QuestionState]], slug: str, heading: str
) -> list[ReadSection]:
    """Return a part's sections as they stand; what is not put at this stage is left out."""
    found = []
    for section in bank.of_part(own.part).sections:
        asked = [state for state in states.get(section.code, ()) if state.counts]
        if asked:
            found.append(
                ReadSection(
                    title=f"{section.code} {section.title}",
                    anchor=f"{section.code}-{own.part.pk}",
                    meta=heading,
                    answers=[_living(own, state, section.code, slug) for state in asked],
                )
            )
    return found


def _living(own: PartSheet, state: QuestionState, letter: str, slug: str) -> ReadAnswer:
    question = state.one.question
    answer = own.answers.get(question.code)
    blank = state.progress is Progress.BLANK
    return ReadAnswer(
        code=question.code,
        title=question.title,
        ask=question.ask,
        url=addresses.question(slug, own.part, letter, question.code),
        status=state.status(own.part.stage),
        changed="Changed since it was submitted" if state.changed else "",
        text=answer_text(question, content_of(answer)) if answer else "",
        nothing="Blank." if blank else "No words, see the evidence.",
        evidence=[pieces.item(one, slug) for one in own.evidence.get(question.code, ())],
    )


def frozen_sections(
    part: Part, content: Mapping[str, Mapping[str, Any]], changed: Collection[str], slug: str
) -> list[ReadSection]:
    """Return the sections of a version as they were submitted."""
    found = []
    for section in bank.of_part(part).sections:
        held = content.get(section.code)
        asked = [each for each in held["questions"] if _was_put(each)] if held else []
        if asked:
            found.append(
                ReadSection(
                    title=f"{section.code} {section.title}",
                    anchor=section.code,
                    meta=f"{held['stage'].capitalize()} stage",
                    answers=[_frozen(part, each, each["code"] in changed, slug) for each in asked],
                )
            )
    return found


def _was_put(held: Mapping[str, Any]) -> bool:
    """Whether a frozen question was put at its stage, or answered before its time."""
    is_open = held.get("is_open", True) or held["answer"] or held["evidence"]
    return bool(held["applies"] and is_open)


def _frozen(part: Part, held: Mapping[str, Any], changed: bool, slug: str) -> ReadAnswer:
    question = bank.of_part(part).question(held["code"])
    text = frozen_text(question, held["answer"])
    return ReadAnswer(
        code=held["code"],
        title=held["title"],
        ask=held["ask"],
        status=Status("Changed since the version before", "half") if changed else None,
        text=text,
        nothing=held["because"] or ("Left blank." if not held["evidence"] else ""),
        evidence=[pieces.frozen_item(each, slug) for each in held["evidence"]],
    )
