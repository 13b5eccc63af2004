"""Comments, observations, findings and their plans: who may, whose turn, what is kept (D.4)."""

import copy
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Membership, Person
from participants.services import people
from reviews import queries
from reviews.models import ActionPlan, Message, Thread
from reviews.services import plans, threads
from tests import factories
from tests.reviews import builders as b
from tests.submissions import builders as qads


@pytest.fixture(scope="module")
def initial(shared):
    return b.to(b.scene(), Status.INITIAL_SUBMITTED)


@pytest.fixture(scope="module")
def part_submitted(shared):
    return b.to(b.scene(), Status.INITIAL_PART_SUBMITTED)


@pytest.fixture(scope="module")
def qualified(shared):
    here = b.to(b.scene(), Status.FINAL_REVIEW)
    finding = planned(here, b.raise_thread(here, kind="FINDING"))
    comment = b.raise_thread(here, kind="OBSERVATION")
    planned(here, comment)
    b.to(here, Status.QUALIFIED)
    return here, finding


def act(service, here, actor, thread, **fields):
    with acting_as(actor):
        return service(thread=thread, actor=actor, at=here.tick(), **fields)


def planned(here, thread):
    act(plans.propose, here, here.admin, thread, text="We will test it again.",
        owner_name="Tom Ellery", due_on=b.tomorrow(here))  # fmt: skip
    act(plans.agree, here, here.leads[thread.body], thread)
    return fresh(thread)


def fresh(thread):
    with acting_as(PORTAL):
        return Thread.objects.get(pk=thread.pk)


def state(thread):
    now = fresh(thread)
    return now.status, now.holder


# --- raising (R98)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "status", "prefix"),
    [("COMMENT", "OPEN", "C-"), ("OBSERVATION", "RAISED", "O-"), ("FINDING", "RAISED", "F-")],
)
def test_r098_a_body_raises_on_an_answer_that_it_reads(initial, kind, status, prefix):
    here = copy.copy(initial)
    thread = b.raise_thread(here, "BSC", kind)

    assert state(thread) == (status, "PARTICIPANT")
    assert thread.reference.startswith(prefix)
    assert thread.version == here.newest(here.part())
    assert here.statuses == [Status.INITIAL_REVIEW]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "question", "readers"),
    [
        ("SUPPLIER", "H03", {"BSC", "REC", "DIP"}),
        ("SUPPLIER", "H05", {"BSC", "REC"}),
        ("MEM_SMART", "H03", {"REC", "DIP"}),
        ("SDS", "H05", {"BSC"}),
    ],
)
def test_r098_a_body_that_does_not_read_the_question_raises_nothing(
    shared, role, question, readers
):
    here = b.to(b.scene(role), Status.INITIAL_SUBMITTED)
    raised = set()
    for body in ("BSC", "REC", "DIP"):
        try:
            b.raise_thread(here, body, question=question)
            raised.add(body)
        except Denied as turned_down:
            assert f"not read by {body}" in turned_down.reason

    assert raised == readers


@pytest.mark.django_db
def test_r080_a_comment_is_possible_on_a_submitted_section_only(part_submitted):
    here = copy.copy(part_submitted)
    b.raise_thread(here, question="B05")

    with pytest.raises(Refused, match="Section H is not submitted yet"):
        b.raise_thread(here, question="H03")


@pytest.mark.django_db
def test_threads_are_numbered_per_organisation_and_kind(initial, part_submitted):
    here, there = copy.copy(initial), copy.copy(part_submitted)
    numbers = [b.raise_thread(here, "BSC", "FINDING").reference,
               b.raise_thread(here, "REC", "FINDING").reference,
               b.raise_thread(here, "DIP", "OBSERVATION").reference,
               b.raise_thread(there, "DIP", "FINDING", question="B05").reference]  # fmt: skip

    assert numbers == ["F-1", "F-2", "O-1", "F-1"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"text": ""}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"kind": "REJECTION"}, "kind"),
        ({"kind": "FINDING", "severity": ""}, "severity"),
        ({"kind": "COMMENT", "severity": "HIGH"}, "severity"),
        ({"question": "Z99"}, "question"),
    ],
)
def test_a_thread_says_what_it_means(initial, fields, field):
    here = copy.copy(initial)

    with pytest.raises(Invalid) as refusal:
        b.raise_thread(here, **({"kind": "COMMENT"} | fields))

    assert list(refusal.value.problems) == [field]


# --- comments: answered, asked again, closed (R97, R99, R104)


@pytest.mark.django_db
def test_r097_a_comment_goes_back_and_forth_until_the_raiser_closes_it(initial):
    here = copy.copy(initial)
    thread, lead = b.raise_thread(here), here.leads["BSC"]
    seen = [state(thread)]
    for service, actor, fields in (
        (threads.respond, here.admin, {"text": "Two hours."}),
        (threads.ask_again, lead, {"text": "And at night?"}),
        (threads.respond, here.admin, {"text": "Two hours, always."}),
        (threads.close, lead, {"text": "Thank you."}),
    ):
        act(service, here, actor, thread, **fields)
        seen.append(state(thread))

    assert seen == [
        ("OPEN", "PARTICIPANT"), ("RESPONDED", "BODY"), ("OPEN", "PARTICIPANT"),
        ("RESPONDED", "BODY"), ("CLOSED", "BODY"),
    ]  # fmt: skip
    assert [m.text for m in messages(thread)] == [
        "How long does it take?", "Two hours.", "And at night?", "Two hours, always.",
        "Thank you.",
    ]  # fmt: skip


def messages(thread):
    with acting_as(PORTAL):
        return list(Message.objects.filter(thread=thread).order_by("at"))


@pytest.mark.django_db
def test_r099_only_the_raising_body_moves_a_thread_on(initial):
    here = copy.copy(initial)
    comment, finding = b.raise_thread(here, "BSC"), b.raise_thread(here, "BSC", "FINDING")
    act(plans.propose, here, here.admin, finding, text="We will test it again.",
        owner_name="Tom Ellery", due_on=b.tomorrow(here))  # fmt: skip
    attempts = [
        (threads.close, comment, {}),
        (threads.ask_again, comment, {"text": "More, please."}),
        (threads.clear, finding, {}),
        (plans.agree, finding, {}),
        (plans.return_plan, finding, {"reason": "Say when."}),
    ]

    for body in ("REC", "DIP"):
        for service, thread, fields in attempts:
            with pytest.raises(Denied, match="Only BSC, which raised"):
                act(service, here, here.leads[body], thread, **fields)
    assert (state(comment)[0], state(finding)[0]) == ("OPEN", "PLAN_PROPOSED")


@pytest.mark.django_db
def test_a_message_remembers_the_version_its_writer_had(initial):
    here = copy.copy(initial)
    thread, part = b.raise_thread(here), here.part()
    first = here.newest(part).number
    with acting_as(here.admin):
        from submissions.services import answering, submitting

        answering.save_answer(
            part=part, question_code="H03", sent=qads.Content(text="We stop within minutes."),
            revision=1, actor=here.admin, at=here.tick(),
        )  # fmt: skip
        submitting.submit_changes(
            qualification=part.qualification, actor=here.admin, at=here.tick()
        )
    act(threads.respond, here, here.admin, thread, text="See the new answer.")

    assert [m.version_number for m in messages(thread)] == [first, first + 1]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_answer_is_not_taken(initial, text):
    here = copy.copy(initial)
    thread = b.raise_thread(here)

    with pytest.raises(Invalid):
        act(threads.respond, here, here.admin, thread, text=text)


@pytest.mark.django_db
def test_r001_nobody_else_sees_or_answers_the_threads_of_an_organisation(initial):
    here = copy.copy(initial)
    thread = b.raise_thread(here)
    stranger = factories.member_actor(factories.make_organisation())

    with acting_as(stranger):
        assert list(queries.threads(stranger)) == []
        with pytest.raises(Denied):
            threads.respond(thread=thread, text="Mine.", actor=stranger, at=here.at)


# --- findings and plans (R99)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["OBSERVATION", "FINDING"])
def test_d4_a_finding_goes_the_whole_way(initial, kind):
    here = copy.copy(initial)
    thread, lead = b.raise_thread(here, kind=kind), here.leads["BSC"]
    plan = {"text": "We will test it.", "owner_name": "Tom Ellery", "due_on": b.tomorrow(here)}
    seen = []
    for service, actor, fields in (
        (threads.respond, here.admin, {"text": "We see."}),
        (threads.ask_again, lead, {"text": "A plan, please."}),
        (plans.propose, here.admin, plan),
        (plans.return_plan, lead, {"reason": "Sooner."}),
        (plans.propose, here.admin, plan),
        (plans.agree, lead, {}),
        (plans.mark_done, here.admin, {"note": "Tested on Monday."}),
        (plans.return_action, lead, {"reason": "The record is missing."}),
        (plans.mark_done, here.admin, {"note": "Here it is."}),
        (threads.clear, lead, {}),
    ):
        act(service, here, actor, thread, **fields)
        seen.append(state(thread))

    assert seen == [
        ("RAISED", "BODY"), ("RAISED", "PARTICIPANT"), ("PLAN_PROPOSED", "BODY"),
        ("RAISED", "PARTICIPANT"), ("PLAN_PROPOSED", "BODY"), ("PLAN_AGREED", "PARTICIPANT"),
        ("ACTION_DONE", "BODY"), ("PLAN_AGREED", "PARTICIPANT"), ("ACTION_DONE", "BODY"),
        ("CLEARED", "BODY"),
    ]  # fmt: skip
    with acting_as(PORTAL):
        assert list(ActionPlan.objects.order_by("number").values_list("status", flat=True)) == [
            "RETURNED", "DONE",
        ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("after", ["RAISED", "PLAN_PROPOSED", "PLAN_AGREED", "ACTION_DONE"])
def test_d4_the_raiser_clears_from_any_open_state(initial, after):
    here = copy.copy(initial)
    thread = b.raise_thread(here, kind="FINDING")
    _take(here, thread, after)

    act(threads.clear, here, here.leads["BSC"], thread)

    assert state(thread)[0] == "CLEARED"


def _take(here, thread, after):
    if after != "RAISED":
        act(plans.propose, here, here.admin, thread, text="We will test it.",
            owner_name="Tom Ellery", due_on=b.tomorrow(here))  # fmt: skip
    if after in ("PLAN_AGREED", "ACTION_DONE"):
        act(plans.agree, here, here.leads["BSC"], thread)
    if after == "ACTION_DONE":
        act(plans.mark_done, here, here.admin, thread, note="Done.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"owner_name": " "}, "owner_name"),
        ({"due_on": None}, "due_on"),
        ({"due_on": factories.NOON.date() - timedelta(days=30)}, "due_on"),
    ],
)
def test_a_plan_says_what_who_and_when(initial, fields, field):
    here = copy.copy(initial)
    thread = b.raise_thread(here, kind="FINDING")
    plan = {"text": "We will test it.", "owner_name": "Tom", "due_on": b.tomorrow(here)}

    with pytest.raises(Invalid) as refusal:
        act(plans.propose, here, here.admin, thread, **(plan | fields))

    assert list(refusal.value.problems) == [field]


@pytest.mark.django_db
def test_a_comment_has_no_plan_and_a_finding_is_not_closed(initial):
    here = copy.copy(initial)
    comment, finding = b.raise_thread(here), b.raise_thread(here, kind="FINDING")

    with pytest.raises(Refused):
        act(plans.propose, here, here.admin, comment, text="We will.", owner_name="Tom",
            due_on=b.tomorrow(here))  # fmt: skip
    with pytest.raises(Refused):
        act(threads.close, here, here.leads["BSC"], finding)


# --- after Qualification (R144)


@pytest.mark.django_db
def test_r144_after_qualification_nothing_new_is_raised_or_answered(qualified):
    here, _ = copy.copy(qualified[0]), qualified[1]

    with pytest.raises(Refused, match="can only be read"):
        b.raise_thread(here)


@pytest.mark.django_db
def test_r144_agreed_plans_are_completed_and_cleared_after_qualification(qualified):
    here, finding = copy.copy(qualified[0]), qualified[1]
    act(plans.mark_done, here, here.admin, finding, note="The second test passed.")
    act(threads.clear, here, here.leads["BSC"], finding)

    assert state(finding)[0] == "CLEARED"
    assert here.statuses == [Status.QUALIFIED]


# --- who hears of it (NT17, NT18)


@pytest.mark.django_db
def test_nt17_nt18_the_side_whose_turn_it_is_hears_of_it(initial):
    here = copy.copy(initial)
    thread = b.raise_thread(here)
    act(threads.respond, here, here.admin, thread, text="Two hours.")

    with acting_as(PORTAL):
        told = {
            (notice.kind, notice.person_id)
            for notice in Notice.objects.filter(kind__startswith="thread_")
        }
    assert ("thread_raised", here.admin.person_id) in told
    assert ("thread_answered", here.leads["BSC"].person_id) in told
    assert ("thread_answered", here.leads["REC"].person_id) not in told


# --- authors of single sections (R5)


def limited_to(here, *sections):
    member = factories.make_member(here.organisation, is_master_admin=False)
    held = here.fresh()
    with acting_as(here.admin):
        areas = [
            people.ensure_area(
                organisation_id=here.organisation.pk, qualification=held, section=section
            )
            for section in sections
        ]
        people.change_membership(membership=member, areas=areas, actor=here.admin, at=here.at)
    with acting_as(PORTAL):
        member = Membership.objects.select_related("person", "organisation").get(pk=member.pk)
    return factories.entry.member_actor(member)


@pytest.mark.django_db
def test_r005_a_limited_author_answers_on_its_sections_alone(initial):
    here = copy.copy(initial)
    comment = b.raise_thread(here, "BSC", "COMMENT", question="H03")
    finding = b.raise_thread(here, "BSC", "FINDING", question="H03")
    writes_h, writes_b = limited_to(here, "H"), limited_to(here, "B")

    for attempt in (
        lambda: act(threads.respond, here, writes_b, comment, text="Ours."),
        lambda: act(plans.propose, here, writes_b, finding, text="We will.",
                    owner_name="Tom", due_on=b.tomorrow(here)),
    ):  # fmt: skip
        with pytest.raises(Denied, match="Section H is not among the sections"):
            attempt()
    assert (state(comment), state(finding)) == (("OPEN", "PARTICIPANT"), ("RAISED", "PARTICIPANT"))
    act(threads.respond, here, writes_h, comment, text="Ours.")
    act(plans.propose, here, writes_h, finding, text="We will.", owner_name="Tom",
        due_on=b.tomorrow(here))  # fmt: skip
    assert (state(comment), state(finding)) == (("RESPONDED", "BODY"), ("PLAN_PROPOSED", "BODY"))


@pytest.mark.django_db
def test_r005_the_page_offers_a_limited_author_no_reply_beyond_its_sections(initial):
    here = copy.copy(initial)
    comment = b.raise_thread(here, "BSC", "COMMENT", question="H03")
    pages = {}
    for section in "HB":
        actor = limited_to(here, section)
        client = Client()
        client.force_login(Person.objects.get(pk=actor.person_id))
        found = reverse("reviews:threads", args=[here.organisation.slug, here.part().pk, "H03"])
        pages[section] = client.get(found).content.decode()
        plan = reverse("reviews:act_form", args=[here.organisation.slug, comment.pk, "mark_done"])
        assert client.get(plan).status_code == (302 if section == "H" else 403)

    assert "<textarea" in pages["H"]
    assert "<textarea" not in pages["B"]
    assert "Section H is not among the sections that you may write" in pages["B"]
    assert "With your colleagues" in pages["B"]
