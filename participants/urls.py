"""Addresses of this floor: people, organisations, notices, history, the account."""

from django.urls import path

from participants.views import accepting, account, history, notices, organisations, people, staff

app_name = "participants"

HERE = "o/<slug:organisation>/"

urlpatterns = [
    path(f"{HERE}organisation/", organisations.show, name="organisation"),
    path(f"{HERE}organisation/change/", organisations.change, name="change_organisation"),
    path(f"{HERE}organisation/mpids/add/", organisations.add_mpids, name="add_mpids"),
    path(
        f"{HERE}organisation/<uuid:qualification>/retrieval/",
        organisations.retrieval,
        name="retrieval",
    ),
    path(f"{HERE}people/", people.index, name="people"),
    path(f"{HERE}people/invite/", people.invite, name="invite"),
    path(f"{HERE}people/<uuid:membership>/", people.member, name="member"),
    path(f"{HERE}people/<uuid:membership>/access/", people.access, name="member_access"),
    path(f"{HERE}invitations/<uuid:invitation>/", people.invitation, name="invitation"),
    path(f"{HERE}invitations/<uuid:invitation>/again/", people.invite_again, name="invite_again"),
    path(
        f"{HERE}invitations/<uuid:invitation>/withdraw/",
        people.withdraw,
        name="withdraw_invitation",
    ),
    path(f"{HERE}notices/", notices.index, name="notices"),
    path(f"{HERE}notices/read/", notices.read_all, name="read_notices"),
    path(f"{HERE}notices/<uuid:notice>/read/", notices.read_one, name="read_notice"),
    path(f"{HERE}history/", history.of_organisation, name="history"),
    path("desk/organisations/", organisations.index, name="organisations"),
    path("desk/organisations/new/", organisations.new, name="new_organisation"),
    path("desk/notices/", notices.index, name="desk_notices"),
    path("desk/notices/read/", notices.read_all, name="desk_read_notices"),
    path("desk/notices/<uuid:notice>/read/", notices.read_one, name="desk_read_notice"),
    path("desk/audit/", history.of_portal, name="audit"),
    path("desk/staff/", staff.index, name="staff"),
    path("desk/staff/new/", staff.new, name="new_staff"),
    path("desk/staff/<uuid:person>/", staff.member, name="staff_member"),
    path("account/", account.account, name="account"),
    path("account/mail/", account.mail, name="mail"),
    path("account/sessions/end/", account.end_sessions, name="end_sessions"),
    path("account/tokens/new/", account.new_token, name="new_token"),
    path("account/tokens/<uuid:token>/", account.token, name="token"),
    path("invitations/<uuid:invitation>/<str:token>/", accepting.accept, name="accept_invitation"),
]
