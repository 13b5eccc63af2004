"""Whether the portal lives, is ready, and keeps its times."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client

from foundation.notices.outbox import Recipient, announce
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests.factories import NOON
from waves.models import SweepHeartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_sweep_yet(db):
    with acting_as(PORTAL):
        SweepHeartbeat.objects.all().delete()


def beat(ago):
    with acting_as(PORTAL), connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        when = cursor.fetchone()[0] - ago
        SweepHeartbeat.objects.update_or_create(
            name="sweep", defaults={"last_started_at": when, "last_finished_at": when}
        )


def test_the_process_answers_without_asking_anybody(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_with_database_and_cache_the_portal_is_ready():
    assert Client().get("/readyz").json() == {"status": "ok", "database": "ok", "cache": "ok"}


def test_without_the_database_it_is_not_and_says_so(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)

    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")


def test_without_the_cache_it_is_not_and_says_so(monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(caches["default"], "set", away)

    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["cache"]) == (503, "does not answer")


@pytest.mark.parametrize(
    ("ago", "status"), [(timedelta(seconds=20), 200), (timedelta(minutes=6), 503)]
)
def test_the_timers_are_judged_by_the_last_sweep_that_ended(ago, status):
    beat(ago)

    assert Client().get("/healthz/timers").status_code == status


def test_a_portal_that_never_swept_is_late():
    answer = Client().get("/healthz/timers")

    assert (answer.status_code, answer.json()["status"]) == (503, "late")


def test_waiting_mail_is_counted():
    beat(timedelta())
    with acting_as(PORTAL):
        announce(
            kind="test",
            key="a",
            recipients=[Recipient("a@example.org")],
            subject="x",
            text="x",
            path="/",
            at=NOON,
        )

    assert Client().get("/healthz/timers").json()["mail"] == {"waiting": 1, "dead": 0}
