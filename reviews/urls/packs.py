"""Addresses of decision packs, and of checking papers."""

from django.urls import path

from reviews.views import packs, verify

urlpatterns = [
    path("desk/verify/", verify.index, name="verify"),
    path("o/<slug:organisation>/verify/", verify.of_organisation, name="verify_of"),
    path("desk/packs/", packs.index, name="packs"),
    path("desk/packs/new/", packs.new, name="new_pack"),
    path("desk/packs/<uuid:pack>/", packs.one, name="pack"),
    path("desk/packs/<uuid:pack>/progress/", packs.progress, name="pack_progress"),
    path("desk/packs/<uuid:pack>/file/", packs.file, name="pack_file"),
    path("desk/packs/<uuid:pack>/again/", packs.again, name="pack_again"),
]
