"""The API of this floor; qadportal/api.py puts it under /api/v1/."""

from django.urls import path

from submissions.api import answers, evidence, limits, parts, submitting, versions

OF = "organisations/<slug:organisation>"
PART = f"{OF}/qad/<uuid:part>"
ANSWER = f"{PART}/answers/<str:question>"
HELD = f"{OF}/qualifications/<uuid:qualification>"

urlpatterns = [
    path("qad-template/", parts.TemplateInForce.as_view(), name="api_qad_template"),
    path(f"{OF}/qad/", parts.Parts.as_view(), name="api_parts"),
    path(f"{PART}/", parts.OnePart.as_view(), name="api_part"),
    path(f"{PART}/sections/", parts.Sections.as_view(), name="api_sections"),
    path(
        f"{PART}/sections/<str:section>/submit/",
        parts.SubmitSection.as_view(),
        name="api_submit_section",
    ),
    path(f"{PART}/questions/", parts.Questions.as_view(), name="api_questions"),
    path(f"{PART}/answers/", answers.Answers.as_view(), name="api_answers"),
    path(f"{ANSWER}/", answers.OneAnswer.as_view(), name="api_answer"),
    path(f"{ANSWER}/revisions/", answers.Revisions.as_view(), name="api_revisions"),
    path(f"{ANSWER}/evidence/", evidence.OfAnswer.as_view(), name="api_answer_evidence"),
    path(
        f"{ANSWER}/evidence/<uuid:evidence>/",
        evidence.OneUse.as_view(),
        name="api_evidence_use",
    ),
    path(f"{PART}/versions/", versions.Versions.as_view(), name="api_versions"),
    path(f"{PART}/versions/<int:number>/", versions.OneVersion.as_view(), name="api_version"),
    path(f"{OF}/members/<uuid:membership>/sections/", limits.Limits.as_view(), name="api_limits"),
    path(f"{OF}/evidence/", evidence.Library.as_view(), name="api_evidence"),
    path(f"{OF}/evidence/<uuid:evidence>/", evidence.OnePiece.as_view(), name="api_piece"),
    path(f"{OF}/files/<uuid:file>/", evidence.File.as_view(), name="api_file"),
    path(f"{HELD}/submit/initial/", submitting.SubmitInitial.as_view(), name="api_submit_initial"),
    path(f"{HELD}/submit/changes/", submitting.SubmitChanges.as_view(), name="api_submit_changes"),
    path(f"{HELD}/submit/final/", submitting.SubmitFinal.as_view(), name="api_submit_final"),
    path(
        f"{HELD}/submit/reopened/",
        submitting.SubmitReopened.as_view(),
        name="api_submit_reopened",
    ),
    path(f"{HELD}/open-final/", submitting.OpenFinal.as_view(), name="api_open_final"),
]
