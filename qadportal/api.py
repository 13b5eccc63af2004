"""The API: what every floor contributes, under one version, with its description."""

from django.urls import include, path

from qadportal import api_page
from waves.qualifying import QualificationsApi

FLOORS = ("participants", "waves", "submissions", "reviews")

urlpatterns = [
    path("", api_page.page, name="api"),
    path("schema/", api_page.Description.as_view(), name="api_schema"),
    path(
        "organisations/<slug:organisation>/qualifications/",
        QualificationsApi.as_view(),
        name="api_organisation_qualifications",
    ),
    *(path("", include(f"{floor}.api_urls")) for floor in FLOORS),
]
