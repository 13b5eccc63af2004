"""What is mailed is the person's choice, topic by topic; nothing goes to whoever has left."""

import ast
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client

from foundation.notices.models import MailState, Notice
from foundation.notices.outbox import Recipient, announce
from foundation.notices.tasks import send_waiting
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Membership, Person
from participants.notice_topics import ALWAYS, TOPIC_OF, TOPICS, MailChoice
from tests import factories
from tests.factories import NOON

db = pytest.mark.django_db
ROOT = Path(__file__).parents[2]


def tell(person, *, kind="testing", organisation=None):
    with acting_as(PORTAL):
        announce(
            kind=kind,
            key=f"{person.pk}:{kind}",
            recipients=[Recipient(person.email, person.pk)],
            subject="Subject",
            text="Text.",
            path="/",
            at=NOON,
            organisation_id=organisation.pk if organisation else None,
        )


def choose(person, **choices):
    with acting_as(PORTAL):
        Person.objects.filter(pk=person.pk).update(mail_choices=choices)


def state():
    with acting_as(PORTAL):
        return Notice.objects.get().mail_state


@db
@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (MailChoice.NOW, MailState.SENT),
        (MailChoice.DAILY, MailState.DAILY),
        (MailChoice.PORTAL, MailState.PORTAL_ONLY),
    ],
)
def test_a_topic_is_mailed_as_its_reader_chose(choice, left):
    person = factories.make_person()
    choose(person, testing=choice)
    tell(person, kind="testing")

    send_waiting()

    assert state() == left
    assert len(mail.outbox) == (choice is MailChoice.NOW)


@db
def test_a_choice_for_one_topic_leaves_the_others():
    person = factories.make_person()
    choose(person, dates=MailChoice.PORTAL)
    tell(person, kind="testing")

    assert send_waiting() == 1


@db
@pytest.mark.parametrize("kind", sorted(ALWAYS - {"digest"}))
def test_what_opens_or_closes_the_way_in_is_mailed_whatever_was_chosen(kind):
    person = factories.make_person()
    choose(person, **{topic.key: MailChoice.PORTAL for topic in TOPICS})
    tell(person, kind=kind)

    assert send_waiting() == 1


@db
def test_whoever_left_the_organisation_gets_no_mail_about_it():
    member = factories.make_member(factories.make_organisation())
    tell(member.person, kind="testing", organisation=member.organisation)
    with acting_as(PORTAL):
        Membership.objects.update(is_active=False)

    assert send_waiting() == 0
    assert state() == MailState.PORTAL_ONLY


@db
def test_a_closed_account_gets_no_mail():
    person = factories.make_person()
    tell(person, kind="testing")
    with acting_as(PORTAL):
        Person.objects.update(is_active=False)

    assert send_waiting() == 0


@db
def test_a_person_chooses_on_a_page_and_reads_the_choice_on_the_account():
    person, client = factories.make_person(), Client()
    client.force_login(person)
    sent = {topic.key: "NOW" for topic in TOPICS} | {"dates": "DAILY"}

    assert client.post("/account/mail/", sent).status_code == 302

    with acting_as(PORTAL):
        assert Person.objects.get(pk=person.pk).mail_choices == {"dates": "DAILY"}
    assert MailChoice.DAILY.label in client.get("/account/").content.decode()


@db
def test_a_way_that_is_not_offered_is_refused_in_words():
    person, client = factories.make_person(), Client()
    client.force_login(person)
    sent = {topic.key: "NOW" for topic in TOPICS} | {"dates": "PIGEON"}

    answer = client.post("/account/mail/", sent)

    assert answer.status_code == 422
    with acting_as(PORTAL):
        assert Person.objects.get(pk=person.pk).mail_choices == {}


def test_every_kind_of_notice_that_is_written_has_its_topic():
    kinds = set()
    for room in ("participants", "waves", "submissions", "reviews"):
        places = [*(ROOT / room).glob("notices.py"), *(ROOT / room / "notices").glob("*.py")]
        for path in places:
            for node in ast.walk(ast.parse(path.read_text())):
                kinds |= _kinds_of(node)
    assert len(kinds) > 20
    assert kinds - ALWAYS - set(TOPIC_OF) == set()


def _kinds_of(node) -> set[str]:
    """The words that a call names as the kind of its notice."""
    if not isinstance(node, ast.Call):
        return set()
    called = getattr(node.func, "id", "")
    first = node.args[:1] if called == "tell" or called.startswith("_to_") else []
    named = [word.value for word in node.keywords if word.arg == "kind"]
    return {
        value.value
        for value in [*first, *named]
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    }
