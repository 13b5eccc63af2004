"""Coming in by invitation, in pages."""

import pytest
from django.test import Client

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.models import Membership, Person
from participants.services import people
from tests import factories
from tests.factories import NOON, PASSWORD
from tests.pages import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def organisation():
    return factories.make_organisation("Fennmoor Energy")


def offer(organisation, email="tom@fennmoor.example", **flags):
    admin = factories.member_actor(organisation)
    with acting_as(admin):
        invitation, token = people.invite(
            organisation=organisation,
            email=email,
            name="Tom Elsworth",
            actor=admin,
            at=NOON,
            **flags,
        )
    return f"/invitations/{invitation.pk}/{token}/"


def members():
    with acting_as(PORTAL):
        return set(Membership.objects.values_list("person__email", flat=True))


def test_a_newcomer_chooses_a_password_and_is_in(organisation):
    url, client = offer(organisation), Client()

    page = client.get(url).content.decode()
    answer = client.post(url, {"name": "Tom Elsworth", "password": PASSWORD})

    assert "Fennmoor Energy" in page
    assert "as author" in page
    assert answer.headers["Location"] == f"/o/{organisation.slug}/"
    assert "tom@fennmoor.example" in members()
    assert client.get("/account/").status_code == 200


def test_who_was_invited_in_capitals_signs_in_again_however_the_address_is_typed(organisation):
    url = offer(organisation, email="Tom@Fennmoor.example")
    Client().post(url, {"name": "Tom Elsworth", "password": PASSWORD})

    for typed in ("tom@fennmoor.example", "Tom@Fennmoor.example"):
        client = Client()
        answer = client.post("/accounts/login/", {"login": typed, "password": PASSWORD})
        assert answer.status_code == 302, typed
        assert client.get(f"/o/{organisation.slug}/").status_code == 200


def test_a_weak_password_is_named_at_its_field_and_nothing_is_made(organisation):
    url, client = offer(organisation), Client()

    answer = client.post(url, {"name": "Tom", "password": "short"})

    assert answer.status_code == 422
    assert b"at least 12 characters" in answer.content
    assert "tom@fennmoor.example" not in members()


def test_a_wrong_secret_and_an_unknown_invitation_look_alike(organisation):
    url = offer(organisation)
    key = url.split("/")[2]

    wrong = Client().get(f"/invitations/{key}/{'x' * 43}/")
    unknown = Client().get(f"/invitations/{organisation.pk}/{'x' * 43}/")

    assert wrong.status_code == unknown.status_code == 404
    assert plain(wrong) == plain(unknown)


def test_who_has_an_account_is_asked_to_sign_in_first_and_comes_back(organisation):
    known = factories.make_person()
    url, client = offer(organisation, email=known.email), Client()

    page = client.get(url).content.decode()
    assert f"/accounts/login/?next={url}" in page
    assert client.post(url, {"name": "x", "password": PASSWORD}).status_code == 409
    client.force_login(known)
    answer = client.post(url)

    assert answer.status_code == 302
    assert known.email in members()


def test_somebody_else_who_is_signed_in_takes_nothing_up(organisation):
    url, client = offer(organisation), Client()
    other = factories.make_person()
    client.force_login(other)

    assert "Sign out first" in client.get(url).content.decode()
    answer = client.post(url, {"name": "Tom", "password": PASSWORD})

    assert answer.status_code == 409
    assert not {other.email, "tom@fennmoor.example"} & members()


def test_a_used_invitation_says_so_and_offers_the_sign_in(organisation):
    url = offer(organisation)
    Client().post(url, {"name": "Tom", "password": PASSWORD})

    page = Client().get(url)

    assert "This invitation is over" in page.content.decode()
    assert "It was taken up on" in page.content.decode()
    assert "ran out" not in page.content.decode()
    assert Client().post(url, {"name": "Tom", "password": PASSWORD}).status_code == 409


def test_the_session_that_comes_in_is_a_new_one(organisation):
    url, client = offer(organisation), Client()
    client.get("/accounts/login/")
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key

    client.post(url, {"name": "Tom", "password": PASSWORD})

    assert client.cookies["sessionid"].value != session.session_key


def test_nobody_signs_up_without_an_invitation():
    for path in ("/accounts/signup/", "/accounts/email/", "/accounts/social/signup/"):
        assert Client().get(path).status_code == 404
        assert Client().post(path, {"email": "a@example.org"}).status_code == 404
    with acting_as(PORTAL):
        assert not Person.objects.exists()


def test_people_pages_show_places_and_invitations_to_the_master_admin(organisation):
    offer(organisation)
    member = factories.make_member(organisation, name="Margaret Iwu", is_director=True)
    client = Client()
    client.force_login(member.person)

    page = client.get(f"/o/{organisation.slug}/people/").content.decode()

    assert "Margaret Iwu" in page
    assert "Master admin, author and company director" in page
    assert "tom@fennmoor.example" in page
    assert "Invite somebody" in page


def test_an_author_sees_people_but_can_change_nothing(organisation):
    offer(organisation)
    author = factories.make_member(organisation, is_master_admin=False)
    client = Client()
    client.force_login(author.person)
    base = f"/o/{organisation.slug}/people/"

    assert "Invite somebody" not in client.get(base).content.decode()
    assert client.get(f"{base}invite/").status_code == 403
    assert client.get(f"{base}{author.pk}/").status_code == 403
    assert client.post(f"{base}{author.pk}/access/", {"active": ""}).status_code == 403


def test_r12_the_page_of_the_last_admin_says_why_there_is_no_button(organisation):
    admin = factories.make_member(organisation)
    client = Client()
    client.force_login(admin.person)

    page = client.get(f"/o/{organisation.slug}/people/{admin.pk}/").content.decode()
    answer = client.post(f"/o/{organisation.slug}/people/{admin.pk}/access/", {"active": ""})

    assert "keeps at least one master admin" in page
    assert answer.status_code == 409
    assert "keeps at least one master admin" in answer.content.decode()


def test_disabling_ends_access_with_the_next_request(organisation):
    admin, author = (
        factories.make_member(organisation),
        factories.make_member(organisation, is_master_admin=False),
    )
    theirs, mine = Client(), Client()
    theirs.force_login(author.person)
    mine.force_login(admin.person)
    assert theirs.get(f"/o/{organisation.slug}/people/").status_code == 200

    mine.post(f"/o/{organisation.slug}/people/{author.pk}/access/", {"active": ""})

    assert theirs.get(f"/o/{organisation.slug}/people/").status_code == 404
    mine.post(f"/o/{organisation.slug}/people/{author.pk}/access/", {"active": "1"})
    assert theirs.get(f"/o/{organisation.slug}/people/").status_code == 200


def test_an_invitation_is_sent_again_and_withdrawn_from_its_page(organisation):
    first = offer(organisation)
    admin = factories.make_member(organisation)
    client = Client()
    client.force_login(admin.person)
    key = first.split("/")[2]
    base = f"/o/{organisation.slug}/invitations/{key}/"

    assert client.get(base).status_code == 200
    assert client.post(f"{base}again/").status_code == 302
    assert Client().get(first).status_code == 404  # the old link ended
    assert client.post(f"{base}withdraw/").status_code == 302
    assert client.get(base).status_code == 404


def test_the_sections_that_a_member_may_write_are_ticked_and_saved(organisation, timetable):
    from tests.submissions.builders import publish_reference_data

    publish_reference_data()
    held = factories.make_qualification(organisation)
    admin = factories.make_member(organisation)
    author = factories.make_member(organisation, is_master_admin=False)
    client = Client()
    client.force_login(admin.person)
    url = f"/o/{organisation.slug}/people/{author.pk}/sections/"

    page = client.get(url)
    answer = client.post(url, {"organisation": ["A"], f"q{held.pk}": ["H"]})

    assert page.status_code == 200
    assert answer.status_code == 302
    with acting_as(PORTAL):
        found = Membership.objects.get(pk=author.pk)
    assert entry.member_actor(found).duties >= {"LIMITED"}
    assert b"Only sections A, H" in client.get(f"/o/{organisation.slug}/people/").content
