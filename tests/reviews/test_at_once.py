"""Several people at the same moment, on a real database with real commits (trust decision 9)."""

import threading
from collections import Counter

from django.db import connection

from foundation.audit.models import AuditEvent
from foundation.errors import Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from reviews.models import Approval, BodyReview, Decision, SignOff, Thread
from reviews.services import approvals, decisions, reopening, reviewing, sign_off, threads
from submissions import queries
from submissions.models import Part
from tests.reviews import builders as b

ROUNDS = 20


def at_once(*deeds):
    """Run deeds in threads that start together; return what came of each, in order."""
    gate, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, actor, deed):
        try:
            gate.wait(timeout=10)
            with acting_as(actor):
                deed(actor)
            found[place] = "done"
        except Refused as refusal:
            found[place] = refusal.reasons[0]
        finally:
            connection.close()

    runners = [
        threading.Thread(target=run, args=(place, actor, deed))
        for place, (actor, deed) in enumerate(deeds)
    ]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(timeout=60)
    return found


def subject(here, place=0):
    return Qualification.objects.select_related("organisation").get(pk=here.ids[place])


def part(here):
    return Part.objects.select_related("organisation", "qualification").get(
        qualification_id=here.ids[0]
    )


def events(here, name):
    with acting_as(PORTAL):
        rows = AuditEvent.objects.filter(organisation_id=here.organisation.pk, action=name)
        return rows.count()


def test_three_bodies_approving_at_once_agree_the_content_exactly_once(committed):
    here = b.to(b.scene(), Status.FINAL_REVIEW)
    for body in ("BSC", "REC", "DIP"):
        b.approve_part(here, body, here.part(None))
        b.confirm(here, body)
    with acting_as(PORTAL):
        sha = queries.latest_versions([part(here).pk])[part(here).pk].sha256

    def approve(actor):
        approvals.approve(part=part(here), seen_sha256=sha, actor=actor, at=here.at)

    for number in range(1, ROUNDS + 1):
        found = at_once(*[(here.leads[body], approve) for body in ("BSC", "REC", "DIP")])

        assert found == ["done"] * 3
        assert (here.statuses, events(here, "content.agreed")) == ([Status.CONTENT_AGREED], number)
        _unapprove(here)


def test_the_last_three_opinions_of_different_kinds_at_once_agree_the_content_once(committed):
    """BSC approves the role part, REC the organisation part, DIP confirms: no row in common."""
    here = b.to(b.scene(), Status.CONTENT_AGREED)
    with acting_as(PORTAL):
        shared = Part.objects.select_related("organisation").get(
            organisation=here.organisation, qualification=None
        )
        hashes = {key: each.sha256 for key, each in _newest(shared.pk, part(here).pk).items()}

    def approve_role(actor):
        own = part(here)
        approvals.approve(part=own, seen_sha256=hashes[own.pk], actor=actor, at=here.at)

    def approve_organisation(actor):
        approvals.approve(part=shared, seen_sha256=hashes[shared.pk], actor=actor, at=here.at)

    def confirm(actor):
        reviewing.confirm_comments_addressed(qualification=subject(here), actor=actor, at=here.at)

    for number in range(2, ROUNDS + 2):
        _take_back(here, shared)
        found = at_once(
            (here.leads["BSC"], approve_role),
            (here.leads["REC"], approve_organisation),
            (here.leads["DIP"], confirm),
        )

        assert found == ["done"] * 3
        assert (here.statuses, events(here, "content.agreed")) == ([Status.CONTENT_AGREED], number)


def _newest(*part_ids):
    return queries.latest_versions(part_ids)


def _take_back(here, shared):
    """Leave one opinion of each kind outstanding, each with another body."""
    with acting_as(PORTAL):
        Approval.objects.filter(part=part(here), body="BSC").update(status="LAPSED")
        Approval.objects.filter(part=shared, body="REC").update(status="LAPSED")
        BodyReview.objects.filter(qualification_id=here.ids[0], body="DIP", stage="FINAL").update(
            completed_at=None
        )
        Qualification.objects.filter(pk=here.ids[0]).update(status=Status.FINAL_REVIEW)


def _unapprove(here):
    """Set the stage again for the next round."""
    with acting_as(PORTAL):
        Approval.objects.filter(part=part(here)).update(status="LAPSED")
        Qualification.objects.filter(pk=here.ids[0]).update(status=Status.FINAL_REVIEW)


def test_three_bodies_completing_the_initial_review_at_once_end_it_exactly_once(committed):
    here = b.to(b.scene(), Status.INITIAL_SUBMITTED)

    def complete(actor):
        reviewing.complete_initial(qualification=subject(here), actor=actor, at=here.at)

    for number in range(1, 6):
        found = at_once(*[(lead, complete) for lead in here.leads.values()])

        assert found == ["done"] * 3
        assert here.statuses == [Status.INITIAL_REVIEWED]
        assert events(here, "initial_review.completed") == number
        with acting_as(PORTAL):
            BodyReview.objects.filter(qualification_id=here.ids[0]).update(completed_at=None)
            Qualification.objects.filter(pk=here.ids[0]).update(status=Status.INITIAL_SUBMITTED)


def test_two_directors_signing_at_once_leave_one_signature(committed):
    here = b.to(b.scene(), Status.CONTENT_AGREED)
    with acting_as(here.director):
        seen = sign_off.content_to_sign(subject(here)).sha256

    def sign(actor):
        sign_off.sign(qualification=subject(here), seen_sha256=seen, actor=actor, at=here.at)

    found = at_once(*[(here.director, sign)] * 4)

    assert Counter(each == "done" for each in found) == {True: 1, False: 3}
    with acting_as(PORTAL):
        assert SignOff.objects.filter(qualification_id=here.ids[0]).count() == 1


def test_a_decision_recorded_twice_at_once_stands_once(committed):
    here = b.to(b.scene(), Status.SIGNED_OFF)
    b.make_ready(here)

    def decide(actor):
        decisions.record(
            qualification=subject(here), body="BSC", outcome="APPROVED", reasons="",
            decided_on=here.at.date(), minute_reference="PAB 331/04", actor=actor, at=here.at,
        )  # fmt: skip

    found = at_once(*[(here.secretary, decide)] * 4)

    assert Counter(each == "done" for each in found) == {True: 1, False: 3}
    with acting_as(PORTAL):
        assert Decision.objects.filter(qualification_id=here.ids[0]).count() == 1


def test_both_code_bodies_deciding_at_once_qualify_exactly_once(committed):
    here = b.to(b.scene(), Status.SIGNED_OFF)
    b.make_ready(here)

    def decide(body):
        return lambda actor: decisions.record(
            qualification=subject(here), body=body, outcome="APPROVED", reasons="",
            decided_on=here.at.date(), minute_reference="PAB 331/04", actor=actor, at=here.at,
        )  # fmt: skip

    found = at_once((here.secretary, decide("BSC")), (here.decision_maker, decide("REC")))

    assert found == ["done", "done"]
    assert here.statuses == [Status.QUALIFIED]
    assert events(here, "qualification.qualified") == 1


def test_r014_the_last_decisions_of_the_trio_at_once_qualify_all_three_at_one_moment(committed):
    here = b.to(b.scene("LDSO", "NON_SIT_LDSO_M10"), Status.SIGNED_OFF)
    for place in range(3):
        b.make_ready(here, place)
    roles = [each.role for each in here.all]

    def decide(body, place):
        return lambda actor: decisions.record(
            qualification=subject(here, place), body=body, outcome="APPROVED", reasons="",
            decided_on=here.at.date(), minute_reference="PAB 331/04", actor=actor, at=here.at,
        )  # fmt: skip

    deeds = [
        (here.decider(body), decide(body, place))
        for place, role in enumerate(roles)
        for body in (("BSC",) if role == "UMSO" else ("BSC", "REC"))
    ]
    found = at_once(*deeds)

    assert found == ["done"] * 5
    assert here.statuses == [Status.QUALIFIED] * 3
    assert events(here, "qualification.qualified") == 3


def test_an_approval_and_a_reopening_at_once_never_leave_an_approval_of_what_is_open(committed):
    here = b.to(b.scene(), Status.FINAL_REVIEW)
    with acting_as(PORTAL):
        sha = queries.latest_versions([part(here).pk])[part(here).pk].sha256
    with acting_as(here.admin):
        asked = reopening.request(
            qualification=subject(here), sections=[(part(here), "H")], reason="Wrong.",
            actor=here.admin, at=here.tick(),
        )  # fmt: skip

    def approve(actor):
        approvals.approve(part=part(here), seen_sha256=sha, actor=actor, at=here.at)

    def grant(actor):
        row = type(asked).objects.select_related("qualification").get(pk=asked.pk)
        reopening.grant(request=row, actor=actor, at=here.at)

    found = at_once((here.leads["BSC"], approve), (here.leads["REC"], grant))

    assert found[1] == "done"
    assert here.statuses == [Status.FINAL_REOPENED]
    with acting_as(PORTAL):
        standing = Approval.objects.filter(part=part(here), status="APPROVED")
        assert not standing.exists()


def test_threads_raised_at_once_get_numbers_of_their_own(committed):
    here = b.to(b.scene(), Status.INITIAL_REVIEW)

    def raise_one(actor):
        threads.raise_thread(
            part=part(here), question="H03", kind="FINDING", subject="A", text="B",
            severity="LOW", actor=actor, at=here.at,
        )  # fmt: skip

    found = at_once(*[(lead, raise_one) for lead in here.leads.values()] * 3)

    assert found == ["done"] * 9
    with acting_as(PORTAL):
        numbers = Thread.objects.filter(kind="FINDING").values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, 10))
