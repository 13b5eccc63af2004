"""Drafts: kept within a body, sent by a lead in one batch, on the version they were made on."""

import json
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from reviews.models import Draft, Message, Thread
from reviews.services import drafts
from tests import factories
from tests.reviews.desks import of_lead, of_member, of_staff, place, signed_in, words
from tests.reviews.papers import url
from tests.reviews.rewriting import rewrite

pytestmark = [pytest.mark.usefixtures("at_noon"), pytest.mark.django_db]


def keep(here, actor, question="J01", subject="Restart", text="Show the restart.", **said):
    part = here.part()
    with acting_as(actor):
        return drafts.keep(
            part=part, question=question, kind=said.pop("kind", "COMMENT"), subject=subject,
            text=text, actor=actor, at=here.tick(), **said,
        )  # fmt: skip


def release(here, actor, *rows):
    with acting_as(actor):
        return drafts.release(drafts=rows, actor=actor, at=here.tick())


def kept():
    with acting_as(PORTAL):
        return list(Draft.objects.values_list("subject", flat=True))


def notices_of(here):
    with acting_as(PORTAL):
        rows = Notice.objects.filter(organisation_id=here.organisation.pk, kind="thread_raised")
        return list(rows.values_list("email", "text"))


def reviewer(body="BSC"):
    return factories.staff_actor(body, "REVIEWER")


def test_a_draft_is_told_to_nobody_and_changes_nothing(initial):
    keep(initial, reviewer())

    assert kept() == ["Restart"]
    assert initial.statuses == [Status.INITIAL_SUBMITTED]
    assert not notices_of(initial)
    with acting_as(initial.admin):
        assert not Thread.objects.exists()


def test_the_same_words_kept_twice_are_one_draft(initial):
    junior = reviewer()
    assert keep(initial, junior).pk == keep(initial, junior).pk
    assert kept() == ["Restart"]


def test_a_lead_sends_all_in_one_batch_with_one_notice(initial):
    junior, lead = reviewer(), initial.leads["BSC"]
    rows = [keep(initial, junior), keep(initial, junior, "J02", "Backups", "How often?")]

    sent = release(initial, lead, *rows)

    assert [each.question for each in sent] == ["J01", "J02"]
    assert {each.raised_by_name for each in sent} == {lead.name}
    assert kept() == []
    told = notices_of(initial)
    assert len(told) == len({email for email, _ in told})
    assert all("Show the restart." in text and "How often?" in text for _, text in told)
    with acting_as(PORTAL):
        event = AuditEvent.objects.filter(action="draft.released").first()
        assert json.loads(event.payload)["drafted_by"] == str(junior.person_id)
        assert event.organisation_id is None


def test_only_a_lead_of_the_body_sends(initial):
    row = keep(initial, reviewer())
    with pytest.raises(Denied, match="Only a lead reviewer"):
        release(initial, reviewer(), row)
    assert release(initial, initial.leads["REC"], row) == []
    assert kept() == ["Restart"]


def test_sending_twice_sends_once(initial):
    row, lead = keep(initial, reviewer()), initial.leads["BSC"]
    assert len(release(initial, lead, row)) == 1
    assert release(initial, lead, row) == []
    with acting_as(PORTAL):
        assert Thread.objects.filter(organisation=initial.organisation).count() == 1


def test_what_is_sent_stays_tied_to_the_version_that_its_writer_had(initial):
    row = keep(initial, reviewer())
    before = row.version.number
    rewrite(initial, "J01")

    asked = words(of_lead(initial), url("drafts_of", initial))
    thread = release(initial, initial.leads["BSC"], row)[0]

    newest = initial.newest(initial.part()).number
    assert newest > before
    assert f"answer changed in version {newest}" in asked
    assert "Since these were written the answer changed: J01." in asked
    with acting_as(PORTAL):
        assert Message.objects.get(thread=thread).version_number == before


def test_one_that_cannot_be_sent_keeps_all_and_says_why(initial):
    junior, lead = reviewer(), initial.leads["BSC"]
    rows = [keep(initial, junior), keep(initial, junior, "J02", "Backups", "How often?")]
    with acting_as(PORTAL):
        Qualification.objects.filter(pk=initial.ids[0]).update(status=Status.NOT_APPROVED)
    with pytest.raises(Refused, match="ended"):
        release(initial, lead, *rows)
    assert len(kept()) == 2


def test_only_its_author_or_a_lead_changes_a_draft(initial):
    row = keep(initial, reviewer())
    stranger, lead = reviewer(), initial.leads["BSC"]
    with acting_as(stranger), pytest.raises(Denied, match="wrote this"):
        drafts.change(draft=row, subject="A", text="B", actor=stranger, at=initial.tick())
    with acting_as(lead):
        drafts.change(draft=row, subject="A", text="B", actor=lead, at=initial.tick())
    assert kept() == ["A"]
    rec = initial.leads["REC"]
    with acting_as(rec), pytest.raises(Refused, match="gone"):
        drafts.discard(draft=row, actor=rec, at=initial.tick())
    with acting_as(lead):
        drafts.discard(draft=row, actor=lead, at=initial.tick())
    assert kept() == []


def test_a_reply_is_asked_for_on_a_day_that_lies_ahead(initial):
    today = initial.at.date()
    with pytest.raises(Invalid) as problem:
        keep(initial, reviewer(), due_on=today)
    assert list(problem.value.problems) == ["due_on"]
    row = keep(initial, reviewer(), due_on=today + timedelta(days=9))
    thread = release(initial, initial.leads["BSC"], row)[0]
    page = words(of_member(initial.organisation), url("threads", initial, thread.part_id, "J01"))
    assert "A reply is asked for by Thu 27 Nov 2025." in page


def test_no_other_body_and_no_participant_reads_a_draft(initial):
    row = keep(initial, reviewer())
    at = url("drafts_of", initial)

    assert "Restart" in words(of_lead(initial), at)
    assert "Restart" not in words(of_lead(initial, "REC"), at)
    assert of_member(initial.organisation).get(at).status_code == 403
    assert of_staff("BSC", "PAB_SECRETARY").get(at).status_code == 403
    assert of_lead(initial, "REC").get(url("draft", initial, row.pk)).status_code == 404
    with (
        acting_as(initial.admin),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Draft.objects.count()


def test_the_pages_take_a_draft_from_the_answer_to_the_participant(initial):
    person = factories.make_staff("BSC", "REVIEWER", name="Sam Field")
    client, lead = signed_in(person), of_lead(initial)
    part = initial.part()
    at = url("raise", initial, part.pk, "J", "J01", "comment")
    said = {"subject": "Restart", "text": "Show the restart.", "keep": "draft"}

    kept_at = client.post(at, said, follow=True)
    assert "Kept as a draft. A lead of BSC sends it with the others." in kept_at.content.decode()
    assert "Comment, not sent" in words(client, url("part_question", initial, part.pk, "J", "J01"))
    assert "One draft not sent." in words(client, "/desk/drafts/")
    page = words(lead, url("drafts_of", initial))
    assert "will read exactly these words, under your name" in page
    assert "Send what is ticked" not in words(client, url("drafts_of", initial))

    none = lead.post(url("drafts_of", initial), {"drafts": []})
    assert none.status_code == 422
    assert "Choose at least one draft to send." in none.content.decode()
    with acting_as(PORTAL):
        key = Draft.objects.get().pk
    sent = lead.post(url("drafts_of", initial), {"drafts": [str(key)]}, follow=True)
    assert "One draft sent to" in sent.content.decode()
    read = words(of_member(initial.organisation), place(initial, f"threads/{part.pk}/J01/"))
    assert "Show the restart." in read


def test_the_list_asks_the_same_for_one_and_for_sixty(initial, django_assert_num_queries):
    lead, client = initial.leads["BSC"], of_lead(initial)
    at = url("drafts_of", initial)
    keep(initial, lead)
    client.get(at)
    with django_assert_num_queries(8) as one:
        client.get(at)
    for each in range(60):
        keep(initial, lead, subject=f"Restart {each}")
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(at)
