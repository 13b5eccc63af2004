"""The road on one page, the portfolio, calendar feeds."""

from django.urls import path

from waves.views import dates, feeds

urlpatterns = [
    path("o/<slug:organisation>/portfolio/", dates.portfolio, name="portfolio"),
    path("o/<slug:organisation>/calendar/", feeds.own_feeds, name="feeds"),
    path("o/<slug:organisation>/calendar/<uuid:feed>/", feeds.feed, name="feed_here"),
    path("account/calendar/", feeds.account_feeds, name="account_feeds"),
    path("account/calendar/<uuid:feed>/", feeds.feed, name="feed"),
    path("calendar/<str:token>/dates.ics", feeds.feed_file, name="feed_file"),
]
