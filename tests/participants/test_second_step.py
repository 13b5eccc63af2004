"""Where a second step is required, staff reach nothing without one; members are left alone."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_SECOND_STEP = True


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_staff_without_a_second_step_are_led_to_where_one_sets_it_up():
    answer = signed_in(factories.make_staff()).get("/desk/organisations/?page=2")

    assert answer.status_code == 302
    assert answer.url == "/accounts/2fa/totp/activate/?next=%2Fdesk%2Forganisations%2F%3Fpage%3D2"


def test_the_api_says_why_in_a_problem():
    answer = signed_in(factories.make_staff()).get("/api/v1/me/")

    assert answer.status_code == 403
    assert "second step" in answer.json()["reasons"][0]


def test_a_form_that_is_sent_changes_nothing():
    answer = signed_in(factories.make_staff("BSC", "PORTAL_ADMIN")).post("/desk/staff/new/", {})

    assert answer.status_code == 302
    assert answer.url == "/accounts/2fa/totp/activate/"


def test_staff_with_a_second_step_work_as_ever():
    person = factories.make_staff()
    Authenticator.objects.create(
        user=person, type="totp", data={"secret": totp.generate_totp_secret()}
    )
    client = signed_in(person)

    assert client.get("/desk/organisations/").status_code == 200
    assert client.get("/desk/organisations/").status_code == 200


def test_a_member_is_asked_for_nothing():
    place = factories.make_member(factories.make_organisation())

    assert signed_in(place.person).get(f"/o/{place.organisation.slug}/people/").status_code == 200


def test_staff_can_still_sign_out():
    client = signed_in(factories.make_staff())

    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/desk/organisations/").url.startswith("/accounts/login/")
