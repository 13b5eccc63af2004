"""How the API knows who asks, pages its lists, says no, and describes itself."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Organisation
from qadportal import api_page
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"


def test_nobody_is_told_how_to_come_in():
    answer = Client().get(ME)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic dTpw", "bearer"])
def test_a_token_that_is_none_opens_nothing(header):
    assert Client().get(ME, headers={"Authorization": header}).status_code == 401


def test_a_wrong_token_is_not_made_good_by_a_session():
    client = Client()
    client.force_login(factories.make_person())

    assert client.get(ME).status_code == 200
    assert client.get(ME, headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_token_of_a_closed_account_opens_nothing(admin):
    with acting_as(PORTAL):
        from participants.models import Person

        Person.objects.update(is_active=False)

    assert admin.get("me/").status_code == 401


def test_a_token_opens_no_page(admin):
    answer = Client().get("/account/", headers={"Authorization": f"Bearer {admin.secret}"})

    assert answer.status_code == 302


def test_a_session_needs_the_forms_token_to_write_and_a_token_does_not(admin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.make_person())

    refused = client.patch(ME, json.dumps({"name": "x"}), content_type="application/json")
    taken = admin("patch", "me/", {"name": "x"})

    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
    assert taken.status_code == 200


def test_an_unknown_method_or_a_broken_body_is_a_problem_in_words(admin):
    unknown = admin("delete", "me/")
    broken = admin.client.patch(
        ME, b"{", "application/json", headers={"Authorization": f"Bearer {admin.secret}"}
    )

    for answer, status in ((unknown, 405), (broken, 400)):
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert answer.json()["reasons"]


def test_pages_of_a_list_hold_every_row_once(lead):
    with acting_as(PORTAL):
        Organisation.objects.bulk_create(
            Organisation(
                slug=f"o{n}", name="Same", legal_name="x", created_at=NOON, created_by_body="BSC"
            )
            for n in range(23)
        )

    pages = list(lead.pages("organisations/", limit=5))

    seen = [row["slug"] for page in pages for row in page["results"]]
    assert len(seen) == len(set(seen)) == 23
    assert {page["count"] for page in pages} == {23}


def test_nobody_takes_a_whole_register_at_once(lead):
    with acting_as(PORTAL):
        Organisation.objects.bulk_create(
            Organisation(
                slug=f"o{n}", name=f"N{n}", legal_name="x", created_at=NOON, created_by_body="BSC"
            )
            for n in range(210)
        )

    assert len(lead.get("organisations/", limit=200).json()["results"]) == 200
    assert lead.get("organisations/", limit=201).status_code == 422


def test_the_description_holds_no_warning():
    said = StringIO()

    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO(), stderr=said)

    assert said.getvalue() == ""


def test_the_description_is_for_those_who_may_ask(admin):
    api_page.document.cache_clear()

    answer = admin.get("schema/")

    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.")
    assert Client().get("/api/v1/schema/").status_code == 401


def test_every_operation_says_how_it_is_turned_down():
    for path, methods in api_page.document()["paths"].items():
        for method, operation in methods.items():
            expected = {"401", "403", "404"} | ({"409", "422"} if method != "get" else set())
            assert expected <= set(operation["responses"]), (path, method)


def test_the_page_about_the_api_names_every_operation_and_runs_nothing():
    client = Client()
    client.force_login(factories.make_person())

    page = client.get("/api/v1/").content.decode()

    for path in api_page.document()["paths"]:
        assert path in page
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']*""", page) == []


def test_no_operation_takes_or_gives_a_secret_by_accident():
    schemas = api_page.document()["components"]["schemas"]
    hidden = {"password", "token_hash", "session_salt", "storage_key"}

    for name, schema in schemas.items():
        taken = {"password"} if name.endswith("Request") else set()  # once more, before signing
        assert not (hidden - taken) & set(schema.get("properties", {})), name
