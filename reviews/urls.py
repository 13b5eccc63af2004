"""Addresses of this floor."""

from reviews import pack_urls, signing_urls

app_name = "reviews"
urlpatterns = [*pack_urls.urlpatterns, *signing_urls.urlpatterns]
