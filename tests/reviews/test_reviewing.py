"""A body's review: begun on first sight, completed at Initial, confirmed at Final (D.1, R100)."""

import copy

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from reviews.models import BodyReview
from reviews.services import plans, reviewing, threads
from tests.reviews import builders as b
from waves.models import Obligation


@pytest.fixture(scope="module")
def initial(shared):
    return b.to(b.scene(), Status.INITIAL_SUBMITTED)


@pytest.fixture(scope="module")
def final(shared):
    return b.to(b.scene(), Status.FINAL_SUBMITTED)


def _look(here, part, actor):
    with acting_as(PORTAL):
        held = list(Qualification.objects.filter(organisation=here.organisation))
    with acting_as(actor):
        reviewing.opened(part=part, qualifications=held, actor=actor, at=here.tick())


def _reviews(here, **filters):
    with acting_as(PORTAL):
        return list(BodyReview.objects.filter(qualification_id__in=here.ids, **filters))


def _complete(here, body):
    subject, lead = here.qualification, here.leads[body]
    with acting_as(lead):
        return reviewing.complete_initial(qualification=subject, actor=lead, at=here.tick())


@pytest.mark.django_db
@pytest.mark.parametrize("place", [0, None])
def test_d1_the_first_look_of_a_reviewer_starts_the_review(initial, place):
    here = copy.copy(initial)
    _look(here, here.part(place), here.leads["REC"])

    assert here.statuses == [Status.INITIAL_REVIEW]
    assert [(row.body, row.stage) for row in _reviews(here)] == [("REC", "INITIAL")]


@pytest.mark.django_db
def test_a_second_look_writes_nothing(initial):
    here = copy.copy(initial)
    part = here.part()
    _look(here, part, here.leads["BSC"])
    before = _events(here)

    _look(here, part, here.leads["BSC"])

    assert _events(here) == before


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["secretary", "decision_maker", "admin"])
def test_a_look_of_somebody_who_does_not_review_starts_nothing(initial, who):
    here = copy.copy(initial)
    _look(here, here.part(), getattr(here, who))

    assert here.statuses == [Status.INITIAL_SUBMITTED]


@pytest.mark.django_db
def test_a_look_at_the_final_starts_the_final_review(final):
    here = copy.copy(final)
    _look(here, here.part(), here.leads["DIP"])

    assert here.statuses == [Status.FINAL_REVIEW]


@pytest.mark.django_db
def test_d1_the_initial_is_reviewed_when_the_last_relevant_body_completes(initial):
    here = copy.copy(initial)
    seen = []
    for body in ("BSC", "REC", "DIP"):
        _complete(here, body)
        seen.append(here.qualification.status)

    assert seen == [Status.INITIAL_REVIEW, Status.INITIAL_REVIEW, Status.INITIAL_REVIEWED]
    assert here.qualification.initial_reviewed_at == here.at


@pytest.mark.django_db
def test_a_body_that_does_not_govern_the_role_completes_nothing(shared):
    here = b.to(b.scene("MEM_SMART"), Status.INITIAL_SUBMITTED)

    with pytest.raises(Denied, match="not governed by BSC"):
        _complete(here, "BSC")
    _complete(here, "REC")
    _complete(here, "DIP")

    assert here.statuses == [Status.INITIAL_REVIEWED]


@pytest.mark.django_db
def test_a_review_is_completed_once(initial):
    here = copy.copy(initial)
    _complete(here, "BSC")

    with pytest.raises(Refused, match="completed this review already"):
        _complete(here, "BSC")


@pytest.mark.django_db
def test_completing_meets_the_clock_of_that_body_alone(initial):
    here = copy.copy(initial)
    _complete(here, "BSC")

    with acting_as(PORTAL):
        rows = Obligation.objects.filter(
            qualification_id=here.ids[0], activity="initial_qad_review_complete"
        )
        states = {row.body: row.state for row in rows}
    assert states["BSC"] in ("MET", "LATE")
    assert {states["REC"], states["DIP"]} == {"RUNNING"}


@pytest.mark.django_db
def test_d1_open_comments_do_not_hold_the_initial_review(initial):
    here = copy.copy(initial)
    b.raise_thread(here)
    for body in ("BSC", "REC", "DIP"):
        _complete(here, body)

    assert here.statuses == [Status.INITIAL_REVIEWED]


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["role", "organisation"])
@pytest.mark.parametrize("kind", ["COMMENT", "OBSERVATION", "FINDING"])
def test_r100_open_threads_hold_the_confirmation_of_the_body_that_raised_them(final, kind, place):
    here = copy.copy(final)
    part = here.part(None if place == "organisation" else 0)
    thread = b.raise_thread(
        here, "REC", kind, part=part, question="E01" if place == "organisation" else "H03"
    )

    with pytest.raises(Refused, match=thread.reference):
        b.confirm(here, "REC")
    b.confirm(here, "BSC")

    assert [row.body for row in _reviews(here, stage="FINAL", completed_at__isnull=False)] == [
        "BSC"
    ]


@pytest.mark.django_db
def test_r100_a_closed_comment_and_a_planned_finding_do_not_hold_it(final):
    here = copy.copy(final)
    comment, finding = b.raise_thread(here), b.raise_thread(here, kind="FINDING")
    lead = here.leads["BSC"]
    with acting_as(lead):
        threads.close(thread=comment, actor=lead, at=here.tick())
    with acting_as(here.admin):
        plans.propose(
            thread=finding, text="We will test it.", owner_name="Tom Ellery",
            due_on=b.tomorrow(here), actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(lead):
        plans.agree(thread=finding, actor=lead, at=here.tick())

    b.confirm(here, "BSC")

    assert [row.body for row in _reviews(here, stage="FINAL", completed_at__isnull=False)] == [
        "BSC"
    ]


@pytest.mark.django_db
def test_r100_a_new_comment_takes_the_confirmation_back(final):
    here = copy.copy(final)
    b.confirm(here, "BSC")
    b.confirm(here, "REC")

    b.raise_thread(here, "BSC")

    assert [row.body for row in _reviews(here, stage="FINAL", completed_at__isnull=False)] == [
        "REC"
    ]


@pytest.mark.django_db
def test_r100_no_confirmation_before_the_final_is_submitted(initial):
    here = copy.copy(initial)

    with pytest.raises(Refused, match="no Final submission"):
        b.confirm(here, "BSC")


def _events(here) -> int:
    with acting_as(PORTAL):
        return AuditEvent.objects.filter(organisation_id=here.organisation.pk).count()
