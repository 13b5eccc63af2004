"""Seeding: through the services, whole or not at all, with a history that is true and quiet."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from foundation.audit import verify
from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.errors import Denied
from foundation.notices import outbox
from foundation.notices.models import MailState, Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Membership, Organisation, Person, Qualification
from qadportal.demo import accounts, world
from qadportal.demo.reading import corpus
from reviews import facts, qualified
from reviews.models import Decision, ManagementAssertion, Thread
from submissions.models import Version
from tests.factories import make_organisation
from tests.submissions.builders import publish_reference_data
from waves.models import CompletionReport, Obligation

pytestmark = pytest.mark.django_db
CORPUS = corpus()
SOME = ("penhallow", "brackwater", "marram")


@pytest.fixture
def demonstration(settings) -> None:
    settings.DEMO = True
    publish_reference_data()


@pytest.fixture
def seeded(demonstration) -> None:
    world.seed(only=SOME, say=lambda line: None)


OF_TESTING = (
    *("milestone.", "test_", "entry_check.", "deliverable.", "qt_entry.", "work_off.", "defect."),
    *("dates.changed", "obligation.", "reliance."),
)


def _told(slug: str):
    return next(each for each in CORPUS.organisations if each.slug == slug)


@pytest.mark.slow
def test_a_seeded_organisation_is_what_the_corpus_tells(seeded) -> None:
    with acting_as(PORTAL):
        _check_states()
        _check_qualified()
        _check_trail()
        _check_mail()
        _check_people()
        _check_overdue()
    assert world.seed(only=SOME) == 0  # a second start finds everything done
    answer = Client().post(
        "/accounts/login/",
        {"login": "jory.trevanion@penhallow.example", "password": accounts.PASSWORD},
    )
    assert answer.status_code == 302


def _check_states() -> None:
    beyond = {"ARMED": Status.INITIAL_REVIEWED}
    for slug in SOME:
        for told in _told(slug).qualification:
            row = Qualification.objects.get(
                organisation__slug=slug, role=told.role, mpids__code=told.mpids[0]
            )
            assert row.status == beyond.get(told.stage, told.stage), f"{slug} {told.key}"
            submitted = row.initial_submitted_at
            assert submitted.astimezone(moments.LONDON).date() == told.initial_submitted
    armed = Qualification.objects.get(organisation__slug="brackwater", role="SDS")
    assert armed.report_received_at and not armed.final_opened_at
    figures = CompletionReport.objects.get(qualification=armed, kind="QT").summary
    assert figures["planned"] == 286 and figures["open_1"] == 0
    threads = {
        (each.organisation.slug, each.subject): each.status
        for each in Thread.objects.select_related("organisation")
    }
    for told in CORPUS.threads:
        if told.organisation in SOME:
            wanted = told.state
            if told.kind != "COMMENT" and wanted == "RESPONDED":
                wanted = "RAISED"  # of a finding the state is raised still, the turn is the body's
            assert threads[told.organisation, told.subject] == wanted, told.id


def _check_qualified() -> None:
    row = Qualification.objects.get(status=Status.QUALIFIED)
    known = facts.of_qualification(row)
    assert known.signature_stands and known.dip_confirmed
    for body in known.bodies:
        assert all(known.approval_stands(scope, body) for scope in qualified.SCOPES)
    assert all(known.approved_by(body) for body in known.deciding_bodies)
    assert set(known.accessions) == set(known.deciding_bodies)
    assert known.open_items() == ()
    assert ManagementAssertion.objects.get(qualification=row).mpids_remaining == ["MRRB"]
    assert {each.effective_at is not None for each in Decision.objects.all()} == {True}
    for version in Version.objects.filter(part__qualification=row):
        assert version.submitted_at < row.qualified_at


def _check_trail() -> None:
    verdict = verify.walk()
    assert verdict.breaks == () and verdict.chains >= len(SOME)
    for slug in SOME:
        organisation = Organisation.objects.get(slug=slug)
        moved = AuditEvent.objects.filter(organisation_id=organisation.pk).order_by("seq")
        before = None
        for event in moved.exclude(action="reminder.sent"):
            if event.action.startswith(OF_TESTING):
                continue  # played after the QAD's acts, as an import of the past would be
            assert before is None or event.at >= before
            before = event.at
        assert before < world.beginning(CORPUS) + timedelta(minutes=5)


def _check_mail() -> None:
    now = world.beginning(CORPUS)
    waiting = Notice.objects.filter(mail_state=MailState.NEW)
    assert waiting.count() < 40
    assert not waiting.filter(created_at__lt=now - world.QUIET).exists()
    assert not Notice.objects.filter(read_at=None, created_at__lt=now - world.QUIET).exists()


def _check_people() -> None:
    limited = Membership.objects.get(person__email="dafydd.crane@brackwater.example")
    assert limited.is_limited
    assert len({each.password for each in Person.objects.all()}) == 1


def _check_overdue() -> None:
    now = world.beginning(CORPUS)
    late = Obligation.objects.filter(state="RUNNING", due_at__lt=now)
    assert late.filter(organisation__slug="penhallow", body="BSC").exists()
    assert Notice.objects.filter(kind="reminder", subject__contains="overdue").exists()


@pytest.mark.slow
def test_an_interrupted_seeding_is_finished_by_the_next_start(demonstration) -> None:
    assert world.seed(only=["tarn"]) == 1
    assert not world.standing().is_seeded
    assert world.seed(only=["tarn", "newhaze"]) == 1
    assert world.standing().organisations == {"tarn", "newhaze"}


def test_nothing_is_seeded_where_others_have_organisations(demonstration) -> None:
    make_organisation("Somebody Else")
    said = StringIO()
    call_command("seed_demo", "--if-empty", stdout=said)
    assert "nothing is seeded" in said.getvalue()
    with pytest.raises(CommandError, match="database of its own"):
        call_command("seed_demo")
    with acting_as(PORTAL):
        assert Organisation.objects.count() == 1


def test_outside_a_demonstration_there_are_no_accounts_and_no_seeding(settings) -> None:
    settings.DEMO = False
    publish_reference_data()
    with pytest.raises(CommandError):
        call_command("demo_accounts")
    with pytest.raises(CommandError):
        call_command("seed_demo")
    with pytest.raises(Denied):
        accounts.hashed_password()


def test_the_table_of_accounts_names_every_duty_and_the_password(settings) -> None:
    settings.DEMO = True
    said = StringIO()
    call_command("demo_accounts", stdout=said)
    assert accounts.PASSWORD in said.getvalue()
    shown = {line.email for line in accounts.tour(CORPUS)}
    for duty in {duty for each in CORPUS.staff for duty in each.duties}:
        assert shown & {each.email for each in CORPUS.staff if duty in each.duties}, duty
    members = [p for o in CORPUS.organisations for p in o.people if p.email in shown]
    for flag in ("master_admin", "director", "delegate", "limited_to"):
        assert any(getattr(person, flag) for person in members), flag


def test_history_that_is_settled_is_neither_mailed_nor_unread(at_noon) -> None:
    with acting_as(PORTAL):
        for days in (30, 1):
            outbox.announce(
                kind="test",
                key=str(days),
                recipients=[outbox.Recipient("somebody@example.org")],
                subject=f"{days} days old",
                text="It happened.",
                path="",
                at=at_noon - timedelta(days=days),
            )
        assert outbox.settle_history(before=at_noon - timedelta(days=3), at=at_noon) == 1
        assert [each.subject for each in outbox.claim()] == ["1 days old"]
        assert Notice.objects.get(subject="30 days old").read_at == at_noon
