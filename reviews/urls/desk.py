"""Addresses of the desk: the queue, "qualified yet?", the register of findings."""

from django.urls import path

from reviews.views import qualified, queue, register, search

urlpatterns = [
    path("desk/", queue.queue, name="queue"),
    path("desk/qualified/", qualified.index, name="qualified_all"),
    path("desk/findings/", register.index, name="all_findings"),
    path("desk/search/", search.index, name="search"),
    path("o/<slug:organisation>/search/", search.of_organisation, name="search_of"),
    path("o/<slug:organisation>/qualified/", qualified.of_organisation, name="qualified"),
    path("o/<slug:organisation>/findings/", register.of_organisation, name="findings"),
]
