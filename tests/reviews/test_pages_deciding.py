"""Decisions: what is ready, what is not yet, recording, and what the participant reads."""

import copy
import re

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews import facts, queries_deciding
from reviews.enums import PackState
from reviews.models import Decision, Pack, Thread
from reviews.qualified import before_decision
from reviews.services import gates, threads
from tests import factories
from tests.factories import NOON
from tests.reviews import builders as b
from tests.reviews.doors import door, statements, text_of

DESK, DECIDED, RECORD, PARTICIPANT = 11, 7, 10, 7


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


DESK_URL = "/desk/decisions/"


def of(here, place=0):
    return reverse("reviews:decision", args=[here.ids[place]])


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


def recorded(here, place=0):
    with acting_as(PORTAL):
        rows = Decision.objects.filter(qualification_id=here.ids[place]).select_related("pack")
        return list(rows.order_by("recorded_at", "body"))


def make_pack(here, body="BSC", title="Meeting 9 of 2026", places=(0,)):
    with acting_as(PORTAL):
        return Pack.objects.create(
            title=title, body=body, qualifications=[here.ids[each] for each in places],
            status=PackState.READY, job_id=here.ids[0], asked_at=NOON, asked_by_name="Josephine",
            pages=27, seal="3713bcb9" + "0" * 56,
        )  # fmt: skip


# --- the lists


@pytest.mark.django_db
def test_each_list_of_the_desk_says_where_an_application_stands(ready, signed):
    client = door(ready.secretary)

    found = text_of(client.get(DESK_URL))
    waiting = text_of(client.get(f"{DESK_URL}?show=not-yet"))
    decided = text_of(client.get(f"{DESK_URL}?show=decided"))

    assert f"{ready.organisation.name} Supplier" in found
    assert f"{signed.organisation.name} Supplier" not in found
    assert "Ready to be decided" in found
    assert f"{signed.organisation.name} Supplier" in waiting
    assert "BSC has not recorded accession" in waiting
    assert "BSC holds it since" in waiting
    assert "Nothing is decided yet." in decided


@pytest.mark.django_db
def test_r113_each_body_has_its_own_list(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC")

    of_bsc = text_of(door(here.secretary).get(DESK_URL))
    done = text_of(door(here.secretary).get(f"{DESK_URL}?show=decided"))
    of_rec = text_of(door(here.decision_maker).get(DESK_URL))

    assert f"{here.organisation.name} Supplier" not in of_bsc
    assert f"{here.organisation.name} Supplier" in done
    assert "PAB 331/04" in done
    assert f"{here.organisation.name} Supplier" in of_rec


@pytest.mark.django_db
def test_a_deferred_application_stays_on_the_list(ready):
    here = copy.copy(ready)
    b.decide(here, "BSC", "DEFERRED")

    found = text_of(door(here.secretary).get(DESK_URL))

    assert f"{here.organisation.name} Supplier" in found
    assert "Deferred on" in found


def _withheld(here):
    subject, dip = here.qualification, here.leads["DIP"]
    with acting_as(dip):
        gates.withhold_dip_user(
            qualification=subject, note="The agreement ended.", actor=dip, at=here.tick()
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "is_ready"),
    [
        (lambda here: None, True),
        (_withheld, False),
        (lambda here: b.raise_thread(here, "DIP", "FINDING"), False),
        (lambda here: b.raise_thread(here, "REC", "OBSERVATION"), False),
        (lambda here: b.raise_thread(here, "BSC", "COMMENT"), True),
        (lambda here: b.decide(here, "REC", "DEFERRED"), True),
    ],
    ids=["nothing", "dip_user", "finding", "observation", "comment", "deferral elsewhere"],
)
def test_the_list_of_the_ready_agrees_with_the_rules_of_r118(ready, change, is_ready):
    here = copy.copy(ready)
    change(here)

    with acting_as(here.secretary):
        listed = queries_deciding.ready(here.secretary).filter(pk=here.ids[0]).exists()
        lacks = before_decision(facts.facts_of(here.ids[0]), "BSC")

    assert (listed, not lacks) == (is_ready, is_ready)


@pytest.mark.django_db
def test_r110_the_list_of_the_ready_asks_for_agreed_work_off_plans_on_sit_routes(shared):
    here = b.scene("SDS", "SIT_M11_READY")
    with acting_as(here.secretary):
        rows = queries_deciding.to_decide(here.secretary)
        sql = str(rows.query)

    assert "work_off_agreed" in sql


@pytest.mark.django_db
def test_the_lists_are_narrowed_by_role_route_and_name(ready):
    here = copy.copy(ready)
    client, name = door(here.secretary), here.organisation.name

    def has(query):
        return f"{name} Supplier" in text_of(client.get(f"{DESK_URL}?{query}"))

    assert has("role=SUPPLIER")
    assert has("route=QT_WAVE_3")
    assert has(f"q={name[-4:]}")
    assert not has("role=SDS")
    assert not has("route=QT_WAVE_1")
    assert not has("q=Nobody")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("decision_maker", 200), ("BSC", 200), ("DIP", 403), ("admin", 403)],
)
def test_code_bodies_alone_have_the_desk_of_decisions(ready, who, status):
    client = door(ready.leads[who] if who in ready.leads else getattr(ready, who))

    assert client.get(DESK_URL).status_code == status
    assert client.get(of(ready)).status_code == status


@pytest.mark.django_db
def test_nobody_comes_to_the_desk_without_signing_in(ready):
    assert Client().get(DESK_URL).status_code == 302


@pytest.mark.django_db
def test_r007_what_a_body_does_not_govern_does_not_exist_for_it(shared):
    mem, sds = b.scene("MEM_ADV"), b.scene("SDS")

    assert door(mem.secretary).get(of(mem)).status_code == 404
    assert door(sds.decision_maker).get(of(sds)).status_code == 404


# --- recording (R113, R114, R118, D.7)


@pytest.mark.django_db
def test_the_page_shows_the_criteria_and_chooses_nothing(ready):
    page = door(ready.secretary).get(of(ready))

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

    answer = door(here.secretary).post(of(here), {"rows": "2"})

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

    crossed = door(here.secretary).post(of(here), sent(pack=str(other.pk)))
    first = door(here.secretary).post(of(here), sent(pack=str(pack.pk)))
    after_one = here.statuses
    second = door(here.decision_maker).post(of(here), sent())

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
    client = door(here.leads[who] if who in here.leads else getattr(here, who))
    page, answer = text_of(client.get(of(here))), client.post(of(here), sent())

    may = who in ("decision_maker", "secretary")
    assert answer.status_code == (302 if may else 403)
    assert ("Record the decision" in page) is may
    assert ("You can read this; it is not recorded here." in page) is not may


@pytest.mark.django_db
def test_r114_without_the_dip_user_an_approval_is_turned_down_and_nothing_typed_is_lost(ready):
    here = copy.copy(ready)
    _withheld(here)
    client = door(here.secretary)

    said = text_of(client.get(of(here)))
    answer = client.post(of(here), sent(reasons="Unanimous."))

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

    bare = client.post(of(here), sent(outcome="DEFERRED"))
    taken = client.post(of(here), sent(outcome="DEFERRED", reasons="The minutes are not agreed."))

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

    answer = door(here.secretary).post(of(here), sent(reasons="As minuted.", **changes))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "As minuted." in answer.content.decode()
    assert recorded(here) == []


@pytest.mark.django_db
def test_several_conditions_become_findings_with_their_dates(ready):
    here = copy.copy(ready)
    two = condition(0, "Watch rejected reads.", question="h03") | condition(1, "Train a second.")

    answer = door(here.secretary).post(of(here), sent(**two))

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
    said = text_of(door(here.admin).get(_participant(here)))
    assert "F-1 Watch rejected reads., by Wed 30 Sep 2026" in said


@pytest.mark.django_db
def test_room_for_more_conditions_keeps_what_was_typed(ready):
    here = copy.copy(ready)
    typed = sent(reasons="As minuted.", **condition(0, "Watch rejected reads."))

    page = door(here.secretary).post(of(here), typed | {"more": "1"})

    markup = page.content.decode()
    assert page.status_code == 200
    assert markup.count("where it is approved with conditions") == 4
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

    answers = [client.post(of(here), typed).status_code for _ in range(2)]

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
    client.post(of(here), sent())

    answer = client.post(of(here), sent(outcome="NOT_APPROVED", reasons="Second thoughts."))

    assert answer.status_code == 409
    assert "BSC has decided already" in answer.content.decode()
    assert [row.outcome for row in recorded(here)] == ["APPROVED"]


@pytest.mark.django_db
def test_nothing_is_recorded_before_the_signature(shared):
    here = b.to(b.scene("SDS"), Status.CONTENT_AGREED)
    client = door(here.secretary)

    said, answer = text_of(client.get(of(here))), client.post(of(here), sent())

    assert "Nothing is signed here that could be decided." in said
    assert answer.status_code == 409
    assert recorded(here) == []


# --- the trio (R14)


@pytest.mark.django_db
def test_r014_the_trio_is_one_lock_and_says_who_holds_it(trio):
    here = copy.copy(trio)
    b.decide(here, "BSC", place=0)
    b.decide(here, "REC", place=0)

    said = text_of(door(here.secretary).get(of(here)))

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
            assert door(who).post(of(here, places[role]), sent()).status_code == 302
    held = text_of(door(here.admin).get(_participant(here)))
    door(here.secretary).post(of(here, places["UMSO"]), sent())

    said = text_of(door(here.secretary).get(of(here)))
    assert "Approved, held" in held
    assert "With the last decision of the trio" in held
    assert here.statuses == [Status.QUALIFIED] * 3
    assert "The three took effect together" in said
    assert len({row.effective_at for place in range(3) for row in recorded(here, place)}) == 1


# --- what the participant reads (R122)


def _participant(here):
    return reverse("reviews:decisions_of", args=[here.organisation.slug])


@pytest.mark.django_db
def test_r122_each_decision_names_its_own_appeal_and_never_the_programme(ready):
    here = copy.copy(ready)
    b.decide(here, "REC", reasons="The controls are shown.")
    b.decide(here, "BSC", "NOT_APPROVED", reasons="Rejected reads are not reprocessed.")

    said = text_of(door(here.admin).get(_participant(here)))

    assert "BSC PAB Not approved" in said
    assert "Rejected reads are not reprocessed." in said
    assert "Ofgem BSC Section J 3.7" in said
    assert "REC PAB REC Schedule 9, section 15" in said
    assert "never to the Programme" in said


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["admin", "director", "delegate", "DIP"])
def test_decisions_are_read_by_the_organisation_and_the_bodies(ready, who):
    here = copy.copy(ready)
    b.decide(here, "BSC")
    client = door(here.leads[who] if who in here.leads else getattr(here, who))

    assert "BSC PAB Approved" in text_of(client.get(_participant(here)))


@pytest.mark.django_db
def test_r001_the_decisions_of_others_do_not_exist(ready):
    stranger = door(factories.member_actor(factories.make_organisation()))

    assert stranger.get(_participant(ready)).status_code == 404
    assert stranger.get(of(ready)).status_code == 403  # the desk is for staff alone


# --- statements


@pytest.mark.django_db
def test_the_desk_takes_the_same_statements_for_one_application_and_for_many(ready, trio, signed):
    client = door(ready.secretary)
    name = ready.organisation.name
    make_pack(ready)
    make_pack(trio, title="Meeting 10 of 2026", places=(1,))

    one = statements(client, f"{DESK_URL}?q={name.replace(' ', '+')}")

    assert one == DESK
    assert statements(client, DESK_URL) == DESK
    assert statements(client, f"{DESK_URL}?show=not-yet") == DESK


@pytest.mark.django_db
def test_a_decision_takes_the_same_statements_however_much_is_open(ready, trio):
    here, three = copy.copy(ready), copy.copy(trio)
    one = statements(door(here.secretary), of(here))
    thread = b.raise_thread(here, "BSC", "FINDING")
    for body in ("BSC", "REC", "DIP") * 3:
        b.raise_thread(here, body, "OBSERVATION")
    with acting_as(here.leads["BSC"]):
        threads.clear(thread=thread, actor=here.leads["BSC"], at=here.tick())
    b.decide(three, "BSC")

    assert [one, statements(door(here.secretary), of(here))] == [RECORD, RECORD]
    assert statements(door(three.secretary), of(three)) == RECORD


@pytest.mark.django_db
def test_decided_and_participant_lists_take_the_same_statements_for_one_and_for_five(ready, trio):
    here, three = copy.copy(ready), copy.copy(trio)
    b.decide(here, "BSC")
    one = [
        statements(door(here.secretary), f"{DESK_URL}?show=decided"),
        statements(door(here.admin), _participant(here)),
    ]
    for place in range(3):
        b.decide(three, "BSC", place=place)
    five = [
        statements(door(three.secretary), f"{DESK_URL}?show=decided"),
        statements(door(three.admin), _participant(three)),
    ]

    assert one == five == [DECIDED, PARTICIPANT]
