"""Reliance through its services: written, submitted, agreed, changed, linked, passed (D.9)."""

import pytest
from django.db import ProgrammingError, transaction

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.lifecycle import Move
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Qualification
from tests import factories
from waves.enums import RelianceState
from waves.lifecycle import reliance as moves
from waves.models import Milestone, Reliance, RelianceLink
from waves.queries.testing import facts
from waves.reliance_evidence import PIT_PASSED, TESTS_PASSED
from waves.services import reliance as writing
from waves.services import (
    reliance_evidence,
    reliance_links,
    reliance_review,
    reliance_undermining,
    roads,
)
from waves.services.milestones import record_milestone, undo_milestone

pytestmark = pytest.mark.django_db
A, B = "Ashlar Supply", "Birch Data"


def happened(rely, name: str) -> dict:
    with acting_as(PORTAL):
        return rely.fresh(name).happened


def gate_waits(rely, name: str) -> list:
    with acting_as(PORTAL):
        return [each.waits for each in facts(rely.fresh(name)).reliances]


def told(kind: str = "reliance") -> list[Notice]:
    with acting_as(PORTAL):
        return list(Notice.objects.filter(kind=kind).order_by("created_at"))


def test_r47_a_supplier_in_a_wave_needs_three_bodies_and_the_programme_has_no_word(rely):
    row = rely.proposed(A)
    assert row.status == "SUBMITTED"
    rely.linked(row, B)
    with pytest.raises(Refused, match="does not decide"):
        rely.opinion(row, "MHHSP")
    assert rely.opinion(row, "BSC").status == "IN_REVIEW"
    assert rely.opinion(row, "REC", "AGREE_PART", "Not the CSS flows.").status == "IN_REVIEW"
    assert rely.opinion(row, "DIP").status == "AGREED_PART"
    assert {"reliance_proposed", "reliance_reviewed_by_bodies"} <= set(happened(rely, A))


def test_r47_on_a_sit_route_the_programme_agrees_too(rely):
    rely.party("Corran Data", "SIT_M11_READY", "SDS")
    rely.party("Dunmore Data", "SIT_M11_READY", "SDS")
    row = rely.proposed("Corran Data", stages=["SIT"])
    rely.linked(row, "Dunmore Data")
    for body in ("BSC", "DIP"):
        assert rely.opinion(row, body).status == "IN_REVIEW"
    with pytest.raises(Denied):
        rely.opinion(row, "REC")
    assert rely.opinion(row, "MHHSP").status == "AGREED_FULL"
    assert "reliance_reviewed_by_programme" in happened(rely, "Corran Data")


def test_r49_r50_a_proposal_is_submitted_whole_or_not_at_all(rely):
    row = rely.draft(A, has_agreement=False, hosting=" ", operations="", own_tests="")
    with pytest.raises(Invalid) as refusal:
        rely.acts(rely.member(A), writing.submit, row)
    assert set(refusal.value.problems) == {"has_agreement", "hosting", "operations"}
    with acting_as(PORTAL):
        assert Reliance.objects.get(pk=row.pk).status == "DRAFT"
        assert not row.versions.exists()


def test_r52_a_change_brings_an_agreed_proposal_back_and_keeps_the_first_version(rely):
    row = rely.agreed(A, B)
    author = rely.member(A)
    with pytest.raises(Refused, match="Begin a change"):
        rely.acts(author, writing.save, row, said={"hosting": "Another cloud."})
    rely.acts(author, writing.change, row, because="We move to another hosting.")
    rely.acts(author, writing.save, row, said={"hosting": "Another cloud."})
    second = rely.acts(author, writing.submit, row)
    assert second.number == 2
    with acting_as(PORTAL):
        kept = {each.number: each.content["hosting"] for each in row.versions.all()}
        assert facts(rely.fresh(A)).reliances[0].is_agreed is False
    assert kept == {1: "The same hosting.", 2: "Another cloud."}
    assert any("Changed: Hosting." in each.text for each in told())
    assert rely.opinion(row, "BSC").status == "IN_REVIEW"  # the first version's words do not count


def test_r55_agreeing_to_non_functional_pit_needs_a_word(rely):
    row = rely.proposed(A, stages=["PIT", "PIT_NF"])
    with pytest.raises(Invalid, match="independently"):
        rely.opinion(row, "BSC")
    assert rely.opinion(row, "BSC", note="The hosting is one and the same.").status == "IN_REVIEW"


def test_one_body_asks_for_more_and_one_refuses(rely):
    row = rely.proposed(A)
    with pytest.raises(Invalid):
        rely.opinion(row, "BSC", "CLARIFY")
    assert rely.opinion(row, "BSC", "CLARIFY", "Which release?").status == "CLARIFICATION"
    rely.acts(rely.member(A), writing.save, row, said={"commonality": "Release 7."})
    rely.acts(rely.member(A), writing.submit, row)
    assert rely.opinion(row, "REC", "NOT_AGREE", "Not the same role.").status == "NOT_AGREED"
    with pytest.raises(Refused):
        rely.opinion(row, "BSC")


def test_nobody_agrees_before_the_party_is_known(rely):
    row = rely.proposed(A)
    rely.opinion(row, "BSC")
    rely.opinion(row, "REC")
    with pytest.raises(Refused, match="who the party is"):
        rely.opinion(row, "DIP")
    rely.linked(row, B)
    assert rely.opinion(row, "DIP").status == "AGREED_FULL"


def test_r48_only_the_same_role_can_be_relied_on(rely):
    rely.party("Corran Data", role="SDS")
    with pytest.raises(Refused, match="same role"):
        rely.linked(rely.proposed(A), "Corran Data")


def test_r33_a_link_to_a_later_wave_is_refused_with_the_chain_in_words(rely):
    rely.party("Corran Supply", "QT_WAVE_4")
    rely.party("Dunmore Supply", "QT_WAVE_4")
    row = rely.proposed("Dunmore Supply")
    rely.linked(row, "Corran Supply")
    with pytest.raises(Refused) as refusal:
        rely.linked(rely.proposed(A), "Dunmore Supply")
    assert (
        f"{A} (Supplier) in wave 3 relies on Dunmore Supply (Supplier), who relies on"
        " Corran Supply (Supplier), in wave 4." in " ".join(refusal.value.reasons)
    )


def test_r34_a_ring_is_refused_and_names_everybody_in_it(rely):
    rely.party("Corran Supply", "QT_WAVE_3")
    for one, other in ((A, B), (B, "Corran Supply")):
        rely.linked(rely.proposed(one), other)
    with pytest.raises(Refused) as refusal:
        rely.linked(rely.proposed("Corran Supply"), A)
    assert refusal.value.reasons[0].startswith(
        f"This would close a ring: Corran Supply (Supplier) relies on {A} (Supplier) relies on"
    )


def test_r44_testing_on_behalf_binds_no_wave_and_waits_for_nobody(rely):
    rely.party("Corran Supply", "QT_WAVE_4")
    row = rely.proposed(A, "ON_BEHALF", own_tests="Deployment in our own cloud.")
    rely.linked(row, "Corran Supply")
    assert gate_waits(rely, A) == [[]]


def test_r48_the_gate_waits_until_the_testing_relied_upon_has_passed(rely):
    rely.agreed(A, B, stages=["PIT", "QT"])
    assert gate_waits(rely, A) == [["PIT", "TESTS"]]
    rows = {}
    for event in ("pit_exit", "qt_exit"):
        rows[event] = rely.does(record_milestone, B, by=PORTAL, event=event)
        _settled(rely)
    assert gate_waits(rely, A) == [[]]
    assert {PIT_PASSED, TESTS_PASSED} <= set(happened(rely, A))
    with acting_as(PORTAL):
        undo_milestone(milestone=rows["qt_exit"], because="Wrong.", actor=PORTAL, at=rely.later())
    _settled(rely)
    assert gate_waits(rely, A) == [["TESTS"]]
    with acting_as(PORTAL):
        notes = Milestone.objects.filter(event=TESTS_PASSED).values_list("note", flat=True)
        assert all(B not in note for note in notes)


def _settled(rely) -> None:
    tester = factories.staff_actor("BSC", "TEST_MANAGER")
    rely.acts(tester, reliance_evidence.after_a_gate, provider=rely.held[B])


def test_r57_a_failing_party_flags_everybody_and_tells_no_organisation_who(rely):
    rely.party("Corran Supply", "QT_WAVE_3")
    direct, far = rely.agreed(B, "Corran Supply"), rely.agreed(A, B)
    said = {"provider": rely.held["Corran Supply"], "what": "fails", "because": "QT was stopped."}
    flags = rely.acts(rely.planner, reliance_links.flag_touched, **said)
    assert len(flags) == 2
    assert rely.flags(A) == [
        f"{A} (Supplier) relies on {B} (Supplier) relies on Corran Supply (Supplier), which did not"
        " pass its tests. QT was stopped."
    ]
    assert rely.fresh_row(direct).status == "UNDERMINED"
    assert rely.fresh_row(far).status == "AGREED_FULL"
    with acting_as(rely.member(A)):
        labels = AuditEvent.objects.values_list("object_label", "because", "payload")
        assert [each for each in labels if "Corran" in " ".join(each)] == []
    for notice in [*told("dependant"), *told()]:
        if notice.path.startswith("/o/"):
            assert "Corran" not in notice.text + notice.subject
            assert "stopped" not in notice.text
    stands = {"because": "QT goes on."}
    assert rely.acts(rely.planner, reliance_review.let_stand, direct, **stands).status == (
        "AGREED_FULL"
    )


def test_r51_the_scope_of_a_reliance_in_part_is_agreed_once(rely):
    row = rely.agreed(A, B, extent="PARTIAL", own_tests="Set 3 of the catalogue.")
    note = {"note": "Catalogue 3, marked."}
    done = rely.acts(rely.lead("BSC"), reliance_review.agree_scope, row, **note)
    assert done.scope_agreed
    with pytest.raises(Refused):
        rely.acts(rely.lead("REC"), reliance_review.agree_scope, row, **note)


def test_a_link_ends_with_a_reason_and_stays(rely):
    row = rely.proposed(A)
    rely.linked(row, B)
    with pytest.raises(Invalid):
        rely.acts(rely.planner, reliance_links.unlink, row, because=" ")
    rely.acts(rely.planner, reliance_links.unlink, row, because="Another Birch.")
    with acting_as(PORTAL):
        assert RelianceLink.objects.get(reliance=row).ended_at is not None
        assert AuditEvent.objects.filter(action="reliance.unlinked").count() == 1


def test_who_may_do_what(rely):
    row = rely.proposed(A)
    stranger, reviewer = rely.member(B), factories.staff_actor("BSC", "REVIEWER")
    for actor, service, said in (
        (rely.member(A), reliance_review.give_opinion, {"verdict": "AGREE"}),
        (rely.member(A), reliance_links.link, {"provider": rely.held[B]}),
        (reviewer, reliance_review.give_opinion, {"verdict": "AGREE"}),
        (reviewer, reliance_links.link, {"provider": rely.held[B]}),
        (rely.lead("DIP"), reliance_links.unlink, {"because": "x"}),
        (rely.planner, writing.withdraw, {"because": "x"}),
    ):
        with pytest.raises(Denied):
            rely.acts(actor, service, row, **said)
    with acting_as(stranger):
        assert not Reliance.objects.exists()
    for member in (stranger, rely.member(A)):
        with acting_as(member):
            assert Qualification.objects.count() == 1
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                RelianceLink.objects.exists()


OPEN = {
    "DRAFT": "submit withdraw",
    "SUBMITTED": "read_on agree agree_part ask decline change withdraw",
    "IN_REVIEW": "read_on agree agree_part ask decline change withdraw",
    "CLARIFICATION": "submit withdraw",
    "AGREED_FULL": "change undermine withdraw",
    "AGREED_PART": "change undermine withdraw",
    "NOT_AGREED": "change withdraw",
    "CHANGE_DRAFT": "submit withdraw",
    "UNDERMINED": "change stand_full stand_part withdraw",
    "WITHDRAWN": "",
}


@pytest.mark.parametrize("state", RelianceState.values)
def test_every_move_is_open_in_its_states_alone(state):
    named = {name.lower(): each for name, each in vars(moves).items() if isinstance(each, Move)}
    assert set(named.values()) == set(moves.MOVES)
    found = {name for name, each in named.items() if state in each.sources}
    assert found == set(OPEN[state].split())


def test_r35_who_leaves_sit_has_the_reliance_on_it_reviewed_again_and_names_nobody(rely):
    rely.party("Corran Supply", "SIT_M11_READY")
    row = rely.agreed(A, "Corran Supply", stages=["SIT"])
    with acting_as(rely.planner):
        roads.change_route(
            qualification=rely.fresh("Corran Supply"),
            route="QT_WAVE_3",
            because="It did not finish SIT.",
            override=True,
            capability="route.change",
            actor=rely.planner,
            at=rely.later(),
        )
    assert rely.fresh_row(row).status == "UNDERMINED"
    assert len(rely.flags(A)) == 1
    own = [each for each in told() if each.path.startswith("/o/")]
    assert any("needs a review" in each.subject for each in own)
    assert all("Corran" not in each.subject + each.text for each in own)


def test_r10_the_history_of_an_organisation_does_not_say_who_the_party_is(rely):
    row = rely.agreed(A, B)
    rely.acts(rely.planner, reliance_undermining.undermine, row, because=f"{B} was stopped.")
    rely.acts(rely.planner, reliance_review.let_stand, row, because=f"{B} goes on.")
    rely.acts(rely.planner, reliance_links.unlink, row, because=f"Not {B}.")
    with acting_as(rely.member(A)):
        rows = AuditEvent.objects.exclude(action="reliance.saved")
        said = [f"{each.object_label} {each.because} {each.payload}" for each in rows]
        assert rows.filter(action="reliance.undermined").exists()
    typed = f"reliance on {B}"  # the organisation's own words
    assert [each for each in said if B in each.replace(typed, "")] == []
    assert [each for each in said if str(rely.held[B].pk) in each] == []
    with acting_as(PORTAL):
        kept = AuditEvent.objects.filter(because__contains=B).values_list("chain", flat=True)
        assert len(kept) == 3
        assert all(each.startswith("body:") for each in kept)
