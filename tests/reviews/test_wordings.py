"""Standard wordings: a body's own, written by its leads, to begin a comment with."""

import re

import pytest

from foundation.errors import Denied, Invalid
from foundation.tenancy.acting import acting_as
from participants import entry
from reviews.queries.wordings import wordings
from reviews.services import wordings as services
from tests import factories
from tests.factories import NOON
from tests.reviews.desks import html, of_lead, of_member, of_staff, signed_in, words
from tests.reviews.papers import url

pytestmark = [pytest.mark.usefixtures("at_noon"), pytest.mark.django_db]


def write(person, title="Restart", text="Show the last restart.", wording=None):
    actor = entry.staff_actor(person)
    with acting_as(actor):
        return services.write(title=title, text=text, wording=wording, actor=actor, at=NOON)


def titles(person):
    actor = entry.staff_actor(person)
    with acting_as(actor):
        return [each.title for each in wordings(actor)]


def test_a_lead_writes_and_every_reviewer_of_the_body_reads():
    lead, sam, rec = (
        factories.make_staff("BSC"), factories.make_staff("BSC", "REVIEWER"),
        factories.make_staff("REC"),
    )  # fmt: skip
    row = write(lead)
    assert (titles(sam), titles(rec)) == (["Restart"], [])
    with pytest.raises(Denied, match="Only a lead"):
        write(sam, "Mine")
    with pytest.raises(Denied, match="another body"):
        write(rec, "Taken", wording=row)


def test_a_wording_has_a_title_of_its_own_and_a_text():
    lead = factories.make_staff("BSC")
    row = write(lead)
    for title, text, field in (("restart", "B", "title"), (" ", "B", "title"), ("C", " ", "text")):
        with pytest.raises(Invalid) as problem:
            write(lead, title, text)
        assert list(problem.value.problems) == [field]
    assert write(lead, "Restart", "Changed.", row).text == "Changed."


def test_a_comment_begins_with_the_wording_that_is_chosen(initial):
    lead = factories.make_staff("BSC")
    row, client = write(lead), of_lead(initial)
    at = url("raise", initial, initial.part().pk, "J", "J01", "comment")
    page = html(client, at)
    assert f"?wording={row.pk}" in page
    assert "Show the last restart." not in page
    assert "Show the last restart." in html(client, f"{at}?wording={row.pk}")
    assert "Begin with" not in words(of_lead(initial, "REC"), at)


def test_wordings_are_written_changed_and_thrown_away_on_the_pages(initial):
    client = signed_in(factories.make_staff("BSC"))
    assert "No wording is kept." in words(client, "/desk/wordings/")
    assert client.post("/desk/wordings/new/", {"title": "A"}).status_code == 422
    client.post("/desk/wordings/new/", {"title": "Restart", "text": "Show it."})
    page = html(client, "/desk/wordings/")
    at = re.search(r"/desk/wordings/[0-9a-f-]{36}/", page)[0]
    assert "Show it." in page
    client.post(at, {"title": "Restart", "text": "Show it all."})
    assert "Show it all." in words(client, "/desk/wordings/")
    assert of_staff("BSC", "REVIEWER").get(at).status_code == 403
    assert of_lead(initial, "REC").get(at).status_code == 404
    assert of_member(initial.organisation).get("/desk/wordings/").status_code == 403
    client.post(at, {"discard": "yes"})
    assert "No wording is kept." in words(client, "/desk/wordings/")
