"""What people send about places, capacity and what-ifs, made into clean values."""

from typing import Any

from django import forms

from foundation.ui.forms import DateField
from participants.market_roles import BODIES
from waves.board import short
from waves.capacity import WAVES, WEEKS_OF_A_REVIEWER
from waves.enums import Judgement
from waves.place_acts import PlaceAct

_WAVES = [(route, short(route)) for route in WAVES]
_SHORT = {"class": "govuk-input--width-5"}
_REASON = "The organisation reads it, and the audit trail keeps it."


def _text(label: str, rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=2000, **more)


class PlaceActForm(forms.Form):
    """What one act on a place is asked with; only its own fields stay."""

    route = forms.ChoiceField(label="Wave", widget=forms.RadioSelect)
    until = DateField(label="Answer by the end of")
    checkpoint = forms.TypedChoiceField(
        label="Checkpoint",
        choices=[(1, "Checkpoint 1"), (2, "Checkpoint 2")],
        coerce=int,
        widget=forms.RadioSelect,
    )
    judgement = forms.ChoiceField(
        label="Judgement", choices=Judgement.choices, widget=forms.RadioSelect
    )
    weight = forms.IntegerField(
        label="Reviewer-weeks of each body",
        min_value=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )
    because = _text("Reason", help_text=_REASON)
    text = _text("What was said", 5)
    is_shared = forms.BooleanField(label="The organisation may read it", required=False)

    def __init__(self, *args: Any, act: PlaceAct, held: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in act.asks]:
            del self.fields[name]
        if "route" in self.fields:
            self.fields["route"].choices = [(each, short(each)) for each in act.choices(held)]
        if "because" in self.fields and act.slug in ("indicate", "allocate", "offer"):
            self.fields["because"].required = False
            self.fields[
                "because"
            ].help_text = f"Needed where a wave is flexed beyond what it can take. {_REASON}"


class FlagForm(forms.Form):
    """What came of looking at a dependant again."""

    note = _text("What came of it", help_text="For the bodies alone.")


class CapacityForm(forms.Form):
    """What one wave can take."""

    places = forms.IntegerField(label="Places", min_value=0, widget=forms.NumberInput(attrs=_SHORT))
    note = _text("Where these figures come from", 2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for body in BODIES:
            self.fields[body] = forms.IntegerField(
                label=f"Reviewer-weeks of {body}",
                min_value=0,
                widget=forms.NumberInput(attrs=_SHORT),
            )
        self.order_fields(["places", *BODIES, "note"])

    def said(self) -> dict[str, Any]:
        """Return what the service is asked for."""
        data = self.cleaned_data
        weeks = {body: data[body] for body in BODIES}
        return {"places": data["places"], "reviewer_weeks": weeks, "note": data["note"]}


class ScenarioForm(forms.Form):
    """A new what-if."""

    title = forms.CharField(label="What if", max_length=120, help_text="Such as: two reviewers go.")
    note = _text("Note", 2, required=False)


class PutForm(forms.Form):
    """One card put into another wave of a what-if, as "qualification:wave"."""

    put = forms.RegexField(r"^[0-9a-f-]{36}:[A-Z0-9_]+$")
    revision = forms.IntegerField(required=False)

    def said(self) -> tuple[str, str]:
        """Return the id of the qualification, and the wave."""
        key, _, route = self.cleaned_data["put"].partition(":")
        return key, route


class ReviewersForm(forms.Form):
    """Fewer reviewers of a body."""

    body = forms.ChoiceField(
        label="Body", choices=[(body, body) for body in BODIES], widget=forms.RadioSelect
    )
    reviewers = forms.IntegerField(
        label="Reviewers fewer", min_value=1, widget=forms.NumberInput(attrs=_SHORT)
    )
    weeks_each = forms.IntegerField(
        label="Weeks that each gives a wave",
        min_value=1,
        initial=WEEKS_OF_A_REVIEWER,
        help_text="Six for the Initial and four for the Final review (Appendix C). That is our"
        " reading; change it to what you know.",
        widget=forms.NumberInput(attrs=_SHORT),
    )
    routes = forms.MultipleChoiceField(
        label="In", choices=_WAVES, initial=list(WAVES), widget=forms.CheckboxSelectMultiple
    )


class CapForm(forms.Form):
    """No more than so many places in a wave."""

    route = forms.ChoiceField(label="Wave", choices=_WAVES, widget=forms.RadioSelect)
    places = forms.IntegerField(
        label="Places at most", min_value=0, widget=forms.NumberInput(attrs=_SHORT)
    )


class AssistForm(forms.Form):
    """How the assistant is to treat capacity."""

    is_hard = forms.TypedChoiceField(
        label="Capacity",
        choices=[
            ("", "May be exceeded, as little as possible"),
            ("1", "Is a wall: whoever finds no room gets no wave, with the reason"),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )


class ReasonForm(forms.Form):
    """The reason for what is done to several at once."""

    because = _text("Reason", help_text="Every organisation that moves reads it.")
