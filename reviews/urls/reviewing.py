"""Addresses of reading, talking, approving and reopening."""

from django.urls import path

from reviews.views import accepting, approvals, drafts, joining, reopening, reviewing, threads

PLACE = "o/<slug:organisation>/"
PART = f"{PLACE}review/<uuid:part>/"
QUESTION = f"{PART}<slug:section>/<slug:question>/"
APPROVALS = f"{PLACE}approvals/"

urlpatterns = [
    path("desk/reopening/", reopening.of_all, name="reopening"),
    path("desk/drafts/", drafts.index, name="drafts"),
    path(f"{PLACE}drafts/", drafts.of_organisation, name="drafts_of"),
    path(f"{PLACE}drafts/<uuid:drafted>/", drafts.one, name="draft"),
    path(f"{PLACE}review/", reviewing.qad, name="qad"),
    path(PART, reviewing.part, name="part"),
    path(f"{PART}after/", reviewing.step, {"way": "after"}, name="next_for_eyes"),
    path(f"{PART}before/", reviewing.step, {"way": "before"}, name="previous_for_eyes"),
    path(f"{PART}<slug:section>/", reviewing.section, name="part_section"),
    path(f"{PART}<slug:section>/accept/", accepting.rest, name="accept_several"),
    path(QUESTION, reviewing.question, name="part_question"),
    path(f"{QUESTION}criterion/", reviewing.criterion, name="criterion"),
    path(f"{QUESTION}accept/", accepting.one, name="accept"),
    path(f"{QUESTION}raise/<slug:kind>/", reviewing.raise_, name="raise"),
    path(f"{PLACE}threads/<uuid:part>/<slug:question>/", threads.index, name="threads"),
    path(f"{PLACE}thread/<uuid:thread>/", threads.act, name="act"),
    path(f"{PLACE}thread/<uuid:thread>/join/", joining.one, name="join"),
    path(f"{PLACE}thread/<uuid:thread>/<slug:act>/", threads.act_form, name="act_form"),
    path(f"{PLACE}qad/<uuid:qualification>/talk/", threads.panel, name="qad_panel"),
    path(APPROVALS, approvals.index, name="approvals"),
    path(f"{APPROVALS}<uuid:part>/approve/", approvals.approve, name="approve"),
    path(f"{APPROVALS}<uuid:part>/more/", approvals.ask_for_more, name="ask_for_more"),
    path(
        f"{APPROVALS}<uuid:qualification>/initial/",
        approvals.complete_initial,
        name="complete_initial",
    ),
    path(
        f"{APPROVALS}<uuid:qualification>/comments/",
        approvals.confirm_comments,
        name="confirm_comments",
    ),
    path(f"{PLACE}reopening/", reopening.of_organisation, name="reopening_of"),
    path(f"{PLACE}reopening/<uuid:reopening>/", reopening.one, name="reopening_one"),
    path(f"{PLACE}reopening/ask/<uuid:qualification>/", reopening.ask, name="request_reopening"),
]
