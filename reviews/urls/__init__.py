"""Addresses of this floor."""

from reviews.urls import desk, packs, reports, reviewing, road, signing

app_name = "reviews"
urlpatterns = [
    *desk.urlpatterns,
    *reviewing.urlpatterns,
    *packs.urlpatterns,
    *signing.urlpatterns,
    *reports.urlpatterns,
    *road.urlpatterns,
]
