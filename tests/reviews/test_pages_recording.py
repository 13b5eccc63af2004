"""Recording a decision: nothing has a default, nothing typed is lost, nothing counts twice."""

import copy
import re

import pytest

from foundation.audit.models import AuditEvent
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews.models import Thread
from tests.reviews import builders as b
from tests.reviews.doors import door, text_of
from tests.reviews.papers import (
    decision_at,
    make_pack,
    recorded,
    url,
    who_is,
    withhold_dip_user,
)


@pytest.fixture(scope="module")
def signed(shared):
    return b.to(b.scene(), Status.SIGNED_OFF)


@pytest.fixture(scope="module")
def ready(shared):
    here = b.to(b.scene(), Status.SIGNED_OFF)
    b.make_ready(here)
    return here


@pytest.fixture(scope="module")
def trio(shared):
    here = b.to(b.scene("LDSO", "NON_SIT_LDSO_M10"), Status.SIGNED_OFF)
    for place in range(3):
        b.make_ready(here, place)
    return here


def sent(**changes):
    values = {
        "outcome": "APPROVED", "reasons": "", "minute_reference": "333/03", "pack": "none",
        "decided_on_0": "19", "decided_on_1": "11", "decided_on_2": "2025", "rows": "2",
    }  # fmt: skip
    return values | changes


def condition(place, text, *, question="", severity="MEDIUM", year="2026"):
    return {
        f"condition-{place}-text": text,
        f"condition-{place}-due_on_0": "30",
        f"condition-{place}-due_on_1": "9",
        f"condition-{place}-due_on_2": year,
        f"condition-{place}-question": question,
        f"condition-{place}-severity": severity,
    }


# --- recording (R113, R114, R118, D.7)


@pytest.mark.django_db
def test_the_page_shows_the_criteria_and_chooses_nothing(ready):
    page = door(ready.secretary).get(decision_at(ready))

    said, markup = text_of(page), page.content.decode()
    assert "ready to be decided" in said
    assert "Is " in said
    assert "MHHS Qualified under the Balancing and Settlement Code as Supplier" in said
    for number in (1, 2, 3, 4):
        assert f"{number} " in said
    assert "Recorded by BSC and REC." in said
    assert "Nothing is chosen for you" in said
    assert " checked" not in markup
    assert not re.search(r'value="[^"]+" selected', markup)
    assert "an appeal goes to Ofgem (BSC Section J 3.7)" in said


@pytest.mark.django_db
def test_a_post_without_a_choice_records_nothing(ready):
    here = copy.copy(ready)

    answer = door(here.secretary).post(decision_at(here), {"rows": "2"})

    said = text_of(answer)
    assert answer.status_code == 422
    assert "Choose approved, deferred or not approved." in said
    assert "Give the day of the decision." in said
    assert "Choose the pack that it was decided from, or none." in said
    assert recorded(here) == []


@pytest.mark.django_db
def test_r118_the_last_approval_makes_it_qualified(ready):
    here = copy.copy(ready)
    pack = make_pack(here)
    other = make_pack(here, "REC")

    crossed = door(here.secretary).post(decision_at(here), sent(pack=str(other.pk)))
    first = door(here.secretary).post(decision_at(here), sent(pack=str(pack.pk)))
    after_one = here.statuses
    second = door(here.decision_maker).post(decision_at(here), sent())

    assert crossed.status_code == 422
    assert [first.status_code, second.status_code] == [302, 302]
    assert (after_one, here.statuses) == ([Status.SIGNED_OFF], [Status.QUALIFIED])
    assert [(row.body, row.minute_reference, row.pack) for row in recorded(here)] == [
        ("BSC", "333/03", pack),
        ("REC", "", None),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["BSC", "REC", "decision_maker", "secretary"])
def test_r113_only_the_recorder_of_a_body_records(ready, signed, who):
    here = copy.copy(ready)
    client = door(who_is(here, who))
    page, answer = text_of(client.get(decision_at(here))), client.post(decision_at(here), sent())

    may = who in ("decision_maker", "secretary")
    assert answer.status_code == (302 if may else 403)
    assert ("Record the decision" in page) is may
    assert ("You can read this; it is not recorded here." in page) is not may


@pytest.mark.django_db
def test_r114_without_the_dip_user_an_approval_is_turned_down_and_nothing_typed_is_lost(ready):
    here = copy.copy(ready)
    withhold_dip_user(here)
    client = door(here.secretary)

    said = text_of(client.get(decision_at(here)))
    answer = client.post(decision_at(here), sent(reasons="Unanimous."))

    assert "An approval cannot be recorded yet, for one reason." in said
    assert "does not confirm the DIP User status: The agreement ended." in said
    assert answer.status_code == 409
    assert "It cannot be approved yet" in answer.content.decode()
    assert "Unanimous." in answer.content.decode()
    assert recorded(here) == []


@pytest.mark.django_db
def test_x38_a_deferral_is_recorded_with_its_reasons_while_things_are_missing(signed):
    here = copy.copy(signed)
    client = door(here.secretary)

    bare = client.post(decision_at(here), sent(outcome="DEFERRED"))
    taken = client.post(
        decision_at(here), sent(outcome="DEFERRED", reasons="The minutes are not agreed.")
    )

    assert bare.status_code == 422
    assert "Give the reasons; the participant reads them." in bare.content.decode()
    assert taken.status_code == 302
    assert [row.outcome for row in recorded(here)] == ["DEFERRED"]
    assert here.statuses == [Status.SIGNED_OFF]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"minute_reference": ""}, "Give the reference of the PAB minute."),
        ({"decided_on_2": "2031"}, "The day of the decision lies ahead."),
        ({"decided_on_0": "31"}, "Enter a real date"),
        (condition(0, "Watch it.", severity=""), "Choose how severe it is."),
        (condition(0, ""), "Say what is to be done."),
        (condition(0, "Watch it.", question="Z99"), "no question Z99"),
    ],
    ids=["minute", "ahead", "date", "severity", "text", "question"],
)
def test_what_is_missing_in_a_decision_stands_on_its_page(ready, changes, said):
    here = copy.copy(ready)

    answer = door(here.secretary).post(decision_at(here), sent(reasons="As minuted.", **changes))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "As minuted." in answer.content.decode()
    assert recorded(here) == []


@pytest.mark.django_db
def test_several_conditions_become_findings_with_their_dates(ready):
    here = copy.copy(ready)
    two = condition(0, "Watch rejected reads.", question="h03") | condition(1, "Train a second.")

    answer = door(here.secretary).post(decision_at(here), sent(**two))

    assert answer.status_code == 302
    row = recorded(here)[0]
    assert [(each["text"], each["due_on"]) for each in row.conditions] == [
        ("Watch rejected reads.", "2026-09-30"),
        ("Train a second.", "2026-09-30"),
    ]
    with acting_as(PORTAL):
        raised = Thread.objects.filter(organisation=here.organisation).order_by("number")
        assert [(t.reference, t.question, t.body) for t in raised] == [
            ("F-1", "H03", "BSC"),
            ("F-2", "T05", "BSC"),
        ]
    said = text_of(door(here.admin).get(url("decisions_of", here)))
    assert "F-1 Watch rejected reads., by Wed 30 Sep 2026" in said


@pytest.mark.django_db
def test_a_condition_is_added_when_it_is_asked_for(ready):
    here = copy.copy(ready)
    client = door(here.secretary)

    first = client.get(decision_at(here)).content.decode()
    added = client.post(decision_at(here), {"rows": "0", "more": "1"}).content.decode()

    assert "Add a condition" in first
    assert (first.count(">Condition "), added.count(">Condition ")) == (0, 1)
    assert "Add another condition" in added
    assert recorded(here) == []


@pytest.mark.django_db
def test_room_for_more_conditions_keeps_what_was_typed(ready):
    here = copy.copy(ready)
    typed = sent(reasons="As minuted.", **condition(0, "Watch rejected reads."))

    page = door(here.secretary).post(decision_at(here), typed | {"more": "1"})

    markup = page.content.decode()
    assert page.status_code == 200
    assert markup.count(">Condition ") == 3
    assert "Watch rejected reads." in markup
    assert "As minuted." in markup
    assert re.search(r'value="APPROVED"[^>]* checked', markup)
    assert "There is a problem" not in markup
    assert recorded(here) == []


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", ["APPROVED", "DEFERRED", "NOT_APPROVED"])
def test_a_doubled_click_records_one_decision(ready, outcome):
    here = copy.copy(ready)
    client = door(here.secretary)
    typed = sent(outcome=outcome, reasons="As minuted.")

    answers = [client.post(decision_at(here), typed).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert [row.outcome for row in recorded(here)] == [outcome]
    with acting_as(PORTAL):
        told = AuditEvent.objects.filter(
            action="decision.recorded", organisation_id=here.organisation.pk
        )
        assert told.count() == 1


@pytest.mark.django_db
def test_another_decision_after_the_first_is_refused(ready):
    here = copy.copy(ready)
    client = door(here.secretary)
    client.post(decision_at(here), sent())

    answer = client.post(
        decision_at(here), sent(outcome="NOT_APPROVED", reasons="Second thoughts.")
    )

    assert answer.status_code == 409
    assert "BSC has decided already" in answer.content.decode()
    assert [row.outcome for row in recorded(here)] == ["APPROVED"]


@pytest.mark.django_db
def test_nothing_is_recorded_before_the_signature(shared):
    here = b.to(b.scene("SDS"), Status.CONTENT_AGREED)
    client = door(here.secretary)

    said, answer = text_of(client.get(decision_at(here))), client.post(decision_at(here), sent())

    assert "Nothing is signed here that could be decided." in said
    assert answer.status_code == 409
    assert recorded(here) == []


# --- the trio (R14)


@pytest.mark.django_db
def test_r014_the_trio_is_one_lock_and_says_who_holds_it(trio):
    here = copy.copy(trio)
    b.decide(here, "BSC", place=0)
    b.decide(here, "REC", place=0)

    said = text_of(door(here.secretary).get(decision_at(here)))

    assert "The three, as one lock" in said
    assert "2 of 5 decisions." in said
    assert "SMRA / ERDA and UMSO hold it." in said
    assert "approved by the BSC PAB, held until the trio is complete" in said
    assert here.statuses == [Status.SIGNED_OFF] * 3


@pytest.mark.django_db
def test_r014_the_last_of_five_decisions_qualifies_all_three(trio):
    here = copy.copy(trio)
    places = {here.fresh(place).role: place for place in range(3)}
    for role in ("LDSO", "SMRA_ERDA"):
        for who in (here.secretary, here.decision_maker):
            assert door(who).post(decision_at(here, places[role]), sent()).status_code == 302
    held = text_of(door(here.admin).get(url("decisions_of", here)))
    door(here.secretary).post(decision_at(here, places["UMSO"]), sent())

    said = text_of(door(here.secretary).get(decision_at(here)))
    assert "Approved, held" in held
    assert "With the last decision of the trio" in held
    assert here.statuses == [Status.QUALIFIED] * 3
    assert "The three took effect together" in said
    assert len({row.effective_at for place in range(3) for row in recorded(here, place)}) == 1
