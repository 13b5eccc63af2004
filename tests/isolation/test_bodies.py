"""R7: a body meets what it governs, and of that only what was submitted."""

import pytest
from django.test import Client

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.models import Person
from tests import factories
from tests.isolation.test_strangers import ROWS, WALK, ask, leaks, signed_in
from tests.isolation.walk import Random
from tests.pages import plain
from tests.submissions import builders as qads

# All but the test manager, who assures the tests of every role (QA&P 10.5.2).
ALL_DUTIES = ("REVIEWER", "LEAD", "DECISION_MAKER", "PAB_SECRETARY", "ADMINISTRATOR")


@pytest.fixture(scope="module")
def rec(shared) -> Person:
    """A person of the REC with every duty that there is."""
    return factories.make_staff("REC", *ALL_DUTIES, name="Owen Pryce")


@pytest.fixture(scope="module")
def bsc(shared) -> Person:
    """A person of the BSC with every duty that there is."""
    return factories.make_staff("BSC", *ALL_DUTIES, name="Ruth Adeyemi")


@pytest.mark.parametrize("method", ["get", "post"])
def test_r07_what_a_body_does_not_govern_looks_like_nothing_to_it(rec, bsc_only, method):
    client, seen = signed_in(rec), 0

    for address in ROWS:
        if "organisation" not in address.names:
            continue
        url, nowhere = address.url(bsc_only.keys), address.url(Random())
        answer, nothing = (ask(client, address, each, method) for each in (url, nowhere))
        assert answer.status_code == nothing.status_code, (address, answer.status_code)
        assert answer.status_code in (403, 404, 405, 422), (address, answer.status_code)
        assert plain(answer) == plain(nothing), address
        assert leaks(answer, bsc_only, url) == [], address
        seen += 1

    assert seen > 100


def test_r07_lists_and_registers_hold_nothing_of_what_a_body_does_not_govern(rec, bsc_only):
    client = signed_in(rec)

    for address in WALK:
        if "organisation" in address.names or address.is_open:
            continue
        url = address.url(bsc_only.keys)
        assert leaks(client.get(url), bsc_only, url) == [], address


def test_the_body_that_governs_meets_the_same_organisation(bsc, bsc_only):
    """A control."""
    client = signed_in(bsc)
    met = [
        address.route
        for address in WALK
        if not address.is_open
        and leaks(client.get(address.url(bsc_only.keys)), bsc_only, address.url(bsc_only.keys))
    ]

    assert len(met) > 20, met


@pytest.mark.parametrize("body", ["BSC", "REC", "DIP", "MHHSP"])
def test_no_page_shows_a_body_what_was_not_submitted(shared, body):
    qads.publish_reference_data()
    organisation = factories.make_organisation()
    held = factories.make_qualification(organisation)
    admin = factories.make_member(organisation)
    qads.open_qad(organisation, entry.member_actor(admin))
    secret = f"unsubmitted-{body.lower()}"
    qads.answer_everything(organisation, entry.member_actor(admin), said=secret)
    part = qads.part_of(organisation, held)
    with acting_as(PORTAL):
        reader = factories_staff(body)
    client, keys = (
        signed_in(reader),
        Random(
            organisation=organisation.slug, qualification=held.pk, part=part.pk, membership=admin.pk
        ),
    )

    for address in WALK:
        if not address.is_open:
            answer = client.get(address.url(keys))
            assert secret.encode() not in answer.content, address

    owner = Client()
    owner.force_login(admin.person)
    page = owner.get(f"/o/{organisation.slug}/qad/{part.pk}/H/H03/")
    assert secret.encode() in page.content  # a control


def factories_staff(body):
    person = Person(
        name="Reader",
        email=f"reader.{body.lower()}@example.org",
        body=body,
        duties=list(ALL_DUTIES),
        created_at=factories.NOON,
    )
    person.save()
    return person
