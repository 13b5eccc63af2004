"""The API of this floor; qadportal/api.py puts it under /api/v1/."""

from django.urls import path

from reviews.api import (
    acceptances,
    deciding,
    gates,
    opinions,
    packs,
    qualified,
    reports,
    signing,
    threads,
)

OF = "organisations/<slug:organisation>"
HELD = f"{OF}/qualifications/<uuid:qualification>"
PART = f"{OF}/qad/<uuid:part>"
THREAD = f"{OF}/threads/<uuid:thread>"
REOPENING = f"{OF}/reopen-requests/<uuid:reopening>"
SIGNED = f"{OF}/sign-offs/<uuid:sign_off>"
LETTER = f"{OF}/letters/<uuid:letter>"

talk = [
    path("threads/", threads.AllThreads.as_view(), name="api_all_threads"),
    path(f"{OF}/threads/", threads.Threads.as_view(), name="api_threads"),
    path(f"{THREAD}/", threads.OneThread.as_view(), name="api_thread"),
    path(f"{THREAD}/respond/", threads.Respond.as_view(), name="api_respond"),
    path(f"{THREAD}/ask-again/", threads.AskAgain.as_view(), name="api_ask_again"),
    path(f"{THREAD}/close/", threads.Close.as_view(), name="api_close_thread"),
    path(f"{THREAD}/clear/", threads.Clear.as_view(), name="api_clear_thread"),
    path(f"{OF}/plans/", threads.Plans.as_view(), name="api_plans"),
    path(f"{THREAD}/plan/", threads.ProposePlan.as_view(), name="api_propose_plan"),
    path(f"{THREAD}/plan/agree/", threads.AgreePlan.as_view(), name="api_agree_plan"),
    path(f"{THREAD}/plan/return/", threads.ReturnPlan.as_view(), name="api_return_plan"),
    path(f"{THREAD}/plan/done/", threads.PlanDone.as_view(), name="api_plan_done"),
    path(f"{THREAD}/plan/return-action/", threads.ReturnAction.as_view(), name="api_return_action"),
]

judgement = [
    path(f"{OF}/approvals/", opinions.Approvals.as_view(), name="api_approvals"),
    path(f"{PART}/approve/", opinions.Approve.as_view(), name="api_approve"),
    path(f"{PART}/ask-for-more/", opinions.AskForMore.as_view(), name="api_ask_for_more"),
    path(f"{OF}/acceptances/", acceptances.Acceptances.as_view(), name="api_acceptances"),
    path(f"{PART}/accept/", acceptances.Accept.as_view(), name="api_accept"),
    path(f"{PART}/take-back/", acceptances.TakeBack.as_view(), name="api_take_back"),
    path(f"{HELD}/reviews/", opinions.BodyReviews.as_view(), name="api_body_reviews"),
    path(
        f"{HELD}/reviews/complete-initial/",
        opinions.CompleteInitial.as_view(),
        name="api_complete_initial",
    ),
    path(
        f"{HELD}/reviews/confirm-comments/",
        opinions.ConfirmComments.as_view(),
        name="api_confirm_comments",
    ),
    path("reopen-requests/", opinions.AllReopenRequests.as_view(), name="api_all_reopen_requests"),
    path(f"{OF}/reopen-requests/", opinions.ReopenRequests.as_view(), name="api_reopen_requests"),
    path(f"{REOPENING}/", opinions.OneReopenRequest.as_view(), name="api_reopen_request"),
    path(f"{REOPENING}/grant/", opinions.GrantReopening.as_view(), name="api_grant_reopening"),
    path(f"{REOPENING}/refuse/", opinions.RefuseReopening.as_view(), name="api_refuse_reopening"),
]

papers = [
    path(f"{HELD}/sign-off/", signing.Sign.as_view(), name="api_sign"),
    path(f"{HELD}/sign-off/decline/", signing.Decline.as_view(), name="api_decline"),
    path(f"{OF}/sign-offs/", signing.SignOffs.as_view(), name="api_sign_offs"),
    path(f"{SIGNED}/", signing.OneSignOff.as_view(), name="api_sign_off"),
    path(f"{SIGNED}/confirmation/", signing.Confirmation.as_view(), name="api_confirmation"),
    path(f"{OF}/letters/", signing.Letters.as_view(), name="api_letters"),
    path(f"{LETTER}/", signing.OneLetter.as_view(), name="api_letter"),
    path(f"{LETTER}/sign/", signing.SignLetter.as_view(), name="api_sign_letter"),
    path(f"{LETTER}/accept/", signing.AcceptLetter.as_view(), name="api_accept_letter"),
    path(f"{LETTER}/revoke/", signing.RevokeLetter.as_view(), name="api_revoke_letter"),
    path(f"{LETTER}/file/", signing.LetterFile.as_view(), name="api_letter_file"),
    path(f"{HELD}/dip-user/", gates.DipUser.as_view(), name="api_dip_user"),
    path(f"{HELD}/accessions/", gates.Accessions.as_view(), name="api_accessions"),
    path(f"{HELD}/assertion/", gates.Assertion.as_view(), name="api_assertion"),
]

decisions = [
    path("decisions/", deciding.AllDecisions.as_view(), name="api_all_decisions"),
    path(f"{OF}/decisions/", deciding.Decisions.as_view(), name="api_decisions"),
    path(f"{HELD}/decisions/", deciding.OfQualification.as_view(), name="api_decisions_on"),
    path("packs/", packs.Packs.as_view(), name="api_packs"),
    path("packs/<uuid:pack>/", packs.OnePack.as_view(), name="api_pack"),
    path("packs/<uuid:pack>/file/", packs.PackFile.as_view(), name="api_pack_file"),
    path("packs/<uuid:pack>/again/", packs.PackAgain.as_view(), name="api_pack_again"),
    path("qualified/", qualified.All.as_view(), name="api_qualified_all"),
    path(f"{OF}/qualified/", qualified.OfOrganisation.as_view(), name="api_qualified"),
    path(f"{HELD}/qualified/", qualified.OneStanding.as_view(), name="api_qualified_one"),
]

urlpatterns = [*talk, *judgement, *papers, *decisions, *reports.urlpatterns]
