"""Placing Reliance: proposals, opinions, the graph."""

from django.urls import path

from waves.views import reliance as own
from waves.views import reliance_desk as desk

ON = "o/<slug:organisation>/reliance/"
ONE = f"{ON}<uuid:reliance>/"
DESK = "desk/reliance/"

urlpatterns = [
    path(ON, own.proposals, name="reliance"),
    path(f"{ON}new/", own.begin, name="reliance_begin"),
    path(ONE, own.own, name="reliance_own"),
    path(f"{ONE}write/", own.write, name="reliance_write"),
    path(f"{ONE}file/", own.file, name="reliance_file"),
    path(f"{ONE}<slug:act>/", own.act, name="reliance_own_act"),
    path(DESK, desk.desk, name="reliance_desk"),
    path(f"{DESK}net/", desk.net, name="reliance_net"),
    path(f"{DESK}touched/", desk.touched, name="reliance_touched"),
    path(f"{DESK}<uuid:reliance>/", desk.one, name="reliance_one"),
    path(f"{DESK}<uuid:reliance>/<slug:act>/", desk.act, name="reliance_act"),
]
