"""The API of this floor; qadportal/api.py puts it under /api/v1/."""

from django.urls import path

from waves.api import board, dates, joining, reports, testing

OF = "organisations/<slug:organisation>"
HELD = f"{OF}/qualifications/<uuid:qualification>"
REPORT = f"{OF}/reports/<uuid:report>"

urlpatterns = [
    path("timetable/", dates.Timetable.as_view(), name="api_timetable"),
    path(f"{OF}/dates/", dates.Dates.as_view(), name="api_dates"),
    path(f"{OF}/obligations/", dates.Obligations.as_view(), name="api_obligations"),
    path(f"{HELD}/route/", joining.Route.as_view(), name="api_route"),
    path(f"{HELD}/steps/", dates.Steps.as_view(), name="api_steps"),
    path(f"{OF}/reports/", reports.Reports.as_view(), name="api_reports"),
    path(f"{REPORT}/file/", reports.ReportFile.as_view(), name="api_report_file"),
    path(f"{REPORT}/confirm/", reports.ConfirmReport.as_view(), name="api_confirm_report"),
    path(f"{REPORT}/work-off/", reports.AgreeWorkOff.as_view(), name="api_agree_work_off"),
    path(f"{OF}/pre-qualification/", joining.Submission.as_view(), name="api_pre_qualification"),
    path(
        f"{OF}/pre-qualification/accept/",
        joining.AcceptSubmission.as_view(),
        name="api_accept_pre_qualification",
    ),
    path(f"{OF}/first-admin/", joining.FirstAdmin.as_view(), name="api_first_admin"),
    *board.urlpatterns,
    *testing.urlpatterns,
]
