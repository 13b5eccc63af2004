"""Form fields as plain values: for pages that do without a Django form.

The questionnaire is drawn from these (a Django form of 120 fields costs four times as
much); ordinary forms use Django's own fields and come out in the same mark-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from foundation.ui.parts import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of radios, checkboxes or a select; ``detail`` shows when it is chosen."""

    value: str
    label: str
    hint: str = ""
    chosen: bool = False
    detail: TextField | TextareaField | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """What every field has. ``error`` names question, rule and remedy."""

    name: str
    label: str
    hint: Words = ""
    error: str = ""
    required: bool = False
    hide_label: bool = False
    locked: bool = False
    attrs: Mapping[str, str] = field(default_factory=dict)

    kind = ""
    is_group = False

    @property
    def template(self) -> str:
        """The template of the control itself."""
        return f"components/field_{self.kind}.html"

    @property
    def ident(self) -> str:
        """The id of the control, for labels and the error summary."""
        return f"id_{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for assistive technology."""
        ids = [f"{self.ident}_hint"] if self.hint else []
        return " ".join([*ids, f"{self.ident}_error"] if self.error else ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(_Field):
    """One line of text. ``width`` is "", 2, 3, 4, 5, 10, 20 or 30 characters."""

    value: str = ""
    type: str = "text"
    width: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    suffix: str = ""

    kind = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextareaField(_Field):
    """Several lines; ``record`` sets the record's face, ``limit`` counts characters."""

    value: str = ""
    rows: int = 5
    record: bool = False
    limit: int = 0

    kind = "textarea"


@dataclass(frozen=True, slots=True, kw_only=True)
class RadiosField(_Field):
    """One of several; none is chosen unless the record already says so."""

    choices: Sequence[Choice] = ()
    inline: bool = False

    kind = "radios"
    control = "radio"
    is_group = True
    template = "components/field_choices.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckboxesField(_Field):
    """Any of several."""

    choices: Sequence[Choice] = ()
    inline: bool = False

    kind = "checkboxes"
    control = "checkbox"
    is_group = True
    template = "components/field_choices.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckField(_Field):
    """One tick with its sentence."""

    value: str = "on"
    chosen: bool = False

    kind = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectField(_Field):
    """One of a long list."""

    choices: Sequence[Choice] = ()
    empty_label: str = ""

    kind = "select"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField(_Field):
    """A date as day, month and year; posts name_0, name_1 and name_2 (day, month, year)."""

    day: str = ""
    month: str = ""
    year: str = ""

    kind = "date"
    is_group = True

    @property
    def boxes(self) -> list[tuple[str, str, int, str]]:
        """The three boxes as (control name, label, width, value)."""
        return [
            (f"{self.name}_0", "Day", 2, self.day),
            (f"{self.name}_1", "Month", 2, self.month),
            (f"{self.name}_2", "Year", 4, self.year),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileField(_Field):
    """A file. ``accept`` is a list of endings, such as ".pdf,.docx"."""

    accept: str = ""
    multiple: bool = False

    kind = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableField(_Field):
    """A small table to fill in; a cell posts as ``name-row-column``.

    Blank rows at the foot take new lines; there is no need for script. ``offers`` has, for each
    column, the words to choose from, none where anything may be written, and None for one line
    of something short, such as a number.
    """

    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    row_heads: Sequence[str] = ()
    offers: Sequence[Sequence[str] | None] = ()

    kind = "table"
    is_group = True

    @property
    def cells(self) -> list[tuple[str, list[Cell]]]:
        """Rows as (head, cells)."""
        return [(head, list(self._row(number, head))) for number, head in enumerate(self._heads)]

    @property
    def _heads(self) -> list[str]:
        spare = len(self.rows) - len(self.row_heads)
        return [*self.row_heads[: len(self.rows)], *[""] * spare]

    def _row(self, number: int, head: str) -> Iterator[Cell]:
        spoken = head or f"row {number + 1}"
        offers = self.offers or [None] * len(self.columns)
        row = zip(self.columns, self.rows[number], offers, strict=True)
        for place, (column, value, offered) in enumerate(row):
            yield Cell(
                name=f"{self.name}-{number}-{place}",
                label=f"{column}, {spoken}",
                value=value,
                # What was written before stays, offered or not.
                choices=list(dict.fromkeys([*offered, *filter(None, [value])])) if offered else (),
                is_prose=offered is not None and not offered,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table to fill in: a choice, a few words that may wrap, or one line."""

    name: str
    label: str
    value: str
    choices: Sequence[str] = ()
    is_prose: bool = False


AnyField: TypeAlias = (
    TextField
    | TextareaField
    | RadiosField
    | CheckboxesField
    | CheckField
    | SelectField
    | DateField
    | FileField
    | TableField
)
