"""What people send in this floor's forms, made into clean values."""

import re

from django import forms

from participants.enums import Duty, Entrant, OrganisationKind, Retrieval
from participants.notice_topics import TOPICS, MailChoice

MPID = re.compile(r"^[A-Z0-9]{4}$")


class OrganisationForm(forms.Form):
    """A legal entity, as it is registered or corrected."""

    name = forms.CharField(
        max_length=120, label="Name", help_text="As people call it, for pages and mails."
    )
    legal_name = forms.CharField(
        max_length=200, label="Legal name", help_text="As registered; it stands on the pack."
    )
    company_number = forms.RegexField(
        r"^\s*[A-Za-z0-9]*\s*$",
        max_length=12,
        required=False,
        label="Company number",
        help_text="As at Companies House, such as 01234567 or SC123456.",
        error_messages={"invalid": "A company number has letters and digits only."},
    )
    kind = forms.ChoiceField(
        choices=OrganisationKind.choices,
        widget=forms.RadioSelect,
        label="What it is",
        help_text="A third party is never qualified; its client stays accountable (QA&P 6.14).",
    )
    entrant = forms.ChoiceField(
        choices=Entrant.choices,
        widget=forms.RadioSelect,
        label="How it comes into the market",
        help_text="MHHS-only new entrants answer on paper; the portal keeps track (QA&P 9.1.2).",
    )
    is_bsc_party = forms.BooleanField(required=False, label="It is a BSC Party")
    uses_dcp = forms.BooleanField(required=False, label="It uses a DIP Connection Provider")


class MpidsForm(forms.Form):
    """Market participant identifiers, separated by spaces, commas or lines."""

    codes = forms.CharField(
        label="MPIDs", help_text="Four letters or digits each, such as ABCD EFGH."
    )

    def clean_codes(self) -> list[str]:
        """Return the codes in capitals, or say which are not MPIDs."""
        codes = [code.upper() for code in re.split(r"[\s,;]+", self.cleaned_data["codes"]) if code]
        wrong = [code for code in codes if not MPID.match(code)]
        if wrong:
            raise forms.ValidationError(
                f"An MPID has four letters or digits; {', '.join(wrong)} has not."
            )
        return codes


class RetrievalForm(forms.Form):
    """How a Smart Data Service gets its data (R16, QA&P 7.3.4)."""

    retrieval = forms.ChoiceField(
        choices=Retrieval.choices, required=False, widget=forms.RadioSelect, label="Data retrieval"
    )


class StandingForm(forms.Form):
    """What a membership is for."""

    is_master_admin = forms.BooleanField(
        required=False, label="Master admin: invites, limits and disables people"
    )
    is_author = forms.BooleanField(
        required=False, initial=True, label="Author: writes and submits answers"
    )
    is_director = forms.BooleanField(required=False, label="Company director: signs the QAD")
    is_delegate = forms.BooleanField(
        required=False,
        label="Delegate: signs for roles under the REC alone, with an accepted letter",
    )


class InviteForm(StandingForm):
    """A place offered to a colleague."""

    name = forms.CharField(max_length=200, label="Name")
    email = forms.EmailField(label="Work email")
    field_order = ("name", "email")


class AcceptForm(forms.Form):
    """Name and password of somebody who comes in for the first time."""

    name = forms.CharField(
        max_length=200, label="Your name", widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label="A password of your choice",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three or four unrelated words are good.",
    )


class AccountForm(forms.Form):
    """A person's own name and look."""

    name = forms.CharField(max_length=200, label="Your name")
    theme = forms.ChoiceField(
        required=False,
        choices=[("", "As the device is set"), ("light", "Light"), ("dark", "Dark")],
        widget=forms.RadioSelect,
        label="Light or dark",
    )
    record_face = forms.ChoiceField(
        required=False,
        choices=[("", "Serif, so that it stands apart"), ("sans", "The same as everything else")],
        widget=forms.RadioSelect,
        label="Letters of the record",
        help_text="The record is what will be signed: questions, answers, findings.",
    )
    single_keys = forms.BooleanField(required=False, label="Use single letters as shortcuts")


class TokenForm(forms.Form):
    """What a personal token is for."""

    name = forms.CharField(
        max_length=100,
        label="What it is for",
        help_text="Such as: evidence upload from our tracker.",
    )
    days = forms.TypedChoiceField(
        coerce=int,
        choices=[(30, "30 days"), (90, "90 days"), (365, "A year")],
        initial=90,
        widget=forms.RadioSelect,
        label="Until when",
        help_text="After that programs need a new one.",
    )


class MailForm(forms.Form):
    """How the notices of each topic reach a person."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        for topic in TOPICS:
            self.fields[topic.key] = forms.ChoiceField(
                choices=MailChoice.choices,
                widget=forms.RadioSelect,
                label=topic.title,
                help_text=topic.what,
            )


class StaffForm(forms.Form):
    """A staff account of the administrator's own body."""

    name = forms.CharField(max_length=200, label="Name")
    email = forms.EmailField(label="Work email")
    duties = forms.MultipleChoiceField(
        choices=Duty.choices, widget=forms.CheckboxSelectMultiple, label="Duties"
    )


class DutiesForm(forms.Form):
    """What a staff account is named for, and whether it is open."""

    duties = forms.MultipleChoiceField(
        choices=Duty.choices, widget=forms.CheckboxSelectMultiple, label="Duties"
    )
    is_active = forms.BooleanField(required=False, label="The account is open")
    because = forms.CharField(required=False, max_length=500, label="Why")
