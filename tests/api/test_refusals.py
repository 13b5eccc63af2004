"""What cannot be taken: told by name, as a problem, and never a broken page."""

import json

import pytest
from django.conf import settings
from django.test import Client

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from participants import entry
from participants.models import ApiToken
from participants.services import tokens
from tests import factories
from tests.statements import statements

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"
HEAD = {"type", "title", "status", "detail", "reasons"}


def is_a_problem(answer, status: int) -> bool:
    said = answer.json()
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.status_code == said["status"] == status, said
    assert set(said) >= HEAD
    assert said["type"].startswith("urn:qad-portal:problem:")
    return True


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"roel": "SUPPLIER"}, "roel"),
        ({"role": ""}, "role"),
        ({"role": "supplier"}, "role"),
        ({"is_new_entrant": "maybe"}, "is_new_entrant"),
        ({"is_new_entrant": "1"}, "is_new_entrant"),
        ({"since": "yesterday"}, "since"),
        ({"since": "0001-01-01T00:00:00+14:00"}, "since"),
        ({"since": "0569-04-07T13:35:00+24:05"}, "since"),
        ({"role": ["SUPPLIER", "SDS"]}, "role"),
        ({"mpid": "A\x00B"}, "mpid"),
        ({"offset": "50"}, "offset"),
    ],
)
def test_a_filter_that_is_not_known_or_cannot_be_taken_narrows_nothing_but_is_refused(
    lead, query, name
):
    answer = lead.get("qualifications/", **query)

    assert is_a_problem(answer, 422)
    assert list(answer.json()["problems"]) == [name]


def test_a_moment_is_taken_in_any_zone(lead):
    assert lead.get("qualifications/", since="1969-04-07T13:35:00+20:05").status_code == 200


def test_a_writing_takes_no_query(lead):
    answer = lead("post", "organisations/?role=SDS", {"name": "x", "legal_name": "y"})

    assert is_a_problem(answer, 422)


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"name": "x", "legal_name": "y", "nmae": "z"}, ["nmae"]),
        ({"name": 7, "legal_name": "y"}, ["name"]),
        ({"name": "x", "legal_name": "y", "is_bsc_party": "false"}, ["is_bsc_party"]),
        ({"name": "x", "legal_name": "y", "is_bsc_party": 1}, ["is_bsc_party"]),
        ({"name": ["x"], "legal_name": {"a": 1}}, ["legal_name", "name"]),
        ({"name": None, "legal_name": "y"}, ["name"]),
        ({"name": "x\x00", "legal_name": "y"}, ["name"]),
        ({"name": "x\x1b[2J", "legal_name": "y"}, ["name"]),
        ({"name": "x\nBcc: all@example.org", "legal_name": "y"}, ["name"]),
        ({"name": "x", "legal_name": "a\rb"}, ["legal_name"]),
        ({"name": "\ud800", "legal_name": "y"}, ["name"]),
        ({"name": "x" * 121, "legal_name": "y"}, ["name"]),
        ({"name": "x" * 1_000_000, "legal_name": "y"}, ["name"]),
        ({"name": "x", "legal_name": "y", "kind": "COUNCIL"}, ["kind"]),
        ([], [""]),
        ("text", [""]),
        (None, ["legal_name", "name"]),
        (7, [""]),
    ],
)
def test_what_is_sent_is_taken_whole_or_not_at_all(lead, sent, fields):
    answer = lead("post", "organisations/", sent)

    assert is_a_problem(answer, 422)
    told = answer.json()
    assert sorted(told["problems"]) == fields
    assert all(isinstance(each, str) for said in told["problems"].values() for each in said)


def test_a_field_inside_another_is_named_with_its_place(lead, organisation):
    held = factories.make_qualification(organisation)
    path = f"organisations/{organisation.slug}/qualifications/{held.pk}/decisions/"

    answer = lead(
        "post", path,
        {
            "outcome": "APPROVED",
            "decided_on": "2026-02-30",
            "conditions": [{"text": "x", "due_on": "soon", "severity": "LOW", "by": "me"}],
        },
    )  # fmt: skip

    assert is_a_problem(answer, 422)
    assert set(answer.json()["problems"]) == {"decided_on", "conditions.0.by"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"", 422),
        (b"\xff\xfe{}", 400),
        (b'{"name": NaN}', 400),
        (b"[" * 100_000, 400),
        (b'{"name": ' + b"9" * 5000 + b"}", 400),
        (b'{"name": "' + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1) + b'"}', 413),
    ],
)
def test_a_body_that_cannot_be_read_is_told(lead, body, status):
    answer = lead.client.post(
        "/api/v1/organisations/", body, "application/json",
        headers={"Authorization": f"Bearer {lead.secret}"},
    )  # fmt: skip

    assert is_a_problem(answer, status)


def test_a_form_is_no_json(lead):
    answer = lead.client.post(
        "/api/v1/organisations/", {"name": "x"}, headers={"Authorization": f"Bearer {lead.secret}"}
    )

    assert is_a_problem(answer, 415)


@pytest.mark.parametrize("method", ["options", "trace", "put", "delete", "patch"])
def test_a_method_that_is_not_there_is_told_with_those_that_are(lead, method):
    answer = lead(method, "organisations/")

    assert is_a_problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, POST" or answer.headers["Allow"] == "GET, POST"


def test_an_answer_in_another_form_is_not_to_be_had(lead):
    answer = lead("get", "organisations/", Accept="text/html")

    assert is_a_problem(answer, 406)


@pytest.mark.parametrize("name", ["role", "route", "status"])
def test_a_member_narrows_its_organisations_by_name_only(admin, organisation, name):
    value = {"role": "SDS", "route": "QT_WAVE_1", "status": "INITIAL_DRAFT"}[name]

    assert is_a_problem(admin.get("organisations/", **{name: value}), 403)
    found = admin.get("organisations/", q="fennmoor").json()["results"]
    assert [row["slug"] for row in found] == [organisation.slug]
    assert admin.get("organisations/", q="ZZZZ").json()["results"] == []


def test_what_is_not_a_members_to_write_is_denied_before_anything_is_looked_up(admin, organisation):
    held = factories.make_qualification(organisation)
    card = {"qualification": str(held.pk), "route": "QT_WAVE_1"}
    decision = {"outcome": "APPROVED", "decided_on": "2025-11-18", "pack": str(held.pk)}
    path = f"organisations/{organisation.slug}/qualifications/{held.pk}/decisions/"

    assert is_a_problem(admin("post", f"waves/what-ifs/{held.pk}/put/", card), 403)
    assert is_a_problem(admin("post", path, decision), 403)


def test_what_is_anothers_and_what_is_nothing_take_the_same_way(admin, organisation):
    other = factories.make_organisation("Hollin Bank")
    theirs = factories.make_qualification(other)
    mine = factories.make_qualification(organisation)

    def asked(slug: str, key: object):
        return statements(admin.get, f"organisations/{slug}/qualifications/{key}/")

    admin.get("me/")
    assert asked(organisation.slug, mine.pk)[0].status_code == 200
    foreign, its = asked(organisation.slug, theirs.pk)
    absent, nothings = asked(organisation.slug, organisation.pk)
    elsewhere, there = asked(other.slug, theirs.pk)
    nowhere, none = asked("no-such-place", theirs.pk)

    for answer in (foreign, absent, elsewhere, nowhere):
        assert is_a_problem(answer, 404)
        assert answer.content == foreign.content
    assert len(its) == len(nothings)
    assert len(there) == len(none)


def test_a_revoked_token_opens_nothing_from_that_moment(organisation, as_person):
    member = factories.make_member(organisation)
    api = as_person(member.person)
    assert api.get("me/").status_code == 200
    actor = entry.gate_actor(member.person)
    with acting_as(actor):
        tokens.revoke_token(token=ApiToken.objects.get(), actor=actor, at=moments.now())

    answer = api.get("me/")

    assert is_a_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer"])
def test_the_word_before_a_token_is_read_in_any_case(lead, scheme):
    header = {"Authorization": f"{scheme} {lead.secret}"}

    assert Client().get("/api/v1/me/", headers=header).status_code == 200


def test_a_wrong_token_in_small_letters_is_not_made_good_by_a_session():
    client = Client()
    client.force_login(factories.make_person())

    answer = client.get("/api/v1/me/", headers={"Authorization": "bearer nonsense"})

    assert is_a_problem(answer, 401)


@pytest.mark.parametrize(
    "path", ["nothing/", "organisations/%00/", "me/tokens/not-a-key/", "../x/"]
)
def test_an_address_of_nothing_is_a_problem_in_words(lead, path):
    assert is_a_problem(lead.client.get(f"/api/v1/{path}"), 404)


def test_what_breaks_is_a_problem_too(lead, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("out of order")

    monkeypatch.setattr("participants.queries.organisations", broken)
    lead.client.raise_request_exception = False

    answer = lead.get("organisations/")

    assert is_a_problem(answer, 500)
    assert "order" not in json.dumps(answer.json())


def test_an_account_that_asks_too_often_is_told_when_to_come_back(settings):
    settings.API_RATE = "3/min"
    hasty, patient = factories.make_person(), factories.make_person()
    client, other = Client(), Client()
    client.force_login(hasty)
    other.force_login(patient)

    answers = [client.get("/api/v1/me/") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert is_a_problem(answers[3], 429)
    assert 0 < int(answers[3].headers["Retry-After"]) <= 60
    assert other.get("/api/v1/me/").status_code == 200
