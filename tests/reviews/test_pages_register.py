"""The register of findings, observations and comments."""

from datetime import date, timedelta

import pytest

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from reviews.models import ActionPlan
from reviews.services import plans
from tests.reviews import builders as b
from tests.reviews.desks import (
    FINDINGS,
    TODAY,
    due,
    heading,
    of_lead,
    of_member,
    place,
    propose,
    rows,
    words,
)

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.mark.django_db
def test_the_register_parts_what_is_open_planned_cleared_and_said(final):
    here = final
    b.raise_thread(here, "DIP")
    b.raise_thread(here, "REC", "OBSERVATION")
    planned = propose(here, "BSC", due_on=date(2025, 12, 19))
    with acting_as(here.leads["BSC"]):
        plans.agree(thread=planned, actor=here.leads["BSC"], at=here.tick())
    member, url = of_member(here.organisation), place(here, "findings/")

    page = words(member, url)

    assert page.startswith("One is open. It waits for you.")
    assert "Open (1) Plans running (1) Cleared (0) Comments (1)" in page
    assert "O-1 REC Observation H03" in page
    assert "Plan needed You today" in page
    plan = words(member, f"{url}?view=plans")
    assert "F-1 BSC Medium H03" in plan
    assert "Plan agreed" in plan
    assert "Fri 19 Dec 2025" in plan
    assert "C-1 DIP H03" in words(member, f"{url}?view=comments")
    assert heading(of_lead(here, "REC"), url) == "One is open. None waits for REC."


@pytest.mark.django_db
def test_a_plan_past_its_day_is_marked_and_can_be_asked_for(final):
    here = final
    raised = propose(here)
    with acting_as(here.leads["BSC"]):
        plans.agree(thread=raised, actor=here.leads["BSC"], at=here.tick())
        ActionPlan.objects.update(due_on=TODAY - timedelta(days=3))
    client = of_lead(here)

    assert "Overdue by 3 days" in words(client, f"{FINDINGS}?view=plans")
    assert rows(client, f"{FINDINGS}?view=plans&overdue=1") == ["F-1"]
    with acting_as(PORTAL):
        ActionPlan.objects.update(due_on=TODAY)
    assert rows(client, f"{FINDINGS}?view=plans&overdue=1") == []


@pytest.mark.django_db
def test_a_reply_to_a_finding_is_the_turn_of_the_body_that_raised_it(final):
    here = final
    propose(here)

    raiser, other = of_lead(here), of_lead(here, "REC")

    assert heading(raiser, FINDINGS) == "One is open. It waits for BSC."
    assert rows(raiser, f"{FINDINGS}?body=BSC&turn=BODY") == ["F-1"]
    assert heading(other, FINDINGS) == "One is open. None waits for REC."
    assert rows(other, f"{FINDINGS}?severity=LOW") == []
    assert rows(other, f"{FINDINGS}?severity=MEDIUM&kind=FINDING") == ["F-1"]


@pytest.mark.django_db
def test_without_findings_the_participant_reads_who_is_still_reading(initial):
    due(initial, 28, "BSC")

    page = words(of_member(initial.organisation), place(initial, "findings/"))

    assert "No findings. Your Initial QAD is still being read." in page
    assert "Nothing is needed from you." in page
    assert "BSC, REC and the DIP Manager finish by" in page
    assert "Open (0) Plans running (0) Cleared (0) Comments (0)" in page
