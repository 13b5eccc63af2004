"""Addresses of sign-off, letters, gates and decisions."""

from django.urls import path

from reviews.views import (
    appeals,
    deciding,
    exemptions,
    gates,
    letters,
    meetings,
    on_paper,
    sheets,
    signing,
)

PLACE = "o/<slug:organisation>"
SIGN = f"{PLACE}/sign-off/<uuid:qualification>"
LETTER = f"{PLACE}/letters/<uuid:letter>"
MEETING = "desk/meetings/<uuid:meeting>"
GATES = f"{PLACE}/gates/<uuid:qualification>"

urlpatterns = [
    path(f"{PLACE}/sign-off/", signing.index, name="sign_off"),
    path(f"{SIGN}/", signing.one, name="sign_off_of"),
    path(f"{SIGN}/decline/", signing.decline, name="decline"),
    path(f"{SIGN}/content.json", signing.content, name="signed_content"),
    path(f"{SIGN}/confirmation.pdf", sheets.confirmation, name="confirmation"),
    path(f"{SIGN}/confirmation/", sheets.sheet, name="sheet"),
    path(f"{PLACE}/letters/", letters.index, name="letters"),
    path(f"{PLACE}/letters/draft/<uuid:qualification>/", letters.draft, name="draft_letter"),
    path(f"{LETTER}/", letters.one, name="letter"),
    path(f"{LETTER}/sign/", letters.sign, name="sign_letter"),
    path(f"{LETTER}/accept/", letters.accept, name="accept_letter"),
    path(f"{LETTER}/revoke/", letters.revoke, name="revoke_letter"),
    path(f"{LETTER}/file/", letters.file, name="letter_file"),
    path(f"{GATES}/", gates.index, name="gates"),
    path(f"{GATES}/dip-user/", gates.dip_user, name="dip_user"),
    path(f"{GATES}/paper/", on_paper.step, name="on_paper"),
    path(f"{GATES}/accession/", gates.accession, name="accession"),
    path(f"{PLACE}/assertion/<uuid:qualification>/", gates.assertion, name="assertion"),
    path(f"{PLACE}/decisions/", deciding.of_organisation, name="decisions_of"),
    path(f"{PLACE}/decisions/<uuid:decision>/appeal/", appeals.one, name="appeal"),
    path("desk/exemptions/", exemptions.index, name="exemptions"),
    path(f"{PLACE}/exemptions/", exemptions.of_organisation, name="exemptions_of"),
    path(f"{PLACE}/exemptions/ask/<uuid:qualification>/", exemptions.ask, name="ask_exemption"),
    path(f"{PLACE}/exemptions/<uuid:exemption>/", exemptions.one, name="exemption"),
    path(f"{PLACE}/exemptions/<uuid:exemption>/<slug:act>/", exemptions.act, name="exemption_act"),
    path("desk/meetings/", meetings.index, name="meetings"),
    path("desk/meetings/new/", meetings.new, name="new_meeting"),
    path("desk/meetings/months/", meetings.months, name="plan_months"),
    path(f"{MEETING}/", meetings.one, name="meeting"),
    path(f"{MEETING}/put/", meetings.put, name="put_on_agenda"),
    path(f"{MEETING}/arrange/", meetings.arrange, name="arrange_agenda"),
    path(f"{MEETING}/change/", meetings.change, name="change_meeting"),
    path(f"{MEETING}/cancel/", meetings.cancel, name="cancel_meeting"),
    path(f"{MEETING}/held/", meetings.close, name="close_meeting"),
    path("desk/decisions/", deciding.index, name="decisions"),
    path("desk/decisions/<uuid:qualification>/", deciding.one, name="decision"),
]
