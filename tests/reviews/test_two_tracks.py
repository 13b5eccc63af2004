"""Two qualifications of one organisation share its part: what one does leaves the other's lock."""

import pytest

from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from reviews import facts
from reviews.services import reopening
from submissions.enums import SectionState
from submissions.models import SectionProgress, Version
from submissions.services import submitting
from tests.reviews import builders as b
from tests.submissions import builders as qads

pytestmark = pytest.mark.django_db


def _states(here) -> dict[str, str]:
    part = here.part(None)
    with acting_as(PORTAL):
        rows = SectionProgress.objects.filter(part=part)
        return dict(rows.values_list("section", "status"))


def _reopen(here, letter: str = "E", *, place: int = 0, body: str = "BSC") -> None:
    part, subject, lead = here.part(None), here.fresh(place), here.leads[body]
    with acting_as(here.admin):
        asked = reopening.request(
            qualification=subject, sections=[(part, letter)], reason="A name has changed.",
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(lead):
        reopening.grant(request=asked, actor=lead, at=here.tick())


def _second_submits_its_initial(here) -> None:
    b.add_role(here, "MEM_SMART", "QT_WAVE_4")
    qads.open_qad(here.organisation, here.admin, here.tick())
    qads.answer_everything(here.organisation, here.admin, here.tick())
    qads.submit_initial(here.fresh(1), here.admin, here.tick())


def test_r088_anothers_initial_does_not_hand_in_what_was_reopened():
    here = b.to(b.scene(), Status.FINAL_REVIEW)
    _reopen(here)

    _second_submits_its_initial(here)

    states = _states(here)
    assert states.pop("E") == SectionState.REOPENED
    assert set(states.values()) == {SectionState.LOCKED}
    assert here.statuses == ["FINAL_REOPENED", "INITIAL_SUBMITTED"]


def test_r088_what_was_reopened_locks_again_whatever_another_qualification_submitted():
    here = b.to(b.scene(), Status.FINAL_REVIEW)
    _reopen(here)
    _second_submits_its_initial(here)
    subject = here.fresh(0)

    with acting_as(here.admin):
        submitting.resubmit_final(
            qualification=subject, actor=here.admin, at=here.tick(), unchanged_because="It holds."
        )

    assert set(_states(here).values()) == {SectionState.LOCKED}
    assert here.statuses == ["FINAL_REVIEW", "INITIAL_SUBMITTED"]


def test_r020_an_initial_hands_in_the_organisation_part_that_another_took_to_final():
    here = b.to(b.scene(), Status.FINAL_DRAFT)
    before = here.newest(here.part(None)).number

    _second_submits_its_initial(here)

    part = here.part(None)
    assert set(_states(here).values()) == {SectionState.OPEN_FINAL}
    with acting_as(PORTAL):
        newest = Version.objects.filter(part=part).latest()
    assert (newest.number, newest.stage, newest.is_whole) == (before + 1, "FINAL", True)
    b.to(here, Status.FINAL_SUBMITTED, places=[0])
    assert set(_states(here).values()) == {SectionState.LOCKED}


def test_r111_a_signature_stands_while_another_qualification_submits():
    here = b.to(b.scene(), Status.SIGNED_OFF)

    _second_submits_its_initial(here)

    with acting_as(PORTAL):
        signed = Qualification.objects.get(pk=here.ids[0])
        assert facts.of_qualification(signed).signature_stands


def test_r089_nt22_every_body_that_reads_again_hears_of_the_reopening():
    here = b.scene("MEM_SMART")
    b.to(b.add_role(here, "SUPPLIER"), Status.FINAL_REVIEW)

    _reopen(here, place=0, body="REC")

    assert here.statuses == ["FINAL_REOPENED", "FINAL_REOPENED"]
    told = _told("reopening_decided")
    assert {body for body, lead in here.leads.items() if lead.person_id in told} == {"BSC", "DIP"}


def test_r089_nt22_a_body_that_reads_nothing_of_it_does_not_hear():
    here = b.to(b.scene("MEM_SMART"), Status.FINAL_REVIEW)

    _reopen(here, body="REC")

    told = _told("reopening_decided")
    assert {body for body, lead in here.leads.items() if lead.person_id in told} == {"DIP"}


@pytest.mark.parametrize(("role", "told"), [("SUPPLIER", {"REC", "DIP"}), ("SDS", {"DIP"})])
def test_nt23_the_other_bodies_of_a_part_hear_of_an_approval(role, told):
    here = b.to(b.scene(role), Status.FINAL_REVIEW)

    b.approve_part(here, "BSC", here.part(0))

    heard = _told("part_approved")
    assert {body for body, lead in here.leads.items() if lead.person_id in heard} == told
    assert here.admin.person_id in heard


def _told(kind: str) -> set:
    with acting_as(PORTAL):
        return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))
