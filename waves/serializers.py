"""What the API says of dates, obligations, reports and the timetable."""

import json
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from participants.access.inputs import Line, Taken
from participants.access.outputs import Shown, ShownRow
from waves.dates import STATES
from waves.enums import ReportKind
from waves.models import CompletionReport, Obligation
from waves.report_summary import FIGURES
from waves.timetable import Timetable


class ReasonSerializer(Shown):
    """Why a date is its date, in its parts."""

    rule = serializers.CharField()
    sum = serializers.CharField(allow_blank=True)
    cap = serializers.CharField(allow_blank=True)
    binds = serializers.CharField(allow_blank=True)
    clause = serializers.CharField()
    version = serializers.CharField()
    route = serializers.CharField(required=False, help_text="The route that the rule is of.")
    standing = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    printed = serializers.CharField(allow_blank=True)
    raw_text = serializers.CharField(allow_blank=True)
    starts_on = serializers.CharField(allow_blank=True)
    started_on = serializers.CharField(allow_blank=True)
    rule_date = serializers.CharField(allow_blank=True)
    cap_missed = serializers.BooleanField()
    was = serializers.ListField(child=serializers.DictField(), required=False)


class DatedSerializer(Shown):
    """One date of one qualification."""

    qualification = serializers.UUIDField(source="qualification_id")
    activity = serializers.CharField()
    label = serializers.CharField()
    owner = serializers.CharField()
    body = serializers.CharField(allow_blank=True)
    kind = serializers.CharField()
    bound = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=STATES)
    due = serializers.DateField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    window_start = serializers.DateField(allow_null=True)
    window_end = serializers.DateField(allow_null=True)
    started_on = serializers.DateField(allow_null=True)
    cap = serializers.DateField(allow_null=True)
    met_at = serializers.DateTimeField(allow_null=True)
    effective = serializers.DateField(
        allow_null=True, help_text="The day with pauses and extensions, where there are any."
    )
    because = serializers.CharField()
    reason = ReasonSerializer()
    history = serializers.ListField(
        child=serializers.CharField(), help_text="What changed the date, and who approved."
    )
    squeeze = serializers.CharField(
        allow_blank=True, help_text="What its last day leaves to those who come after."
    )
    beyond = serializers.BooleanField()


class ObligationSerializer(ShownRow):
    """A dated duty of the organisation (no body) or of a body."""

    timetable = serializers.UUIDField(source="timetable_id")
    qualification = serializers.UUIDField(source="qualification_id")
    reason = ReasonSerializer()

    class Meta:
        model = Obligation
        fields = (
            *("id", "qualification", "activity", "body", "state", "label", "started_on"),
            *("opens_on", "due_on", "due_at", "cap_on", "because", "reason", "timetable", "met_at"),
        )


class ReportSerializer(ShownRow):
    """A test completion report as it was received."""

    qualification = serializers.UUIDField(source="qualification_id")
    name = serializers.CharField(source="file.name")
    sha256 = serializers.CharField(source="file.sha256")
    size = serializers.IntegerField(source="file.size")

    class Meta:
        model = CompletionReport
        fields = (
            *("id", "qualification", "kind", "name", "sha256", "size", "summary"),
            *("work_off_agreed", "received_at", "received_by_name", "supplied_by"),
            *("sufficiency_confirmed_at", "sufficiency_confirmed_by_name"),
        )


class ReportInput(Taken):
    """A report to take in; ``summary`` is a JSON object of whole numbers."""

    qualification = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ReportKind.choices)
    file = serializers.FileField()
    summary = serializers.JSONField(
        default=dict, help_text=f"Any of {', '.join(FIGURES)}.", binary=False
    )

    def validate_summary(self, value: Any) -> dict[str, Any]:
        """Return the figures, also where the form carried them as text."""
        try:
            figures = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            figures = None
        if not isinstance(figures, dict):
            raise serializers.ValidationError('Give a JSON object, such as {"planned": 120}.')
        return figures


class StepInput(Taken):
    """A step of testing that was taken."""

    activity = serializers.CharField(help_text="A key of the timetable, such as pit_rttm.")


class FirstAdminInput(Taken):
    """Whom to invite as first master admin."""

    name = Line(max_length=200)
    email = serializers.EmailField()
    is_director = serializers.BooleanField(default=False)
    because = serializers.CharField(default="", allow_blank=True)


class CellSerializer(Shown):
    """One activity on one route."""

    activity = serializers.CharField(source="key")
    label = serializers.CharField()
    route = serializers.CharField()
    kind = serializers.CharField()
    bound = serializers.CharField(allow_null=True)
    start = serializers.DateField(allow_null=True)
    end = serializers.DateField(allow_null=True)
    cap = serializers.DateField(allow_null=True)
    floor = serializers.DateField(allow_null=True)
    printed = serializers.DateField(allow_null=True)
    raw_text = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    clause = serializers.CharField()
    standing = serializers.CharField()
    owner = serializers.CharField()


class TimetableSerializer(Shown):
    """A published timetable."""

    version = serializers.CharField()
    title = serializers.CharField()
    source = serializers.CharField()
    document = serializers.CharField()
    note = serializers.CharField()
    routes = serializers.DictField(child=serializers.CharField())
    cells = serializers.SerializerMethodField()
    beyond = serializers.SerializerMethodField()

    @extend_schema_field(CellSerializer(many=True))
    def get_cells(self, timetable: Timetable) -> list[dict[str, Any]]:
        """Return every cell in the order of the table."""
        return CellSerializer(list(timetable.cells.values()), many=True).data

    @extend_schema_field(CellSerializer(many=True))
    def get_beyond(self, timetable: Timetable) -> list[dict[str, Any]]:
        """Return the dated duties that stand elsewhere in the plan."""
        return CellSerializer(list(timetable.beyond.values()), many=True).data
