"""Agreed plans speak up a week before their day and after it, each once (NT32, R99)."""

import copy
from datetime import timedelta

import pytest

from foundation.clock import moments
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from reviews.services import plans
from tests.reviews import builders as b
from waves.services import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def submitted(shared):
    return b.to(b.scene(), Status.INITIAL_SUBMITTED)


@pytest.fixture
def planned(submitted):
    """A finding of the BSC whose plan is agreed, due in twenty days."""
    here = copy.copy(submitted)
    finding = b.raise_thread(here, "BSC", "FINDING")
    due = here.at + timedelta(days=20)
    with acting_as(here.admin):
        plans.propose(
            thread=finding, text="We test it again.", owner_name="Tom Ellery", due_on=due.date(),
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(here.leads["BSC"]):
        plans.agree(thread=finding, actor=here.leads["BSC"], at=here.tick())
    return here, finding, due


def told(moment) -> dict[str, set[str]]:
    """Let the sweep run twice at a moment; return all that was ever said, by address."""
    with moments.at(moment):
        sweep.sweep()
        sweep.sweep()
    with acting_as(PORTAL):
        rows = list(Notice.objects.filter(kind="plan_due").values_list("email", "subject"))
    assert len(rows) == len(set(rows))
    return {email: {one for to, one in rows if to == email} for email, _ in rows}


def test_r099_nt32_a_plan_is_named_a_week_before_and_once_it_is_overdue(planned):
    here, finding, due = planned
    with acting_as(PORTAL):
        lead = here.leads["BSC"].person_id
        address = dict(Notice.objects.values_list("person_id", "email"))

    assert told(due - timedelta(days=8)) == {}
    early = told(due - timedelta(days=7))
    late = told(due + timedelta(days=1))

    assert address[lead] in early
    assert len(early) >= 2  # the organisation and the body that raised it
    for subjects in early.values():
        assert all(f"{finding.reference} due by" in subject for subject in subjects)
    assert all(any("overdue since" in one for one in subjects) for subjects in late.values())
    assert told(due + timedelta(days=30)) == late  # each once


def test_r099_nt32_what_is_done_or_withdrawn_is_named_no_more(planned):
    here, finding, due = planned
    with acting_as(PORTAL):
        Qualification.objects.filter(organisation=finding.organisation).update(
            status=Status.WITHDRAWN
        )
    assert told(due + timedelta(days=1)) == {}


def test_r099_nt32_a_plan_that_was_done_is_named_no_more(planned):
    here, finding, due = planned
    with acting_as(here.admin):
        plans.mark_done(thread=finding, note="Done.", actor=here.admin, at=here.tick())

    assert told(due + timedelta(days=1)) == {}
