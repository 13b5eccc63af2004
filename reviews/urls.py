"""Addresses of this floor."""

from reviews import desk_urls, pack_urls, review_urls, signing_urls

app_name = "reviews"
urlpatterns = [
    *desk_urls.urlpatterns,
    *review_urls.urlpatterns,
    *pack_urls.urlpatterns,
    *signing_urls.urlpatterns,
]
