"""Who sees which thread, and what each may do with it next (R1, R7, R8, R11, R99)."""

from uuid import UUID

import pytest

from foundation.tenancy.actor import PORTAL, Actor, ActorKind
from participants.market_roles import MARKET_ROLES
from reviews.enums import SETTLED, ThreadState
from reviews.visibility import Subject, acts, sees_part, sees_question

OWN, FOREIGN = UUID(int=1), UUID(int=2)


def staff(body, *duties):
    held = frozenset(duties or ("REVIEWER",))
    return Actor(ActorKind.REVIEWER, UUID(int=9), "Ruth", body=body, duties=held)


def member(organisation=OWN, *duties):
    held = frozenset(duties or ("AUTHOR",))
    return Actor(ActorKind.PARTICIPANT, UUID(int=8), "Priya", organisation, duties=held)


def subject(status="OPEN", kind="COMMENT", body="BSC"):
    return Subject(OWN, ("SUPPLIER",), body, kind, status)


@pytest.mark.parametrize("role", MARKET_ROLES)
@pytest.mark.parametrize("body", ["BSC", "REC", "DIP", "MHHSP"])
def test_r007_a_body_sees_the_threads_of_the_roles_it_governs(role, body):
    assert sees_part(staff(body), OWN, (role,)) == (body in MARKET_ROLES[role].bodies)


def test_r011_the_programme_sees_no_threads():
    assert not sees_part(staff("MHHSP", "LEAD"), OWN, tuple(MARKET_ROLES))


@pytest.mark.parametrize(("organisation", "sees"), [(OWN, True), (FOREIGN, False)])
def test_r001_a_participant_sees_its_own(organisation, sees):
    assert sees_part(member(organisation), OWN, ("SUPPLIER",)) == sees


def test_the_portal_sees_everything():
    assert sees_part(PORTAL, OWN, ())


@pytest.mark.parametrize(
    ("body", "readers", "sees"),
    [("BSC", ("BSC", "DIP"), True), ("REC", ("BSC", "DIP"), False), ("DIP", ("BSC",), True)],
)
def test_r008_the_dip_manager_reads_every_answer_the_others_their_own(body, readers, sees):
    assert sees_question(staff(body), readers) == sees


EXPECTED = {
    "OPEN": ({"respond"}, {"ask_again", "close"}),
    "RESPONDED": ({"respond"}, {"ask_again", "close"}),
    "CLOSED": (set(), set()),
    "RAISED": ({"respond", "propose_plan"}, {"ask_again", "clear"}),
    "PLAN_PROPOSED": (set(), {"agree_plan", "return_plan", "clear"}),
    "PLAN_AGREED": ({"mark_done"}, {"clear"}),
    "ACTION_DONE": (set(), {"return_action", "clear"}),
    "CLEARED": (set(), set()),
}


@pytest.mark.parametrize("status", ThreadState.values)
def test_d4_each_side_is_offered_what_the_state_allows(status):
    kind = "COMMENT" if status in ("OPEN", "RESPONDED", "CLOSED") else "FINDING"
    held = subject(status, kind)

    assert (set(acts(member(), held)), set(acts(staff("BSC"), held))) == EXPECTED[status]


@pytest.mark.parametrize("status", ThreadState.values)
@pytest.mark.parametrize("body", ["REC", "DIP", "MHHSP"])
def test_r099_no_other_body_is_offered_anything(status, body):
    assert acts(staff(body, "LEAD"), subject(status, "FINDING")) == ()


@pytest.mark.parametrize("status", [s for s in ThreadState.values if s not in SETTLED])
def test_whoever_does_not_write_is_offered_nothing(status):
    held = subject(status, "FINDING")

    assert acts(member(OWN, "DIRECTOR"), held) == ()
    assert acts(member(FOREIGN), held) == ()
    assert acts(staff("BSC", "PAB_SECRETARY"), held) == ()
