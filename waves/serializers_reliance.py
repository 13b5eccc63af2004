"""What the API says of reliance, and takes."""

from rest_framework import serializers

from participants.access.inputs import Line, Taken
from participants.access.outputs import Shown, ShownRow
from waves.enums import Extent, RelianceKind, RelianceOpinionKind, RelianceStage
from waves.models import Reliance, RelianceVersion
from waves.reliance import problems
from waves.reliance_evidence import waits
from waves.reliance_graph import What
from waves.routes import ROUTES, reliance_agreed_by
from waves.services.reliance import facts_of


class OpinionSerializer(Shown):
    """What one body says of the newest version."""

    body = serializers.CharField()
    verdict = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    at = serializers.DateTimeField()


class RelianceSerializer(ShownRow):
    """A proposal in the words of its organisation; who the party is stays with the bodies."""

    opinions = OpinionSerializer(many=True, source="words")
    needed = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    waits_for = serializers.SerializerMethodField()

    class Meta:
        model = Reliance
        fields = (
            *("id", "qualification", "kind", "status", "status_since", "provider_name"),
            *("provider_mpid", "is_own", "is_identical", "stages", "extent", "commonality"),
            *("bespoke", "hosting", "interfaces", "operations", "own_tests", "report_reference"),
            *("bodies_have_report", "has_agreement", "attested_by_name", "scope_agreed"),
            *("change_note", "revision", "needed", "opinions", "missing", "waits_for"),
        )

    def get_needed(self, row: Reliance) -> list[str]:
        """Return who must agree (R47)."""
        return list(reliance_agreed_by(row.qualification.role, row.qualification.route))

    def get_missing(self, row: Reliance) -> dict[str, str]:
        """Return what is still to write, by field."""
        return problems(facts_of(row))

    def get_waits_for(self, row: Reliance) -> list[str]:
        """Return what of the testing relied upon has not passed: PIT, TESTS, both or nothing."""
        return waits(row.kind, row.is_own, row.stages, row.qualification.happened)


class RelianceVersionSerializer(ShownRow):
    """A proposal as it was submitted."""

    class Meta:
        model = RelianceVersion
        fields = ("number", "content", "sha256", "submitted_at", "submitted_by_name")


class BeginInput(Taken):
    """Begins a draft."""

    qualification = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=RelianceKind.choices)


class DraftInput(Taken):
    """What is written so far; what is left out stays as it is."""

    provider_name = Line(max_length=200, required=False, allow_blank=True)
    provider_mpid = Line(max_length=4, required=False, allow_blank=True)
    is_own = serializers.BooleanField(required=False)
    is_identical = serializers.BooleanField(required=False, allow_null=True)
    stages = serializers.ListField(
        child=serializers.ChoiceField(choices=RelianceStage.choices), required=False
    )
    extent = serializers.ChoiceField(choices=Extent.choices, required=False)
    commonality = serializers.CharField(required=False, allow_blank=True)
    bespoke = serializers.CharField(required=False, allow_blank=True)
    hosting = serializers.CharField(required=False, allow_blank=True)
    interfaces = serializers.CharField(required=False, allow_blank=True)
    operations = serializers.CharField(required=False, allow_blank=True)
    own_tests = serializers.CharField(required=False, allow_blank=True)
    report_reference = Line(max_length=300, required=False, allow_blank=True)
    bodies_have_report = serializers.BooleanField(required=False)
    has_agreement = serializers.BooleanField(required=False)
    attested_by_name = Line(max_length=200, required=False, allow_blank=True)


class RelianceActInput(Taken):
    """What an act is asked with; which of these it needs stands with the act."""

    because = serializers.CharField(required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True)
    verdict = serializers.ChoiceField(choices=RelianceOpinionKind.choices, required=False)
    provider = serializers.UUIDField(required=False)


class EdgeSerializer(Shown):
    """Who relies on whom; for staff alone."""

    reliance = serializers.UUIDField(source="reliance.pk")
    status = serializers.CharField(source="reliance.status")
    stages = serializers.ListField(child=serializers.CharField(), source="reliance.stages")
    extent = serializers.CharField(source="reliance.extent", allow_blank=True)
    relying = serializers.UUIDField(source="relying.pk")
    relying_organisation = serializers.CharField(source="relying.organisation.slug")
    provider = serializers.UUIDField(source="provider.pk")
    provider_organisation = serializers.CharField(source="provider.organisation.slug")
    role = serializers.CharField(source="relying.role")


class TouchedQuery(Taken):
    """What happens, or may happen, to a party."""

    party = serializers.UUIDField()
    what = serializers.ChoiceField(choices=[(str(each), str(each)) for each in What])
    route = serializers.ChoiceField(choices=[(code, code) for code in ROUTES], required=False)


class TouchedInput(TouchedQuery):
    """The same, with the reason for having everybody looked at again."""

    because = serializers.CharField()


class TouchedSerializer(Shown):
    """Somebody touched, and the chain from it to the party."""

    name = serializers.CharField()
    effect = serializers.CharField()
    is_direct = serializers.BooleanField()
    chain = serializers.ListField(child=serializers.CharField())


class FlaggedSerializer(Shown):
    """How many were flagged."""

    flagged = serializers.IntegerField()
