"""R1: whoever asks for what is another organisation's learns nothing, not even that it is there.

Every address of the portal is asked for with the keys of another organisation's rows and, beside
it, with keys of nothing. The two answers are the same, and nothing of the other is in any byte.
The same walk is done with either of the two lines of tenancy switched off.
"""

import json
from collections import Counter

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import Manager
from django.test import Client

from foundation.tenancy.acting import entering
from foundation.tenancy.managers import TenantManager
from participants import entry
from tests.isolation.canary import tenant_models
from tests.isolation.walk import Random, addresses
from tests.pages import plain

WALK = addresses()
ROWS = [address for address in WALK if address.names and not address.is_open]
LINES = ("both lines", "without line 1", "without line 2")


def line_1_off(monkeypatch):
    """Let the managers of tenant tables show every row that the database shows."""
    monkeypatch.setattr(TenantManager, "get_queryset", Manager.get_queryset)


def line_2_off(monkeypatch):
    """Let members enter with the database's widest reach."""
    entered = entry.member_switch

    def as_system(person, slug):
        switch = entered(person, slug)

        def wide(cursor):
            found = switch(cursor)
            if found[0] is not None:
                cursor.execute("select set_config('role', 'portal_system', true)")
            return found

        return wide

    monkeypatch.setattr(entry, "member_switch", as_system)


@pytest.fixture(params=LINES)
def lines(request, monkeypatch):
    """Switch one line of tenancy off for participants."""
    if request.param == "without line 1":
        line_1_off(monkeypatch)
    if request.param == "without line 2":
        line_2_off(monkeypatch)
    return request.param


def ask(client, address, url, method):
    if method == "get":
        return client.get(url)
    if address.is_api:
        return client.post(url, json.dumps({}), content_type="application/json")
    return client.post(url, {})


def told(answer):
    """Everything that leaves: status, headers, body."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return headers.encode() + answer.content


def leaks(answer, their, asked):
    """Return the marks of an organisation that are in an answer and were not in the question."""
    return [mark for mark in their.marks if mark in told(answer) and mark.decode() not in asked]


def signed_in(person):
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def test_every_name_in_an_address_stands_for_something(theirs):
    for address in ROWS:
        address.url(theirs.keys)  # KeyError: say in canary.py what the name stands for


@pytest.mark.parametrize("method", ["get", "post"])
def test_r01_another_organisations_addresses_look_like_addresses_of_nothing(mine, theirs, method):
    client, seen = signed_in(mine.admin.person), Counter()

    for address in ROWS:
        if "organisation" not in address.names:
            continue
        url, nowhere = address.url(theirs.keys), address.url(Random())
        answer, nothing = (ask(client, address, each, method) for each in (url, nowhere))
        assert answer.status_code == nothing.status_code == 404, (address, answer.status_code)
        assert plain(answer) == plain(nothing), address
        assert leaks(answer, theirs, "") == [], address
        seen[address.is_api] += 1

    assert seen[False] > 60 and seen[True] > 30


@pytest.mark.parametrize(
    ("lines", "method"),
    [(LINES[0], "post"), *((each, "get") for each in LINES)],
    indirect=["lines"],
)
def test_r01_foreign_keys_under_ones_own_address_are_keys_of_nothing(mine, theirs, lines, method):
    client, slug, seen = signed_in(mine.admin.person), mine.organisation.slug, 0

    for address in ROWS:
        if "organisation" not in address.names or not address.row_keys:
            continue
        for name in address.row_keys:
            foreign = {**mine.keys, name: theirs.keys[name]}
            nothing = {**mine.keys, name: Random()[name]}
            url = address.url(foreign, slug)
            answer = ask(client, address, url, method)
            control = ask(client, address, address.url(nothing, slug), method)
            assert answer.status_code == control.status_code, (address, name)
            assert answer.status_code in (403, 404, 405, 422), (address, name)
            assert plain(answer) == plain(control), (address, name)
            assert leaks(answer, theirs, url) == [], (address, name)
            seen += 1

    assert seen > 60


def test_r01_addresses_without_an_organisation_tell_a_participant_nothing(mine, theirs, lines):
    client = signed_in(mine.admin.person)

    for address in WALK:
        if "organisation" in address.names or address.is_open:
            continue
        url, nowhere = address.url(theirs.keys), address.url(Random())
        answer, nothing = (ask(client, address, each, "get") for each in (url, nowhere))
        assert answer.status_code == nothing.status_code, address
        assert answer.status_code < 500, address
        assert leaks(answer, theirs, url) == [], address


def test_r01_ones_own_pages_hold_nothing_of_another(mine, theirs, lines):
    client = signed_in(mine.admin.person)
    shown = 0

    for address in WALK:
        if address.is_open:
            continue
        answer = client.get(address.url(mine.keys))
        assert answer.status_code < 500, address
        assert leaks(answer, theirs, "") == [], address
        shown += answer.status_code == 200

    assert shown > 60


def test_the_walk_would_see_a_leak(theirs):
    """A control: the organisation's own admin meets the canary wherever it should be."""
    client = signed_in(theirs.admin.person)
    met = [
        address.route
        for address in ROWS
        if "organisation" in address.names
        and leaks(client.get(address.url(theirs.keys)), theirs, "")
    ]

    assert len(met) > 50, sorted(met)


def foreign_rows(model, mine, theirs):
    with entering(entry.member_switch(mine.admin.person, mine.organisation.slug)):
        return model.objects.filter(organisation_id=theirs.organisation.pk).exists()


@pytest.mark.parametrize("model", list(tenant_models()), ids=lambda model: model.__name__)
def test_with_both_lines_off_every_table_is_open(mine, theirs, monkeypatch, model):
    """A control: it is the two lines that keep the tables apart, and nothing else."""
    line_1_off(monkeypatch)
    line_2_off(monkeypatch)

    assert foreign_rows(model, mine, theirs)


@pytest.mark.parametrize("model", list(tenant_models()), ids=lambda model: model.__name__)
def test_r01_each_line_alone_keeps_every_table_apart(mine, theirs, lines, model):
    if model.protection.participant is None and lines != "without line 2":
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            entering(entry.member_switch(mine.admin.person, mine.organisation.slug)),
        ):
            model.objects.exists()
        return
    with entering(entry.member_switch(mine.admin.person, mine.organisation.slug)):
        found = set(model.objects.values_list("organisation_id", flat=True))

    assert found <= {mine.organisation.pk}
    assert not foreign_rows(model, mine, theirs)
