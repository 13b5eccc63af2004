"""What the API says and takes of Pre-Qualification Submissions and of routes."""

from typing import Any

from rest_framework import serializers

from foundation.tenancy.actor import Actor
from participants.access.inputs import Line, Taken
from participants.access.outputs import Shown, ShownRow
from participants.enums import Route
from waves.models import PreQualification, PreQualificationVersion
from waves.pre_qualification import FIELDS, LEGACY, LONGEST
from waves.queries.joining import reads_legacy


class SubmissionFields(Taken):
    """What a Pre-Qualification Submission may say; every field can be left out."""

    preferred_route = serializers.ChoiceField(
        choices=Route.choices, required=False, allow_blank=True
    )
    preferences = serializers.DictField(
        child=serializers.ChoiceField(choices=Route.choices), required=False
    )
    key_contact_name = Line(max_length=200, required=False, allow_blank=True)
    key_contact_email = serializers.EmailField(required=False, allow_blank=True)
    pit_approach = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)
    pit_timescales = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)
    pit_complete_on = serializers.DateField(required=False, allow_null=True)
    target_migration_on = serializers.DateField(required=False, allow_null=True)
    reliance = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)
    mpids_not_taken_forward = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST
    )
    legacy_readiness = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)


class PreQualificationInput(SubmissionFields):
    """A submission that came on paper, as a code body enters it."""

    received_on = serializers.DateField(required=False, allow_null=True)


class SubmissionChange(SubmissionFields):
    """Fields to save, and the revision that they answer."""

    revision = serializers.IntegerField(min_value=0)


class SubmissionSent(Taken):
    """The revision that is handed in."""

    revision = serializers.IntegerField(min_value=0)


class SubmissionReturn(Taken):
    """Why a submission goes back."""

    because = serializers.CharField(max_length=2000)


class SubmissionDecisionSerializer(Shown):
    """What a body decided on a version."""

    decision = serializers.CharField()
    version = serializers.IntegerField()
    because = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    body = serializers.CharField(allow_blank=True)
    at = serializers.CharField()


class PreQualificationSerializer(ShownRow):
    """A Pre-Qualification Submission as it is written.

    ``legacy_readiness`` is no part of the MHHS assessment; the organisation and the code bodies
    alone read it. To others than the organisation the words are those of the newest version.
    """

    decisions = SubmissionDecisionSerializer(source="earlier", many=True)

    class Meta:
        model = PreQualification
        fields = (
            *("id", "state", "received_on", *FIELDS, "revision", "submitted_by_name"),
            *("decisions", "accepted_at", "accepted_by_name"),
        )


class SubmissionVersionSerializer(ShownRow):
    """A version as it was handed in; it never changes."""

    class Meta:
        model = PreQualificationVersion
        fields = ("number", "content", "sha256", "submitted_at", "submitted_by_name")


def as_read_by(actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
    """Return what an actor may read of a submission or its content (R30)."""
    if reads_legacy(actor):
        return data
    kept = {name: value for name, value in data.items() if name != LEGACY}
    if isinstance(kept.get("content"), dict):
        kept["content"] = as_read_by(actor, kept["content"])
    return kept


class RouteInput(Taken):
    """Another route, and why; the pathway of Appendix B is worked out where it is left out."""

    route = serializers.ChoiceField(choices=Route.choices)
    because = serializers.CharField(max_length=2000)
    authority = Line(max_length=200, required=False, allow_blank=True)
    override = serializers.BooleanField(default=False)
