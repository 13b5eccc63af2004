"""The pages of signing and deciding do not exist for those they are not for (R1, R7)."""

import copy

import pytest
from django.test import Client
from django.urls import reverse

from participants.enums import Status
from tests import factories
from tests.reviews import builders as b
from tests.reviews.doors import door
from tests.reviews.papers import of, url


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def mem(shared):
    return b.to(b.scene("MEM_SMART"), Status.CONTENT_AGREED)


ADDRESSES = [
    "sign_off_of",
    "decline",
    "signed_content",
    "confirmation",
    "sheet",
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
