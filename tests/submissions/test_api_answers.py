"""Answers through the API: every kind comes back, conflicts keep both texts, drafts are private."""

import json

import pytest
from django.test import Client

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.services import people, tokens
from submissions.models import SectionProgress
from tests import factories
from tests.factories import NOON
from tests.submissions import builders
from tests.submissions.doors import make_desk, question, signed_in, statements
from tests.submissions.test_pages_question import KINDS

LIST, ONE, SAVE, ASKED = 4, 4, 11, 6


@pytest.fixture
def desk(db):
    return make_desk()


def put(client: Client, url: str, **sent):
    return client.put(url, json.dumps(sent), content_type="application/json")


@pytest.mark.parametrize("code", KINDS)
def test_an_answer_of_every_kind_goes_in_and_comes_back(desk, code):
    value = json.loads(json.dumps(builders.content_for(question(code)).value))
    sent = {"text": "With words.", "value": value, "is_ready": True, "revision": 0}

    saved = put(desk.client, desk.api_answer(code), **sent)
    read = desk.client.get(desk.api_answer(code)).json()

    assert saved.status_code == 200
    if "number" in value:
        value["number"] = str(value["number"])
    assert read == saved.json()
    assert read["value"] == value
    assert (read["text"], read["is_ready"], read["revision"]) == ("With words.", True, 1)
    assert read["updated_by_name"] == "Priya Nadarajan"


def test_what_the_form_saves_the_api_takes_as_unchanged(desk):
    desk.client.post(desk.address("S04"), {"number": "1,200", "text": "A\r\nB", "revision": "0"})
    sent = {"text": "A\r\nB", "value": {"number": 1200}, "revision": 1}
    answer = put(desk.client, desk.api_answer("S04"), **sent)
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)


def test_an_answer_that_was_not_begun_has_revision_nought(desk):
    read = desk.client.get(desk.api_answer("H03")).json()
    assert (read["revision"], read["text"], read["updated_at"]) == (0, "", None)


def test_a_conflict_keeps_both_texts(desk):
    put(desk.client, desk.api_answer("H03"), text="Base.", revision=0)
    tom = factories.make_member(desk.organisation, name="Tom Elsworth", is_master_admin=False)
    put(signed_in(tom.person), desk.api_answer("H03"), text="Theirs.", revision=1)

    answer = put(desk.client, desk.api_answer("H03"), text="Yours.", revision=1)

    told = answer.json()
    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert told["conflict"]["base"]["text"] == "Base."
    assert told["conflict"]["theirs"]["text"] == "Theirs."
    assert told["conflict"]["yours"]["text"] == "Yours."
    assert (told["conflict"]["revision"], told["conflict"]["by"]) == (2, "Tom Elsworth")
    assert desk.answer("H03").text == "Theirs."


@pytest.mark.parametrize(
    ("code", "sent", "said"),
    [
        ("H03", {"text": "x"}, "revision"),
        ("H03", {"revision": 0, "value": {"colour": "red"}}, "There is no such field here."),
        ("A07", {"revision": 0, "value": {"choice": "other"}}, "choose one of the answers"),
        ("A07", {"revision": 0, "value": {"choice": ["main"]}}, "Give text."),
        ("S04", {"revision": 0, "value": {"number": "many"}}, "enter a number"),
        ("J02", {"revision": 0, "value": {"date": "31/2/2026"}}, "enter a date"),
        ("J01", {"revision": 0, "value": {"rows": [{"who": "x"}]}}, "columns that the table"),
        ("H03", {"revision": 0, "is_not_applicable": True}, "say why the question does not apply"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_saved(desk, code, sent, said):
    answer = put(desk.client, desk.api_answer(code), **sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert desk.answer(code) is None


def test_a_locked_section_refuses(desk):
    part = desk.role_part
    with acting_as(PORTAL):
        SectionProgress.objects.filter(part=part, section="H").update(status="LOCKED")

    answer = put(desk.client, desk.api_answer("H03"), text="Late.", revision=0)

    assert answer.status_code == 409
    assert "locked since its submission" in answer.json()["reasons"][0]


def test_who_may_not_write_is_denied(desk):
    director = desk.colleague(is_master_admin=False, is_author=False, is_director=True)
    member = factories.make_member(desk.organisation, is_master_admin=False)
    with acting_as(desk.actor):
        area = people.ensure_area(
            organisation_id=desk.organisation.pk, qualification=desk.qualification, section="H"
        )
        people.change_membership(membership=member, areas=[area], actor=desk.actor, at=NOON)
    limited = signed_in(member.person)

    assert put(director, desk.api_answer("H03"), text="x", revision=0).status_code == 403
    assert director.get(desk.api_answer("H03")).status_code == 200
    assert put(limited, desk.api_answer("J02"), text="x", revision=0).status_code == 403
    assert put(limited, desk.api_answer("H03"), text="x", revision=0).status_code == 200


@pytest.mark.parametrize("tail", ["", "revisions/", "evidence/"])
def test_living_answers_do_not_exist_for_bodies_and_strangers(desk, tail):
    put(desk.client, desk.api_answer("H03"), text="A secret draft.", revision=0)
    url = desk.api_answer("H03")
    stranger = make_desk()
    clients = (signed_in(factories.make_staff("BSC")), stranger.client)

    for client in clients:
        for address in (url + tail, url.replace(desk.slug, stranger.slug) + tail):
            answer = client.get(address)
            assert answer.status_code == 404
            assert "A secret draft" not in answer.content.decode()
    part = desk.role_part.pk
    for path in (f"qad/{part}/answers/", f"qad/{part}/questions/", "evidence/"):
        for client in clients:
            assert client.get(desk.api(path)).status_code == 404
    assert put(clients[0], url, text="x", revision=1).status_code == 404


def test_answers_are_listed_filtered_and_paged_in_one_order(desk):
    builders.answer_everything(desk.organisation, desk.actor, leave=("H03",))
    put(desk.client, desk.api_answer("H03"), text="Not ready.", revision=0)
    url = desk.api(f"qad/{desk.role_part.pk}/answers/")

    everything = desk.client.get(f"{url}?limit=200").json()
    drafts = desk.client.get(f"{url}?is_ready=false").json()
    section = desk.client.get(f"{url}?section=H").json()
    first = desk.client.get(f"{url}?limit=3").json()
    second = desk.client.get(first["next"]).json()

    codes = [row["question"] for row in everything["results"]]
    assert codes == sorted(codes)
    assert everything["count"] == len(codes)
    assert [row["question"] for row in drafts["results"]] == ["H03"]
    assert {row["question"][0] for row in section["results"]} == {"H"}
    assert [r["question"] for r in first["results"] + second["results"]] == codes[:6]


def test_revisions_are_kept_newest_first(desk):
    for number, text in enumerate(("One.", "Two.")):
        with moments.at(NOON.replace(hour=12 + number)):
            put(desk.client, desk.api_answer("H03"), text=text, revision=number)

    rows = desk.client.get(f"{desk.api_answer('H03')}revisions/").json()["results"]

    assert [(row["revision"], row["content"]["text"]) for row in rows] == [(2, "Two."), (1, "One.")]


def test_questions_come_as_they_are_put_with_the_reason(desk):
    url = desk.api(f"qad/{desk.role_part.pk}/questions/")
    put(desk.client, desk.api_answer("H03"), text="Done.", is_ready=True, revision=0)

    rows = desk.client.get(f"{url}?limit=200").json()["results"]
    ready = desk.client.get(f"{url}?progress=ready").json()["results"]
    section = desk.client.get(f"{url}?section=C&applies=false").json()["results"]

    by_code = {row["question"]["code"]: row for row in rows}
    assert "A01" not in by_code  # the organisation answers it once
    assert by_code["H03"]["reviewers"] == ["BSC", "REC", "DIP"]
    assert [row["question"]["code"] for row in ready] == ["H03"]
    assert {row["question"]["section"] for row in section} == {"C"}
    assert all(row["because"] for row in section)


def test_a_personal_token_reads_and_writes_as_its_person(desk):
    gate = entry.gate_actor(desk.member.person)
    with acting_as(gate):
        _, secret = tokens.create_token(name="tracker", actor=gate, at=moments.now())
    bearer = Client(headers={"Authorization": f"Bearer {secret}"})

    answer = put(bearer, desk.api_answer("H03"), text="By machine.", revision=0)

    assert answer.status_code == 200
    assert desk.answer("H03").updated_by_name == "Priya Nadarajan"


def test_the_statements_do_not_grow_with_the_answers(desk):
    listed = desk.api(f"qad/{desk.role_part.pk}/answers/")
    asked = desk.api(f"qad/{desk.role_part.pk}/questions/")
    one = desk.api_answer("H03")
    put(desk.client, one, text="First.", revision=0)
    few = [statements(desk.client, url)[0] for url in (listed, one, asked)]
    builders.answer_everything(desk.organisation, desk.actor)

    many = [statements(desk.client, url)[0] for url in (listed, one, asked)]
    sent = json.dumps({"text": "Second.", "revision": 1})
    saving, _ = statements(desk.client, one, "put", data=sent, content_type="application/json")

    assert few == many == [LIST, ONE, ASKED]
    assert saving <= SAVE
