"""Addresses of the desk: the queue, "qualified yet?", the register of findings."""

from django.urls import path

from reviews.views import qualified, queue, register, search, team, views, wordings

urlpatterns = [
    path("desk/", queue.queue, name="queue"),
    path("desk/qualified/", qualified.index, name="qualified_all"),
    path("desk/findings/", register.index, name="all_findings"),
    path("desk/wordings/", wordings.index, name="wordings"),
    path("desk/wordings/new/", wordings.new, name="new_wording"),
    path("desk/wordings/<uuid:wording>/", wordings.one, name="wording"),
    path("desk/views/", views.index, name="views"),
    path("desk/views/new/", views.new, name="keep_view"),
    path("desk/views/<uuid:view>/", views.one, name="kept_view"),
    path("desk/team/", team.index, name="team"),
    path("desk/team/away/", team.away, name="away"),
    path("desk/team/away/<uuid:absence>/", team.absence, name="absence"),
    path("o/<slug:organisation>/team/", team.of_organisation, name="sharing"),
    path("o/<slug:organisation>/team/<uuid:part>/", team.give, name="give"),
    path("o/<slug:organisation>/conflict/", team.conflict, name="conflict"),
    path("desk/search/", search.index, name="search"),
    path("o/<slug:organisation>/search/", search.of_organisation, name="search_of"),
    path("o/<slug:organisation>/qualified/", qualified.of_organisation, name="qualified"),
    path("o/<slug:organisation>/findings/", register.of_organisation, name="findings"),
]
