"""PURE: what an answer may hold, by kind of question, and when it counts as given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from submissions.template_types import Column, Question

MAX_TEXT = 60_000
MAX_ROWS = 400


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one answer, as an author sends it."""

    text: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    is_not_applicable: bool = False
    not_applicable_reason: str = ""
    is_ready: bool = False
    come_back: bool = False


class Said(Protocol):
    """What was answered: content as it is sent, or an answer's row."""

    text: str
    value: Mapping[str, Any]
    is_not_applicable: bool
    not_applicable_reason: str


def is_blank(content: Said) -> bool:
    """Return whether nothing at all was said."""
    return not (content.text.strip() or content.value or content.is_not_applicable)


def is_answered(question: Question, content: Said | None, pieces_of_evidence: int) -> bool:
    """Return whether the question has an answer of its kind, or a reason why none applies."""
    if content is not None and content.is_not_applicable:
        return question.may_be_set_aside and bool(content.not_applicable_reason.strip())
    if question.evidence_required and not pieces_of_evidence:
        return False
    return any(_GIVEN[kind](content, pieces_of_evidence) for kind in question.answered_by)


def _of_value(key: str) -> Callable[[Said | None, int], bool]:
    return lambda content, pieces: bool(content and content.value.get(key))


_GIVEN: Mapping[str, Callable[[Said | None, int], bool]] = {
    "TEXT": lambda content, pieces: bool(content and content.text.strip()),
    "CHOICE": _of_value("choice"),
    "MULTI_CHOICE": _of_value("choices"),
    "NUMBER": lambda content, pieces: (
        content is not None and content.value.get("number") is not None
    ),
    "DATE": _of_value("date"),
    "TABLE": _of_value("rows"),
    "DECLARATION": _of_value("declared"),
    "UPLOAD": lambda content, pieces: pieces > 0,
    "REFERENCE": lambda content, pieces: pieces > 0,
}


def problems(question: Question, content: Content) -> list[str]:
    """Return what is wrong with the content, each sentence naming question and remedy."""
    found = []
    if len(content.text) > MAX_TEXT:
        found.append(f"{question.code}: over {MAX_TEXT:,} characters. Move detail into evidence.")
    if content.is_not_applicable and not question.may_be_set_aside:
        found.append(f"{question.code}: this is declared, it cannot be set as not applicable.")
    elif content.is_not_applicable and not content.not_applicable_reason.strip():
        found.append(f"{question.code}: say why the question does not apply to you.")
    for key, value in content.value.items():
        check = _CHECKS.get(key)
        said = check(question, value) if check else f"“{key}” is not part of an answer."
        if said:
            found.append(f"{question.code}: {said}")
    return found


def _choice(question: Question, value: Any) -> str:
    allowed = {choice.value for choice in question.choices}
    offered = isinstance(value, str) and value in allowed
    return "" if offered else "choose one of the answers that are offered."


def _choices(question: Question, value: Any) -> str:
    allowed = {choice.value for choice in question.options}
    if not isinstance(value, list) or not set(map(str, value)) <= allowed:
        return "choose among the answers that are offered."
    return ""


def _number(question: Question, value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return "enter a number, such as 1200."
    return "" if number.is_finite() else "enter a number, such as 1200."


def _date(question: Question, value: Any) -> str:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return "enter a date, such as 14 2 2026."
    return ""


def _declared(question: Question, value: Any) -> str:
    return "" if isinstance(value, bool) else "tick the declaration or leave it blank."


def _rows(question: Question, value: Any) -> str:
    if not isinstance(value, list) or len(value) > MAX_ROWS:
        return f"enter up to {MAX_ROWS} lines."
    known = {column.key: column for column in question.columns}
    for number, row in enumerate(value, start=1):
        if not isinstance(row, dict) or not set(row) <= set(known):
            return f"line {number} has columns that the table does not have."
        for key, cell in row.items():
            if said := _cell(known[key], str(cell).strip()):
                return f"line {number}, {known[key].label}: {said}"
    return ""


def _cell(column: Column, text: str) -> str:
    if not text:
        return ""
    if column.type == "NUMBER":
        return _number_cell(text)
    if column.type == "DATE":
        return "" if _is_day(text) else "enter a date, such as 14/02/2026."
    if column.type == "CHOICE" and text not in column.choices:
        return f"enter one of {', '.join(column.choices)}."
    return ""


def _number_cell(text: str) -> str:
    try:
        Decimal(text.replace(",", "").rstrip("%"))
    except InvalidOperation:
        return "enter a number, such as 1200."
    return ""


def _is_day(text: str) -> bool:
    parts = text.split("/")
    try:
        if len(parts) == 3:
            date(int(parts[2]), int(parts[1]), int(parts[0]))
        else:
            date.fromisoformat(text)
    except ValueError:
        return False
    return True


_CHECKS = {
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "date": _date,
    "rows": _rows,
    "declared": _declared,
}
