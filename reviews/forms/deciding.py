"""A decision as it is recorded, made into clean values; nothing of it has a default."""

from collections.abc import Sequence

from django import forms
from django.forms import BaseForm
from django.http import QueryDict

from foundation.ui.forms import DateField
from reviews.enums import Outcome, Severity
from reviews.models import Pack
from reviews.services.decisions import Condition, Vote

MAX_ROWS = 20  # conditions of one decision; none until one is added
NO_PACK = "none"
_OUTCOMES = (Outcome.APPROVED, Outcome.DEFERRED, Outcome.NOT_APPROVED)
_LABELS = {
    Outcome.APPROVED: "Approved, with or without conditions",
    Outcome.DEFERRED: "Deferred: to be decided later",
    Outcome.NOT_APPROVED: "Not approved",
}


class ConditionForm(forms.Form):
    """One condition of an approval: what, by when, and on which question."""

    text = forms.CharField(
        label="Condition", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    due_on = DateField(label="To be met by", required=False)
    question = forms.CharField(
        label="Question",
        required=False,
        max_length=6,
        help_text="Such as H03; left empty, it hangs on the Applicant’s Confirmation.",
    )
    severity = forms.ChoiceField(
        label="Severity",
        required=False,
        choices=[("", "Choose"), *((each.value, each.label) for each in Severity if each.value)],
    )

    def clean_question(self) -> str:
        """Return the code in capitals."""
        return self.cleaned_data["question"].strip().upper()

    def clean(self) -> dict:
        """Say what a condition that was begun still lacks."""
        data = super().clean()
        if self.is_given and not self.errors:
            if not data["text"].strip():
                self.add_error("text", "Say what is to be done.")
            if not data["due_on"]:
                self.add_error("due_on", "Give the day by which it is to be met.")
            if not data["severity"]:
                self.add_error("severity", "Choose how severe it is.")
        return data

    @property
    def is_given(self) -> bool:
        """Whether anything was written in this row."""
        data = self.cleaned_data
        return any(str(data.get(name) or "").strip() for name in self.fields)

    def as_condition(self) -> Condition:
        """Return what the service takes."""
        data = self.cleaned_data
        return Condition(data["text"], data["due_on"], data["question"], data["severity"])


_OF_A_BOARD = ("votes_for", "votes_against", "abstained", "interests")


def _votes(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=99,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
    )  # fmt: skip


class DecisionForm(forms.Form):
    """One decision of one body on one qualification."""

    outcome = forms.ChoiceField(
        label="Decision",
        choices=[(each.value, _LABELS[each]) for each in _OUTCOMES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose approved, deferred or not approved."},
    )
    reasons = forms.CharField(
        label="Reasons, as they will stand in the record",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The participant reads them. Needed unless it is approved.",
    )
    decided_on = DateField(
        label="Day of the decision",
        error_messages={"required": "Give the day of the decision."},
    )
    minute_reference = forms.CharField(
        label="Reference of the minute", required=False, max_length=60, help_text="Such as 333/03."
    )
    votes_for = _votes("Votes for (where they were counted)")
    votes_against = _votes("Votes against")
    abstained = _votes("Abstained")
    interests = forms.CharField(
        label="Interests that members declared (optional)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="As minuted. Read within the BSC only.",
    )
    pack = forms.ChoiceField(
        label="Decided from",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the pack that it was decided from, or none."},
    )

    def __init__(self, *args, body: str, packs: Sequence[Pack], rows: int = 0, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.packs = {str(each.pk): each for each in packs}
        self.fields["pack"].choices = [
            *((key, _pack_label(each)) for key, each in self.packs.items()),
            (NO_PACK, "Without a pack of the portal"),
        ]
        if body != "BSC":
            for name in ("minute_reference", *_OF_A_BOARD):
                del self.fields[name]
        self.conditions = [
            ConditionForm(*args, prefix=f"condition-{place}") for place in range(rows)
        ]

    @property
    def sheets(self) -> list[BaseForm]:
        """This form and those of its conditions, for the summary of errors."""
        return [self, *self.conditions]

    def is_valid(self) -> bool:
        """Return whether the decision and every condition can be read."""
        readable = [each.is_valid() for each in self.conditions]  # all of them, to show all errors
        return super().is_valid() and all(readable)

    def clean_pack(self) -> Pack | None:
        """Return the pack, or None where it was decided without one."""
        return self.packs.get(self.cleaned_data["pack"])

    def asked(self) -> dict:
        """Return what the service is asked for."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in _OF_A_BOARD}
        given = (self.cleaned_data.get(name) for name in _OF_A_BOARD[:3])
        data["vote"] = Vote(*given, interests=self.cleaned_data.get("interests", ""))
        data["conditions"] = [each.as_condition() for each in self.conditions if each.is_given]
        return data


def _pack_label(pack: Pack) -> str:
    seal = f", seal {pack.seal[:4]} {pack.seal[4:8]} …" if pack.seal else ""
    return f"{pack.title}, {pack.pages} pages{seal}"


def retyped(data: QueryDict, *, body: str, packs: Sequence[Pack], rows: int) -> DecisionForm:
    """Return the form with what was typed, not yet judged, and with room for one more condition."""
    form = DecisionForm(body=body, packs=packs, rows=min(rows + 1, MAX_ROWS))
    for sheet in form.sheets:
        for name, field in sheet.fields.items():
            sheet.initial[name] = field.widget.value_from_datadict(data, {}, sheet.add_prefix(name))
    return form


def rows_asked(sent: str) -> int:
    """Return how many rows for conditions a page shows."""
    return min(int(sent), MAX_ROWS) if sent.isdecimal() else 0
