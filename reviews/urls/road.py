"""The road of a qualification on one printed sheet."""

from django.urls import path

from reviews.views import road_sheets

HELD = "o/<slug:organisation>/qualifications/<uuid:qualification>"

urlpatterns = [
    path(f"{HELD}/road/", road_sheets.sheet, name="road_sheet"),
    path(f"{HELD}/road.pdf", road_sheets.file, name="road_file"),
]
