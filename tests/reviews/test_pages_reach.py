"""Who sees what of the matrix, the lists and the register."""

import copy

import pytest

from participants.enums import Status
from tests import factories
from tests.reviews import builders as b
from tests.reviews.desks import (
    EVERYONE,
    FINDINGS,
    QUEUE,
    ask_for_more,
    of_lead,
    of_member,
    of_staff,
    place,
    rows,
    words,
)

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.mark.django_db
def test_r7_a_body_sees_no_role_that_it_does_not_govern(initial):
    here = b.to(b.scene("SDS"), Status.INITIAL_SUBMITTED)
    both = b.add_role(copy.copy(here), "MEM_SMART")
    name, matrix = here.organisation.name, place(here, "qualified/")
    client = of_lead(here, "REC")

    assert rows(client, QUEUE) == [initial.organisation.name]
    assert sorted(rows(client, EVERYONE)) == sorted([initial.organisation.name, name])
    assert "SDS, Wave 3" not in words(client, EVERYONE)
    assert "Smart Data Service" not in words(client, matrix)
    assert "Metering Equipment Manager (Smart)" in words(client, matrix)
    assert "Metering Equipment Manager (Smart)" not in words(of_lead(both), matrix)


@pytest.mark.django_db
def test_r7_an_organisation_without_a_governed_role_is_not_found(initial):
    here = b.to(b.scene("SDS"), Status.INITIAL_SUBMITTED)
    client = of_lead(here, "REC")

    assert client.get(place(here, "qualified/")).status_code == 404
    assert client.get(place(here, "findings/")).status_code == 404


@pytest.mark.django_db
def test_r1_a_participant_reads_its_own_matrix_and_register_only(initial):
    other = factories.make_organisation()
    stranger = of_member(other)

    assert stranger.get(place(initial, "qualified/")).status_code == 404
    assert stranger.get(place(initial, "findings/")).status_code == 404
    assert "No market role is sought yet." in words(stranger, f"/o/{other.slug}/qualified/")


@pytest.mark.django_db
def test_r11_the_programme_reads_what_is_missing_but_not_what_was_said(final):
    here = final
    b.raise_thread(here, "BSC", "FINDING")
    ask_for_more(here, "DIP")
    programme, matrix = of_staff("MHHSP", "MCC_READER"), place(here, "qualified/")

    seen, full = words(programme, matrix), words(of_lead(here), matrix)

    assert "1 without plan" in seen
    assert "The DIP Manager asks for more on the role part." in seen
    for said in ("Restart after a fault", "Show the recovery test."):
        assert said in full
        assert said not in seen
    assert here.organisation.name in words(programme, EVERYONE)
    assert programme.get(FINDINGS).status_code == 403
    assert programme.get(place(here, "findings/")).status_code == 403
