"""Who may: every act of judgement against every kind of actor (trust: a right is asked first)."""

import contextlib
import copy

import pytest

from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.acting import acting_as
from participants.enums import Status
from reviews.services import (
    approvals,
    decisions,
    gates,
    letters,
    plans,
    reopening,
    reviewing,
    sign_off,
    threads,
)
from tests import factories
from tests.reviews import builders as b

ACTORS = (
    "BSC reviewer", "BSC lead", "REC reviewer", "REC lead", "DIP reviewer", "DIP lead",
    "BSC secretary", "REC decision maker", "DIP decision maker", "BSC administrator",
    "BSC test manager", "MHHSP test manager", "MHHSP lead", "BSC MCC reader",
    "master admin", "author", "limited author", "director", "delegate",
    "stranger's admin", "stranger's director",
)  # fmt: skip
LEADS = {"BSC lead", "REC lead", "DIP lead"}
REVIEWERS = LEADS | {"BSC reviewer", "REC reviewer", "DIP reviewer"}
WRITERS = {"master admin", "author"}


@pytest.fixture(scope="module")
def world(shared):
    """A Supplier under Final review with a comment, a finding and a request to reopen."""
    here = b.to(b.scene(), Status.FINAL_REVIEW)
    comment, finding = b.raise_thread(here), b.raise_thread(here, kind="FINDING")
    subject, part = here.qualification, here.part()
    with acting_as(here.admin):
        asked = reopening.request(
            qualification=subject, sections=[(part, "H")], reason="A figure is wrong.",
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    return {
        "here": here, "comment": comment, "finding": finding, "asked": asked,
        "actors": _actors(here), "part": part, "qualification": subject,
        "sha": here.newest(part).sha256,
    }  # fmt: skip


def _actors(here):
    staff, member = factories.staff_actor, factories.member_actor
    own, foreign = here.organisation, factories.make_organisation()
    plain = {"is_master_admin": False, "is_author": False}
    values = (
        staff("BSC", "REVIEWER"), staff("BSC", "LEAD"), staff("REC", "REVIEWER"),
        staff("REC", "LEAD"), staff("DIP", "REVIEWER"), staff("DIP", "LEAD"),
        staff("BSC", "PAB_SECRETARY"), staff("REC", "DECISION_MAKER"),
        staff("DIP", "DECISION_MAKER"), staff("BSC", "ADMINISTRATOR"),
        staff("BSC", "TEST_MANAGER"), staff("MHHSP", "TEST_MANAGER"), staff("MHHSP", "LEAD"),
        staff("BSC", "MCC_READER"),
        member(own), member(own, is_master_admin=False),
        member(own, is_master_admin=False, is_limited=True),
        member(own, is_director=True, **plain), member(own, is_delegate=True, **plain),
        member(foreign), member(foreign, is_director=True),
    )  # fmt: skip
    return dict(zip(ACTORS, values, strict=True))


def _plan(w, actor, at):
    plans.propose(
        thread=w["finding"], text="We will.", owner_name="Tom", due_on=b.tomorrow(w["here"]),
        actor=actor, at=at,
    )  # fmt: skip


# Act -> (what is done, who may). Everybody else is turned down before anything else is looked at.
ACTS = {
    "start review": (
        lambda w, a, at: reviewing.start_review(qualification=w["qualification"], actor=a, at=at),
        REVIEWERS,
    ),
    "raise": (
        lambda w, a, at: threads.raise_thread(
            part=w["part"], question="H03", kind="COMMENT", subject="Why", text="Why?", actor=a,
            at=at,
        ),
        REVIEWERS,
    ),
    "respond": (
        lambda w, a, at: threads.respond(thread=w["comment"], text="So.", actor=a, at=at),
        WRITERS,  # the limited author's sections do not hold this question
    ),
    "ask again": (
        lambda w, a, at: threads.ask_again(thread=w["comment"], text="And?", actor=a, at=at),
        {"BSC reviewer", "BSC lead"},
    ),
    "close": (
        lambda w, a, at: threads.close(thread=w["comment"], actor=a, at=at),
        {"BSC reviewer", "BSC lead"},
    ),
    "clear": (
        lambda w, a, at: threads.clear(thread=w["finding"], actor=a, at=at),
        {"BSC reviewer", "BSC lead"},
    ),
    "propose plan": (_plan, WRITERS),
    "agree plan": (
        lambda w, a, at: plans.agree(thread=w["finding"], actor=a, at=at),
        {"BSC reviewer", "BSC lead"},
    ),
    "confirm comments": (
        lambda w, a, at: reviewing.confirm_comments_addressed(
            qualification=w["qualification"], actor=a, at=at
        ),
        REVIEWERS,
    ),
    "approve": (
        lambda w, a, at: approvals.approve(
            part=w["part"], seen_sha256=w["sha"], actor=a, at=at
        ),
        LEADS,
    ),
    "ask for more": (
        lambda w, a, at: approvals.ask_for_more(
            part=w["part"], seen_sha256=w["sha"], reason="More.", actor=a, at=at
        ),
        LEADS,
    ),
    "request reopening": (
        lambda w, a, at: reopening.request(
            qualification=w["qualification"], sections=[(w["part"], "J")], reason="Wrong.",
            actor=a, at=at,
        ),
        WRITERS,
    ),
    "grant reopening": (
        lambda w, a, at: reopening.grant(request=w["asked"], actor=a, at=at), LEADS,
    ),
    "sign": (
        lambda w, a, at: sign_off.sign(
            qualification=w["qualification"], seen_sha256="0" * 64, actor=a, at=at
        ),
        {"director"},
    ),
    "draft letter": (
        lambda w, a, at: letters.draft(
            qualification=w["qualification"], delegate=w["here"].delegate_membership, actor=a,
            at=at,
        ),
        {"REC reviewer", "REC lead"},
    ),
    "confirm dip user": (
        lambda w, a, at: gates.confirm_dip_user(
            qualification=w["qualification"], actor=a, at=at
        ),
        {"DIP lead", "DIP decision maker"},
    ),
    "record accession": (
        lambda w, a, at: gates.record_accession(
            qualification=w["qualification"], actor=a, at=at
        ),
        LEADS | {"BSC administrator"},
    ),
    "make assertion": (
        lambda w, a, at: gates.make_assertion(
            qualification=w["qualification"], mpids_remaining=["ZZZ9"],
            complete_by=at.date(), text="They follow.", actor=a, at=at,
        ),
        {"master admin", "limited author", "director"} - {"limited author"},
    ),
    "decide for bsc": (
        lambda w, a, at: decisions.record(
            qualification=w["qualification"], body="BSC", outcome="DEFERRED", reasons="Later.",
            decided_on=at.date(), minute_reference="PAB 1", actor=a, at=at,
        ),
        {"BSC secretary"},
    ),
    "decide for rec": (
        lambda w, a, at: decisions.record(
            qualification=w["qualification"], body="REC", outcome="DEFERRED", reasons="Later.",
            decided_on=at.date(), actor=a, at=at,
        ),
        {"REC decision maker"},
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(world, act):
    done, who_may = ACTS[act]
    let_through = set()
    for name, actor in world["actors"].items():
        if _is_let_through(world, done, actor):
            let_through.add(name)

    assert let_through == who_may


def _is_let_through(world, done, actor) -> bool:
    """Try the act and roll it back; Refused and Invalid come after the right was asked."""
    held, here = dict(world), copy.copy(world["here"])
    try:
        with acting_as(actor):
            with contextlib.suppress(Refused, Invalid):
                done(held, actor, here.tick())
            raise Undone
    except Denied:
        return False
    except Undone:
        return True


class Undone(Exception):
    """Rolls an attempt back."""
