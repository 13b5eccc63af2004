"""Testing: deliverables, plans, progress, defects, gates."""

from django.urls import path

from waves.views import testing_desk as desk
from waves.views import testing_track as views

ON = "o/<slug:organisation>/testing/<uuid:qualification>/"

urlpatterns = [
    path("desk/testing/", desk.desk, name="testing_desk"),
    path(ON, views.track, name="testing_track"),
    path(f"{ON}deliverables/", views.hand_in, name="testing_hand_in"),
    path(f"{ON}plan/", views.plan, name="testing_plan"),
    path(f"{ON}work-offs/", views.propose, name="testing_propose"),
    path(f"{ON}work-offs/<uuid:key>/", views.revise, name="testing_revise"),
    path(f"{ON}checks/<slug:criterion>/", views.check, name="testing_check"),
    path(f"{ON}gates/refuse/", views.refuse, name="testing_refuse"),
    path(f"{ON}gates/interfaces/", views.interfaces, name="testing_interfaces"),
    path(f"{ON}gates/<slug:gate>/", views.gate, name="testing_gate"),
    path(f"{ON}gates/<slug:gate>/undo/", views.undo, name="testing_undo"),
    path(f"{ON}progress/", views.progress, name="testing_progress"),
    path(f"{ON}import/", views.bring_in, name="testing_import"),
    path(f"{ON}export/<slug:kind>/", views.export, name="testing_export"),
    path(f"{ON}<slug:thing>/<uuid:key>/file/", views.file, name="testing_file"),
    path(f"{ON}<slug:thing>/<uuid:key>/<slug:act>/", views.act, name="testing_act"),
]
