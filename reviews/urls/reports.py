"""Addresses of reports."""

from django.urls import path

from reviews.views import reports, risk

ONE = "desk/reports/<slug:code>/"
PRINT = f"{ONE}prints/<uuid:job>/"

urlpatterns = [
    path("desk/reports/", reports.index, name="reports"),
    path("desk/reports/risk/<uuid:qualification>/", risk.of_qualification, name="risk"),
    path(ONE, reports.one, name="report"),
    path(f"{ONE}files/<slug:format>/", reports.take, name="report_file"),
    path(f"{ONE}prints/", reports.prints, name="report_prints"),
    path(PRINT, reports.one_print, name="report_print"),
    path(f"{PRINT}<slug:format>/", reports.print_file, name="report_print_file"),
]
