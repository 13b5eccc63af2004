"""Answers to read, one below the other: for checking, and as a version holds them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foundation.ui.blocks import Evidence as ShownEvidence
from foundation.ui.blocks import Fact, Note, Tab
from foundation.ui.pages import Head, SubmitPanel
from foundation.ui.parts import Status
from submissions import bank
from submissions.deltas import delta
from submissions.models import Part
from submissions.presenters import addresses
from submissions.presenters import evidence as pieces
from submissions.presenters.deltas import ShownDelta, shown
from submissions.presenters.deltas import evidence as shown_evidence
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
    delta: ShownDelta | None = None


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
    nothing: str = "There is nothing to read yet."
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


def compared_sections(
    part: Part,
    before: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, Mapping[str, Any]],
    slug: str,
    number: int,
) -> list[ReadSection]:
    """Return what differs between two versions of a part; sections without a difference go."""
    found = []
    for section in bank.of_part(part).sections:
        old, new = (_by_code(each.get(section.code)) for each in (before, after))
        answers = [
            _compared(part, old.get(code), held, slug, number)
            for code, held in new.items()
            if _is_given(old.get(code), held) and delta(old.get(code), held)
        ]
        if answers:
            found.append(
                ReadSection(
                    title=f"{section.code} {section.title}",
                    anchor=section.code,
                    meta=f"{len(answers)} of {len(new)} differ",
                    answers=answers,
                )
            )
    return found


def _by_code(content: Mapping[str, Any] | None) -> dict[str, Mapping[str, Any]]:
    return {each["code"]: each for each in content["questions"]} if content else {}


def _is_given(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
    """Whether there was anything to read, then or now; a blank that comes or goes is nothing."""
    return any(each and (each["answer"] or each["evidence"]) for each in (before, after))


def _compared(
    part: Part,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    slug: str,
    number: int,
) -> ReadAnswer:
    question = bank.of_part(part).question(after["code"])
    found = shown(question, before, after)
    words = found.found.words
    return ReadAnswer(
        code=after["code"],
        title=after["title"],
        ask=after["ask"],
        status=Status(words[:1].upper() + words[1:], "half"),
        text="" if found else frozen_text(question, after["answer"]),
        nothing="" if found else "No words, see the evidence.",
        evidence=shown_evidence(found.found, after, slug, number),
        delta=found or None,
    )


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
