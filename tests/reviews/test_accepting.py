"""Answers that a body accepts: given, seen by all, lapsing by themselves, taken back (D.3)."""

import copy
import json

import pytest

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews import opinions
from reviews.models import Acceptance
from reviews.services import accepting, threads
from submissions.opinions import Opinion
from tests import factories
from tests.reviews import builders as b
from tests.reviews.calls import api, get, post, results
from tests.reviews.doors import door, statements, text_of
from tests.reviews.rewriting import rewrite
from tests.submissions import builders as qads


@pytest.fixture(scope="module")
def submitted(shared):
    return b.to(b.scene(), Status.INITIAL_SUBMITTED)


@pytest.fixture(scope="module")
def mem(shared):
    return b.to(b.scene("MEM_SMART"), Status.INITIAL_SUBMITTED)


def accept(here, body="BSC", *codes, **changes):
    part, lead = here.part(), here.leads[body]
    fields = {"part": part, "questions": codes or ["H03"], "seen_version": here.newest(part).number}
    with acting_as(lead):
        return accepting.accept_all(**fields | changes, actor=lead, at=here.tick())


def take_back(here, body="BSC", code="H03"):
    part, lead = here.part(), here.leads[body]
    with acting_as(lead):
        return accepting.take_back(part=part, question=code, actor=lead, at=here.tick())


def said(here, code="H03", body="BSC"):
    part = here.part()
    with acting_as(PORTAL):
        return opinions.of_parts([part.pk])[part.pk].of(code, body)


def events(here, action):
    with acting_as(PORTAL):
        rows = AuditEvent.objects.filter(organisation_id=here.organisation.pk, action=action)
        return [json.loads(row.payload) for row in rows]


# --- giving it


@pytest.mark.django_db
def test_a_body_accepts_an_answer_at_the_version_it_read(submitted):
    here = copy.copy(submitted)

    row = accept(here)[0]

    assert (row.body, row.question, row.version.number) == (
        "BSC",
        "H03",
        here.newest(here.part()).number,
    )
    assert said(here) is Opinion.ACCEPTED
    assert said(here, body="REC") is not Opinion.ACCEPTED
    assert said(here, code="H04") is not Opinion.ACCEPTED
    assert events(here, "answer.accepted")[0]["answers"] == {"H03": row.sha256}


@pytest.mark.django_db
def test_accepting_begins_the_review_of_what_was_submitted(submitted):
    here = copy.copy(submitted)

    accept(here)

    assert here.fresh().status == Status.INITIAL_REVIEW


@pytest.mark.django_db
def test_accepting_twice_changes_nothing(submitted):
    here = copy.copy(submitted)
    first = accept(here)[0]

    second = accept(here)[0]

    assert (second.pk, second.at) == (first.pk, first.at)
    assert len(events(here, "answer.accepted")) == 1


@pytest.mark.django_db
def test_several_answers_are_accepted_together_or_none_of_them(submitted):
    here = copy.copy(submitted)
    b.raise_thread(here, question="H04")

    with pytest.raises(Refused) as refused:
        accept(here, "BSC", "H03", "H04", "T01")

    reasons = " ".join(refused.value.reasons)
    assert "BSC keeps C-1 open on H04" in reasons
    assert "T01 was not answered" in reasons
    assert said(here) is not Opinion.ACCEPTED
    assert [row.question for row in accept(here, "BSC", "H03", "H05")] == ["H03", "H05"]


@pytest.mark.django_db
def test_an_answer_that_changed_since_it_was_read_is_not_accepted(submitted):
    here = copy.copy(submitted)
    read = here.newest(here.part()).number
    rewrite(here)

    with pytest.raises(Refused, match=f"changed in version {read + 1}"):
        accept(here, seen_version=read)

    assert accept(here)[0].version.number == read + 1


@pytest.mark.django_db
def test_r098_a_body_accepts_only_what_it_reads(mem):
    here = copy.copy(mem)

    with pytest.raises(Denied):
        accept(here, "BSC")
    with pytest.raises(Denied, match="J10 is not read by DIP"):
        accept(here, "DIP", "J10")
    with pytest.raises(Invalid):
        accept(here, "REC", "Z99")


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["admin", "secretary"])
def test_only_those_who_review_accept(submitted, who):
    here = copy.copy(submitted)
    actor, part = getattr(here, who), here.part()

    with acting_as(actor), pytest.raises(Denied):
        accepting.accept(part=part, question="H03", seen_version=1, actor=actor, at=here.tick())
    with acting_as(actor), pytest.raises(Denied):
        accepting.take_back(part=part, question="H03", actor=actor, at=here.tick())


@pytest.mark.django_db
def test_the_programme_accepts_nothing(submitted):
    here, actor = copy.copy(submitted), factories.staff_actor("MHHSP", "TEST_MANAGER")
    part = here.part()

    with acting_as(actor), pytest.raises(Denied):
        accepting.accept(part=part, question="H03", seen_version=1, actor=actor, at=here.tick())


# --- what becomes of it


@pytest.mark.django_db
def test_r103_a_changed_answer_drops_its_own_acceptance_and_no_other(submitted):
    here = copy.copy(submitted)
    accept(here, "BSC", "H03", "H04")
    accept(here, "REC", "H03")

    rewrite(here)

    assert (said(here), said(here, body="REC")) == (Opinion.LAPSED, Opinion.LAPSED)
    assert said(here, code="H04") is Opinion.ACCEPTED


@pytest.mark.django_db
def test_a_draft_that_was_not_handed_in_drops_nothing(submitted):
    here = copy.copy(submitted)
    accept(here)

    rewrite(here, submit=False)

    assert said(here) is Opinion.ACCEPTED


@pytest.mark.django_db
def test_an_unchanged_answer_carries_its_acceptance_into_the_final(submitted):
    here = copy.copy(submitted)
    accept(here)

    b.to(here, Status.FINAL_SUBMITTED)

    assert said(here) is Opinion.ACCEPTED
    assert said(here, code="H04") is not Opinion.ACCEPTED


@pytest.mark.django_db
def test_a_body_takes_its_acceptance_back_and_may_give_it_again(submitted):
    here = copy.copy(submitted)
    accept(here)

    taken = take_back(here)

    assert taken.withdrawn_because == "Taken back."
    assert said(here) is Opinion.READING
    assert take_back(here) is None
    assert len(events(here, "answer.acceptance_withdrawn")) == 1
    accept(here)
    assert said(here) is Opinion.ACCEPTED


@pytest.mark.django_db
def test_raising_something_takes_the_bodys_own_acceptance_back(submitted):
    here = copy.copy(submitted)
    accept(here)
    accept(here, "REC")

    thread = b.raise_thread(here)

    assert said(here) is Opinion.ASKS
    assert said(here, body="REC") is Opinion.ACCEPTED
    part = here.part()
    with acting_as(PORTAL):
        row = Acceptance.objects.get(part=part, body="BSC", question="H03")
    assert row.withdrawn_because == f"{thread.reference} was raised."


@pytest.mark.django_db
def test_whose_turn_it_is_comes_before_what_was_said_earlier(submitted):
    here = copy.copy(submitted)
    thread = b.raise_thread(here)
    assert said(here) is Opinion.ASKS

    with acting_as(here.admin):
        threads.respond(thread=thread, text="An hour.", actor=here.admin, at=here.tick())
    assert said(here) is Opinion.WAITING

    with acting_as(here.leads["BSC"]):
        threads.close(thread=thread, actor=here.leads["BSC"], at=here.tick())
    assert said(here) is Opinion.READING


@pytest.mark.django_db
def test_who_ended_a_review_and_left_nothing_open_has_read_it(shared):
    here = b.to(b.scene(), Status.INITIAL_REVIEWED)
    assert said(here) is Opinion.READ

    rewrite(here)

    assert said(here) is not Opinion.READ


@pytest.mark.django_db
def test_an_approval_of_the_part_speaks_for_every_answer(shared):
    here = b.to(b.scene(), Status.FINAL_REVIEW)
    assert said(here) is not Opinion.ACCEPTED

    b.approve(here, "BSC")

    assert said(here) is Opinion.ACCEPTED


@pytest.mark.django_db
def test_r144_nothing_is_accepted_once_it_is_qualified(shared):
    here = b.to(b.scene("MEM_SMART"), Status.QUALIFIED)

    with pytest.raises(Refused, match="can only be read"):
        accept(here, "REC")


# --- the pages


def review(here, tail=""):
    return f"/o/{here.organisation.slug}/review/{here.part().pk}/{tail}"


@pytest.mark.django_db
def test_a_reviewer_accepts_from_the_answers_page_and_takes_it_back(submitted):
    here = copy.copy(submitted)
    client = door(here.leads["BSC"])
    page = client.get(review(here, "H/H03/"))
    hidden = page.context["page"].verdict.hidden
    assert "Nothing is chosen for you" in text_of(page)

    answer = client.post(
        review(here, "H/H03/accept/"), {"verdict": "accept", **hidden}, follow=True
    )

    assert "BSC accepts H03." in text_of(answer)
    assert said(here) is Opinion.ACCEPTED
    again = text_of(client.get(review(here, "H/H03/")))
    assert "BSC accepted this on" in again
    assert "Take back" in again
    client.post(review(here, "H/H03/accept/"), {"verdict": "take_back"})
    assert said(here) is Opinion.READING


@pytest.mark.django_db
def test_an_answer_with_an_open_thread_of_the_body_offers_no_acceptance(submitted):
    here = copy.copy(submitted)
    b.raise_thread(here)

    page = door(here.leads["BSC"]).get(review(here, "H/H03/"))

    assert "C-1 is yours and open; settle it to accept." in text_of(page)
    assert "accept" not in [choice.value for choice in page.context["page"].verdict.choices]


@pytest.mark.django_db
def test_several_answers_of_a_section_are_ticked_and_accepted(submitted):
    here = copy.copy(submitted)
    client = door(here.leads["BSC"])
    url = review(here, "H/accept/")
    page = client.get(url)
    assert "checked" not in page.content.decode()  # nothing is ticked for the reader
    version = here.newest(here.part()).number

    nothing = client.post(url, {"version": version})
    answer = client.post(url, {"version": version, "questions": ["H03", "H05"]}, follow=True)

    assert nothing.status_code == 422
    assert "hoose at least one" in text_of(nothing)
    assert "BSC accepts two answers." in text_of(answer)
    assert (said(here, "H03"), said(here, "H05")) == (Opinion.ACCEPTED, Opinion.ACCEPTED)
    assert "H03" not in [
        code for code, _ in client.get(url).context["page"].form.fields["questions"].choices
    ]


@pytest.mark.django_db
def test_the_part_counts_what_the_body_accepts(submitted):
    here = copy.copy(submitted)
    client = door(here.leads["BSC"])
    before = text_of(client.get(review(here)))
    assert "Accepted by BSC 0 of" in before

    accept(here)

    page = client.get(review(here))
    assert "Accepted by BSC 1 of" in text_of(page)
    page = client.get(f"{review(here)}?show=all")
    rows = {row.letter: row for row in page.context["page"].groups[0].sections}
    assert rows["H"].ticks.kinds.count("accepted") == 1
    assert "7 to accept" in text_of(page)


@pytest.mark.django_db
def test_the_owner_sees_who_accepts_what_on_its_own_pages(submitted):
    here = copy.copy(submitted)
    for body in ("BSC", "REC", "DIP"):
        accept(here, body)
    client, place = door(here.admin), f"/o/{here.organisation.slug}"
    qad = f"{place}/qad/{here.part().pk}"

    rows = [
        row
        for group in client.get(f"{place}/qad/").context["page"].groups
        for row in group.sections
    ]
    role = next(row for row in rows if row.letter == "H")
    question = client.get(f"{qad}/H/H03/").context["page"]
    panel = text_of(client.get(f"{place}/threads/{here.part().pk}/H03/"))

    assert role.ticks.kinds.count("accepted") == 1
    assert {mark.opinion for mark in role.marks} == {"reading"}
    assert [(mark.body, mark.opinion) for mark in question.read_by] == [
        ("BSC", "accepted"), ("REC", "accepted"), ("DIP", "accepted"),
    ]  # fmt: skip
    assert "Opinions on this answer" in panel
    assert panel.count("Accepted") == 3


@pytest.mark.django_db
def test_the_owners_list_says_who_asks_what_without_opening_anything(submitted):
    here = copy.copy(submitted)
    b.raise_thread(here, "BSC")
    b.raise_thread(here, "DIP", "FINDING")
    page = door(here.admin).get(f"/o/{here.organisation.slug}/qad/")
    row = next(
        row for group in page.context["page"].groups for row in group.sections
        if row.letter == "H" and row.open
    )  # fmt: skip

    assert "H03: BSC and the DIP Manager ask (F-1)" in row.note
    assert row.open == "1 thread, 1 finding"
    assert {mark.body: mark.opinion for mark in row.marks}["DIP"] == "asks"
    assert row.status.kind == "reply_needed"
    assert "Waiting for your reply 1 thread, 1 finding" in text_of(page)
    assert "Reply needed (1)" in text_of(page)


@pytest.mark.django_db
def test_the_review_pages_take_the_same_statements_with_one_acceptance_and_with_all(submitted):
    here = copy.copy(submitted)
    client = door(here.leads["BSC"])
    urls = [review(here), review(here, "H/"), review(here, "H/H03/"), review(here, "H/accept/")]
    accept(here)
    few = [statements(client, url) for url in urls]
    part, subject = here.part(), here.fresh()
    with acting_as(PORTAL):
        own = qads.read(here.organisation).of(subject)
        given = [one.code for one in own.questions if one.is_open and own.is_answered(one)]
        mine = [one.code for one in own.questions if "BSC" in one.reviewers and one.code in given]
    accept(here, "BSC", *mine)
    assert (len(mine) > 30, part.pk) == (True, own.part.pk)

    assert [statements(client, url) for url in urls] == few


# --- the API


@pytest.mark.django_db
def test_the_api_accepts_lists_and_takes_back(submitted):
    here = copy.copy(submitted)
    part, lead = here.part().pk, here.leads["BSC"]
    version = here.newest(here.part()).number

    given = post(lead, api(here, f"qad/{part}/accept/"), questions=["H03", "H04"], version=version)

    assert given.status_code == 200, given.json()
    assert [(row["question"], row["stands"]) for row in given.json()] == [
        ("H03", True),
        ("H04", True),
    ]
    rewrite(here)
    listed = {
        row["question"]: row["stands"] for row in results(here.admin, api(here, "acceptances/"))
    }
    assert listed == {"H03": False, "H04": True}
    assert [
        row["question"] for row in results(here.admin, api(here, "acceptances/?stands=true"))
    ] == ["H04"]
    taken = post(lead, api(here, f"qad/{part}/take-back/"), question="H04")
    assert taken.status_code == 204
    assert results(here.admin, api(here, "acceptances/?stands=true")) == []


@pytest.mark.django_db
def test_the_api_gives_every_reason_and_strangers_find_nothing(submitted):
    here = copy.copy(submitted)
    part, stranger = here.part().pk, factories.member_actor(factories.make_organisation())
    url = api(here, f"qad/{part}/accept/")

    refused = post(here.leads["BSC"], url, questions=["T01"], version=1)
    denied = post(here.admin, url, questions=["H03"], version=1)

    assert (refused.status_code, denied.status_code) == (409, 403)
    assert get(stranger, api(here, "acceptances/")).status_code == 404
    assert post(stranger, url, questions=["H03"], version=1).status_code == 404
