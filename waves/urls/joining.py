"""The Pre-Qualification Submission, and changes of the route."""

from django.urls import path

from waves.views import pathways
from waves.views import pre_qualification as views

_OF = "o/<slug:organisation>/pre-qualification/"

urlpatterns = [
    path(_OF, views.show, name="pre_qualification"),
    path(f"{_OF}form/", views.write, name="write_pre_qualification"),
    path(f"{_OF}form/merge/", views.merge, name="merge_pre_qualification"),
    path(f"{_OF}submit/", views.submit, name="submit_pre_qualification"),
    path(f"{_OF}change/", views.change, name="change_pre_qualification"),
    path(f"{_OF}accept/", views.accept, name="accept_pre_qualification"),
    path(f"{_OF}return/", views.give_back, name="return_pre_qualification"),
    path("desk/qualifications/<uuid:qualification>/route/", pathways.pathway, name="pathway"),
    path(
        "o/<slug:organisation>/qualifications/<uuid:qualification>/route/",
        pathways.change_route,
        name="change_route",
    ),
]
