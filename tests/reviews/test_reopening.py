"""Reopening: asked for by the participant, granted by a body that reads the section (R88, R89)."""

import copy

import pytest

from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.models import BodyReview, ReopenRequest, SignOff
from reviews.services import reopening
from submissions.models import SectionProgress
from submissions.services import submitting
from tests.reviews import builders as b
from waves.models import Obligation


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def signed(shared):
    return b.to(b.scene(), Status.SIGNED_OFF)


@pytest.fixture(scope="module")
def mixed(shared):
    """A signed Supplier beside a Smart MEM whose Final is under review."""
    here = b.add_role(b.scene(), "MEM_SMART")
    b.to(here, Status.FINAL_REVIEW)
    return b.to(here, Status.SIGNED_OFF, places=[0])


def ask(here, *sections, reason="A figure is wrong.", place=0, actor=None):
    subject, actor = here.fresh(place), actor or here.admin
    chosen = [(here.part(at_place), letter) for at_place, letter in sections]
    with acting_as(actor):
        return reopening.request(
            qualification=subject, sections=chosen, reason=reason, actor=actor, at=here.tick()
        )


def grant(here, asked, body="BSC"):
    lead = here.leads[body]
    with acting_as(lead):
        return reopening.grant(request=_fresh(asked), actor=lead, at=here.tick())


def refuse(here, asked, body="BSC", reason="The figure is right."):
    lead = here.leads[body]
    with acting_as(lead):
        return reopening.refuse(request=_fresh(asked), reason=reason, actor=lead, at=here.tick())


def _fresh(asked):
    return ReopenRequest.objects.select_related("qualification").get(pk=asked.pk)


def sections_open(here, place=0):
    part = here.part(place)
    with acting_as(PORTAL):
        rows = SectionProgress.objects.filter(part=part, status="REOPENED")
        return sorted(rows.values_list("section", flat=True))


@pytest.mark.django_db
def test_r088_only_the_named_sections_open(agreed):
    here = copy.copy(agreed)
    grant(here, ask(here, (0, "H"), (0, "J")))

    assert (sections_open(here), sections_open(here, None)) == (["H", "J"], [])
    assert here.statuses == [Status.FINAL_REOPENED]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sections", "reason", "field"),
    [([(0, "H")], "  ", "reason"), ([], "A figure is wrong.", "sections")],
)
def test_r088_a_request_names_sections_and_a_reason(agreed, sections, reason, field):
    here = copy.copy(agreed)

    with pytest.raises(Invalid) as refusal:
        ask(here, *sections, reason=reason)
    assert list(refusal.value.problems) == [field]


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.INITIAL_SUBMITTED, Status.FINAL_DRAFT, Status.QUALIFIED])
def test_d13_nothing_is_reopened_before_the_final_or_after_qualification(shared, status):
    here = b.to(b.scene("SDS"), status)

    with pytest.raises(Refused, match="Only a submitted Final QAD"):
        ask(here, (0, "H"))


@pytest.mark.django_db
def test_d13_one_request_waits_at_a_time(agreed):
    here = copy.copy(agreed)
    ask(here, (0, "H"))

    with pytest.raises(Refused, match="waits for its answer already"):
        ask(here, (0, "J"))


@pytest.mark.django_db
def test_the_same_request_sent_twice_is_one_request(agreed):
    here = copy.copy(agreed)
    first, again = ask(here, (0, "K")), ask(here, (0, "K"))
    assert first.pk == again.pk
    with pytest.raises(Refused, match="waits for its answer already"):
        ask(here, (0, "K"), reason="Another figure is wrong.")


@pytest.mark.django_db
def test_r089_a_body_that_does_not_read_the_section_does_not_decide(agreed):
    here = copy.copy(agreed)
    dip_only = ask(here, (None, "P"))

    for body in ("BSC", "REC"):
        with pytest.raises(Denied, match="does not read all"):
            grant(here, dip_only, body)
    grant(here, dip_only, "DIP")

    assert sections_open(here, None) == ["P"]


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["BSC", "REC", "DIP"])
def test_r089_any_one_body_that_reads_the_section_decides(agreed, body):
    here = copy.copy(agreed)
    granted = grant(here, ask(here, (0, "H")), body)

    assert (granted.status, granted.decided_by_body) == ("GRANTED", body)


@pytest.mark.django_db
def test_r089_sections_without_a_reader_in_common_are_asked_for_separately(shared):
    here = b.to(b.scene("SDS"), Status.FINAL_SUBMITTED)

    with pytest.raises(Refused, match="separate requests"):
        ask(here, (None, "P"), (None, "E"))


@pytest.mark.django_db
def test_nt22_the_other_bodies_and_the_participant_hear_of_it(agreed):
    here = copy.copy(agreed)
    grant(here, ask(here, (0, "H")), "REC")

    with acting_as(PORTAL):
        told = set(
            Notice.objects.filter(kind="reopening_decided").values_list("person_id", flat=True)
        )
    assert {here.admin.person_id, here.leads["BSC"].person_id, here.leads["DIP"].person_id} <= told
    assert here.leads["REC"].person_id not in told


@pytest.mark.django_db
def test_a_request_that_is_not_granted_changes_nothing(signed):
    here = copy.copy(signed)
    refused = refuse(here, ask(here, (0, "H")))

    assert (refused.status, refused.decision_reason) == ("REFUSED", "The figure is right.")
    assert (here.statuses, sections_open(here)) == ([Status.SIGNED_OFF], [])


@pytest.mark.django_db
def test_not_granting_needs_a_reason(agreed):
    here = copy.copy(agreed)
    asked = ask(here, (0, "H"))

    with pytest.raises(Invalid):
        refuse(here, asked, reason="")


@pytest.mark.django_db
def test_a_request_is_decided_once(agreed):
    here = copy.copy(agreed)
    asked = ask(here, (0, "H"))
    grant(here, asked)

    with pytest.raises(Refused):
        refuse(here, asked, "REC")


@pytest.mark.django_db
@pytest.mark.parametrize("place", [0, None])
def test_r111_reopening_after_sign_off_voids_the_signature(signed, place):
    here = copy.copy(signed)
    grant(here, ask(here, (place, "H" if place == 0 else "E")))

    with acting_as(PORTAL):
        row = SignOff.objects.get(qualification_id=here.ids[0])
    assert (row.status, row.voided_at) == ("VOID", here.at)
    assert "was reopened" in row.void_because
    assert (here.qualification.signed_off_at, here.qualification.content_agreed_at) == (None, None)


@pytest.mark.django_db
def test_r100_confirmations_fall_with_a_reopening(agreed):
    here = copy.copy(agreed)
    grant(here, ask(here, (0, "H")))

    with acting_as(PORTAL):
        rows = BodyReview.objects.filter(qualification_id=here.ids[0], stage="FINAL")
        assert [row.completed_at for row in rows] == [None] * 3


@pytest.mark.django_db
def test_x31_the_review_clocks_run_again_with_their_old_dates(agreed):
    here = copy.copy(agreed)
    before = _clocks(here)
    grant(here, ask(here, (0, "H")))
    after = _clocks(here)

    assert {state for state, _ in before.values()} <= {"MET", "LATE"}
    assert {state for state, _ in after.values()} == {"RUNNING"}
    assert {body: due for body, (_, due) in before.items()} == {
        body: due for body, (_, due) in after.items()
    }


def _clocks(here):
    with acting_as(PORTAL):
        rows = Obligation.objects.filter(
            qualification_id=here.ids[0], activity="final_qad_review_complete"
        )
        return {row.body: (row.state, row.due_on) for row in rows}


@pytest.mark.django_db
def test_an_organisation_section_reopens_every_qualification_that_stands_on_it(mixed):
    here = copy.copy(mixed)
    grant(here, ask(here, (None, "E")), "REC")

    assert here.statuses == [Status.FINAL_REOPENED, Status.FINAL_REOPENED]
    with acting_as(PORTAL):
        assert SignOff.objects.get(qualification_id=here.ids[0]).status == "VOID"


@pytest.mark.django_db
def test_a_role_section_reopens_that_role_alone(mixed):
    here = copy.copy(mixed)
    grant(here, ask(here, (1, "J"), place=1), "REC")

    assert here.statuses == [Status.SIGNED_OFF, Status.FINAL_REOPENED]


@pytest.mark.django_db
def test_a_section_of_another_role_is_not_reopened_with_this_one(mixed):
    here = copy.copy(mixed)

    with pytest.raises(Refused, match="belongs to another qualification"):
        ask(here, (1, "J"), place=0)


@pytest.mark.django_db
@pytest.mark.parametrize("then", ["asked again", "approved"])
def test_d13_a_granted_request_is_closed_once_its_sections_came_back(agreed, then):
    here = copy.copy(agreed)
    asked = grant(here, ask(here, (0, "H")))
    subject = here.qualification
    with acting_as(here.admin):
        submitting.resubmit_final(
            qualification=subject, actor=here.admin, at=here.tick(), unchanged_because="It holds."
        )
    if then == "approved":
        b.approve(here, "DIP")
    else:
        ask(here, (0, "J"))

    with acting_as(PORTAL):
        assert ReopenRequest.objects.get(pk=asked.pk).status == "CLOSED"
