"""The sign-off in the hands of those who sign: reading, signing, declining, letters, gates."""

import copy
import hashlib
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.enums import LetterState
from reviews.models import (
    Accession,
    DelegationLetter,
    DipUserConfirmation,
    ManagementAssertion,
    SignOff,
)
from reviews.services import letters, plans, reopening
from tests import factories
from tests.factories import PASSWORD
from tests.reviews import builders as b
from tests.reviews.doors import door, statements, text_of
from tests.submissions.builders import PDF

LIST, READ, RECEIPT, LETTERS, GATES = 9, 19, 10, 7, 10
PLANS = LETTER = 1  # read only where something is open, and where a delegate may sign


@pytest.fixture(autouse=True)
def _as_many_tries_as_tests():
    cache.clear()


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def mem(shared):
    return b.to(b.scene("MEM_SMART"), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def reviewed(shared):
    return b.to(b.scene(), Status.FINAL_REVIEW)


@pytest.fixture(scope="module")
def split(shared):
    return b.to(b.scene(mpids_split=True), Status.FINAL_REVIEW)


def url(name, here, *more):
    return reverse(f"reviews:{name}", args=[here.organisation.slug, *more])


def of(name, here, place=0):
    return url(name, here, here.ids[place])


def seal(client, here):
    return client.get(of("sign_off_of", here)).context["page"].hidden["seen"]


def sign(client, here, **changes):
    sent = {"seen": seal(client, here), "read": "on", "password": PASSWORD} | changes
    return client.post(of("sign_off_of", here), sent)


def signatures(here):
    with acting_as(PORTAL):
        rows = SignOff.objects.filter(qualification_id=here.ids[0])
        return list(rows.order_by("signed_at"))


def events(action, here):
    with acting_as(PORTAL):
        return AuditEvent.objects.filter(
            action=action, organisation_id=here.organisation.pk
        ).count()


def letter_of(here):
    with acting_as(PORTAL):
        return DelegationLetter.objects.get(qualification_id=here.ids[0])


# --- reading and signing (R105)


@pytest.mark.django_db
def test_r105_a_director_reads_everything_and_signs_the_hash_of_it(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    page = client.get(of("sign_off_of", here))
    said, seen = text_of(page), page.context["page"].hidden["seen"]

    answer = sign(client, here)

    assert "Your Final QAD for Supplier is agreed and ready for you to sign." in said
    assert "I confirm, as a director of" in said
    assert seen in said
    assert "T01" in said  # a declaration of the QAD
    assert "answers given at Final only" in said
    assert "checked" not in page.content.decode()  # nothing is ticked for the reader
    assert answer.headers["Location"] == of("sign_off_of", here)
    signed = signatures(here)[0]
    assert (signed.signer_name, signed.content_sha256) == ("Margaret Iwu", seen)
    assert here.statuses == [Status.SIGNED_OFF]


@pytest.mark.django_db
def test_r105_the_receipt_shows_who_when_and_the_whole_hash(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sign(client, here)

    said = text_of(client.get(of("sign_off_of", here)))

    signed = signatures(here)[0]
    assert "The QAD for Supplier is signed." in said
    assert f"SHA-256 {signed.content_sha256}" in said
    assert f"{signed.signed_at:%H:%M}, by the server’s clock, London" in said
    assert "Covers the QAD as it stands" in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "not my password"}, "not the password of your account"),
        ({"password": ""}, "Enter the password of your account"),
        ({"read": ""}, "Tick that you have read the declaration"),
    ],
)
def test_r105_without_password_or_tick_nothing_is_signed(agreed, changes, said):
    here = copy.copy(agreed)

    answer = sign(door(here.director), here, **changes)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (signatures(here), here.statuses) == ([], [Status.CONTENT_AGREED])


@pytest.mark.django_db
def test_a_wrong_password_leaves_a_trace(agreed):
    here = copy.copy(agreed)

    sign(door(here.director), here, password="not my password")

    assert events("person.reauthentication_failed", here) == 1


@pytest.mark.django_db
def test_r105_what_changed_since_it_was_opened_is_not_signed(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    before = seal(client, here)
    with acting_as(PORTAL):
        here.organisation.legal_name = "Another Name Ltd"
        here.organisation.save(update_fields=["legal_name"])

    answer = client.post(
        of("sign_off_of", here), {"seen": before, "read": "on", "password": PASSWORD}
    )

    page = answer.context["page"]
    assert answer.status_code == 409
    assert "Not signed: this was changed since you opened it." in text_of(answer)
    assert page.hidden["seen"] != before
    assert "checked" not in answer.content.decode()
    assert signatures(here) == []
    assert client.post(
        of("sign_off_of", here),
        {"seen": page.hidden["seen"], "read": "on", "password": PASSWORD},
    ).status_code == 302  # fmt: skip


@pytest.mark.django_db
def test_a_doubled_click_signs_once(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sent = {"seen": seal(client, here), "read": "on", "password": PASSWORD}

    first = client.post(of("sign_off_of", here), sent)
    second = client.post(of("sign_off_of", here), sent)

    assert [first.status_code, second.status_code] == [302, 302]
    assert len(signatures(here)) == 1
    assert events("qad.signed_off", here) == 1


@pytest.mark.django_db
def test_another_signature_on_what_is_signed_is_refused_with_the_name(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sign(client, here)

    answer = client.post(
        of("sign_off_of", here), {"seen": "0" * 64, "read": "on", "password": PASSWORD}
    )

    assert answer.status_code == 409
    assert "Margaret Iwu signed this on" in answer.content.decode()


@pytest.mark.django_db
def test_r100_before_every_body_confirmed_each_reason_stands_with_its_holder(reviewed):
    here = copy.copy(reviewed)
    page = door(here.director).get(of("sign_off_of", here))

    said = text_of(page)

    assert "The QAD for Supplier cannot be signed yet." in said
    assert "Not yet, for nine reasons." in said
    assert "REC has not approved the role part. Held by REC since" in said
    assert page.context["page"].sign is None


@pytest.mark.django_db
def test_r110_on_a_sit_route_the_work_off_plans_come_first(shared):
    here = b.to(b.scene("SUPPLIER", "SIT_M11_READY"), Status.CONTENT_AGREED)
    client = door(here.director)

    said = text_of(client.get(of("sign_off_of", here)))
    answer = sign(client, here)

    assert "The work-off plans of the SIT Completion Report are not agreed." in said
    assert answer.status_code == 409
    assert signatures(here) == []


@pytest.mark.django_db
def test_open_items_stand_with_their_agreed_plans(reviewed):
    here = copy.copy(reviewed)
    thread = b.raise_thread(here, "BSC", "FINDING", subject="Rejected reads are not watched")
    with acting_as(here.admin):
        plans.propose(
            thread=thread, text="Watch them weekly.", owner_name="Tom Elsworth",
            due_on=b.tomorrow(here), actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(here.leads["BSC"]):
        plans.agree(thread=thread, actor=here.leads["BSC"], at=here.tick())

    said = text_of(door(here.director).get(of("sign_off_of", here)))

    assert "One agreed plan. You commit the company to these dates." in said
    assert "F-1 Watch them weekly. H03: Rejected reads are not watched" in said


@pytest.mark.django_db
def test_r111_after_reopening_the_page_says_the_signature_is_void(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sign(client, here)
    _reopen(here)

    said = text_of(client.get(of("sign_off_of", here)))
    old = client.get(f"{of('confirmation', here)}?signature={signatures(here)[0].pk}")

    assert "Signature void" in said
    assert (old.status_code, old.content[:5]) == (200, b"%PDF-")


def _reopen(here):
    part, subject = here.part(), here.qualification
    with acting_as(here.admin):
        asked = reopening.request(
            qualification=subject, sections=[(part, "J")], reason="A new instruction.",
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(here.leads["REC"]):
        reopening.grant(request=asked, actor=here.leads["REC"], at=here.tick())


@pytest.mark.django_db
def test_the_content_can_be_checked_against_the_seal_before_and_after(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    seen = seal(client, here)
    before = client.get(of("signed_content", here)).content
    sign(client, here)
    after = client.get(of("signed_content", here)).content

    assert hashlib.sha256(before).hexdigest() == seen
    assert hashlib.sha256(after).hexdigest() == signatures(here)[0].content_sha256


@pytest.mark.django_db
def test_rp3_the_confirmation_is_printed_from_the_signature(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    assert client.get(of("confirmation", here)).status_code == 404
    sign(client, here)

    answer = client.get(of("confirmation", here))

    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert events("confirmation.printed", here) == 1


@pytest.mark.django_db
def test_declining_tells_admins_and_bodies_why_and_changes_nothing(agreed):
    here = copy.copy(agreed)
    client = door(here.director)

    blank = client.post(of("decline", here), {"reason": " "})
    answer = client.post(of("decline", here), {"reason": "D05 names the wrong defects."})

    with acting_as(PORTAL):
        told = Notice.objects.filter(kind="signature_declined")
        texts, people = set(told.values_list("text", flat=True)), told.count()
    assert (blank.status_code, answer.status_code) == (422, 302)
    assert texts == {"D05 names the wrong defects."}
    assert people >= 4
    assert here.statuses == [Status.CONTENT_AGREED]


# --- who signs (R106, R107)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["admin", "delegate"])
def test_r106_others_read_who_can_sign_and_cannot(agreed, who):
    here = copy.copy(agreed)
    client = door(getattr(here, who))
    page = client.get(of("sign_off_of", here))

    answer = client.post(
        of("sign_off_of", here),
        {"seen": page.context["page"].hidden["seen"], "read": "on", "password": PASSWORD},
    )

    said = text_of(page)
    assert "You can read this, and others sign it." in said
    assert "Named here: Margaret Iwu." in said
    assert "A delegate cannot sign for this role" in said
    assert page.context["page"].sign is None
    assert answer.status_code == 403
    assert signatures(here) == []


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["BSC", "REC", "DIP"])
def test_the_bodies_read_and_do_not_sign(agreed, body):
    here = copy.copy(agreed)
    client = door(here.leads[body])

    assert client.get(of("sign_off_of", here)).status_code == 200
    assert client.post(of("sign_off_of", here), {"seen": "0" * 64}).status_code == 403
    assert client.get(of("decline", here)).status_code == 403


@pytest.mark.django_db
def test_r011_the_programme_reads_the_list_and_not_the_content(agreed):
    here = copy.copy(agreed)
    client = door(factories.staff_actor("MHHSP", "MCC_READER"))

    assert client.get(url("sign_off", here)).status_code == 200
    assert client.get(of("sign_off_of", here)).status_code == 403


@pytest.mark.django_db
def test_r107_a_letter_goes_from_draft_to_acceptance_and_the_delegate_signs(mem):
    here = copy.copy(mem)
    rec, director, delegate = (door(each) for each in (here.leads["REC"], here.director,
                                                        here.delegate))  # fmt: skip
    before = sign(delegate, here)
    drafted = rec.post(of("draft_letter", here), {"delegate": here.delegate_membership.pk})
    letter = letter_of(here)
    scan = SimpleUploadedFile("letter.pdf", PDF)
    signed = director.post(
        url("sign_letter", here, letter.pk), {"file": scan, "read": "on", "password": PASSWORD}
    )
    early = sign(delegate, here)
    accepted = rec.post(url("accept_letter", here, letter.pk))

    answer = sign(delegate, here)

    assert (before.status_code, early.status_code) == (409, 409)
    assert [each.status_code for each in (drafted, signed, accepted, answer)] == [302] * 4
    row = signatures(here)[0]
    assert (row.capacity, row.letter_id) == ("DELEGATE", letter.pk)
    assert "authorised by a letter of delegated authority" in row.statement


@pytest.mark.django_db
def test_r107_a_director_may_sign_the_letter_in_place(mem):
    here = copy.copy(mem)
    letter = _drafted(here)

    answer = door(here.director).post(
        url("sign_letter", here, letter.pk), {"read": "on", "password": PASSWORD}
    )

    signed = letter_of(here)
    paper = door(here.leads["REC"]).get(url("letter_file", here, letter.pk)).content.decode()
    assert answer.status_code == 302
    assert (signed.status, signed.director_name) == (LetterState.SIGNED, "Margaret Iwu")
    assert "I authorise Tom Ellery" in paper
    assert "Signed electronically in the QAD Portal by Margaret Iwu" in paper


def _drafted(here):
    subject, rec = here.qualification, here.leads["REC"]
    with acting_as(rec):
        return letters.draft(
            qualification=subject, delegate=here.delegate_membership, actor=rec, at=here.tick()
        )


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["admin", "director", "delegate", "REC", "DIP"])
def test_r107_both_sides_see_the_letter_and_its_state(mem, who):
    here = copy.copy(mem)
    letter = _drafted(here)
    client = door(here.leads[who] if who in here.leads else getattr(here, who))

    listed = text_of(client.get(url("letters", here)))
    said = text_of(client.get(url("letter", here, letter.pk)))

    assert "Tom Ellery Drafted, to be signed" in listed
    assert "neither uses nor changes any authority" in said


@pytest.mark.django_db
def test_r106_no_letter_is_offered_or_drafted_for_a_supplier(agreed):
    here = copy.copy(agreed)
    rec = door(here.leads["REC"])

    said = text_of(rec.get(url("letters", here)))
    answer = rec.post(of("draft_letter", here), {"delegate": here.delegate_membership.pk})

    assert "No role for which a delegate may sign" in said
    assert answer.status_code == 409
    assert "governed under the BSC" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("admin", "draft_letter"),
        ("DIP", "draft_letter"),
        ("admin", "sign_letter"),
        ("delegate", "sign_letter"),
        ("REC", "sign_letter"),
        ("director", "accept_letter"),
        ("DIP", "accept_letter"),
        ("admin", "revoke_letter"),
        ("DIP", "revoke_letter"),
    ],
)
def test_r107_each_step_belongs_to_its_side(mem, who, name):
    here = copy.copy(mem)
    letter = _drafted(here)
    client = door(here.leads[who] if who in here.leads else getattr(here, who))
    key = here.ids[0] if name == "draft_letter" else letter.pk

    answer = client.post(url(name, here, key), {"read": "on", "password": PASSWORD, "reason": "x"})

    assert answer.status_code == 403
    assert letter_of(here).status == LetterState.DRAFTED


@pytest.mark.django_db
def test_r107_clicks_on_a_letter_count_once(mem):
    here = copy.copy(mem)
    rec, director = door(here.leads["REC"]), door(here.director)
    for _ in range(2):
        sent = {"delegate": here.delegate_membership.pk}
        assert rec.post(of("draft_letter", here), sent).status_code == 302
    letter = letter_of(here)
    for _ in range(2):
        sent = {"read": "on", "password": PASSWORD}
        assert director.post(url("sign_letter", here, letter.pk), sent).status_code == 302
    for _ in range(2):
        assert rec.post(url("accept_letter", here, letter.pk)).status_code == 302
    for _ in range(2):
        sent = {"reason": "Tom left the company."}
        assert rec.post(url("revoke_letter", here, letter.pk), sent).status_code == 302

    counted = [
        events(f"letter.{step}", here) for step in ("drafted", "signed", "accepted", "revoked")
    ]
    assert counted == [1, 1, 1, 1]
    assert letter_of(here).status == LetterState.REVOKED


# --- gates (R114, R118, R119)


@pytest.mark.django_db
def test_r114_the_dip_manager_confirms_and_may_take_it_back(agreed):
    here = copy.copy(agreed)
    client = door(here.leads["DIP"])

    unsaid = client.post(of("dip_user", here), {"note": ""})
    bare = client.post(of("dip_user", here), {"answer": "withhold", "note": ""})
    client.post(of("dip_user", here), {"answer": "withhold", "note": "No agreement yet."})
    withheld = text_of(client.get(of("gates", here)))
    client.post(of("dip_user", here), {"answer": "confirm", "note": "Agreement signed."})
    client.post(of("dip_user", here), {"answer": "confirm", "note": "Agreement signed."})

    said = text_of(client.get(of("gates", here)))
    assert (unsaid.status_code, bare.status_code) == (422, 422)
    assert "Say what is missing before you can confirm." in bare.content.decode()
    assert "Not confirmed" in withheld
    assert "No agreement yet." in withheld
    assert "Agreement signed." in said
    assert events("dip_user.confirmed", here) == 1


@pytest.mark.django_db
def test_r118_each_code_body_records_accession_for_itself_once(agreed):
    here = copy.copy(agreed)
    for body in ("BSC", "REC"):
        client = door(here.leads[body])
        assert client.post(of("accession", here), {"note": ""}).status_code == 302
        assert client.post(of("accession", here), {"note": ""}).status_code == 302

    with acting_as(PORTAL):
        found = Accession.objects.filter(qualification_id=here.ids[0])
        assert sorted(found.values_list("body", flat=True)) == ["BSC", "REC"]
    said = text_of(door(here.leads["DIP"]).get(of("gates", here)))
    assert said.count("Recorded") >= 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("BSC", "dip_user"),
        ("REC", "dip_user"),
        ("admin", "dip_user"),
        ("director", "accession"),
        ("secretary", "accession"),
        ("director", "gates"),
        ("delegate", "assertion"),
        ("BSC", "assertion"),
    ],
)
def test_gates_are_closed_to_other_duties(agreed, who, name):
    here = copy.copy(agreed)
    client = door(here.leads[who] if who in here.leads else getattr(here, who))

    assert client.get(of(name, here)).status_code == 403


@pytest.mark.django_db
def test_r085_on_a_sit_route_a_code_body_opens_the_final_here(shared):
    here = b.to(b.scene("SUPPLIER", "SIT_M11_READY"), Status.INITIAL_SUBMITTED)
    client = door(here.leads["BSC"])
    page = client.get(of("gates", here))

    client.post(reverse("submissions:open_final", args=[here.organisation.slug, here.ids[0]]))

    assert "Open the Final QAD" in page.content.decode()
    assert here.statuses == [Status.FINAL_DRAFT]
    assert "Open the Final QAD" not in client.get(of("gates", here)).content.decode()


@pytest.mark.django_db
def test_r119_a_director_asserts_that_the_remaining_mpids_follow(split):
    here = copy.copy(split)
    client = door(here.director)
    late = {"mpids_remaining": "lrkb, LRKC", "complete_by_0": "1", "complete_by_1": "12",
            "complete_by_2": "2026", "text": "Tests in May."}  # fmt: skip

    refused = client.post(of("assertion", here), late)
    taken = client.post(of("assertion", here), late | {"complete_by_1": "6"})

    assert refused.status_code == 422
    assert "before M14" in refused.content.decode()
    assert "Tests in May." in refused.content.decode()  # what was typed is still there
    assert taken.status_code == 302
    with acting_as(PORTAL):
        row = ManagementAssertion.objects.get(qualification_id=here.ids[0])
    assert row.mpids_remaining == ["LRKB", "LRKC"]
    said = text_of(client.get(of("sign_off_of", here)))
    assert "Management Assertion: LRKB, LRKC follow" in said


@pytest.mark.django_db
def test_r119_nothing_is_asserted_where_all_mpids_go_together(agreed):
    here = copy.copy(agreed)
    sent = {"mpids_remaining": "LRKB", "complete_by_0": "1", "complete_by_1": "6",
            "complete_by_2": "2026", "text": "Tests in May."}  # fmt: skip

    answer = door(here.director).post(of("assertion", here), sent)

    assert answer.status_code == 409
    assert "there is nothing to assert" in answer.content.decode()


# --- strangers (R1, R7)

ADDRESSES = [
    "sign_off_of",
    "decline",
    "signed_content",
    "confirmation",
    "draft_letter",
    "gates",
    "dip_user",
    "accession",
    "assertion",
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
def test_r001_another_organisation_finds_nothing(agreed, name):
    here = copy.copy(agreed)
    other = factories.make_organisation()
    stranger = door(factories.member_actor(other, is_director=True))

    assert stranger.get(of(name, here)).status_code == 404
    crossed = reverse(f"reviews:{name}", args=[other.slug, here.ids[0]])
    assert stranger.get(crossed).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["sign_off", "letters", "decisions_of"])
def test_r001_lists_of_another_organisation_do_not_exist(agreed, name):
    stranger = door(factories.member_actor(factories.make_organisation()))

    assert stranger.get(url(name, agreed)).status_code == 404
    assert Client().get(url(name, agreed)).status_code == 302  # to the sign-in


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
def test_r007_a_body_finds_nothing_of_a_role_it_does_not_govern(mem, name):
    here = copy.copy(mem)

    assert door(here.leads["BSC"]).get(of(name, here)).status_code == 404


# --- statements


@pytest.mark.django_db
def test_the_list_takes_the_same_statements_for_one_role_and_for_three(agreed, shared):
    here = copy.copy(agreed)
    trio = b.scene("LDSO", "NON_SIT_LDSO_M10")

    counted = {statements(door(each.director), url("sign_off", each)) for each in (here, trio)}

    assert counted == {LIST}


@pytest.mark.django_db
def test_reading_takes_the_same_statements_whatever_is_open(reviewed):
    here = copy.copy(reviewed)
    client = door(here.director)
    b.raise_thread(here, "BSC", "FINDING")
    one = statements(client, of("sign_off_of", here))
    for body in ("BSC", "REC", "DIP") * 3:
        b.raise_thread(here, body, "OBSERVATION")

    assert [one, statements(client, of("sign_off_of", here))] == [READ + PLANS, READ + PLANS]


@pytest.mark.django_db
def test_a_delegate_reads_with_one_statement_more_for_the_letter(mem):
    here = copy.copy(mem)

    assert statements(door(here.delegate), of("sign_off_of", here)) == READ + LETTER


@pytest.mark.django_db
def test_receipt_letters_and_gates_take_their_statements(agreed, mem):
    here, other = copy.copy(agreed), copy.copy(mem)
    sign(door(here.director), here)
    _drafted(other)

    assert statements(door(here.director), of("sign_off_of", here)) == RECEIPT
    assert statements(door(other.director), url("letters", other)) == LETTERS
    assert statements(door(here.leads["BSC"]), of("gates", here)) == GATES
    with acting_as(PORTAL):
        assert not DipUserConfirmation.objects.filter(qualification_id=here.ids[0]).exists()
    assert here.at - factories.NOON > timedelta(0)
