"""Drafting and publishing a timetable: cells, whole files, names, reasons."""

from collections.abc import Iterable
from typing import Any

from django import forms

from foundation.ui.forms import DateField
from waves.timetable import Bound, Cell, Event, Kind, Owner, Standing, Timetable, Unit
from waves.timetable_file import COLUMNS, cell_row
from waves.timetable_words import BOUNDS, EVENTS, KINDS, OWNERS, STANDINGS, UNITS

LARGEST = 2_000_000  # bytes of an uploaded file
_NONE = ("", "None")


class DraftForm(forms.Form):
    """What a new draft changes, and what it follows."""

    title = forms.CharField(
        max_length=200, label="What it changes", help_text="Such as: Wave 3 moves by two weeks."
    )
    source = forms.CharField(
        max_length=200,
        required=False,
        label="Source of the dates",
        help_text="As every date will quote it. Left empty, the source of the version in force.",
    )
    reason = forms.CharField(
        required=False,
        label="Reason",
        help_text="Can still be said when it is published.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DescribeForm(DraftForm):
    """The names of a draft."""

    version = forms.CharField(max_length=20, label="Version")
    authority = forms.CharField(
        max_length=200,
        required=False,
        label="Authority",
        help_text="Who approved it: a change request, a minute.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("title", "version", "source", "reason", "authority", "revision")


class UploadForm(forms.Form):
    """A whole table, as it was downloaded and changed."""

    table = forms.FileField(
        label="Table (CSV)",
        help_text="The same columns as the download. Dates are year, month, day: 2026-05-22.",
    )
    header = forms.FileField(
        required=False, label="Header (TOML)", help_text="Only where it changes too."
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Return the files as text."""
        data = super().clean()
        for name in ("table", "header"):
            if data.get(name):
                data[name] = self._text(name, data[name])
        return data | {"header": data.get("header") or ""}

    def _text(self, name: str, upload: Any) -> str:
        if upload.size > LARGEST:
            self.add_error(name, "The file is larger than 2 MB, which no timetable is.")
            return ""
        try:
            return upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error(name, "The file is not UTF-8 text. Save it as “CSV UTF-8”.")
            return ""


class PublishForm(forms.Form):
    """Why a timetable is published, and on whose authority."""

    reason = forms.CharField(
        label="Reason",
        help_text="Everybody whose dates move reads it, and the audit trail keeps it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    authority = forms.CharField(
        max_length=200, label="Authority", help_text="Who approved it: a change request, a minute."
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


# Which fields each kind of cell may have; the words about it stand at every kind.
_FIELDS = {
    Kind.DATE: ("start", "late_after", "period", "unit", "starts_on"),
    Kind.WINDOW: ("start", "end"),
    Kind.RELATIVE: ("period", "unit", "starts_on", "cap", "floor", "late_after"),
    Kind.TEXT: (),
    Kind.NOT_APPLICABLE: (),
}
_DATED = (Kind.DATE, Kind.WINDOW, Kind.RELATIVE)
_WORDS = ("standing", "raw_text", "note", "clause")
_ABOUT = ("activity_label", "bound", "owner", "met_by")
_DAYS = ("start", "end", "cap", "floor", "printed")


class CellForm(forms.Form):
    """One cell, by the columns of the file; only those that its kind may have are asked."""

    start = DateField(label="Date")
    end = DateField(label="Last day")
    period = forms.IntegerField(min_value=0, label="Period")
    unit = forms.ChoiceField(label="Unit")
    starts_on = forms.ChoiceField(label="Counted from")
    cap = DateField(label="Cap", help_text="The last day, whatever the period gives.")
    floor = DateField(label="Not before")
    late_after = forms.ChoiceField(
        label="The full period counts for whoever comes after the last day of"
    )
    standing = forms.ChoiceField(label="How sure the value is")
    printed = DateField(
        label="Date as printed", help_text="Only beside a corrected one; both are shown."
    )
    raw_text = forms.CharField(
        strip=False,
        label="Printed words",
        help_text="What the plan prints here, letter by letter.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(strip=False, label="Note", widget=forms.Textarea(attrs={"rows": 3}))
    clause = forms.CharField(label="Paragraph")
    activity_label = forms.CharField(label="Name of the activity, on every route")
    bound = forms.ChoiceField(label="What it bounds")
    owner = forms.ChoiceField(label="Who holds it")
    met_by = forms.ChoiceField(label="Met by")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, kind: Kind, timetable: Timetable, route: str, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        dated = ("printed",) if kind in _DATED else ()
        order = (*_FIELDS[kind], *_WORDS[:1], *dated, *_WORDS[1:], *_ABOUT, "revision")
        self.fields = {name: self.fields[name] for name in order}
        closing = [
            (cell.key, cell.label)
            for cell in timetable.of_route(route)
            if cell.last_day is not None
        ]
        self._choose(closing)
        for name in order:
            if name not in ("activity_label", "raw_text", "clause", "revision"):
                self.fields[name].required = False
        if kind is Kind.WINDOW:
            self.fields["start"].label = "First day"

    def _choose(self, closing: Iterable[tuple[str, str]]) -> None:
        choices = {
            "unit": [_NONE, *((str(key), UNITS[key]) for key in Unit)],
            "starts_on": [_NONE, *((str(key), EVENTS[key]) for key in Event)],
            "met_by": [_NONE, *((str(key), EVENTS[key]) for key in Event)],
            "late_after": [_NONE, *closing],
            "standing": [(str(key), STANDINGS[key]) for key in Standing],
            "bound": [_NONE, *((str(key), BOUNDS[key]) for key in Bound)],
            "owner": [(str(key), OWNERS[key]) for key in Owner],
        }
        for name, found in choices.items():
            if name in self.fields:
                self.fields[name].choices = found

    def row(self) -> dict[str, str]:
        """Return the cell as a row of the file."""
        said = self.cleaned_data
        given = {name: said[name] for name in COLUMNS if said.get(name) is not None}
        values = {name: str(given.get(name, "")).replace("\r\n", "\n") for name in COLUMNS}
        return values | {"kind": str(self.kind)}


def cell_initial(cell: Cell, revision: int) -> dict[str, Any]:
    """Return what stands in the form of a cell before anybody types."""
    days = {name: getattr(cell, name) for name in _DAYS}
    return {**cell_row(cell), **days, "revision": revision}


KIND_CHOICES = [(str(kind), words) for kind, words in KINDS.items()]
