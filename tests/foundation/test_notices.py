"""The outbox: written with its event, sent after it, each notice once."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction

from foundation.clock import moments
from foundation.notices import inbox, outbox
from foundation.notices.models import MailState, Notice
from foundation.notices.outbox import LEASE, MAX_ATTEMPTS, Recipient, announce
from foundation.notices.tasks import send_waiting
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from tests import factories
from tests.factories import NOON


class Away(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("the mail server is away")


def tell(
    *recipients, key="one", actor=PORTAL, organisation=None, mail_state=MailState.NEW, path="/o/x/"
):
    with acting_as(actor):
        return announce(
            kind="test",
            key=key,
            recipients=recipients or [Recipient("a@example.org")],
            subject="Subject",
            text="Text.",
            path=path,
            at=NOON,
            organisation_id=organisation.pk if organisation else None,
            mail_state=mail_state,
        )


def notices():
    with acting_as(PORTAL):
        return list(Notice.objects.order_by("email"))


@pytest.mark.django_db
def test_a_repeated_key_adds_nothing():
    for _ in range(3):
        tell()

    assert len(notices()) == 1


@pytest.mark.django_db
def test_one_address_gets_one_notice_however_it_is_written():
    tell(Recipient("a@example.org"), Recipient("A@Example.org"), Recipient("b@example.org"))

    assert len(notices()) == 2


@pytest.mark.django_db
def test_a_notice_of_a_transaction_that_fell_was_never_written():
    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        tell()
        raise Stop

    assert notices() == []


@pytest.mark.django_db
def test_sending_marks_each_notice_and_sends_it_once(settings):
    settings.BASE_URL = "https://portal.example"
    tell(path="/o/fennmoor/notices/")

    assert [send_waiting(), send_waiting()] == [1, 0]

    [message], [notice] = mail.outbox, notices()
    assert "https://portal.example/o/fennmoor/notices/" in message.body
    assert message.extra_headers["Message-ID"] == f"<{notice.pk}@portal.example>"
    assert (notice.mail_state, notice.attempts) == (MailState.SENT, 1)


@pytest.mark.django_db
def test_what_is_for_the_portal_only_is_not_mailed():
    tell(mail_state=MailState.PORTAL_ONLY)

    assert send_waiting() == 0


@pytest.mark.django_db
def test_a_line_break_in_a_subject_starts_no_header():
    with acting_as(PORTAL):
        announce(
            kind="test",
            key="one",
            recipients=[Recipient("a@example.org")],
            subject="Hello\nBcc: spy@example.org",
            text="Text.",
            path="",
            at=NOON,
        )

    send_waiting()

    assert mail.outbox[0].recipients() == ["a@example.org"]
    assert "\n" not in mail.outbox[0].subject


@pytest.mark.django_db
def test_while_the_mail_server_is_away_a_notice_waits_and_is_tried_again(settings):
    settings.EMAIL_BACKEND = "tests.foundation.test_notices.Away"
    tell()
    assert send_waiting() == 0

    [notice] = notices()
    assert (notice.mail_state, notice.last_error) == (
        MailState.SENDING,
        "the mail server is away",
    )
    assert send_waiting() == 0  # under its lease nobody else touches it
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with acting_as(PORTAL):
        Notice.objects.update(claimed_until=notice.claimed_until - LEASE - timedelta(minutes=1))

    assert send_waiting() == 1


@pytest.mark.django_db
def test_after_the_last_attempt_a_notice_is_given_up_and_says_why(settings):
    settings.EMAIL_BACKEND = "tests.foundation.test_notices.Away"
    tell()
    for _ in range(MAX_ATTEMPTS + 2):
        send_waiting()
        with acting_as(PORTAL):
            Notice.objects.update(claimed_until=NOON - timedelta(days=900))

    [notice] = notices()

    assert (notice.mail_state, notice.attempts) == (MailState.DEAD, MAX_ATTEMPTS)


def test_two_senders_at_once_send_each_notice_once(committed, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    for number in range(30):
        tell(Recipient(f"p{number:02d}@example.org"), key=str(number))
    gate, sent = threading.Barrier(3), []

    def work():
        try:
            gate.wait(timeout=10)
            while count := send_waiting(limit=4):
                sent.append(count)
        finally:
            connection.close()

    jobs = [threading.Thread(target=work) for _ in range(3)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join(timeout=60)

    addresses = sorted(message.to[0] for message in mail.outbox)
    assert addresses == [f"p{number:02d}@example.org" for number in range(30)]
    assert sum(sent) == 30


@pytest.mark.django_db
def test_a_claim_takes_the_oldest_first_and_no_more_than_asked():
    for number in range(5):
        with moments.at(NOON):
            tell(key=str(number))
    with acting_as(PORTAL):
        for number, notice in enumerate(Notice.objects.order_by("pk")):
            Notice.objects.filter(pk=notice.pk).update(created_at=NOON - timedelta(hours=number))
        claimed = [notice.created_at for notice in outbox.claim(limit=3)]

    assert claimed == [NOON - timedelta(hours=hours) for hours in (4, 3, 2)]


@pytest.mark.django_db
def test_a_participant_tells_colleagues_and_bodies_and_reads_only_its_own():
    organisation = factories.make_organisation()
    author, admin = (factories.make_member(organisation) for _ in range(2))
    reviewer = factories.make_staff()

    told = tell(
        *(Recipient(person.email, person.pk) for person in (author.person, admin.person, reviewer)),
        actor=entry.member_actor(author),
        organisation=organisation,
    )

    assert told == 3
    with acting_as(entry.member_actor(author)):
        assert [notice.person_id for notice in Notice.objects.all()] == [author.person_id]


@pytest.mark.django_db
def test_a_person_of_two_organisations_reads_each_ones_notices_where_it_belongs():
    first, second = factories.make_organisation(), factories.make_organisation()
    member = factories.make_member(first)
    with acting_as(PORTAL):
        again = type(member).objects.create(
            organisation=second, person=member.person, joined_at=NOON
        )
    for organisation in (first, second):
        tell(
            Recipient(member.person.email, member.person_id),
            key=organisation.slug,
            organisation=organisation,
        )

    seen = {}
    for place in (member, again):
        with acting_as(entry.member_actor(place)):
            seen[place.organisation_id] = [
                notice.organisation_id for notice in inbox.of_person(member.person_id)
            ]

    assert seen == {first.pk: [first.pk], second.pk: [second.pk]}


@pytest.mark.django_db
def test_a_notice_is_marked_as_read_by_its_reader_and_by_nobody_else():
    organisation = factories.make_organisation()
    reader, other = (factories.make_member(organisation) for _ in range(2))
    for member in (reader, other):
        tell(
            Recipient(member.person.email, member.person_id),
            key=str(member.pk),
            organisation=organisation,
        )

    with acting_as(entry.member_actor(reader)):
        first = inbox.mark_read(person_id=reader.person_id, at=NOON)
        again = inbox.mark_read(person_id=reader.person_id, at=NOON)
        foreign = inbox.mark_read(person_id=other.person_id, at=NOON)

    assert (first, again, foreign) == (1, 0, 0)
