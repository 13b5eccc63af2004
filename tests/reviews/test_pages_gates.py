"""The gates before a decision: DIP User, accession, Management Assertion (R114, R118, R119)."""

import copy

import pytest
from django.urls import reverse

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.models import Accession, ManagementAssertion
from tests.reviews import builders as b
from tests.reviews.doors import door, statements, text_of
from tests.reviews.papers import events, of, who_is

GATES = 9


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def split(shared):
    return b.to(b.scene(mpids_split=True), Status.FINAL_REVIEW)


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
    client = door(who_is(here, who))

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


@pytest.mark.django_db
def test_the_gates_take_their_statements(agreed):
    here = copy.copy(agreed)

    assert statements(door(here.leads["BSC"]), of("gates", here)) == GATES
