"""Kept views of the queue: found again, shared within a body, and nobody else's to take away."""

import pytest
from django.db import ProgrammingError, transaction

from foundation.errors import Denied, Invalid
from foundation.tenancy.acting import acting_as
from participants import entry
from reviews.models import KeptView
from reviews.queries.views import kept
from reviews.services import views
from tests import factories
from tests.factories import NOON
from tests.reviews.desks import QUEUE, html, of_staff, signed_in, words

pytestmark = [pytest.mark.usefixtures("at_noon"), pytest.mark.django_db]


def keep(person, name="Mine at Final", query="view=all&stage=FINAL", is_shared=False):
    actor = entry.staff_actor(person)
    with acting_as(actor):
        return views.keep(name=name, query=query, is_shared=is_shared, actor=actor, at=NOON)


def found(person):
    actor = entry.staff_actor(person)
    with acting_as(actor):
        return [each.name for each in kept(actor)]


def test_a_view_keeps_what_narrows_the_queue_and_nothing_else():
    kept_ = keep(factories.make_staff(), query="page=3&stage=FINAL&evil=<b>&view=all")
    assert kept_.query == "view=all&stage=FINAL"


def test_one_name_is_one_view_of_its_keeper():
    ruth = factories.make_staff()
    keep(ruth)
    assert keep(ruth, query="view=plans").query == "view=plans"
    assert found(ruth) == ["Mine at Final"]


def test_a_shared_view_is_found_by_the_body_and_by_no_other():
    ruth, sam, rec = (factories.make_staff(body) for body in ("BSC", "BSC", "REC"))
    keep(ruth, "Alone")
    shared = keep(ruth, "Shared", is_shared=True)
    assert found(sam) == ["Shared"]
    assert found(rec) == []
    actor = entry.staff_actor(sam)
    with acting_as(actor), pytest.raises(Denied, match="keeps this view"):
        views.discard(view=shared, actor=actor, at=NOON)
    with acting_as(actor), pytest.raises(ProgrammingError), transaction.atomic():
        KeptView.objects.filter(pk=shared.pk).update(name="Taken over")
    assert found(ruth) == ["Alone", "Shared"]


def test_a_view_needs_a_name_and_thirty_are_enough():
    ruth = factories.make_staff()
    with pytest.raises(Invalid, match="Give the view a name"):
        keep(ruth, " ")
    for number in range(views.MOST):
        keep(ruth, f"View {number}")
    with pytest.raises(Invalid, match="throw one away"):
        keep(ruth, "One more")
    keep(ruth, "View 3")


def test_a_view_is_kept_opened_and_thrown_away_on_the_pages():
    person = factories.make_staff()
    client = signed_in(person)
    assert "/desk/views/new/?view=all" in html(client, f"{QUEUE}?view=all")
    assert client.post("/desk/views/new/?view=all", {"name": ""}).status_code == 422
    said = {"name": "Everything", "is_shared": "on"}
    answer = client.post("/desk/views/new/?view=all&stage=FINAL", said)
    assert answer.url == f"{QUEUE}?view=all&stage=FINAL"
    assert f'href="{QUEUE}?view=all&stage=FINAL"' in html(client, QUEUE)
    assert "Everything You The whole body" in words(client, "/desk/views/")
    at = f"/desk/views/{kept_id(person)}/"
    other = of_staff("BSC", "REVIEWER")
    assert "Everything (" in html(other, QUEUE)
    assert other.post(at).status_code == 403
    assert of_staff("REC", "REVIEWER").get(at).status_code == 404
    assert of_staff("BSC", "PLANNER").get("/desk/views/").status_code == 403
    assert "Your colleagues lose it too." in words(client, at)
    client.post(at)
    assert "No view is kept." in words(client, "/desk/views/")


def kept_id(person):
    actor = entry.staff_actor(person)
    with acting_as(actor):
        return kept(actor).get().pk
