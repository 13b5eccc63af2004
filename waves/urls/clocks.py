"""Review clocks: pause, extend, load, what is overdue."""

from django.urls import path

from waves.views import clocks

ONE = "desk/clocks/<uuid:obligation>/"

urlpatterns = [
    path("desk/clocks/", clocks.clocks, name="clocks"),
    path("desk/clocks/load/", clocks.load, name="clock_load"),
    path(ONE, clocks.clock, name="clock"),
    path(f"{ONE}pause/", clocks.pause, name="pause_clock"),
    path(f"{ONE}resume/", clocks.resume, name="resume_clock"),
    path(f"{ONE}extend/", clocks.extend, name="extend_clock"),
]
