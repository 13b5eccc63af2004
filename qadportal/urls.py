"""Every address of the portal."""

from django.urls import include, path

from foundation.ui import views as ui
from qadportal import api, health, views
from qadportal.home import views as home

FLOORS = ("participants", "waves", "submissions", "reviews")

handler500 = "qadportal.views.broken"

urlpatterns = [
    path("", views.home, name="home"),
    path("places/", views.places, name="places"),
    path("accounts/", include("participants.sign_in_urls")),
    path("o/<slug:organisation>/", home.organisation, name="organisation_home"),
    *(path("", include(f"{floor}.urls")) for floor in FLOORS),
    path("gallery/", ui.index, name="gallery"),
    path("gallery/<slug:name>/", ui.page, name="gallery_page"),
    path("api/v1/", include(api.urlpatterns)),
    path("healthz", health.alive, name="alive"),
    path("healthz/timers", health.timers, name="timers"),
    path("readyz", health.ready, name="ready"),
]
