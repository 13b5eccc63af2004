"""Background work: a row to watch, started only once the transaction stands."""

import pytest
from django.db import transaction

from foundation.jobs import services
from foundation.jobs.models import Job, JobState
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from tests.factories import NOON


class Stop(Exception):
    """Something went wrong after the job was asked for."""


def start(actor, enqueue, organisation=None):
    return services.start(
        kind="pack",
        actor=actor,
        at=NOON,
        enqueue=enqueue,
        organisation_id=organisation.pk if organisation else None,
    )


@pytest.mark.django_db
def test_a_job_is_handed_on_after_the_commit_and_not_before(django_capture_on_commit_callbacks):
    handed = []
    with django_capture_on_commit_callbacks(execute=True), acting_as(PORTAL):
        job = start(PORTAL, handed.append)
        assert handed == []

    assert handed == [str(job.pk)]


@pytest.mark.django_db
def test_a_job_of_a_transaction_that_fell_is_never_handed_on(django_capture_on_commit_callbacks):
    handed = []
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(Stop),
        transaction.atomic(),
        acting_as(PORTAL),
    ):
        start(PORTAL, handed.append)
        raise Stop

    assert handed == []
    with acting_as(PORTAL):
        assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_job_tells_how_far_it_is_and_how_it_ended():
    with acting_as(PORTAL):
        done, failed = (start(PORTAL, lambda _: None) for _ in range(2))
        services.advance(done.pk, done=3, total=9, message="Printing the answers")
        done.refresh_from_db()
        halfway = (done.state, done.done, done.total, done.message)
        services.finish(done.pk, at=NOON)
        services.fail(failed.pk, at=NOON, message="x" * 500)
        done.refresh_from_db()
        failed.refresh_from_db()

    assert halfway == (JobState.RUNNING, 3, 9, "Printing the answers")
    assert (done.state, done.finished_at) == (JobState.DONE, NOON)
    assert (failed.state, len(failed.message)) == (JobState.FAILED, 300)


@pytest.mark.django_db
def test_a_participant_sees_the_jobs_of_its_own_organisation_and_moves_none():
    mine, other = factories.make_organisation(), factories.make_organisation()
    with acting_as(PORTAL):
        own = start(PORTAL, lambda _: None, mine)
        start(PORTAL, lambda _: None, other)

    with acting_as(factories.member_actor(mine)):
        assert list(Job.objects.all()) == [own]
