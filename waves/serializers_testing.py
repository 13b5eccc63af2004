"""What the API says of testing, and takes."""

from rest_framework import serializers

from participants.access.inputs import Taken
from participants.access.outputs import Shown, ShownRow
from waves.enums import CheckState, DeliverableKind, EntryCriterion, TestStage, WorkOffKind
from waves.models import Defect, Deliverable, TestPlan, TestProgress, WorkOff


class CriterionSerializer(Shown):
    """One criterion of a gate, as it stands now."""

    key = serializers.CharField()
    title = serializers.CharField()
    clause = serializers.CharField()
    is_met = serializers.BooleanField()
    missing = serializers.CharField(allow_blank=True)
    holder = serializers.CharField(allow_blank=True)


class GateSerializer(Shown):
    """A gate of testing with its criteria."""

    name = serializers.CharField()
    title = serializers.CharField()
    is_open = serializers.BooleanField()
    criteria = CriterionSerializer(many=True)


class DeliverableSerializer(ShownRow):
    """A PIT deliverable as it was handed in."""

    class Meta:
        model = Deliverable
        fields = (
            *("id", "kind", "number", "status", "link", "note", "submitted_at"),
            *("submitted_by_name", "reviewed_at", "reviewed_by_name", "review_note"),
        )


class TestPlanSerializer(ShownRow):
    """A QT Test Plan; agreed ones are baselines."""

    class Meta:
        model = TestPlan
        fields = (
            *("id", "baseline", "status", "starts_on", "ends_on", "tests", "points", "reason"),
            *("link", "submitted_at", "submitted_by_name", "approved_at", "agreed_by"),
        )


class ProgressSerializer(ShownRow):
    """How far testing was on a day."""

    class Meta:
        model = TestProgress
        fields = ("on", "stage", "planned", "run", "passed", "failed", "blocked", "source")


class DefectSerializer(ShownRow):
    """A defect by its reference in the test tool."""

    class Meta:
        model = Defect
        fields = (
            *("id", "stage", "reference", "title", "severity", "state", "impact"),
            *("raised_on", "closed_on", "link"),
        )


class WorkOffSerializer(ShownRow):
    """A deferral, a work-off plan or an exception."""

    class Meta:
        model = WorkOff
        fields = (
            *("id", "kind", "stage", "number", "status", "title", "plan", "concerns", "due_on"),
            *("may_outlast", "in_approach_and_plan", "proposed_at", "reviewed_at", "done_at"),
            "evidence",
        )


class TestingSerializer(Shown):
    """All of one qualification's testing."""

    gates = GateSerializer(many=True)
    deliverables = DeliverableSerializer(many=True)
    plans = TestPlanSerializer(many=True)
    progress = ProgressSerializer(many=True)
    defects = DefectSerializer(many=True)
    work_offs = WorkOffSerializer(many=True)


class DeliverableInput(Taken):
    """A deliverable by its link."""

    kind = serializers.ChoiceField(choices=DeliverableKind.choices)
    link = serializers.URLField(max_length=500)
    note = serializers.CharField(required=False, allow_blank=True)


class PointInput(Taken):
    """Tests to have run by a day."""

    on = serializers.DateField()
    planned = serializers.IntegerField(min_value=0)


class TestPlanInput(Taken):
    """A QT Test Plan, or a new baseline with its reason."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    tests = serializers.IntegerField(min_value=1)
    points = PointInput(many=True, required=False)
    reason = serializers.CharField(required=False, allow_blank=True)
    link = serializers.URLField(max_length=500, required=False, allow_blank=True)


class WorkOffInput(Taken):
    """A deferral, a work-off plan or an exception to propose."""

    kind = serializers.ChoiceField(choices=WorkOffKind.choices)
    stage = serializers.ChoiceField(choices=TestStage.choices)
    title = serializers.CharField(max_length=200)
    plan = serializers.CharField()
    due_on = serializers.DateField()
    concerns = serializers.ListField(child=serializers.CharField(max_length=60), required=False)
    may_outlast = serializers.BooleanField(default=False)
    in_approach_and_plan = serializers.BooleanField(default=False)


class ActInput(Taken):
    """What an act is asked with; which of these it needs stands with the act."""

    note = serializers.CharField(default="", allow_blank=True)
    evidence = serializers.CharField(default="", allow_blank=True, max_length=500)
    impact = serializers.CharField(default="", allow_blank=True)


class CheckInput(Taken):
    """What was found on an entry criterion."""

    criterion = serializers.ChoiceField(choices=EntryCriterion.choices)
    state = serializers.ChoiceField(choices=CheckState.choices)
    note = serializers.CharField(default="", allow_blank=True)


class GateInput(Taken):
    """A word beside a gate that is confirmed."""

    note = serializers.CharField(default="", allow_blank=True)


class ImportInput(Taken):
    """An export of the test tool; ``confirm`` keeps it, otherwise it is only read."""

    kind = serializers.ChoiceField(choices=[("cases", "Tests"), ("defects", "Defects")])
    stage = serializers.ChoiceField(choices=TestStage.choices)
    text = serializers.CharField(trim_whitespace=False, max_length=1_000_000)
    confirm = serializers.BooleanField(default=False)


class ImportSerializer(Shown):
    """What an import changes, or would change."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()
    problems = serializers.ListField(child=serializers.CharField())
