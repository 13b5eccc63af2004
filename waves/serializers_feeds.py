"""What the API says of calendar links, and takes."""

from rest_framework import serializers

from participants.access.inputs import Line, Taken
from participants.access.outputs import ShownRow
from waves.models import CalendarFeed


class FeedSerializer(ShownRow):
    """One of your calendar links, without its address."""

    class Meta:
        model = CalendarFeed
        fields = ("id", "name", "about_id", "created_at", "last_read_at", "revoked_at")


class FeedMade(FeedSerializer):
    """A calendar link with its address."""

    url = serializers.CharField(read_only=True, help_text="Shown this once.")

    class Meta(FeedSerializer.Meta):
        fields = (*FeedSerializer.Meta.fields, "url")


class FeedInput(Taken):
    """What a calendar link is made with."""

    name = Line(max_length=100)
    organisation = serializers.SlugField(
        required=False, help_text="Only the dates of this organisation; without it, of all yours."
    )
