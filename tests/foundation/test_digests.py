"""Digests: one mail instead of many, each notice in one of them, never an empty one."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection

from foundation.clock import moments
from foundation.notices import digest, inbox
from foundation.notices.models import MailState, Notice
from foundation.notices.outbox import Recipient, announce
from foundation.notices.tasks import send_waiting
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL

db = pytest.mark.django_db
AT = datetime(2025, 11, 18, 12, 0, tzinfo=UTC)


def tell(key, *, to="a@example.org", state=MailState.DAILY, at=AT, person=None):
    with acting_as(PORTAL):
        announce(
            kind="test",
            key=key,
            recipients=[Recipient(to, person)],
            subject=f"Fennmoor: subject {key}",
            text=f"First words of {key}.\n\nThe rest of it.",
            path=f"/o/fennmoor/{key}/",
            at=at,
            mail_state=state,
        )


def compose(at, *, is_caught_up=True):
    with acting_as(PORTAL):
        return digest.compose(at=at, is_caught_up=is_caught_up)


def states():
    with acting_as(PORTAL):
        rows = Notice.objects.filter(kind="test").order_by("dedupe_key")
        return list(rows.values_list("mail_state", flat=True))


@pytest.mark.parametrize(
    ("at", "morning"),
    [
        (datetime(2025, 11, 18, 7, 29, tzinfo=UTC), datetime(2025, 11, 17, 7, 30, tzinfo=UTC)),
        (datetime(2025, 11, 18, 7, 30, tzinfo=UTC), datetime(2025, 11, 18, 7, 30, tzinfo=UTC)),
        (datetime(2026, 7, 1, 6, 30, tzinfo=UTC), datetime(2026, 7, 1, 6, 30, tzinfo=UTC)),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 28, 7, 30, tzinfo=UTC)),
        (datetime(2026, 3, 29, 6, 30, tzinfo=UTC), datetime(2026, 3, 29, 6, 30, tzinfo=UTC)),
    ],
)
def test_the_digest_hour_is_half_past_seven_in_london_in_winter_and_summer(at, morning):
    assert digest.latest_morning(at) == morning


@db
def test_what_waits_goes_with_the_first_bell_after_the_morning_in_one_mail():
    tell("one")
    tell("two")

    assert compose(datetime(2025, 11, 19, 7, 29, tzinfo=UTC)) == 0
    assert compose(datetime(2025, 11, 19, 7, 31, tzinfo=UTC)) == 1
    assert send_waiting() == 1

    [message] = mail.outbox
    assert message.subject == "2 notices: Fennmoor: subject one"
    for key in ("one", "two"):
        assert f"First words of {key}." in message.body
        assert f"/o/fennmoor/{key}/" in message.body
    assert "The rest of it" not in message.body
    assert states() == [MailState.DIGESTED] * 2


@db
def test_a_missed_morning_is_made_up_once():
    tell("one")

    assert compose(AT + timedelta(days=3)) == 1
    assert compose(AT + timedelta(days=3, minutes=1)) == 0


@db
def test_there_is_never_an_empty_digest():
    assert compose(AT + timedelta(days=1)) == 0
    assert send_waiting() == 0


@db
def test_each_person_gets_a_digest_of_its_own():
    tell("one", to="a@example.org")
    tell("two", to="b@example.org")
    tell("three", to="A@example.org")

    assert compose(AT + timedelta(days=1)) == 2
    send_waiting()

    said = {message.to[0].lower(): message.body for message in mail.outbox}
    assert "First words of two" not in said["a@example.org"]
    assert "First words of one" not in said["b@example.org"]


@db
def test_what_a_silence_gathered_waits_until_all_of_it_is_said():
    tell("one", state=MailState.GATHERED)

    assert compose(AT, is_caught_up=False) == 0
    assert compose(AT) == 1


@db
def test_a_digest_is_mailed_and_not_shown_in_the_portal_beside_its_notices():
    person = Recipient("a@example.org").person_id
    tell("one", person=person)
    compose(AT + timedelta(days=1))

    with acting_as(PORTAL):
        shown = [row.kind for row in inbox.of_person(person)]
        assert Notice.objects.filter(kind="digest").count() == 1
    assert "digest" not in shown


def test_ten_bells_at_once_write_each_digest_once(committed):
    for number in range(12):
        tell(str(number), to=f"p{number % 4}@example.org")
    gate, written = threading.Barrier(10), []

    def ring():
        try:
            gate.wait(timeout=10)
            with moments.at(AT + timedelta(days=1)):
                written.append(compose(AT + timedelta(days=1)))
        finally:
            connection.close()

    bells = [threading.Thread(target=ring) for _ in range(10)]
    for bell in bells:
        bell.start()
    for bell in bells:
        bell.join(timeout=30)

    assert sum(written) == 4
    assert states() == [MailState.DIGESTED] * 12
