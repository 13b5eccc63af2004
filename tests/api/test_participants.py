"""Organisations, people and accounts by the API: the pages' rights, refusals and records."""

import pytest
from django.test import Client

from foundation.audit.models import AuditEvent
from foundation.notices.models import Notice
from foundation.notices.outbox import Recipient, announce
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import ApiToken, Invitation, Membership, Organisation, Qualification
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
FENN = "organisations/fennmoor-energy"


def test_who_am_i(admin, lead):
    assert admin.get("me/").json()["body"] == ""
    assert lead.get("me/").json()["duties"] == ["LEAD"]


def test_a_person_changes_its_own_name_and_look_only(admin):
    beyond = admin("patch", "me/", {"name": "Priya M", "body": "BSC"})
    answer = admin("patch", "me/", {"name": "Priya N", "theme": "dark"})

    assert (beyond.status_code, list(beyond.json()["problems"])) == (422, ["body"])
    assert answer.status_code == 200
    assert (answer.json()["name"], answer.json()["theme"], answer.json()["body"]) == (
        "Priya N",
        "dark",
        "",
    )


def test_organisations_are_listed_as_far_as_one_has_to_do_with_them(admin, lead, organisation):
    factories.make_qualification(factories.make_organisation("Hollin Bank"), "MEM_SMART")
    factories.make_qualification(organisation)

    assert [row["slug"] for row in admin.get("organisations/").json()["results"]] == [
        "fennmoor-energy"
    ]
    assert [row["slug"] for row in lead.get("organisations/").json()["results"]] == [
        "fennmoor-energy"
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "fenn"}, 1),
        ({"q": "FENM"}, 1),
        ({"q": "nobody"}, 0),
        ({"role": "SUPPLIER"}, 1),
        ({"role": "LDSO"}, 0),
        ({"route": "QT_WAVE_3", "status": "INITIAL_DRAFT"}, 1),
        ({"kind": "THIRD_PARTY"}, 0),
    ],
)
def test_organisations_are_narrowed(lead, organisation, query, found):
    mpids = factories.make_mpids(organisation, "FENM")
    factories.make_qualification(organisation, mpids=mpids)

    assert lead.get("organisations/", **query).json()["count"] == found


def test_a_filter_with_an_unknown_choice_is_turned_down(lead):
    answer = lead.get("organisations/", role="KING")

    assert answer.status_code == 422
    assert "role" in answer.json()["problems"]


def test_a_code_body_registers_and_corrects_an_organisation(lead):
    made = lead(
        "post", "organisations/", {"name": "Penhallow Power", "legal_name": "Penhallow Ltd"}
    )
    changed = lead("patch", "organisations/penhallow-power/", {"uses_dcp": True})

    assert (made.status_code, made.json()["slug"]) == (201, "penhallow-power")
    assert changed.json()["uses_dcp"] is True


def test_the_same_refusal_as_on_the_page_comes_with_every_reason(lead, organisation):
    answer = lead("post", "organisations/", {"name": "Fennmoor Energy", "legal_name": "x"})

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:qad-portal:problem:not-now",
        "title": "Not now",
        "status": 409,
        "detail": "There is an organisation called Fennmoor Energy already.",
        "reasons": ["There is an organisation called Fennmoor Energy already."],
    }


def test_r02_a_participant_registers_nothing(admin):
    answer = admin("post", "organisations/", {"name": "x", "legal_name": "x"})

    assert answer.status_code == 403
    with acting_as(PORTAL):
        assert Organisation.objects.count() == 1
        assert AuditEvent.objects.filter(action="access.denied").count() == 1


def test_what_is_missing_is_named_by_field(lead):
    answer = lead("post", "organisations/", {"name": ""})

    assert answer.status_code == 422
    assert set(answer.json()["problems"]) == {"name", "legal_name"}


def test_mpids_are_added_and_listed(lead, admin, organisation):
    factories.make_qualification(organisation, mpids=factories.make_mpids(organisation, "AAAA"))
    made = lead("post", f"{FENN}/mpids/", {"codes": ["bbbb"]})
    wrong = lead("post", f"{FENN}/mpids/", {"codes": ["toolong"]})

    assert made.json()[0]["code"] == "BBBB"
    assert (wrong.status_code, list(wrong.json()["problems"])) == (422, ["mpids"])
    assert [row["code"] for row in admin.get(f"{FENN}/mpids/").json()["results"]] == [
        "AAAA",
        "BBBB",
    ]


def test_a_qualification_is_opened_by_the_same_rules(lead, organisation, timetable):
    factories.make_mpids(organisation, "LDSA")
    asked = {"role": "LDSO", "route": "QT_WAVE_2", "mpids": ["LDSA"]}

    against = lead("post", f"{FENN}/qualifications/", asked)
    reasoned = lead(
        "post", f"{FENN}/qualifications/", asked | {"override_reason": "Licensed after M10."}
    )

    assert against.status_code == 409
    assert any("Licensed" not in reason for reason in against.json()["reasons"])
    assert reasoned.status_code == 201
    assert {row["role"] for row in reasoned.json()} == {"LDSO", "SMRA_ERDA", "UMSO"}
    assert {tuple(row["mpids"]) for row in reasoned.json()} == {("LDSA",)}


def test_an_mpid_of_somebody_else_is_unknown(lead, organisation):
    factories.make_mpids(factories.make_organisation(), "ELSE")

    answer = lead(
        "post",
        f"{FENN}/qualifications/",
        {"role": "SUPPLIER", "route": "QT_WAVE_3", "mpids": ["ELSE"]},
    )

    assert (answer.status_code, list(answer.json()["problems"])) == (422, ["mpids"])
    with acting_as(PORTAL):
        assert not Qualification.objects.exists()


def test_r16_data_retrieval_is_changed_where_there_is_any(lead, organisation):
    sds = factories.make_qualification(organisation, "SDS")
    supplier = factories.make_qualification(organisation)

    changed = lead("patch", f"{FENN}/qualifications/{sds.pk}/", {"retrieval": "MDR"})
    refused = lead("patch", f"{FENN}/qualifications/{supplier.pk}/", {"retrieval": "MDR"})

    assert (changed.json()["retrieval"], refused.status_code) == ("MDR", 409)


def test_the_master_admin_invites_withdraws_and_sends_again(admin):
    made = admin(
        "post", f"{FENN}/invitations/", {"email": "tom@fennmoor.example", "name": "Tom"}
    ).json()
    url = f"{FENN}/invitations/{made['id']}/"
    with acting_as(PORTAL):
        first = Invitation.objects.get().token_hash

    again = admin("post", f"{url}again/")
    listed = admin.get(f"{FENN}/invitations/").json()["results"]
    gone = admin("delete", url)

    with acting_as(PORTAL):
        invitation = Invitation.objects.get()
    assert again.status_code == 200
    assert first != invitation.token_hash
    assert "token_hash" not in listed[0]
    assert (gone.status_code, invitation.withdrawn_at is not None) == (204, True)
    assert admin.get(url).status_code == 404


def test_a_member_is_changed_and_disabled_and_the_last_admin_is_not(admin, organisation):
    author = factories.make_member(organisation, is_master_admin=False)
    with acting_as(PORTAL):
        own = Membership.objects.exclude(pk=author.pk).get()

    changed = admin(
        "patch", f"{FENN}/members/{author.pk}/", {"is_director": True, "is_active": False}
    )
    refused = admin("patch", f"{FENN}/members/{own.pk}/", {"is_active": False})

    assert (changed.json()["is_director"], changed.json()["is_active"]) == (True, False)
    assert refused.status_code == 409
    assert "at least one master admin" in refused.json()["reasons"][0]


def test_half_of_a_change_is_no_change(admin, organisation):
    """R12: the flag that could be changed goes back with the one that could not."""
    with acting_as(PORTAL):
        own = Membership.objects.get()

    refused = admin("patch", f"{FENN}/members/{own.pk}/", {"is_director": True, "is_active": False})

    assert refused.status_code == 409
    with acting_as(PORTAL):
        assert not Membership.objects.get().is_director


def test_an_author_changes_nobody(as_person, organisation):
    author = factories.make_member(organisation, is_master_admin=False)
    api = as_person(author.person)

    assert api("patch", f"{FENN}/members/{author.pk}/", {"is_director": True}).status_code == 403
    assert api.get(f"{FENN}/invitations/").status_code == 403
    assert api.get(f"{FENN}/members/").json()["count"] == 1


def test_fields_that_are_not_offered_are_not_taken(admin, organisation):
    other = factories.make_organisation()
    author = factories.make_member(organisation, is_master_admin=False)

    admin(
        "patch",
        f"{FENN}/members/{author.pk}/",
        {"is_author": True, "organisation": str(other.pk), "is_limited": True, "person": "x"},
    )

    with acting_as(PORTAL):
        found = Membership.objects.get(pk=author.pk)
    assert (found.organisation_id, found.is_limited) == (organisation.pk, False)


def test_a_token_makes_no_tokens_but_a_session_does(admin, organisation):
    by_token = admin("post", "me/tokens/", {"name": "second"})
    client = Client()
    with acting_as(PORTAL):
        person = Membership.objects.select_related("person").get().person
    client.force_login(person)
    by_session = client.post("/api/v1/me/tokens/", {"name": "second"}, "application/json")

    assert by_token.status_code == 403
    assert by_session.status_code == 201
    assert by_session.json()["secret"].startswith("qad_")
    assert by_session["Cache-Control"] == "no-store"
    assert "secret" not in client.get("/api/v1/me/tokens/").json()["results"][0]


def test_a_token_is_revoked_by_the_api_and_does_not_come_back(admin):
    with acting_as(PORTAL):
        key = ApiToken.objects.get().pk

    assert admin("delete", f"me/tokens/{key}/").status_code == 204
    assert admin.get("me/").status_code == 401


def test_the_use_of_a_token_is_written_down(admin):
    admin.get("me/")

    with acting_as(PORTAL):
        assert ApiToken.objects.get().last_used_at is not None


def test_notices_are_listed_and_marked(admin, organisation):
    with acting_as(PORTAL):
        member = Membership.objects.select_related("person").get()
        for key in "ab":
            announce(
                kind="test",
                key=key,
                recipients=[Recipient(member.person.email, member.person_id)],
                subject=key,
                text="x",
                path="/",
                at=NOON,
                organisation_id=organisation.pk,
            )

    rows = admin.get("me/notices/", unread="true").json()["results"]
    one = admin("post", f"me/notices/{rows[0]['id']}/read/")
    rest = admin("post", "me/notices/read/")

    assert len(rows) == 2
    assert one.json()["read_at"] is not None
    assert rest.json() == {"marked": 1}
    with acting_as(PORTAL):
        assert not Notice.objects.filter(read_at=None, kind="test").exists()


def test_history_is_read_by_its_organisation_and_narrowed(admin, organisation):
    factories.make_mpids(organisation, "AAAA")

    rows = admin.get(f"{FENN}/events/").json()["results"]
    narrowed = admin.get(f"{FENN}/events/", action="mpid.").json()["results"]

    assert {row["action"] for row in rows} == {"organisation.created", "mpid.added"}
    assert [row["payload"] for row in narrowed] == [{"mpids": ["AAAA"]}]
    assert all(len(row["hash"]) == 64 for row in rows)


def test_the_whole_trail_is_for_leads_and_administrators(as_person, lead, admin, organisation):
    factories.make_qualification(organisation)
    reviewer = as_person(factories.make_staff("BSC", "REVIEWER"))

    assert lead.get("events/").json()["count"] >= 2
    assert reviewer.get("events/").status_code == 403
    assert admin.get("events/").status_code == 403


def test_the_list_of_all_qualifications_is_for_staff(admin, lead, organisation):
    factories.make_qualification(organisation)

    assert lead.get("qualifications/").json()["count"] == 1
    assert admin.get("qualifications/").status_code == 403
