"""Every address is closed until it says otherwise, and answers with the browser's rules."""

import json
import re

import pytest
from django.test import Client

from tests.isolation.test_strangers import WALK, ask, signed_in
from tests.isolation.walk import OPEN, Random, addresses

# What may be asked for by anybody; everything else needs a sign-in.
FOR_ANYBODY = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "accept_invitation",
    "alive",
    "ready",
    "timers",
    "gallery",
    "gallery_page",
    "feed_file",  # a calendar asks with nothing but its private address
}
CSP = re.compile(r"^default-src 'none'; |; ")


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_further_than_the_sign_in(theirs, method):
    client, closed = Client(raise_request_exception=False), 0

    for address in WALK:
        if address.name in FOR_ANYBODY:
            continue
        answer = ask(client, address, address.url(theirs.keys), method)
        if address.is_api and answer.status_code == 401:
            assert answer["WWW-Authenticate"] == "Bearer"
            assert answer["Content-Type"] == "application/problem+json"
        else:
            assert answer.status_code == 302, (address, answer.status_code)
            assert answer["Location"].startswith("/accounts/login/"), address
        assert theirs.word.encode() not in answer.content, address
        closed += 1

    assert closed > 120


def test_what_is_open_to_anybody_is_named_and_nothing_else_is():
    open_routes = {address.name for address in addresses() if OPEN.match(address.route)}
    in_need_of_a_session = {
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
    }

    unknown = open_routes - FOR_ANYBODY - in_need_of_a_session
    assert {name for name in unknown if not name.startswith("mfa_")} == set()


def test_without_the_token_of_a_form_nothing_is_posted(mine):
    client, refused = Client(enforce_csrf_checks=True, raise_request_exception=False), 0
    client.force_login(mine.admin.person)

    for address in WALK:
        url = address.url(mine.keys)
        if address.is_api:
            answer = client.post(url, json.dumps({}), content_type="application/json")
        else:
            answer = client.post(url, {})
        assert answer.status_code in (403, 404, 405), (address, answer.status_code)
        refused += answer.status_code == 403

    assert refused > 100


def test_every_answer_carries_the_browsers_rules(mine):
    client = signed_in(mine.admin.person)

    for address in WALK:
        for url in (address.url(mine.keys), address.url(Random())):
            answer = client.get(url)
            policy = answer["Content-Security-Policy"]
            assert "default-src 'none'" in policy, address
            assert "unsafe" not in policy and "http" not in policy, address
            if "sandbox" not in policy:
                assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy, address
            assert answer["X-Content-Type-Options"] == "nosniff", address
            assert answer["X-Frame-Options"] == "DENY", address
            assert answer["Referrer-Policy"] == "same-origin", address
            assert "no-store" in answer["Cache-Control"], address


def test_no_page_asks_for_anything_from_elsewhere_or_runs_anything_inline(mine):
    client = signed_in(mine.admin.person)
    inline = re.compile(rb"<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|\sstyle=|javascript:", re.I)
    outside = re.compile(rb'(?:src|href|action)="(?:https?:)?//(?!testserver)[^"]*"')

    for address in WALK:
        answer = client.get(address.url(mine.keys))
        if "text/html" in answer.get("Content-Type", ""):
            assert not inline.search(answer.content), (address, inline.search(answer.content))
            found = {link for link in outside.findall(answer.content) if b"www.w3.org" not in link}
            assert not {link for link in found if link.startswith(b"src")}, address


def test_cookies_are_kept_from_scripts_and_other_sites(mine):
    client = Client()
    client.post("/accounts/login/", {"login": mine.admin.person.email, "password": "x"})
    client.get("/accounts/login/")

    for cookie in client.cookies.values():
        assert cookie["samesite"] == "Lax", cookie.key
        assert cookie["httponly"] or cookie.key == "csrftoken", cookie.key


def test_an_unknown_host_is_not_answered():
    assert Client(headers={"host": "evil.example"}).get("/accounts/login/").status_code == 400


@pytest.mark.parametrize("url", ["/nothing/", "/api/v1/nothing/", "/o/", "/desk/nothing/"])
def test_an_unknown_address_answers_in_its_own_kind(mine, url):
    answer = signed_in(mine.admin.person).get(url)

    kind = "application/problem+json" if url.startswith("/api/") else "text/html; charset=utf-8"
    assert (answer.status_code, answer["Content-Type"]) == (404, kind)


def test_the_page_of_a_broken_portal_asks_the_database_nothing(django_assert_num_queries, rf):
    from qadportal.views import broken

    with django_assert_num_queries(0):
        answer = broken(rf.get("/"))

    assert answer.status_code == 500
    assert b"Something went wrong" in answer.content
