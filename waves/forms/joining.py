"""What people send of a Pre-Qualification Submission, made into clean values."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from foundation.ui.forms import DateField
from participants.enums import Route
from participants.market_roles import MARKET_ROLES
from waves.pre_qualification import DAYS, FIELDS, LABELS, LEGACY, LONGEST, is_wave

WAVES = [(code, label) for code, label in Route.choices if is_wave(code)]
WISH = "wave_"  # before the market role, where one asks for another wave


def _prose(name: str, rows: int, hint: str = "") -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=LONGEST,
        label=LABELS[name],
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class SubmissionForm(forms.Form):
    """The submission as it is written: nothing has to be given until it is handed in (R29)."""

    preferred_route = forms.ChoiceField(
        choices=[("", "Not said"), *WAVES],
        required=False,
        label=LABELS["preferred_route"],
        help_text="Places are given by the code bodies, never by who asked first (QA&P 9.3.2).",
    )
    key_contact_name = forms.CharField(
        required=False,
        max_length=200,
        label=LABELS["key_contact_name"],
        help_text="Becomes the first master admin of the organisation (QA&P 10.3).",
    )
    key_contact_email = forms.EmailField(required=False, label=LABELS["key_contact_email"])
    pit_approach = _prose("pit_approach", 6)
    pit_timescales = _prose("pit_timescales", 3)
    pit_complete_on = DateField(label=LABELS["pit_complete_on"], required=False)
    target_migration_on = DateField(label=LABELS["target_migration_on"], required=False)
    reliance = _prose(
        "reliance",
        4,
        "On whose testing, for what, or that there is none. The proposal itself is made under"
        " Reliance (QA&P 10.4).",
    )
    mpids_not_taken_forward = _prose(
        "mpids_not_taken_forward", 3, "Their codes, or none (QA&P 11.4.3)."
    )
    legacy_readiness = _prose(
        "legacy_readiness",
        5,
        "Kept apart: it is no part of the MHHS assessment and stands in no pack (QA&P 7.3.2).",
    )

    def __init__(
        self,
        *args: Any,
        content: Mapping[str, Any],
        roles: Iterable[str] = (),
        asks_legacy: bool = True,
        **kwargs: Any,
    ) -> None:
        wishes = content.get("preferences") or {}
        initial = {**content, **{f"{WISH}{role}": wave for role, wave in wishes.items()}}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.roles = tuple(dict.fromkeys((*roles, *wishes)))
        if len(self.roles) < 2 and not wishes:
            self.roles = ()
        for role in self.roles:
            self.fields[f"{WISH}{role}"] = forms.ChoiceField(
                choices=[("", "As preferred above"), *WAVES],
                required=False,
                label=f"Wave for {MARKET_ROLES[role].label}",
            )
        if not asks_legacy:
            del self.fields[LEGACY]

    def said(self) -> dict[str, Any]:
        """Return what was given and can be kept, by the names of the submission's fields."""
        data = self.cleaned_data
        found = {name: data[name] for name in FIELDS if name in data}
        for name in FIELDS:
            if isinstance(found.get(name), str):
                found[name] = found[name].replace("\r\n", "\n")
        for name in DAYS:
            if name in data:
                found[name] = data[name] or None
        if self.roles:
            wishes = {role: data.get(f"{WISH}{role}") for role in self.roles}
            found["preferences"] = {role: wave for role, wave in wishes.items() if wave}
        return found


class PaperForm(SubmissionForm):
    """A submission that came on paper, as a code body enters it."""

    received_on = DateField(label="Received on", required=False)
    field_order = ["received_on"]


class ReturnForm(forms.Form):
    """Why a submission goes back."""

    because = forms.CharField(
        label="What is missing",
        help_text="The organisation reads it, and the audit trail keeps it.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
