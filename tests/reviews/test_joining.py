"""One ask for several bodies: joined, waited for by both, settled by the one that raised it."""

import pytest

from foundation.errors import Denied, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from reviews import queries
from reviews.models import Thread
from reviews.services import joining, reviewing, threads
from tests.reviews import builders as b
from tests.reviews.desks import of_lead, of_member, words
from tests.reviews.papers import url

pytestmark = [pytest.mark.usefixtures("at_noon"), pytest.mark.django_db]


def fresh(thread):
    with acting_as(PORTAL):
        return queries.threads(PORTAL).get(pk=thread.pk)


def join(here, thread, body="REC", text=""):
    row, actor = fresh(thread), here.leads[body]
    with acting_as(actor):
        return joining.join(thread=row, text=text, actor=actor, at=here.tick())


def leave(here, thread, body="REC"):
    row, actor = fresh(thread), here.leads[body]
    with acting_as(actor):
        joining.leave(thread=row, actor=actor, at=here.tick())


def confirm(here, body):
    subject, actor = here.qualification, here.leads[body]
    with acting_as(actor):
        return reviewing.confirm_comments_addressed(
            qualification=subject, actor=actor, at=here.tick()
        )


def test_r100_who_joined_confirms_nothing_until_it_is_closed_or_left(final):
    thread = b.raise_thread(final, "BSC")
    join(final, thread)
    assert fresh(thread).joined == ["REC"]
    with pytest.raises(Refused, match=thread.reference):
        confirm(final, "REC")
    leave(final, thread)
    assert confirm(final, "REC").completed_at


def test_joining_takes_back_a_confirmation_that_nothing_is_open(final):
    thread = b.raise_thread(final, "BSC")
    confirm(final, "REC")
    join(final, thread)
    with pytest.raises(Refused, match=thread.reference):
        confirm(final, "REC")


def test_r99_settling_stays_with_the_body_that_raised_it(final):
    thread = b.raise_thread(final, "BSC")
    join(final, thread)
    row, rec, bsc = fresh(thread), final.leads["REC"], final.leads["BSC"]
    with acting_as(rec), pytest.raises(Denied, match="Only BSC"):
        threads.close(thread=row, actor=rec, at=final.tick())
    with acting_as(bsc):
        threads.close(thread=row, actor=bsc, at=final.tick())
    assert confirm(final, "REC").completed_at


def test_what_is_ones_own_or_settled_or_not_read_is_not_joined(final):
    thread = b.raise_thread(final, "BSC")
    with pytest.raises(Refused, match="own"):
        join(final, thread, "BSC")
    row, bsc = fresh(thread), final.leads["BSC"]
    with acting_as(bsc):
        threads.close(thread=row, actor=bsc, at=final.tick())
    with pytest.raises(Refused, match="is settled"):
        join(final, thread)
    row = fresh(thread)
    with acting_as(final.admin), pytest.raises(Denied):
        joining.join(thread=row, actor=final.admin, at=final.tick())


def test_joining_twice_joins_once_and_both_sides_are_told(final):
    thread = b.raise_thread(final, "BSC")
    assert join(final, thread, text="And who signs it?").pk == join(final, thread).pk
    with acting_as(PORTAL):
        rows = Notice.objects.filter(organisation_id=final.organisation.pk, kind="thread_joined")
        told = list(rows.values_list("email", flat=True))
        assert Thread.objects.get(pk=thread.pk).messages.count() == 2
    assert len(told) == len(set(told)) > 1


def test_the_pages_lead_from_the_hint_to_one_ask_for_both(final):
    thread = b.raise_thread(final, "BSC")
    part, code = final.part(), thread.question
    client = of_lead(final, "REC")
    at = url("join", final, thread.pk)
    page = url("part_question", final, part.pk, code[0], code)
    assert f"Join {thread.reference}" in words(client, page)
    asking = url("raise", final, part.pk, code[0], code, "comment")
    assert f"Join {thread.reference}" in words(client, asking)
    client.post(at, {"text": "And who signs it?"})
    assert f"Leave {thread.reference}" in words(client, page)
    member = of_member(final.organisation)
    read = words(member, url("threads", final, part.pk, code))
    assert "REC stands behind it: answer once." in read
    assert "And who signs it?" in read
    assert member.get(at).status_code == 403
    client.post(at)
    assert f"Join {thread.reference}" in words(client, page)
