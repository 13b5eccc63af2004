"""What the API says and takes of places, the board and what-ifs."""

from rest_framework import serializers

from participants.access.inputs import Taken
from participants.access.outputs import Shown, ShownRow
from participants.enums import Route
from waves.enums import Judgement
from waves.models import Place, PlaceNote, Scenario, WaveCapacity


class PlaceNoteSerializer(ShownRow):
    """A line of the ledger of a place."""

    class Meta:
        model = PlaceNote
        fields = ("kind", "judgement", "text", "from_route", "to_route", "at", "by_name")


class PlaceSerializer(ShownRow):
    """A place in a wave; the wave that it holds is the route of its qualification."""

    qualification = serializers.UUIDField(source="qualification_id")
    organisation = serializers.CharField(source="qualification.organisation.slug")
    role = serializers.CharField(source="qualification.role")
    route = serializers.CharField(source="qualification.route")
    state = serializers.CharField(source="status")

    class Meta:
        model = Place
        fields = (
            *("id", "qualification", "organisation", "role", "route", "state", "status_since"),
            *("requested", "indicated", "wanted", "because", "offer_until", "is_at_risk"),
            "weight",
        )


class PlaceWithLedgerSerializer(PlaceSerializer):
    """A place with what was said and done about it, newest first."""

    ledger = PlaceNoteSerializer(many=True)

    class Meta(PlaceSerializer.Meta):
        fields = (*PlaceSerializer.Meta.fields, "ledger")


class PlaceActInput(Taken):
    """What an act is asked with; each act takes its own of these."""

    route = serializers.ChoiceField(choices=Route.choices, required=False)
    because = serializers.CharField(required=False, max_length=2000)
    until = serializers.DateField(required=False)
    text = serializers.CharField(required=False, max_length=2000)
    checkpoint = serializers.ChoiceField(choices=[1, 2], required=False)
    judgement = serializers.ChoiceField(choices=Judgement.choices, required=False)
    weight = serializers.IntegerField(required=False)
    is_shared = serializers.BooleanField(required=False)


class LoadSerializer(Shown):
    """What stands in a wave beside what it can take."""

    route = serializers.CharField()
    room_places = serializers.IntegerField(source="room.places", allow_null=True)
    room_weeks = serializers.JSONField(source="room.weeks")
    requested = serializers.IntegerField()
    indicative = serializers.IntegerField()
    allocated = serializers.IntegerField()
    wishing = serializers.IntegerField()
    offered = serializers.IntegerField()
    weeks = serializers.JSONField()
    over_places = serializers.IntegerField()
    over_weeks = serializers.JSONField()


class BoardSerializer(Shown):
    """The loads of the waves, and the sentences of whatever reliance is broken."""

    waves = LoadSerializer(many=True)
    broken = serializers.ListField(child=serializers.CharField())


class CapacityInput(Taken):
    """What a wave can take."""

    places = serializers.IntegerField(min_value=0)
    reviewer_weeks = serializers.DictField(child=serializers.IntegerField(min_value=0))
    note = serializers.CharField(default="", allow_blank=True)


class CapacitySerializer(ShownRow):
    """What a wave can take, and who said so."""

    class Meta:
        model = WaveCapacity
        fields = ("route", "places", "reviewer_weeks", "note", "changed_at", "changed_by_name")


class ScenarioSerializer(ShownRow):
    """A what-if copy of the board."""

    state = serializers.CharField(source="status")

    class Meta:
        model = Scenario
        fields = (
            *("id", "title", "note", "state", "moves", "capacity", "explanation", "revision"),
            *("made_at", "made_by_name", "settled_at", "settled_by_name"),
        )


class HindranceSerializer(Shown):
    """One reason why a what-if cannot be applied."""

    ground = serializers.CharField()
    text = serializers.CharField()


class WhatIfSerializer(Shown):
    """A what-if beside the real board: loads after, what it breaks, what stands against it."""

    scenario = ScenarioSerializer()
    before = LoadSerializer(many=True)
    after = LoadSerializer(many=True)
    hindrances = HindranceSerializer(many=True)


class ScenarioInput(Taken):
    """A new what-if."""

    title = serializers.CharField(max_length=120)
    note = serializers.CharField(default="", allow_blank=True)


class PutInput(Taken):
    """One card put into a wave of the copy."""

    qualification = serializers.UUIDField()
    route = serializers.ChoiceField(choices=Route.choices)
    revision = serializers.IntegerField(required=False)


class AssistInput(Taken):
    """How the assistant treats capacity."""

    is_hard = serializers.BooleanField(default=False)


class BecauseInput(Taken):
    """The reason for an act on several places."""

    because = serializers.CharField(max_length=2000)
