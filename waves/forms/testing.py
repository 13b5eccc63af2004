"""What people send about testing, made into clean values."""

import re
from datetime import date
from typing import Any

from django import forms

from foundation.ui.forms import DateField
from waves.enums import CheckState, DeliverableKind, TestStage, WorkOffKind
from waves.testing_acts import TestingAct

_SHORT = {"class": "govuk-input--width-5"}
_LABELS = {
    "note": "Note",
    "evidence": "Reference of the evidence in the test tool",
    "impact": "What the defect means",
}


def _area(label: str, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ActForm(forms.Form):
    """What one act is asked with."""

    def __init__(self, *args: Any, act: TestingAct, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in act.asks:
            rows = 1 if name == "evidence" else 4
            self.fields[name] = _area(
                _LABELS[name], rows, required=act.needed, max_length=4000 if rows > 1 else 500
            )


class NoteForm(forms.Form):
    """A note beside what is confirmed."""

    note = _area("Note", 3, required=False)


class ReasonForm(forms.Form):
    """A reason, which the organisation reads."""

    because = _area("Reason", 3, help_text="The organisation reads it.")


class InterfacesForm(forms.Form):
    """Where the evidence of the interfaces is."""

    note = _area("Where the evidence is", 2, help_text="Its reference in the test tool.")


class DeliverableForm(forms.Form):
    """A PIT deliverable, as a file or a link."""

    kind = forms.ChoiceField(
        label="Deliverable", choices=DeliverableKind.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(label="File", required=False)
    link = forms.URLField(label="Or a link to it", required=False, assume_scheme="https")
    note = _area("Note", 2, required=False)

    def said(self) -> dict[str, Any]:
        """Return what the service is asked for."""
        return with_file(self.cleaned_data)


class PlanForm(forms.Form):
    """A QT Test Plan, or a new baseline of it."""

    starts_on = DateField(label="First day of testing")
    ends_on = DateField(label="Last day of testing")
    tests = forms.IntegerField(label="Tests", min_value=1, widget=forms.NumberInput(attrs=_SHORT))
    points = _area(
        "Tests to have run by a date",
        5,
        required=False,
        help_text="One a line: 31/03/2026 40. Leave it empty for an even plan.",
    )
    file = forms.FileField(label="File", required=False)
    link = forms.URLField(label="Or a link to it", required=False, assume_scheme="https")
    reason = _area("Why it is baselined anew", 2, required=False)

    def clean_points(self) -> list[dict[str, Any]]:
        """Read the lines."""
        found = []
        for number, line in enumerate(self.cleaned_data["points"].splitlines(), start=1):
            if not line.strip():
                continue
            read = re.fullmatch(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})[\s,;:]+(\d{1,6})\s*", line)
            try:
                day, month, year, planned = (
                    (int(each) for each in read.groups()) if read else (0,) * 4
                )
                on = date(year, month, day)
            except ValueError:
                raise forms.ValidationError(
                    f"Line {number}: write a date and a number, such as 31/03/2026 40."
                ) from None
            found.append({"on": on.isoformat(), "planned": planned})
        return found

    def said(self) -> dict[str, Any]:
        """Return what the service is asked for."""
        return with_file(self.cleaned_data)


class WorkOffForm(forms.Form):
    """A deferral, a work-off plan or an exception."""

    kind = forms.ChoiceField(
        label="What this is", choices=WorkOffKind.choices, widget=forms.RadioSelect
    )
    stage = forms.ChoiceField(
        label="Belongs to", choices=TestStage.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label="Title", max_length=200)
    plan = _area(
        "What is done, by whom, and how it is shown",
        help_text="The bodies agree to this text.",
    )
    concerns = _area(
        "Tests or defects that it covers",
        3,
        required=False,
        help_text="References of the test tool, one a line. A deferral can also name APPROACH,"
        " RTTM, REPORT or INTERFACES.",
    )
    due_on = DateField(label="Done by")
    may_outlast = forms.BooleanField(label="The agreement lets it end after QT", required=False)
    in_approach_and_plan = forms.BooleanField(
        label="The PIT Approach and Plan names it", required=False
    )

    def clean_concerns(self) -> list[str]:
        """Return the references."""
        found = [each.strip() for each in re.split(r"[\n,;]", self.cleaned_data["concerns"])]
        if any(len(each) > 60 for each in found):
            raise forms.ValidationError("A reference has at most 60 characters.")
        return [each for each in found if each]


class CheckForm(forms.Form):
    """What the test manager found on an entry criterion."""

    state = forms.ChoiceField(
        label="What you found", choices=CheckState.choices, widget=forms.RadioSelect
    )
    note = _area("Note", 3, required=False)


class ImportForm(forms.Form):
    """An export of the test tool, as a file or as the text of the preview."""

    kind = forms.ChoiceField(
        label="What it holds",
        choices=[("cases", "Tests and their results"), ("defects", "Defects")],
        widget=forms.RadioSelect,
    )
    stage = forms.ChoiceField(
        label="Belongs to", choices=TestStage.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label="CSV file", help_text="As your test tool exports it, up to 1 MB.", required=False
    )
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean(self) -> dict[str, Any]:
        """Return the text, wherever it came from."""
        data = super().clean()
        upload = data.get("file")
        if upload:
            if upload.size > 1_000_000:
                self.add_error("file", "The file is larger than 1 MB. Export fewer columns.")
                return data
            try:
                data["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", "The file is no UTF-8 text. Save it as CSV UTF-8.")
        if not data.get("text") and not self.errors:
            self.add_error("file", "Choose the CSV file.")
        return data


class ProgressForm(forms.Form):
    """The figures of today, where the tests themselves are not brought in."""

    planned = forms.IntegerField(
        label="Tests planned", min_value=0, widget=forms.NumberInput(attrs=_SHORT)
    )
    run = forms.IntegerField(label="Tests run", min_value=0, widget=forms.NumberInput(attrs=_SHORT))
    passed = forms.IntegerField(
        label="Tests passed", min_value=0, widget=forms.NumberInput(attrs=_SHORT)
    )


def with_file(data: dict[str, Any]) -> dict[str, Any]:
    """Return what was said, with the bytes of its file."""
    said = dict(data)
    upload = said.pop("file", None)
    if upload:
        said |= {"name": upload.name, "content": upload.read()}
    return said
