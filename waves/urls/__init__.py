"""Addresses of this floor: the road, dates, testing, joining, the timetable."""

from django.urls import path

from waves.urls import board, clocks, reliance, reports, road, timetable
from waves.urls import joining as joining_more
from waves.urls import testing as testing_more
from waves.views import dates, desk, joining, testing, withdrawing

app_name = "waves"

PLACE = "o/<slug:organisation>/"
HELD = f"{PLACE}qualifications/<uuid:qualification>/"

urlpatterns = [
    path(f"{PLACE}road/", dates.road, name="road"),
    path(f"{PLACE}qualifications/new/", joining.add_qualification, name="add_qualification"),
    path(f"{HELD}dates/", dates.dates, name="dates"),
    path(f"{HELD}dates/<slug:activity>/", dates.one, name="date"),
    path(f"{HELD}steps/", dates.record_step, name="record_step"),
    path(f"{HELD}withdraw/", withdrawing.withdraw, name="withdraw"),
    path(f"{PLACE}testing/", testing.testing, name="testing"),
    path(f"{PLACE}testing/upload/", testing.upload, name="upload_report"),
    path(f"{PLACE}testing/reports/<uuid:report>/", testing.report, name="report"),
    path(f"{PLACE}testing/reports/<uuid:report>/confirm/", testing.confirm, name="confirm_report"),
    path(
        f"{PLACE}testing/reports/<uuid:report>/review/",
        testing.review_work_off,
        name="review_work_off",
    ),
    path(
        f"{PLACE}testing/reports/<uuid:report>/work-off/",
        testing.agree_work_off,
        name="agree_work_off",
    ),
    path(f"{PLACE}first-admin/", joining.first_admin, name="first_admin"),
    path("desk/time/", desk.time, name="time"),
    *timetable.urlpatterns,
    *clocks.urlpatterns,
    *joining_more.urlpatterns,
    *board.urlpatterns,
    *reliance.urlpatterns,
    *testing_more.urlpatterns,
    *road.urlpatterns,
    *reports.urlpatterns,
]
