"""The pages on which a decision pack is ordered, watched and ordered again."""

import copy
from datetime import timedelta

import pytest

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.enums import PackState
from reviews.models import Pack
from tests.reviews import builders as b
from tests.reviews.doors import door, text_of

NEW = "/desk/packs/new/"


@pytest.fixture(scope="module")
def trio(shared):
    return b.to(b.scene("LDSO", "NON_SIT_LDSO_M10"), Status.FINAL_SUBMITTED)


def packs():
    with acting_as(PORTAL):
        return list(Pack.objects.order_by("pk"))


@pytest.mark.django_db
def test_the_trio_is_offered_once_and_has_one_recommendation(trio):
    here = copy.copy(trio)
    client = door(here.secretary)

    first = client.get(NEW)
    nothing = client.post(NEW, {"sent": "1"})
    key = first.context["page"].form.fields["applications"].choices[0][0]
    chosen = client.post(NEW, {"applications": [key]})
    second = client.get(chosen.url)

    assert len(first.context["page"].form.fields["applications"].choices) == 1
    assert (nothing.status_code, chosen.status_code) == (422, 302)
    assert "Choose at least one application." in text_of(nothing)
    assert text_of(second).count("Recommendation on ") == 1

    typed = {"title": "Meeting 9 of 2026", f"recommendation_{key}": "Approve all three."}
    ordered = client.post(chosen.url, typed)
    again = client.post(chosen.url, typed)

    (pack,) = packs()
    assert ordered.url == again.url == f"/desk/packs/{pack.pk}/"
    assert set(pack.qualifications) == set(here.ids)
    assert {pack.recommended([each]) for each in here.ids} == {"", "Approve all three."}
    assert pack.recommended(here.ids) == "Approve all three."
    assert text_of(client.get(ordered.url)).count("Approve all three.") == 3


@pytest.mark.django_db
def test_what_is_recommended_on_a_summary_has_its_measure(trio):
    here = copy.copy(trio)
    client = door(here.secretary)
    url = f"{NEW}?application={here.ids[0]}"
    (key,) = [name for name in client.get(url).context["page"].form.fields if "_" in name]
    answer = client.post(url, {"title": "Meeting", key: "x" * 401})
    assert answer.status_code == 422
    assert packs() == []


@pytest.mark.django_db
def test_a_pack_that_nothing_builds_any_more_is_offered_again(trio):
    here = copy.copy(trio)
    client = door(here.secretary)
    url = client.post(f"{NEW}?application={here.ids[0]}", {"title": "Meeting"}).url

    waits = text_of(client.get(url))
    with acting_as(PORTAL):
        Pack.objects.update(asked_at=packs_asked() - timedelta(hours=1))
    stopped = text_of(client.get(url))

    assert "Build it again" not in waits
    assert "Could not be built" in stopped
    assert "Build it again" in stopped
    assert client.post(f"{url}again/").url != url


def packs_asked():
    return Pack.objects.get().asked_at


@pytest.mark.django_db
def test_a_pack_that_failed_says_why_and_is_built_again(trio):
    here = copy.copy(trio)
    client = door(here.secretary)
    url = client.post(f"{NEW}?application={here.ids[0]}", {"title": "Meeting"}).url
    with acting_as(PORTAL):
        Pack.objects.update(status=PackState.FAILED, problem="The summary is too long.")

    said = text_of(client.get(url))

    assert "The summary is too long." in said
    assert "Build it again" in said
