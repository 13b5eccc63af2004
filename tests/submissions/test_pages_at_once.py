"""Two people at the same moment: two clicks, two openings, two saves, on the real database."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from submissions.models import Part, Version
from tests import factories
from tests.submissions import builders
from tests.submissions.doors import Desk, make_desk, signed_in


@pytest.fixture
def desk(committed) -> Desk:
    return make_desk()


def at_once(*acts: Callable) -> list:
    """Run the acts at the same moment, each on a connection of its own; return their answers."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable) -> None:
        try:
            gate.wait()
            answers[place] = act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_double_click_submits_once_and_both_clicks_are_told_it_is_submitted(desk):
    url = f"{desk.qad}{desk.qualification.pk}/submit/initial/"
    tabs = [signed_in(desk.member.person) for _ in range(2)]

    answers = at_once(*(lambda tab=tab: tab.post(url, follow=True) for tab in tabs))

    pages = [answer.content.decode() for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert sum("The Initial QAD for Supplier was submitted" in page for page in pages) == 1
    assert sum("is submitted already. Nothing was sent twice." in page for page in pages) == 1
    part = desk.role_part
    with acting_as(PORTAL):
        assert Version.objects.filter(part=part).count() == 1


def test_r083_two_openings_at_once_make_one_final(desk):
    builders.receive_report(desk.qualification)
    people = [factories.make_member(desk.organisation).person for _ in range(3)]
    clients = [signed_in(person) for person in people]

    answers = at_once(*(lambda c=c: c.get(desk.qad) for c in clients))

    pages = [answer.content.decode() for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert sum("is now the Final" in page for page in pages) == 1
    assert all("Final QAD for Supplier" in page for page in pages)
    assert desk.now().status == Status.FINAL_DRAFT
    with acting_as(PORTAL):
        assert Part.objects.filter(organisation=desk.organisation).count() == 2


def test_who_meets_an_own_save_reads_of_the_other_window(desk):
    url = desk.address("H03")
    desk.client.post(url, {"text": "Base.", "revision": "0"})
    desk.client.post(url, {"text": "One window.", "revision": "1"})

    page = desk.client.post(url, {"text": "The other.", "revision": "1"}).content.decode()

    assert "You, in another window, changed this answer too" in page
    assert "Keep the other window’s" in page


def test_two_saves_at_once_are_one_save_and_one_conflict_that_keeps_both(desk):
    desk.client.post(desk.address("H03"), {"text": "Base.", "revision": "0"})
    tom = factories.make_member(desk.organisation, name="Tom Elsworth", is_master_admin=False)
    others, url = signed_in(tom.person), desk.address("H03")

    answers = at_once(
        lambda: desk.client.post(url, {"text": "Priya's words.", "revision": "1"}),
        lambda: others.post(url, {"text": "Tom's words.", "revision": "1"}),
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    page = next(a for a in answers if a.status_code == 409).content.decode()
    assert "Priya&#x27;s" in page or "Priya's" in page
    assert "Tom&#x27;s" in page or "Tom's" in page
    saved = desk.answer("H03")
    assert (saved.revision, saved.text) in {(2, "Priya's words."), (2, "Tom's words.")}
