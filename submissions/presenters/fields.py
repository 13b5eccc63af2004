"""The fields of an answer besides its prose, one or two for each kind that a question takes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from foundation.ui.fields import (
    AnyField,
    CheckboxesField,
    CheckField,
    Choice,
    DateField,
    RadiosField,
    TableField,
    TextareaField,
    TextField,
)
from participants.market_roles import MARKET_ROLES
from submissions.content import MAX_ROWS, Content
from submissions.forms import COME_BACK, MARKS, NOT_APPLICABLE, READY, ROWS
from submissions.template_types import Column, Question
from waves.routes import ROUTES

SPARE_LINES = 3
_OFFERED = {
    "YES_NO": ("Yes", "No"),
    "ROLE": tuple(role.label for role in MARKET_ROLES.values()),
    "ROUTE": tuple(route.label for route in ROUTES.values()),
}


def fields_of(question: Question, value: Mapping[str, Any], lines: int = 0) -> list[AnyField]:
    """Return the fields of a question's kinds, filled in; ``lines`` asks for more empty ones."""
    found = []
    for kind in question.kinds:
        if kind == "TABLE":
            found.append(_table(question, value, max(lines, SPARE_LINES)))
        elif kind in _DRAWN:
            found.append(_DRAWN[kind](question, value))
    return found


def notes_field(content: Content) -> TextareaField:
    """Return the box for words where the question does not ask for prose."""
    return TextareaField(
        name="text",
        label="Anything to add",
        hint="Words that reviewers should read with the answer. Markdown. It may stay empty.",
        value=content.text,
        rows=4,
        record=True,
        attrs={"data-editor": ""},
    )


def marks_field(
    content: Content, stage: str, error: str = "", *, may_be_set_aside: bool = True
) -> CheckboxesField:
    """Return the ticks under an answer: ready, to come back to, not applicable with a reason."""
    ready = Choice(value=READY, label=f"Ready for {stage}", chosen=content.is_ready)
    later = Choice(value=COME_BACK, label="Come back to this", chosen=content.come_back)
    reason = TextareaField(
        name="not_applicable_reason",
        label="Why it does not apply to you",
        value=content.not_applicable_reason,
        rows=3,
        error=error,
    )
    set_aside = Choice(
        value=NOT_APPLICABLE,
        label="Not applicable, with a reason",
        chosen=content.is_not_applicable,
        detail=reason,
    )
    return CheckboxesField(
        name=MARKS,
        label="How far this answer is",
        hide_label=True,
        inline=True,
        choices=[ready, later, set_aside] if may_be_set_aside else [ready, later],
    )


def _choice(question: Question, value: Mapping[str, Any]) -> RadiosField:
    return RadiosField(
        name="choice",
        label="Choose one",
        choices=[
            Choice(value=each.value, label=each.label, chosen=value.get("choice") == each.value)
            for each in question.choices
        ],
    )


def _choices(question: Question, value: Mapping[str, Any]) -> CheckboxesField:
    chosen = value.get("choices") or ()
    return CheckboxesField(
        name="choices",
        label="Choose all that apply",
        choices=[
            Choice(value=each.value, label=each.label, chosen=each.value in chosen)
            for each in question.options
        ],
    )


def _number(question: Question, value: Mapping[str, Any]) -> TextField:
    given = value.get("number")
    return TextField(
        name="number",
        label="Number",
        hint="Digits, such as 1200.",
        value="" if given is None else str(given),
        width="10",
        inputmode="decimal",
        suffix=question.unit,
    )


def _date(question: Question, value: Mapping[str, Any]) -> DateField:
    year, month, day = [*str(value.get("date") or "").split("-", 2), "", "", ""][:3]
    return DateField(
        name="date",
        label="Date",
        hint="For example 14 2 2026.",
        day=day.lstrip("0"),
        month=month.lstrip("0"),
        year=year,
    )


def _declaration(question: Question, value: Mapping[str, Any]) -> CheckField:
    return CheckField(name="declared", label=question.statement, chosen=bool(value.get("declared")))


def _table(question: Question, value: Mapping[str, Any], spare: int) -> TableField:
    rows = value.get("rows") or []
    keys = [column.key for column in question.columns]
    filled = [[str(row.get(key, "")) for key in keys] for row in rows]
    empty = [[""] * len(keys)] * min(spare, max(MAX_ROWS - len(filled), 0))
    return TableField(
        name=ROWS,
        label="Lines",
        hide_label=True,
        hint=_column_hints(question.columns),
        columns=[column.label for column in question.columns],
        rows=[*filled, *empty],
        offers=[_offered(column) for column in question.columns],
    )


def _offered(column: Column) -> Sequence[str] | None:
    """Return the words that a column offers; none of them for prose, None for something short."""
    if column.type == "TEXT":
        return ()
    return column.choices or _OFFERED.get(column.type)


def _column_hints(columns: Sequence[Column]) -> str:
    said = []
    for column in columns:
        if column.type == "DATE":
            said.append(f"{column.label}: a date, such as 14/02/2026.")
    return " ".join(["Empty lines are left out.", *said])


_DRAWN: Mapping[str, Callable[[Question, Mapping[str, Any]], AnyField]] = {
    "CHOICE": _choice,
    "MULTI_CHOICE": _choices,
    "NUMBER": _number,
    "DATE": _date,
    "DECLARATION": _declaration,
}
