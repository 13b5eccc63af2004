"""The homes of staff who do not review, and who has no desk."""

import pytest

from participants.enums import Status
from participants.models import Person
from tests.reviews import builders as b
from tests.reviews.desks import EVERYONE, FINDINGS, QUEUE, of_member, of_staff, signed_in, words

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.mark.django_db
def test_the_home_of_who_decides_names_what_is_ready_first(final):
    here = b.to(final, Status.SIGNED_OFF)
    secretary = signed_in(Person.objects.get(pk=here.secretary.person_id))

    waiting = words(secretary, QUEUE)
    b.make_ready(here)
    ready = words(secretary, QUEUE)

    assert waiting.startswith("No decisions to record.")
    assert "Decisions Ready for the BSC PAB; one more on the way 0" in waiting
    name = here.organisation.name
    assert ready.startswith(f"One decision to record. {name} first. BSC. PAB secretary.")
    assert f"Open {name}" in ready
    assert "Packs" in ready


@pytest.mark.django_db
def test_each_duty_without_reviewing_finds_its_own_desks(initial):
    tester = words(of_staff("BSC", "TEST_MANAGER"), QUEUE)
    reader = words(of_staff("MHHSP", "MCC_READER"), QUEUE)
    runs = words(of_staff("BSC", "ADMINISTRATOR"), QUEUE)
    dip = words(of_staff("DIP", "DECISION_MAKER"), QUEUE)
    planner = words(of_staff("BSC", "PLANNER"), QUEUE)

    assert tester.startswith("No PIT report waits for your word.")
    assert "Testing" in tester
    assert reader.startswith("None of one are MHHS Qualified.")
    assert "Testing" not in reader
    assert runs.startswith("2 organisations. None of one are MHHS Qualified.")
    assert "Staff" in runs
    assert "The portal’s date It is Tue 18 Nov 2025" in runs
    assert "Who stands in which wave" in planner
    assert "who would be touched" in planner
    assert "Who stands in which wave" not in tester + reader + runs + dip
    assert dip.startswith("No DIP User status waits for your word.")


@pytest.mark.django_db
def test_a_participant_has_no_desk(initial):
    member = of_member(initial.organisation)

    assert [member.get(url).status_code for url in (QUEUE, EVERYONE, FINDINGS)] == [403] * 3
