"""Signing in, the second step, sessions and tokens (ASVS 6, 7; issue of accounts, QA&P 10.3)."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client

from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.errors import Invalid, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry, queries
from participants.models import ApiToken, Person
from participants.services import accounts, tokens
from tests import factories
from tests.factories import NOON, PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def sign_in(client, person, password=PASSWORD):
    return client.post(LOGIN, {"login": person.email, "password": password})


def actions(prefix="person."):
    with acting_as(PORTAL):
        rows = AuditEvent.objects.filter(action__startswith=prefix).order_by("recorded_at")
        return [(row.action, row.object_id) for row in rows]


def test_signing_in_and_out_leaves_a_trace():
    person, client = factories.make_person(), Client()

    assert sign_in(client, person).status_code == 302
    client.post("/accounts/logout/")

    assert actions() == [
        ("person.signed_in", str(person.pk)),
        ("person.signed_out", str(person.pk)),
    ]


def test_a_failed_sign_in_leaves_a_trace_and_the_page_does_not_say_what_was_wrong():
    person = factories.make_person()

    known = sign_in(Client(), person, "wrong horse battery")
    unknown = Client().post(LOGIN, {"login": "nobody@example.org", "password": PASSWORD})

    assert known.status_code == unknown.status_code == 200
    said = "The email address and/or password you specified are not correct."
    assert said in known.content.decode() and said in unknown.content.decode()
    assert actions() == [("person.sign_in_failed", str(person.pk)), ("person.sign_in_failed", "")]


def test_a_denial_leaves_a_trace_with_who_and_where():
    organisation = factories.make_organisation()
    author = factories.make_member(organisation, is_master_admin=False)
    client = Client()
    client.force_login(author.person)

    client.get(f"/o/{organisation.slug}/people/invite/")

    with acting_as(PORTAL):
        [event] = AuditEvent.objects.filter(action="access.denied")
    assert (event.organisation_id, event.actor_id) == (organisation.pk, author.person_id)
    assert "people/invite" in event.payload


def test_the_session_key_changes_at_the_sign_in_and_ends_with_the_sign_out():
    person, client = factories.make_person(), Client()
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    sign_in(client, person)
    during = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    stale = Client()
    stale.cookies["sessionid"] = during

    assert during != before
    assert stale.get("/account/").status_code == 302


def test_the_session_cookie_is_out_of_scripts_reach_and_of_other_sites():
    client = Client()

    sign_in(client, factories.make_person())

    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_signing_out_needs_a_post():
    person, client = factories.make_person(), Client()
    client.force_login(person)

    client.get("/accounts/logout/")

    assert client.get("/account/").status_code == 200


def test_a_closed_account_does_not_come_in_and_its_sessions_end():
    person, client = factories.make_person(), Client()
    client.force_login(person)
    with acting_as(PORTAL):
        Person.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get("/account/").status_code == 302
    answer = sign_in(Client(), person)
    assert answer.headers.get("Location", "") != "/"


def test_too_many_failures_are_slowed_down(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip"}
    person, client = factories.make_person(), Client()
    for _ in range(3):
        sign_in(client, person, "wrong horse battery")

    answer = sign_in(client, person)

    assert answer.status_code == 200
    assert "Too many failed login attempts" in answer.content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_signing_in_leads_nowhere_outside_the_portal(target):
    person = factories.make_person()

    answer = Client().post(LOGIN, {"login": person.email, "password": PASSWORD, "next": target})

    assert answer.headers["Location"] == "/"


def test_a_new_password_comes_by_a_link_of_the_portals_own_address_that_works_once(settings):
    settings.BASE_URL = "https://portal.example"
    person, client = factories.make_person(), Client()

    client.post("/accounts/password/reset/", {"email": person.email}, HTTP_HOST="localhost")
    [message] = mail.outbox
    link = re.search(r"https://portal\.example(/accounts/password/reset/key/\S+)", message.body)
    form = client.get(link[1], follow=True)
    chosen = {"password1": "other horse battery", "password2": "other horse battery"}
    done = client.post(form.redirect_chain[-1][0], chosen)

    assert done.status_code == 302
    assert sign_in(Client(), person, "other horse battery").status_code == 302
    again = Client().get(link[1], follow=True).content.decode()
    assert "does not work any more" in again


def test_asking_for_a_new_password_tells_nobody_whether_there_is_an_account():
    known = Client().post("/accounts/password/reset/", {"email": factories.make_person().email})
    mail.outbox.clear()

    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert mail.outbox == []


def with_second_step(person):
    secret = totp.generate_totp_secret()
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt(secret)},
    )
    return secret


def code_of(secret):
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
    )


def test_with_a_second_step_the_password_alone_opens_nothing():
    person, client = factories.make_person(), Client()
    secret = with_second_step(person)

    first = sign_in(client, person)
    assert first.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/account/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    right = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert right.status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_code_works_once():
    person = factories.make_person()
    secret = with_second_step(person)
    code = code_of(secret)
    for expected in (302, 200):
        client = Client()
        sign_in(client, person)
        answer = client.post("/accounts/2fa/authenticate/", {"code": code})
        assert answer.status_code == expected


def test_the_second_step_is_set_up_with_a_picture_that_needs_no_other_site():
    person, client = factories.make_person(), Client()
    sign_in(client, person)
    url = "/accounts/2fa/totp/activate/"

    asked = client.get(url).headers["Location"]  # the password once more, however fresh it is
    page = client.post(asked, {"password": PASSWORD, "next": url}, follow=True).content.decode()

    assert asked.startswith("/accounts/reauthenticate/")
    assert 'src="data:image/svg+xml;base64,' in page
    assert "http://" not in page.replace("http://www.w3.org", "").replace("http://testserver", "")


def test_a_person_changes_its_own_name_and_look():
    person, client = factories.make_person(), Client()
    client.force_login(person)

    client.post("/account/", {"name": "Ada Q", "theme": "dark", "record_face": "sans"})

    page = client.get("/account/").content.decode()
    assert 'data-theme="dark"' in page and 'data-record="sans"' in page
    assert 'data-keys="off"' in page
    assert ("person.renamed", str(person.pk)) in actions()


@pytest.mark.parametrize("changes", [{"name": " "}, {"theme": "neon"}, {"record_face": "comic"}])
def test_an_account_takes_no_look_that_is_not_offered(changes):
    actor = entry.gate_actor(factories.make_person())
    kept = {"name": "Ada", "theme": "", "record_face": "", "single_keys": True} | changes

    with acting_as(actor), pytest.raises(Invalid):
        accounts.change_account(**kept, actor=actor, at=NOON)


def test_signing_out_everywhere_else_ends_every_other_session():
    person, here, there = factories.make_person(), Client(), Client()
    here.force_login(person)
    there.force_login(person)

    here.post("/account/sessions/end/")

    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_changing_the_password_ends_every_other_session():
    person, here, there = factories.make_person(), Client(), Client()
    sign_in(here, person)
    sign_in(there, person)

    here.post(
        "/accounts/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": "other horse battery",
            "password2": "other horse battery",
        },
    )

    assert there.get("/account/").status_code == 302


def test_a_token_is_shown_once_and_kept_as_a_hash():
    person, client = factories.make_person(), Client()
    client.force_login(person)

    page = client.post("/account/tokens/new/", {"name": "Tracker", "days": 90}).content.decode()
    secret = re.search(r'value="(qad_[^"]+)"', page)[1]

    assert secret not in client.get("/account/").content.decode()
    with acting_as(PORTAL):
        [token] = ApiToken.objects.all()
    assert secret not in str(vars(token))
    assert Client().get("/api/v1/me/", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 200


def test_a_revoked_token_is_turned_away_at_once():
    person, client = factories.make_person(), Client()
    client.force_login(person)
    actor = entry.gate_actor(person)
    with acting_as(actor):
        token, secret = tokens.create_token(name="Tracker", actor=actor, at=moments.now())
    header = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    assert Client().get("/api/v1/me/", **header).status_code == 200

    client.post(f"/account/tokens/{token.pk}/")

    assert Client().get("/api/v1/me/", **header).status_code == 401
    assert actions("token.") == [
        ("token.created", str(token.pk)),
        ("token.revoked", str(token.pk)),
    ]


@pytest.mark.parametrize(("made_days_ago", "status"), [(29, 200), (30, 401)])
def test_a_token_ends_with_its_term(made_days_ago, status):
    person, client = factories.make_person(), Client()
    client.force_login(person)
    actor = entry.gate_actor(person)
    with acting_as(actor):
        made = moments.now() - timedelta(days=made_days_ago)
        _, secret = tokens.create_token(name="Tracker", days=30, actor=actor, at=made)

    answer = Client().get("/api/v1/me/", HTTP_AUTHORIZATION=f"Bearer {secret}")

    assert answer.status_code == status
    assert ("Ended" in client.get("/account/").content.decode()) == (status == 401)


def test_a_token_without_one_of_the_offered_terms_is_not_made():
    actor = entry.gate_actor(factories.make_person())
    with acting_as(actor), pytest.raises(Invalid) as problem:
        tokens.create_token(name="For ever", days=100_000, actor=actor, at=NOON)

    assert set(problem.value.problems) == {"days"}


def test_nobody_sees_or_revokes_the_token_of_another():
    owner, other = (entry.gate_actor(factories.make_person()) for _ in range(2))
    with acting_as(owner):
        token, _ = tokens.create_token(name="Mine", actor=owner, at=NOON)

    with acting_as(other):
        assert list(queries.tokens(other)) == []
        assert not ApiToken.objects.filter(pk=token.pk).exists()  # nor without the first line


def test_a_person_keeps_a_limited_number_of_living_tokens():
    actor = entry.gate_actor(factories.make_person())
    with acting_as(actor):
        for number in range(tokens.MOST):
            tokens.create_token(name=f"{number}", actor=actor, at=NOON)

        with pytest.raises(Refused):
            tokens.create_token(name="one more", actor=actor, at=NOON)
