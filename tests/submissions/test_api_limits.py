"""Limiting a member to sections through the API (QA&P 10.3)."""

import json

import pytest

from tests import factories
from tests.submissions.doors import make_desk, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    return make_desk()


def put(client, url, sections):
    return client.put(url, json.dumps({"sections": sections}), content_type="application/json")


def test_r005_a_member_is_limited_to_sections_and_let_free_again(desk):
    tom = factories.make_member(desk.organisation, name="Tom Elsworth", is_master_admin=False)
    url = desk.api(f"members/{tom.pk}/sections/")
    mine = {"qualification": str(desk.qualification.pk), "section": "H"}
    shared = {"qualification": None, "section": "A"}

    free = desk.client.get(url).json()
    limited = put(desk.client, url, [shared, mine]).json()
    wrote = signed_in(tom.person).put(
        desk.api_answer("J01"), json.dumps({"text": "x", "revision": 0}), "application/json"
    )
    again = put(desk.client, url, []).json()

    assert free == {"is_limited": False, "sections": []}
    assert limited == {"is_limited": True, "sections": [shared, mine]}
    assert wrote.status_code == 403
    assert again == free


def test_what_is_no_section_here_is_told_with_its_place(desk):
    tom = factories.make_member(desk.organisation, is_master_admin=False)
    other = factories.make_qualification(factories.make_organisation("Hollin Bank"))
    url = desk.api(f"members/{tom.pk}/sections/")

    unknown = put(desk.client, url, [{"section": "ZZ"}])
    foreign = put(desk.client, url, [{"qualification": str(other.pk), "section": "H"}])

    assert list(unknown.json()["problems"]) == ["sections.0.section"]
    assert list(foreign.json()["problems"]) == ["sections.0.qualification"]


def test_only_a_master_admin_limits(desk):
    tom = factories.make_member(desk.organisation, is_master_admin=False)
    url = desk.api(f"members/{tom.pk}/sections/")

    assert signed_in(tom.person).get(url).status_code == 403
    assert signed_in(factories.make_person()).get(url).status_code == 404
