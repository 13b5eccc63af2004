"""Addresses of the QAD: what to answer, what was answered, what was submitted."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from submissions import limits
from submissions.presenters.submit_panel import WAYS
from submissions.views import (
    checking,
    evidence,
    history,
    library,
    qad,
    question,
    section,
    versions,
)


class SectionCode(StringConverter):
    """The letter of a section: up to four capitals or digits."""

    regex = "[A-Z][A-Z0-9]{0,3}"


class QuestionCode(StringConverter):
    """The code of a question, such as H03."""

    regex = "[A-Z][A-Z0-9.-]{0,5}"


class HandInVerb(StringConverter):
    """What can be handed in."""

    regex = "|".join(WAYS)


register_converter(SectionCode, "section")
register_converter(QuestionCode, "question")
register_converter(HandInVerb, "hand_in")

app_name = "submissions"

of_question = [
    path("", question.question, name="question"),
    path("merge/", question.merge, name="merge"),
    path("preview/", question.preview, name="preview"),
    path("here/", question.here, name="here"),
    path("history/", history.index, name="history"),
    path("history/<int:number>/", history.one, name="revision"),
    path("history/<int:number>/restore/", history.restore, name="restore"),
    path("evidence/file/", evidence.add_file, name="add_file"),
    path("evidence/reference/", evidence.add_reference, name="add_reference"),
    path("evidence/library/", evidence.from_library, name="from_library"),
    path("evidence/<uuid:evidence>/replace/", evidence.replace, name="replace_file"),
    path("evidence/<uuid:evidence>/remove/", evidence.remove, name="remove_evidence"),
]

of_part = [
    path("versions/", versions.index, name="versions"),
    path("versions/<int:number>/", versions.one, name="version"),
    path("<section:section>/", section.section, name="section"),
    path("<section:section>/submit/", section.submit, name="submit_section"),
    path("<section:section>/<question:question>/", include(of_question)),
]

of_qualification = [
    path("", qad.of_qualification, name="qad_of"),
    path("check/", checking.check, name="check"),
    path("submit/<hand_in:verb>/", checking.submit, name="submit"),
    path("initial/", versions.initial, name="initial"),
    path("open-final/", qad.open_final, name="open_final"),
]

of_organisation = [
    path("qad/", qad.index, name="qad"),
    path("qad/versions/", versions.of_organisation, name="all_versions"),
    path("qad/<uuid:qualification>/", include(of_qualification)),
    path("qad/<uuid:part>/", include(of_part)),
    path("evidence/", library.index, name="evidence"),
    path("evidence/<uuid:evidence>/", library.detail, name="evidence_detail"),
    path("people/<uuid:membership>/sections/", limits.limits, name="limits"),
    path("files/<uuid:file>/", library.download, name="file"),
]

urlpatterns = [path("o/<slug:organisation>/", include(of_organisation))]
