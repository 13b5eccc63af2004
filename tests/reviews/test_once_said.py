"""The same click twice in threads and plans: one word, and the way to it (D.4)."""

import copy

import pytest
from django.urls import reverse

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.models import ActionPlan, Message, Thread
from tests.reviews import builders as b
from tests.reviews.doors import door

WORDS = {"subject": "Restart after a fault", "text": "How long does it take?"}


@pytest.fixture(scope="module")
def submitted(shared):
    return b.to(b.scene(), Status.INITIAL_SUBMITTED)


def raise_at(here, kind):
    part = here.part().pk
    return reverse("reviews:raise", args=[here.organisation.slug, part, "H", "H03", kind])


def act_at(here, thread, *form):
    name = "act_form" if form else "act"
    return reverse(f"reviews:{name}", args=[here.organisation.slug, thread.pk, *form])


def held():
    with acting_as(PORTAL):
        return list(Thread.objects.filter(question="H03").order_by("number"))


def said(thread):
    with acting_as(PORTAL):
        rows = Message.objects.filter(thread=thread).order_by("pk")
        return list(rows.values_list("text", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["comment", "observation", "finding"])
def test_going_back_and_sending_again_raises_nothing_more(submitted, kind):
    here = copy.copy(submitted)
    client = door(here.leads["BSC"])
    typed = WORDS | ({"severity": "HIGH"} if kind == "finding" else {})

    first = client.post(raise_at(here, kind), typed)
    again = client.post(raise_at(here, kind), typed)
    other = client.post(raise_at(here, kind), typed | {"text": "And how often?"})

    assert [first.status_code, again.status_code, other.status_code] == [302, 302, 302]
    assert first.url == again.url != other.url
    assert [said(row) for row in held()] == [["How long does it take?"], ["And how often?"]]


@pytest.mark.django_db
def test_two_bodies_that_ask_the_same_have_a_thread_each(submitted):
    here = copy.copy(submitted)
    for body in ("BSC", "REC"):
        door(here.leads[body]).post(raise_at(here, "comment"), WORDS)
    assert sorted(row.body for row in held()) == ["BSC", "REC"]


@pytest.mark.django_db
def test_what_was_closed_may_be_asked_anew_and_is_closed_once(submitted):
    here = copy.copy(submitted)
    client = door(here.leads["BSC"])
    client.post(raise_at(here, "comment"), WORDS)
    (first,) = held()

    closed = [client.post(act_at(here, first), {"act": "close", "text": ""}) for _ in range(2)]
    client.post(raise_at(here, "comment"), WORDS)

    assert [answer.status_code for answer in closed] == [302, 302]
    assert len(held()) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["COMMENT", "OBSERVATION"])
def test_a_reply_that_is_sent_again_is_one_reply(submitted, kind):
    here = copy.copy(submitted)
    thread = b.raise_thread(here, kind=kind)
    client = door(here.admin)

    for text in ("Four hours.", "Four hours.", "At most five."):
        client.post(act_at(here, thread), {"act": "respond", "text": text})

    assert said(thread)[1:] == ["Four hours.", "At most five."]


@pytest.mark.django_db
def test_a_plan_that_is_sent_again_is_one_plan(submitted):
    here = copy.copy(submitted)
    thread = b.raise_thread(here, kind="FINDING")
    due = b.tomorrow(here)
    typed = {
        "text": "We test it again.", "owner_name": "Tom Ellery",
        "due_on_0": due.day, "due_on_1": due.month, "due_on_2": 2030,
    }  # fmt: skip
    client = door(here.admin)

    answers = [client.post(act_at(here, thread, "propose_plan"), typed) for _ in range(2)]
    later = client.post(act_at(here, thread, "propose_plan"), typed | {"text": "Something else."})

    assert [answer.status_code for answer in answers] == [302, 302]
    assert later.status_code == 409
    with acting_as(PORTAL):
        assert ActionPlan.objects.filter(thread=thread).count() == 1


@pytest.mark.django_db
def test_what_a_plan_lacks_is_said_once(submitted):
    here = copy.copy(submitted)
    thread = b.raise_thread(here, kind="FINDING")
    client = door(here.admin)
    client.post(act_at(here, thread, "propose_plan"), {
        "text": "We test it again.", "owner_name": "Tom Ellery",
        "due_on_0": "1", "due_on_1": "3", "due_on_2": "2030",
    })  # fmt: skip
    lead = door(here.leads["BSC"])

    sent = [lead.post(act_at(here, thread, "return_plan"), {"text": "When?"}) for _ in range(2)]

    assert [answer.status_code for answer in sent] == [302, 302]
    assert said(thread).count("When?") == 1
