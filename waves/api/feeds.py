"""Your calendar links: making them, giving them a new address, ending them."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.errors import Denied
from foundation.tenancy.actor import Actor
from participants import queries as people
from participants.access.views import Door, ListRows, OneRow, cleaned, gone
from waves.models import CalendarFeed
from waves.pages.feeds import feed_url
from waves.queries import feeds as queries
from waves.serializers_feeds import FeedInput, FeedMade, FeedSerializer
from waves.services import feeds as services


def _with_url(feed: CalendarFeed, secret: str, status: int) -> Response:
    """Return a link with its address, which no cache keeps."""
    feed.url = feed_url(secret)
    answer = Response(FeedMade(feed).data, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _by_session(request: Request) -> None:
    if request.auth == "token":
        raise Denied("A token cannot make calendar links. Sign in to make one.")


@extend_schema(tags=["You"])
class Feeds(ListRows):
    """Your calendar links, without their addresses."""

    model = CalendarFeed
    serializer_class = FeedSerializer

    def rows(self, actor: Actor) -> QuerySet:
        """Return the acting person's own."""
        return queries.feeds(actor)

    @extend_schema(request=FeedInput, responses={201: FeedMade})
    def post(self, request: Request) -> Response:
        """Make a link; its address is in this answer and nowhere else. Needs a session."""
        _by_session(request)
        data = cleaned(self, request, FeedInput)
        about = None
        if slug := data.get("organisation"):
            about = get_object_or_404(people.organisations(request.actor), slug=slug)
        by = {"actor": request.actor, "at": moments.now()}
        return _with_url(*services.make_feed(name=data["name"], about=about, **by), 201)


@extend_schema(tags=["You"])
class OneFeed(OneRow):
    """One of your calendar links."""

    model = CalendarFeed
    serializer_class = FeedSerializer
    lookup_url_kwarg = "feed"

    def rows(self, actor: Actor) -> QuerySet:
        """Return the acting person's own."""
        return queries.feeds(actor)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, feed: UUID) -> Response:
        """Revoke it."""
        services.revoke_feed(feed=self.get_object(), actor=request.actor, at=moments.now())
        return gone()


@extend_schema(tags=["You"], request=None, responses=FeedMade)
class RenewFeed(Door):
    """A new address for a calendar link."""

    def post(self, request: Request, feed: UUID) -> Response:
        """End the old address; the new one is in this answer and nowhere else."""
        _by_session(request)
        found = get_object_or_404(queries.feeds(request.actor), pk=feed)
        by = {"actor": request.actor, "at": moments.now()}
        return _with_url(*services.renew_feed(feed=found, **by), 200)


urlpatterns = [
    path("me/calendar-links/", Feeds.as_view(), name="api_feeds"),
    path("me/calendar-links/<uuid:feed>/", OneFeed.as_view(), name="api_feed"),
    path("me/calendar-links/<uuid:feed>/renew/", RenewFeed.as_view(), name="api_renew_feed"),
]
