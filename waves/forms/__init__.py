"""What people send in this floor's forms, made into clean values."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from django import forms

from foundation.clock.moments import LONDON
from foundation.clock.words import day as day_in_words
from foundation.ui.forms import DateField
from participants.enums import Retrieval, Role, Route
from participants.models import Mpid, Qualification
from waves.enums import ReportKind
from waves.report_summary import FIGURES
from waves.routes import ROUTES


class ReportForm(forms.Form):
    """A test completion report with what it says in figures."""

    qualification = forms.ChoiceField(label="For", widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Report", choices=ReportKind.choices, widget=forms.RadioSelect)
    file = forms.FileField(label="File", help_text="PDF, Word, Excel or CSV, up to 50 MB.")

    def __init__(self, *args: Any, held: Iterable[Qualification], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {str(each.pk): each for each in held}
        self.fields["qualification"].choices = [
            (key, f"{each.get_role_display()}, {each.get_route_display()}")
            for key, each in self.held.items()
        ]
        for name, label in FIGURES.items():
            self.fields[name] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
            )

    def clean(self) -> dict[str, Any]:
        """Say at its field that the route does not have such a report (QA&P 4.2)."""
        data = super().clean()
        held, kind = self.held.get(data.get("qualification", "")), data.get("kind")
        road = ROUTES[held.route] if held else None
        if road and kind in (ReportKind.QT, ReportKind.SIT) and kind != road.external_test:
            said = f"The {road.short_label} route is tested by {road.external_test}."
            self.add_error("kind", f"{said} Choose its report.")
        return data

    def asked(self) -> dict[str, Any]:
        """Return what the service is asked for."""
        data = self.cleaned_data
        upload = data["file"]
        return {
            "qualification": self.held[data["qualification"]],
            "kind": data["kind"],
            "name": upload.name,
            "content": upload.read(),
            "summary": {name: data[name] for name in FIGURES if data[name] is not None},
        }


class FirstAdminForm(forms.Form):
    """The first master admin of an organisation (R2 to R4)."""

    name = forms.CharField(max_length=200, label="Name")
    email = forms.EmailField(label="E-mail")
    is_director = forms.BooleanField(
        required=False, label="Also a company director, who signs the QAD"
    )
    because = forms.CharField(
        required=False,
        label="Reason for somebody else",
        help_text="Needed only where this is not the key contact of the submission.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


_NO_CHOICE = ("", "Choose")  # nothing is decided by leaving a list as it is


class QualificationForm(forms.Form):
    """A market role, for some MPIDs, along a route."""

    role = forms.ChoiceField(
        label="Market role",
        help_text="LDSO, SMRA / ERDA and UMSO are opened together (QA&P 11.4.1).",
    )
    route = forms.ChoiceField(choices=[_NO_CHOICE, *Route.choices], label="Route")
    mpids = forms.MultipleChoiceField(label="MPIDs", widget=forms.CheckboxSelectMultiple)
    is_new_entrant = forms.BooleanField(required=False, label="A new entrant after M10")
    mpids_split = forms.BooleanField(
        required=False, label="Other MPIDs of this role qualify at another time, by exception"
    )
    retrieval = forms.ChoiceField(
        choices=Retrieval.choices, required=False, label="Data retrieval (Smart Data Service only)"
    )
    override_reason = forms.CharField(
        required=False,
        label="Reason, if the route goes against the rules",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, mpids: Iterable[Mpid], roles: Iterable[str] = Role.values, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mpids = {mpid.code: mpid for mpid in mpids}
        self.fields["role"].choices = [_NO_CHOICE, *((role, Role(role).label) for role in roles)]
        self.fields["mpids"].choices = [(code, code) for code in self.mpids]
        if not self.mpids:
            self.fields["mpids"].help_text = "None yet: add the MPIDs of the organisation first."

    def clean_mpids(self) -> list[Mpid]:
        """Return the MPIDs themselves."""
        return [self.mpids[code] for code in self.cleaned_data["mpids"]]


class TimeForm(forms.Form):
    """The portal's date in a demonstration."""

    day = DateField(label="Date")
    hour = forms.TimeField(
        label="Time",
        help_text="UK time, such as 09:00.",
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a time that the clocks skip in spring: nobody can mean it."""
        data = super().clean()
        if "day" in data and "hour" in data:
            asked = self.moment()
            if asked.astimezone(UTC).astimezone(LONDON).time() != data["hour"]:
                self.add_error(
                    "hour",
                    f"There is no {data['hour']:%H:%M} on {day_in_words(data['day'])}: the clocks"
                    " go forward from 01:00 to 02:00. Give a time before or after.",
                )
        return data

    def moment(self) -> datetime:
        """Return the moment that was asked for; of an hour that comes twice, the first."""
        at: time = self.cleaned_data["hour"]
        return datetime.combine(self.cleaned_data["day"], at, LONDON)
