"""What the API says of "qualified yet?": the criteria, the matrix, and what is missing."""

from rest_framework import serializers

from participants.access.outputs import Shown
from participants.enums import Role, Route, Status
from reviews.api.serializers_papers import LackSerializer


class CriterionSerializer(Shown):
    """One of the four criteria of QA&P 11.3 (R118) as it stands."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    state = serializers.CharField(help_text="met, not_met or not_needed.")
    because = serializers.CharField()
    holder = serializers.CharField(allow_blank=True)
    since = serializers.DateTimeField(allow_null=True)

    class Meta:
        ref_name = "QualifiedCriterion"


class CellSerializer(Shown):
    """One cell of the matrix: its state, why, who holds it and since when."""

    key = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField(source="cell.state")
    word = serializers.CharField(source="cell.word", allow_blank=True)
    text = serializers.CharField(source="cell.text", allow_blank=True)
    holder = serializers.CharField(source="cell.holder", allow_blank=True)
    since = serializers.DateTimeField(source="cell.since", allow_null=True)

    class Meta:
        ref_name = "MatrixCell"


class BandSerializer(Shown):
    """The lines of one body, or of the applicant (no body)."""

    body = serializers.CharField(allow_blank=True)
    heading = serializers.CharField()
    lines = CellSerializer(many=True)


class QualifiedSerializer(Shown):
    """One qualification: is it MHHS Qualified, and else what is missing and who holds it."""

    qualification = serializers.UUIDField(source="facts.id")
    organisation = serializers.CharField(source="facts.slug")
    role = serializers.ChoiceField(Role.choices, source="facts.role")
    route = serializers.ChoiceField(Route.choices, source="facts.route")
    status = serializers.ChoiceField(Status.choices, source="facts.status")
    mpids = serializers.ListField(child=serializers.CharField(), source="facts.mpids")
    trio = serializers.UUIDField(source="facts.trio", allow_null=True)
    is_qualified = serializers.BooleanField()
    qualified_at = serializers.DateTimeField(source="facts.qualified_at", allow_null=True)
    decisions_taken = serializers.IntegerField()
    decisions_needed = serializers.IntegerField()
    criteria = CriterionSerializer(many=True)
    missing = LackSerializer(many=True)


class QualifiedDetailSerializer(QualifiedSerializer):
    """The same with its matrix."""

    matrix = BandSerializer(many=True)
