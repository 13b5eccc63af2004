"""The timetable: versions, drafts, what a draft moves, publishing."""

from django.urls import path

from waves.views import timetable

HOME = "desk/timetable/"
VERSION = f"{HOME}versions/<str:release>/"
DRAFT = f"{HOME}drafts/<uuid:draft>/"
CELL = f"{DRAFT}cells/<slug:activity>/<slug:route>/"

urlpatterns = [
    path(HOME, timetable.timetable, name="timetable"),
    path(f"{HOME}file/<slug:kind>/", timetable.timetable_file, name="timetable_file"),
    path(VERSION, timetable.version, name="timetable_version"),
    path(f"{VERSION}file/<slug:kind>/", timetable.version_file, name="timetable_version_file"),
    path(f"{HOME}drafts/new/", timetable.new_draft, name="new_draft"),
    path(DRAFT, timetable.draft, name="draft"),
    path(f"{DRAFT}impact/", timetable.impact, name="draft_impact"),
    path(CELL, timetable.cell, name="draft_cell"),
    path(f"{CELL}back/", timetable.put_back, name="put_back_cell"),
    path(f"{DRAFT}upload/", timetable.upload, name="upload_draft"),
    path(f"{DRAFT}names/", timetable.describe, name="describe_draft"),
    path(f"{DRAFT}publish/", timetable.publish, name="publish_draft"),
    path(f"{DRAFT}follow/", timetable.follow, name="follow_draft"),
    path(f"{DRAFT}discard/", timetable.discard, name="discard_draft"),
    path(f"{DRAFT}file/<slug:kind>/", timetable.draft_file, name="draft_file"),
    path("o/<slug:organisation>/timetable/", timetable.own, name="own_timetable"),
]
