"""The API of this floor; qadportal/api.py puts it under /api/v1/."""

from django.urls import path

from waves.api import (
    board,
    dates,
    feeds,
    joining,
    reliance,
    reports,
    testing,
    timetable,
    withdrawing,
)

OF = "organisations/<slug:organisation>"
HELD = f"{OF}/qualifications/<uuid:qualification>"
REPORT = f"{OF}/reports/<uuid:report>"

urlpatterns = [
    path("timetable/", dates.Timetable.as_view(), name="api_timetable"),
    path(f"{OF}/dates/", dates.Dates.as_view(), name="api_dates"),
    path(f"{OF}/obligations/", dates.Obligations.as_view(), name="api_obligations"),
    path(f"{HELD}/steps/", dates.Steps.as_view(), name="api_steps"),
    path(f"{HELD}/withdraw/", withdrawing.Withdraw.as_view(), name="api_withdraw"),
    path(f"{OF}/reports/", reports.Reports.as_view(), name="api_reports"),
    path(f"{REPORT}/file/", reports.ReportFile.as_view(), name="api_report_file"),
    path(f"{REPORT}/confirm/", reports.ConfirmReport.as_view(), name="api_confirm_report"),
    path(f"{REPORT}/review/", reports.ReviewWorkOff.as_view(), name="api_review_work_off"),
    path(f"{REPORT}/work-off/", reports.AgreeWorkOff.as_view(), name="api_agree_work_off"),
    *joining.urlpatterns,
    *board.urlpatterns,
    *testing.urlpatterns,
    *feeds.urlpatterns,
    *reliance.urlpatterns,
    *timetable.urlpatterns,
]
