"""Addresses of decision packs."""

from django.urls import path

from reviews.views import packs

urlpatterns = [
    path("desk/packs/", packs.index, name="packs"),
    path("desk/packs/new/", packs.new, name="new_pack"),
    path("desk/packs/<uuid:pack>/", packs.one, name="pack"),
    path("desk/packs/<uuid:pack>/progress/", packs.progress, name="pack_progress"),
    path("desk/packs/<uuid:pack>/file/", packs.file, name="pack_file"),
    path("desk/packs/<uuid:pack>/again/", packs.again, name="pack_again"),
]
