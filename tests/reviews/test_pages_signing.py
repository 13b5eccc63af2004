"""Pages of the sign-off, of letters and of the gates."""

import pytest
from django.urls import reverse

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Person
from reviews.services import sign_off
from tests.factories import PASSWORD
from tests.reviews import builders


def sign_in(client, actor):
    with acting_as(PORTAL):
        person = Person.objects.get(pk=actor.person_id)
    client.force_login(person)
    return client


@pytest.fixture
def agreed(db):
    here = builders.scene()
    return builders.to(here, Status.CONTENT_AGREED)


def at(name, here, place=0):
    return reverse(f"reviews:{name}", args=[here.organisation.slug, here.ids[place]])


def test_smoke(client, agreed):
    here = agreed
    for actor in (here.director, here.admin, here.leads["BSC"]):
        sign_in(client, actor)
        r = client.get(reverse("reviews:sign_off", args=[here.organisation.slug]))
        assert r.status_code == 200
        r = client.get(at("sign_off_of", here))
        assert r.status_code == 200, r.content
        open(f"/tmp/sg/{actor.name}.html", "wb").write(r.content)
    sign_in(client, here.director)
    seen = client.get(at("sign_off_of", here)).context["page"].hidden["seen"]
    r = client.post(at("sign_off_of", here), {"seen": seen, "read": "on", "password": PASSWORD})
    assert r.status_code == 302, r.content
    r = client.get(at("sign_off_of", here))
    open("/tmp/sg/receipt.html", "wb").write(r.content)
    r = client.get(at("confirmation", here))
    assert r.content[:4] == b"%PDF"
    sign_in(client, here.leads["DIP"])
    r = client.get(at("gates", here))
    open("/tmp/sg/gates.html", "wb").write(r.content)
    assert r.status_code == 200
    sign_in(client, here.secretary)
    for show in ("ready", "not-yet", "decided"):
        r = client.get(reverse("reviews:decisions") + f"?show={show}")
        assert r.status_code == 200
    r = client.get(reverse("reviews:decision", args=[here.ids[0]]))
    assert r.status_code == 200
    open("/tmp/sg/decision.html", "wb").write(r.content)
    sign_in(client, here.admin)
    r = client.get(reverse("reviews:decisions_of", args=[here.organisation.slug]))
    assert r.status_code == 200
