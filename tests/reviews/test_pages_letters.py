"""Letters of delegated authority: drafted, signed, accepted, and what they open (R106, R107)."""

import copy

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from participants.enums import Status
from reviews.enums import LetterState
from tests.factories import PASSWORD
from tests.reviews import builders as b
from tests.reviews.doors import door, statements, text_of
from tests.reviews.papers import drafted, events, letter_of, of, sign, signatures, url, who_is
from tests.submissions.builders import PDF

LETTERS = 7


@pytest.fixture(autouse=True)
def _as_many_tries_as_tests():
    cache.clear()


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def mem(shared):
    return b.to(b.scene("MEM_SMART"), Status.CONTENT_AGREED)


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
    letter = drafted(here)

    answer = door(here.director).post(
        url("sign_letter", here, letter.pk), {"read": "on", "password": PASSWORD}
    )

    signed = letter_of(here)
    paper = door(here.leads["REC"]).get(url("letter_file", here, letter.pk)).content.decode()
    assert answer.status_code == 302
    assert (signed.status, signed.director_name) == (LetterState.SIGNED, "Margaret Iwu")
    assert "I authorise Tom Ellery" in paper
    assert "Signed electronically in the QAD Portal by Margaret Iwu" in paper


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["admin", "director", "delegate", "REC", "DIP"])
def test_r107_both_sides_see_the_letter_and_its_state(mem, who):
    here = copy.copy(mem)
    letter = drafted(here)
    client = door(who_is(here, who))

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
    letter = drafted(here)
    client = door(who_is(here, who))
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


@pytest.mark.django_db
def test_the_list_of_letters_takes_its_statements(mem):
    here = copy.copy(mem)
    drafted(here)

    assert statements(door(here.director), url("letters", here)) == LETTERS
