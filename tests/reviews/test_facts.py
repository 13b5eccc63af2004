"""Gathering facts: right, of every kind, and in one statement however many there are."""

import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews import facts
from reviews import qualified as q
from reviews.services import plans
from tests.reviews import builders as b


@pytest.fixture(scope="module")
def qualified(shared):
    return b.to(b.scene(), Status.QUALIFIED)


@pytest.fixture(scope="module")
def trio(shared):
    return b.to(b.scene("LDSO", "NON_SIT_LDSO_M10"), Status.INITIAL_SUBMITTED)


def of(here, place=0):
    subject = here.fresh(place)
    with acting_as(PORTAL):
        return facts.of_qualification(subject)


@pytest.mark.django_db
def test_the_facts_of_a_qualified_supplier_are_what_was_done(qualified):
    here = copy.copy(qualified)
    known, subject = of(here), here.qualification

    assert (known.status, known.role, known.slug) == (
        Status.QUALIFIED, "SUPPLIER", here.organisation.slug,
    )  # fmt: skip
    assert known.qualified_at == subject.qualified_at
    assert known.parts["role"].sha256 == here.newest(here.part()).sha256
    assert set(known.approvals) == {(s, body) for s in q.SCOPES for body in ("BSC", "REC", "DIP")}
    assert known.signature_stands
    assert known.sign_off.signer == here.director.name
    assert [known.decision(body).outcome for body in ("BSC", "REC")] == ["APPROVED"] * 2
    assert known.dip_confirmed
    assert set(known.accessions) == {"BSC", "REC"}
    assert len(known.mpids) == 1
    assert q.missing(known) == ()


@pytest.mark.django_db
def test_a_thread_comes_with_its_last_plan(trio):
    here = copy.copy(trio)
    finding, due = b.raise_thread(here, "REC", "FINDING"), b.tomorrow(here) + timedelta(days=30)
    with acting_as(here.admin):
        plans.propose(
            thread=finding, text="We will.", owner_name="Tom", due_on=due, actor=here.admin,
            at=here.tick(),
        )  # fmt: skip

    thread = of(here).threads[0]
    assert (thread.reference, thread.status, thread.plan_due_on) == ("F-1", "PLAN_PROPOSED", due)
    assert (thread.holder, thread.scope, thread.question) == ("BODY", "role", "H03")


@pytest.mark.django_db
def test_each_of_the_trio_knows_the_other_two(trio):
    here = copy.copy(trio)

    for place in range(3):
        known = of(here, place)
        assert {known.role, *(mate.role for mate in known.mates)} == {"LDSO", "SMRA_ERDA", "UMSO"}


@pytest.mark.django_db
def test_one_statement_for_one_organisation_and_for_many(qualified, trio):
    others = [b.scene().organisation.pk for _ in range(3)]
    keys = [qualified.organisation.pk, trio.organisation.pk, *others]
    with acting_as(PORTAL):
        with CaptureQueriesContext(connection) as one:
            facts.of_organisation(keys[0])
        with CaptureQueriesContext(connection) as many:
            found = facts.of_organisations(keys)

    assert (len(one), len(many)) == (1, 1)
    assert sum(len(held) for held in found.values()) == 1 + 3 + 3


@pytest.mark.django_db
def test_r001_a_participant_gets_the_facts_of_its_own_organisation_alone(qualified, trio):
    stranger = trio.organisation.pk

    with acting_as(qualified.admin):
        assert facts.of_organisations([stranger]) == {}
        assert len(facts.of_organisation(qualified.organisation.pk)) == 1
