"""Addresses of this floor."""

from reviews import pack_urls

app_name = "reviews"
urlpatterns = [*pack_urls.urlpatterns]
