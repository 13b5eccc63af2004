"""PURE: what an answer says, as Markdown for the record's face."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from submissions.content import Content
from submissions.template_types import Choice, Question

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:&])")


def plain(text: object) -> str:
    """Return text as Markdown that shows it letter by letter, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def answer_text(question: Question, content: Content) -> str:
    """Return everything that an answer says, in the order of its kinds."""
    pieces = []
    if content.is_not_applicable:
        reason = plain(content.not_applicable_reason) or "no reason given"
        pieces.append(f"**Not applicable:** {reason}")
    for key in ("choice", "choices", "number", "date", "declared", "rows"):
        if content.value.get(key) not in (None, "", [], False):
            pieces.append(_WRITERS[key](question, content.value[key]))
    pieces.append(content.text)
    return "\n\n".join(piece for piece in pieces if piece.strip())


def frozen_text(question: Question, answer: Mapping[str, Any] | None) -> str:
    """Return what a frozen answer says; empty when none was given."""
    if answer is None:
        return ""
    return answer_text(
        question,
        Content(
            text=answer["text"],
            value=answer["value"],
            is_not_applicable=answer["is_not_applicable"],
            not_applicable_reason=answer["not_applicable_reason"],
        ),
    )


def value_text(question: Question, key: str, value: Any) -> str:
    """Return one part of an answer's value in words, for comparing it."""
    if value in (None, "", [], False):
        return ""
    if key == "rows":
        return "\n".join(", ".join(str(cell) for cell in row.values()) for row in value)
    if key == "choices":
        return ", ".join(_label(question.options, each) for each in value)
    return {
        "choice": lambda: _label(question.choices, value),
        "date": lambda: long_date(value),
        "declared": lambda: "Confirmed",
    }.get(key, lambda: str(value))()


def long_date(value: object) -> str:
    """Return "14 February 2026"; what is no date is shown as it is."""
    try:
        found = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{found.day} {found:%B %Y}"


def _label(choices: Sequence[Choice], value: object) -> str:
    return next((choice.label for choice in choices if choice.value == value), str(value))


def _choice(question: Question, value: Any) -> str:
    return f"**{plain(_label(question.choices, value))}**"


def _choices(question: Question, value: Any) -> str:
    return "\n".join(f"- {plain(_label(question.options, each))}" for each in value)


def _number(question: Question, value: Any) -> str:
    return f"**{plain(value)}** {plain(question.unit)}".rstrip()


def _date(question: Question, value: Any) -> str:
    return f"**{plain(long_date(value))}**"


def _declared(question: Question, value: Any) -> str:
    return f"**Confirmed.** {plain(question.statement)}"


def _rows(question: Question, value: Any) -> str:
    def line(cells: Sequence[object]) -> str:
        return f"| {' | '.join(plain(cell) for cell in cells)} |"

    head = [line([column.label for column in question.columns])]
    rule = ["|" + " --- |" * len(question.columns)]
    rows = [line([row.get(column.key, "") for column in question.columns]) for row in value]
    return "\n".join(head + rule + rows)


_WRITERS: Mapping[str, Callable[[Question, Any], str]] = {
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "date": _date,
    "declared": _declared,
    "rows": _rows,
}
