"""Addresses of this floor."""

from reviews.urls import desk, packs, reviewing, signing

app_name = "reviews"
urlpatterns = [
    *desk.urlpatterns,
    *reviewing.urlpatterns,
    *packs.urlpatterns,
    *signing.urlpatterns,
]
