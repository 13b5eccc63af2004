"""Addresses of this floor."""

from reviews import pack_urls, review_urls, signing_urls

app_name = "reviews"
urlpatterns = [
    *review_urls.urlpatterns,
    *pack_urls.urlpatterns,
    *signing_urls.urlpatterns,
]
