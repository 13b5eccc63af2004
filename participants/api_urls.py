"""The API of this floor; qadportal/api.py puts it under /api/v1/."""

from django.urls import path

from participants.api import events, me, organisations, people

OF = "organisations/<slug:organisation>"

urlpatterns = [
    path("me/", me.Me.as_view(), name="api_me"),
    path("me/tokens/", me.Tokens.as_view(), name="api_tokens"),
    path("me/tokens/<uuid:token>/", me.OneToken.as_view(), name="api_token"),
    path("me/notices/", me.Notices.as_view(), name="api_notices"),
    path("me/notices/read/", me.ReadNotices.as_view(), name="api_read_notices"),
    path("me/notices/<uuid:notice>/read/", me.ReadNotice.as_view(), name="api_read_notice"),
    path("organisations/", organisations.Organisations.as_view(), name="api_organisations"),
    path("qualifications/", organisations.Qualifications.as_view(), name="api_qualifications"),
    path("events/", events.Events.as_view(), name="api_events"),
    path(f"{OF}/", organisations.OneOrganisation.as_view(), name="api_organisation"),
    path(f"{OF}/mpids/", organisations.Mpids.as_view(), name="api_mpids"),
    path(
        f"{OF}/qualifications/<uuid:qualification>/",
        organisations.OneQualification.as_view(),
        name="api_qualification",
    ),
    path(f"{OF}/members/", people.Members.as_view(), name="api_members"),
    path(f"{OF}/members/<uuid:membership>/", people.OneMember.as_view(), name="api_member"),
    path(f"{OF}/invitations/", people.Invitations.as_view(), name="api_invitations"),
    path(
        f"{OF}/invitations/<uuid:invitation>/",
        people.OneInvitation.as_view(),
        name="api_invitation",
    ),
    path(
        f"{OF}/invitations/<uuid:invitation>/again/",
        people.InviteAgain.as_view(),
        name="api_invite_again",
    ),
    path(f"{OF}/events/", events.OfOrganisation.as_view(), name="api_organisation_events"),
]
