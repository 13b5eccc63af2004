"""Places from wish to allocation, and what else may be asked, offered and decided about them."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.lifecycle import Move
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Qualification
from tests import factories
from tests.waves.board.conftest import LATER, NOW
from waves.enums import PlaceState
from waves.lifecycle import board as moves
from waves.models import Dependant, Obligation, Place, PreQualification
from waves.services import board as giving
from waves.services import deferring, judging, ordering, places, reallocating, roads, waiting

READY = moves.Wish(held=2, wanted=3)
EARLIER = moves.Wish(held=3, wanted=2)


@pytest.mark.parametrize("status", PlaceState)
@pytest.mark.parametrize("move", moves.MOVES, ids=lambda move: move.name)
def test_a_move_is_open_only_from_its_own_states(move: Move, status: str):
    wish = EARLIER if move is moves.ASK_EARLIER else READY

    assert (move.objections(status, wish) == ()) == (status in move.sources)


@pytest.mark.parametrize(
    ("move", "wish", "is_open"),
    [
        (moves.ASK_EARLIER, moves.Wish(3, 2), True),
        (moves.ASK_EARLIER, moves.Wish(3, 3), False),
        (moves.ASK_EARLIER, moves.Wish(3, 4), False),
        (moves.ASK_LATER, moves.Wish(3, 4), True),
        (moves.ASK_LATER, moves.Wish(3, 2), False),
        (moves.ASK_LATER, moves.Wish(4, 5), True),
        (moves.ACCEPT, moves.Wish(3, 0, date(2025, 12, 1), date(2025, 12, 1)), True),
        (moves.ACCEPT, moves.Wish(3, 0, date(2025, 12, 2), date(2025, 12, 1)), False),
    ],
)
def test_guards_say_what_stands_against_a_wish(move, wish, is_open):
    assert (move.objections(move.sources[0], wish) == ()) == is_open


def test_r32_every_wave_qualification_has_one_place_however_often_it_is_asked(waves):
    organisation = factories.make_organisation("Ashlar")
    for role in ("SUPPLIER", "SDS"):
        factories.make_qualification(organisation, role, "QT_WAVE_2")
    factories.make_qualification(organisation, "MEM_ADV", "SIT_M11_READY")

    with acting_as(PORTAL):
        assert places.ensure_all(actor=PORTAL, at=NOW) == 2
        assert places.ensure_all(actor=PORTAL, at=NOW) == 0
        assert {place.role for place in Place.objects.all()} == {"SUPPLIER", "SDS"}


def test_r29_a_place_asks_for_the_wave_that_the_submission_preferred_for_its_role(waves):
    organisation = factories.make_organisation("Ashlar")
    with acting_as(PORTAL):
        PreQualification.objects.create(
            organisation=organisation,
            key_contact_name="Gwen",
            key_contact_email="gwen@example.org",
            preferred_route="QT_WAVE_1",
            preferences={"SDS": "QT_WAVE_4"},
        )
    held = [
        factories.make_qualification(organisation, role, "QT_WAVE_2")
        for role in ("SUPPLIER", "SDS")
    ]

    with acting_as(PORTAL):
        found = [places.ensure(qualification=each, actor=PORTAL, at=NOW) for each in held]

    assert [place.requested for place in found] == ["QT_WAVE_1", "QT_WAVE_4"]


def test_r32_indicated_then_allocated_and_each_step_is_told_dated_and_kept(waves):
    waves.party("Ashlar", "QT_WAVE_3", given=False)
    waves.member("Ashlar")

    waves.does(giving.indicate, "Ashlar", route="QT_WAVE_3")
    waves.does(giving.allocate, "Ashlar", route="QT_WAVE_2", because="Room came free.")

    place = waves.place("Ashlar")
    assert (place.status, place.indicated) == (PlaceState.ALLOCATED, "QT_WAVE_2")
    assert place.qualification.route == "QT_WAVE_2"
    assert set(place.qualification.happened) == {"wave_indicated", "wave_allocated"}
    assert [note.to_route for note in waves.ledger("Ashlar")] == ["QT_WAVE_2", "QT_WAVE_3"]
    with acting_as(PORTAL):
        said = Notice.objects.filter(kind="place").values_list("subject", flat=True)
        assert any("allocated to QT Wave 2" in subject for subject in said)
        events = AuditEvent.objects.filter(action__startswith="place.")
        assert {"place.opened", "place.indicated", "place.allocated"} <= {e.action for e in events}


def test_r43_a_move_recomputes_the_dates_and_keeps_what_they_were(waves):
    waves.party("Ashlar", "QT_WAVE_2", given=False)
    waves.does(giving.allocate, "Ashlar", route="QT_WAVE_4", because="Asked for by phone.")

    with acting_as(PORTAL):
        window = Obligation.objects.get(
            qualification=waves.held["Ashlar"], activity="final_qad_window"
        )
        assert window.due_on == date(2026, 7, 24)


def test_r36_going_over_what_a_wave_can_take_needs_a_reason_and_is_not_blocked(waves):
    waves.room("QT_WAVE_2", 0, BSC=0)
    waves.party("Ashlar", "QT_WAVE_3", given=False)

    with pytest.raises(Invalid, match="would be over by"):
        waves.does(giving.allocate, "Ashlar", route="QT_WAVE_2")
    waves.does(giving.allocate, "Ashlar", route="QT_WAVE_2", because="Two reviewers were lent.")

    assert waves.route("Ashlar") == "QT_WAVE_2"


def test_r40_a_new_entrant_is_given_another_wave_only_as_far_as_there_is_room(waves):
    waves.room("QT_WAVE_3", 0, BSC=0, REC=0)
    waves.party("Lochard", "QT_WAVE_4", "LDSO", given=False, is_new_entrant=True)

    with pytest.raises(Invalid, match="would be over by"):
        waves.does(giving.allocate, "Lochard", route="QT_WAVE_3")
    assert waves.place("Lochard").status == PlaceState.REQUESTED

    waves.room("QT_WAVE_3", 3, BSC=90, REC=90)
    waves.does(giving.allocate, "Lochard", route="QT_WAVE_3")
    assert waves.place("Lochard").status == PlaceState.ALLOCATED


def test_r14_the_trio_moves_as_one(waves):
    waves.party("Lochard", "QT_WAVE_4", "LDSO", is_new_entrant=True)
    waves.does(reallocating.propose, "Lochard", route="QT_WAVE_3", because="Room came free.")
    waves.does(reallocating.engage, "Lochard", text="Spoke with them; they agree.")
    waves.does(reallocating.enact, "Lochard")

    with acting_as(PORTAL):
        rows = Place.objects.filter(qualification__trio=waves.held["Lochard"].trio)
        found = set(rows.values_list("qualification__route", "status"))
        assert (rows.count(), found) == (3, {("QT_WAVE_3", "ALLOCATED")})


# --- who may


@pytest.mark.parametrize("duties", [("REVIEWER",), ("TEST_MANAGER",), ("MCC_READER",)])
def test_only_planners_and_leads_give_places(waves, duties):
    waves.party("Ashlar", given=False)
    other = factories.staff_actor("BSC", *duties)

    with pytest.raises(Denied):
        waves.does(giving.allocate, "Ashlar", by=other, route="QT_WAVE_3")


def test_r13_a_planner_gives_places_of_the_roles_that_its_body_governs(waves):
    waves.party("Ashlar", role="SDS", given=False)

    with pytest.raises(Denied):
        waves.does(
            giving.allocate, "Ashlar", by=factories.staff_actor("REC", "PLANNER"), route="QT_WAVE_3"
        )


def test_only_a_master_admin_asks_for_another_wave(waves):
    waves.party("Ashlar")
    with acting_as(PORTAL):
        organisation = waves.held["Ashlar"].organisation
    author = factories.member_actor(organisation, is_master_admin=False)

    with pytest.raises(Denied):
        waves.does(waiting.ask_earlier, "Ashlar", by=author, route="QT_WAVE_2", because="Ready.")


# --- the wait list


def wait(waves, name: str = "Ashlar", route: str = "QT_WAVE_2") -> None:
    waves.does(
        waiting.ask_earlier, name, by=waves.member(name), route=route, because="Ready early."
    )


def test_r37_whoever_waits_keeps_its_place_until_it_accepts_an_offer(waves):
    waves.party("Ashlar", "QT_WAVE_3")
    wait(waves)
    assert (waves.place("Ashlar").status, waves.route("Ashlar")) == ("WAITLISTED", "QT_WAVE_3")

    waves.does(waiting.offer, "Ashlar", until=LATER)
    assert (waves.place("Ashlar").status, waves.route("Ashlar")) == ("OFFERED", "QT_WAVE_3")

    waves.does(waiting.accept, "Ashlar", by=waves.member("Ashlar"))
    place = waves.place("Ashlar")
    assert (place.status, place.wanted, place.offer_until) == ("ALLOCATED", "", None)
    assert waves.route("Ashlar") == "QT_WAVE_2"
    with acting_as(PORTAL):
        due = Obligation.objects.get(
            qualification=waves.held["Ashlar"], activity="final_qad_window"
        )
        assert due.due_on == date(2026, 3, 6)


def test_r37_an_offer_ends_with_its_last_day(waves):
    waves.party("Ashlar", "QT_WAVE_3")
    wait(waves)
    waves.does(waiting.offer, "Ashlar", until=NOW.date())
    member = waves.member("Ashlar")

    with acting_as(member), pytest.raises(Refused, match="The offer ended"):
        waiting.accept(
            qualification=Qualification.objects.get(), actor=member, at=NOW + timedelta(days=1)
        )
    waves.does(waiting.accept, "Ashlar", by=member)
    assert waves.route("Ashlar") == "QT_WAVE_2"


def test_r37_a_second_acceptance_changes_nothing(waves):
    waves.party("Ashlar", "QT_WAVE_3")
    wait(waves)
    waves.does(waiting.offer, "Ashlar", until=LATER)
    waves.does(waiting.accept, "Ashlar", by=waves.member("Ashlar"))
    before = len(waves.ledger("Ashlar"))

    with pytest.raises(Refused):
        waves.does(waiting.accept, "Ashlar", by=waves.member("Ashlar"))
    assert len(waves.ledger("Ashlar")) == before


def test_r37_an_offer_with_a_last_day_that_has_passed_is_invalid(waves):
    waves.party("Ashlar", "QT_WAVE_3")
    wait(waves)

    with pytest.raises(Invalid):
        waves.does(waiting.offer, "Ashlar", until=NOW.date() - timedelta(days=1))


def test_declining_leaving_and_ending_keep_the_present_wave(waves):
    for name in ("Ashlar", "Birch", "Corran"):
        waves.party(name, "QT_WAVE_3")
        wait(waves, name)
    waves.does(waiting.offer, "Ashlar", until=LATER)
    waves.does(waiting.decline, "Ashlar", by=waves.member("Ashlar"))
    waves.does(waiting.leave_list, "Birch", by=waves.member("Birch"))
    waves.does(waiting.end_wait, "Corran", because="Wave 2 has begun.")

    for name in ("Ashlar", "Birch", "Corran"):
        assert (waves.place(name).status, waves.route(name)) == ("ALLOCATED", "QT_WAVE_3")
        assert waves.place(name).wanted == ""


def test_a_wish_can_be_said_anew_while_nothing_is_allocated(waves):
    waves.party("Ashlar", "QT_WAVE_3", given=False)
    waves.does(giving.indicate, "Ashlar", route="QT_WAVE_3")
    waves.does(
        waiting.restate, "Ashlar", by=waves.member("Ashlar"), route="QT_WAVE_4", because="Later."
    )

    place = waves.place("Ashlar")
    assert (place.status, place.requested, place.indicated) == ("REQUESTED", "QT_WAVE_4", "")


# --- deferral


def test_r39_a_later_wave_is_asked_for_and_granted_by_the_bodies(waves):
    waves.party("Ashlar", "QT_WAVE_2")
    waves.does(
        deferring.ask_later,
        "Ashlar",
        by=waves.member("Ashlar"),
        route="QT_WAVE_3",
        because="Our test data comes late.",
    )
    assert waves.route("Ashlar") == "QT_WAVE_2"

    waves.does(deferring.grant, "Ashlar", route="QT_WAVE_3", because="Agreed.")

    assert (waves.place("Ashlar").status, waves.route("Ashlar")) == ("ALLOCATED", "QT_WAVE_3")


def test_r39_a_later_wave_can_be_refused_with_the_reason_told(waves):
    waves.party("Ashlar", "QT_WAVE_2")
    member = waves.member("Ashlar")
    waves.does(deferring.ask_later, "Ashlar", by=member, route="QT_WAVE_3", because="Late data.")
    waves.does(deferring.refuse, "Ashlar", because="Your data arrived on Monday.")

    assert (waves.place("Ashlar").status, waves.route("Ashlar")) == ("ALLOCATED", "QT_WAVE_2")
    with acting_as(PORTAL):
        assert Notice.objects.filter(subject__contains="not granted").count() == 1


def test_r42_from_wave_4_there_is_no_later_wave_and_only_a_decision_ends_it(waves):
    waves.party("Ashlar", "QT_WAVE_4")
    member = waves.member("Ashlar")
    waves.does(deferring.ask_later, "Ashlar", by=member, because="Our provider failed.")
    assert "There is no wave after wave 4" in waves.ledger("Ashlar")[0].text
    assert waves.place("Ashlar").status == "DEFERRAL_REQUESTED"

    with pytest.raises(Refused, match="no wave after wave 4"):
        waves.does(deferring.grant, "Ashlar", route="QT_WAVE_4", because="Agreed.")
    with pytest.raises(Invalid):
        waves.does(giving.to_enduring, "Ashlar", because=" ")
    waves.does(giving.to_enduring, "Ashlar", because="Agreed at the meeting of 3 March.")

    assert (waves.place("Ashlar").status, waves.route("Ashlar")) == ("ENDURING", "QT_WAVE_4")


def test_r42_enduring_arrangements_are_for_wave_4_alone_and_can_be_taken_back(waves):
    waves.party("Ashlar", "QT_WAVE_3")
    waves.party("Birch", "QT_WAVE_4")

    with pytest.raises(Refused, match="There is a wave after"):
        waves.does(giving.to_enduring, "Ashlar", because="No.")
    waves.does(giving.to_enduring, "Birch", because="Agreed.")
    waves.does(giving.bring_back, "Birch", because="The provider recovered.")
    assert waves.place("Birch").status == "ALLOCATED"


def test_r145_who_leaves_for_enduring_arrangements_binds_nobody_and_its_dependants_are_flagged(
    waves,
):
    waves.party("Ashlar", "QT_WAVE_4")
    waves.party("Birch", "QT_WAVE_4")
    waves.relies("Birch", on="Ashlar")

    waves.does(giving.to_enduring, "Ashlar", because="Agreed.")

    (said,) = waves.flags("Birch")
    assert "goes from Wave 4 to the enduring arrangements" in said


# --- checkpoints


def test_r38_a_missed_checkpoint_alerts_and_moves_nobody(waves):
    waves.party("Ashlar", "QT_WAVE_3")
    waves.member("Ashlar")
    waves.does(judging.judge, "Ashlar", checkpoint=1, judgement="RED", because="No test plan yet.")

    place = waves.place("Ashlar")
    assert (place.is_at_risk, place.status, waves.route("Ashlar")) == (
        True,
        "ALLOCATED",
        "QT_WAVE_3",
    )
    with acting_as(PORTAL):
        assert Notice.objects.filter(subject__contains="checkpoint 1: not on track").count() >= 2

    waves.does(judging.judge, "Ashlar", checkpoint=2, judgement="GREEN", because="PIT is complete.")
    assert waves.place("Ashlar").is_at_risk is False


@pytest.mark.parametrize(
    "said",
    [
        {"checkpoint": 3, "judgement": "RED", "because": "Why"},
        {"checkpoint": 1, "judgement": "BLUE", "because": "Why"},
        {"checkpoint": 1, "judgement": "RED", "because": ""},
    ],
    ids=["which", "what", "why"],
)
def test_r38_a_judgement_names_checkpoint_verdict_and_reason(waves, said):
    waves.party("Ashlar")

    with pytest.raises(Invalid):
        waves.does(judging.judge, "Ashlar", **said)


def test_r38_only_an_allocated_place_is_judged(waves):
    waves.party("Ashlar", given=False)

    with pytest.raises(Refused):
        waves.does(judging.judge, "Ashlar", checkpoint=1, judgement="RED", because="Why")


# --- reallocation


def test_r36_nobody_is_moved_before_the_talk_is_recorded(waves):
    waves.party("Ashlar", "QT_WAVE_2")
    waves.member("Ashlar")
    waves.does(reallocating.propose, "Ashlar", route="QT_WAVE_3", because="Wave 2 is over.")
    assert waves.route("Ashlar") == "QT_WAVE_2"

    with pytest.raises(Refused, match="No talk with Ashlar is recorded"):
        waves.does(reallocating.enact, "Ashlar")
    with pytest.raises(Invalid):
        waves.does(reallocating.engage, "Ashlar", text=" ")
    waves.does(reallocating.engage, "Ashlar", text="They can live with wave 3.")
    waves.does(reallocating.enact, "Ashlar")

    assert (waves.place("Ashlar").status, waves.route("Ashlar")) == ("ALLOCATED", "QT_WAVE_3")
    kinds = [note.kind for note in waves.ledger("Ashlar")]
    assert kinds[:3] == ["MOVE", "ENGAGEMENT", "MOVE"]
    with acting_as(PORTAL):
        assert Notice.objects.filter(subject__contains="a move to QT Wave 3 is proposed").count()


def test_r36_a_place_that_was_given_is_not_simply_given_anew(waves):
    waves.party("Ashlar", "QT_WAVE_2")

    with pytest.raises(Refused):
        waves.does(giving.allocate, "Ashlar", route="QT_WAVE_3", because="Wave 2 is over.")


def test_a_dropped_proposal_leaves_everything_as_it_was(waves):
    waves.party("Ashlar", "QT_WAVE_2")
    waves.does(reallocating.propose, "Ashlar", route="QT_WAVE_3", because="Wave 2 is over.")
    waves.does(reallocating.drop, "Ashlar", because="A reviewer came back.")

    assert (waves.place("Ashlar").status, waves.route("Ashlar")) == ("ALLOCATED", "QT_WAVE_2")


def test_r18_a_wave_that_the_role_may_not_take_is_not_proposed(waves):
    waves.party("Ashlar", "QT_WAVE_2")
    with acting_as(PORTAL):
        Qualification.objects.update(role="UMSO", trio=waves.held["Ashlar"].pk)

    with pytest.raises(Refused, match="takes a wave only if"):
        waves.does(reallocating.propose, "Ashlar", route="QT_WAVE_3", because="Wave 2 is over.")


# --- order


def test_r33_giving_a_place_before_the_party_relied_on_is_refused_with_both_named(waves):
    waves.party("Birch", "QT_WAVE_3")
    waves.party("Ashlar", "QT_WAVE_3", given=False)
    waves.relies("Ashlar", on="Birch")

    with pytest.raises(Refused) as turned_down:
        waves.does(giving.allocate, "Ashlar", route="QT_WAVE_2")

    assert turned_down.value.reasons == (
        "Ashlar (Supplier) in wave 2 relies on Birch (Supplier), in wave 3. Nobody can be in an"
        " earlier wave than a party that it relies on (QA&P 9.3.2).",
    )
    waves.does(giving.allocate, "Ashlar", route="QT_WAVE_3")


@pytest.mark.parametrize("status", ["DRAFT", "WITHDRAWN", "NOT_AGREED"])
def test_r33_proposals_that_came_to_nothing_bind_no_wave(waves, status):
    waves.party("Birch", "QT_WAVE_3")
    waves.party("Ashlar", "QT_WAVE_3", given=False)
    waves.relies("Ashlar", on="Birch", status=status)

    waves.does(giving.allocate, "Ashlar", route="QT_WAVE_2")
    assert waves.route("Ashlar") == "QT_WAVE_2"


def test_r34_moving_a_provider_later_is_refused_for_everybody_behind_it(waves):
    for name in ("Ashlar", "Birch", "Corran"):
        waves.party(name, "QT_WAVE_3")
    waves.relies("Ashlar", on="Birch")
    waves.relies("Birch", on="Corran")
    waves.does(reallocating.propose, "Corran", route="QT_WAVE_4", because="Its tests slip.")
    waves.does(reallocating.engage, "Corran", text="They agree.")

    with pytest.raises(Refused) as turned_down:
        waves.does(reallocating.enact, "Corran")

    assert len(turned_down.value.reasons) == 2
    assert "relies on Birch (Supplier), who relies on Corran" in turned_down.value.reasons[0]
    assert waves.route("Corran") == "QT_WAVE_3"


def test_r34_once_those_behind_went_first_the_provider_follows_and_they_are_flagged(waves):
    waves.party("Ashlar", "QT_WAVE_4")
    waves.party("Birch", "QT_WAVE_3")
    waves.member("Ashlar")
    waves.relies("Ashlar", on="Birch")
    waves.does(reallocating.propose, "Birch", route="QT_WAVE_4", because="Its tests slip.")
    waves.does(reallocating.engage, "Birch", text="They agree.")
    waves.does(reallocating.enact, "Birch")

    assert waves.flags("Ashlar") == [
        "Ashlar (Supplier) relies on Birch (Supplier), which goes from Wave 3 to Wave 4."
    ]


def test_r10_the_relying_organisation_hears_of_no_name(waves):
    waves.party("Ashlar", "QT_WAVE_4")
    waves.party("Birch", "QT_WAVE_3")
    member = waves.member("Ashlar")
    waves.relies("Ashlar", on="Birch")
    waves.does(reallocating.propose, "Birch", route="QT_WAVE_4", because="Its tests slip.")
    waves.does(reallocating.engage, "Birch", text="They agree.")
    waves.does(reallocating.enact, "Birch")

    with acting_as(PORTAL):
        heard = Notice.objects.filter(person_id=member.person_id, kind="dependant")
        assert heard.count() == 1
        assert "Birch" not in heard[0].subject + heard[0].text
        told = Notice.objects.filter(person_id=waves.planner.person_id, kind="dependant")
        assert "Birch" in told[0].text


def test_r35_a_party_that_leaves_sit_is_refused_or_its_dependants_are_flagged(waves):
    waves.party("Birch", "SIT_NOT_M11_READY")
    waves.party("Ashlar", "QT_WAVE_2")
    waves.party("Corran", "QT_WAVE_3")
    waves.relies("Corran", on="Birch")
    lead = factories.staff_actor("BSC", "LEAD")
    because = "It cannot finish SIT."

    waves.does(roads.change_route, "Birch", by=lead, route="QT_WAVE_3", because=because)

    assert len(waves.flags("Corran")) == 1
    assert waves.place("Birch").status == "ALLOCATED"


def test_r33_no_override_goes_against_the_order_of_reliance(waves):
    waves.party("Birch", "QT_WAVE_3")
    waves.party("Ashlar", "QT_WAVE_3")
    waves.relies("Ashlar", on="Birch")
    lead = factories.staff_actor("BSC", "LEAD")

    with pytest.raises(Refused, match="earlier wave than a party"):
        waves.does(
            roads.change_route, "Ashlar", by=lead, route="QT_WAVE_1", because="Now.", override=True
        )


def test_r33_while_an_offer_stands_nothing_may_close_the_wave_offered(waves):
    waves.party("Birch", "QT_WAVE_2")
    waves.party("Ashlar", "QT_WAVE_3")
    waves.relies("Ashlar", on="Birch")
    wait(waves, "Ashlar", "QT_WAVE_2")
    waves.does(waiting.offer, "Ashlar", until=LATER)
    waves.does(reallocating.propose, "Birch", route="QT_WAVE_3", because="Its tests slip.")
    waves.does(reallocating.engage, "Birch", text="They agree.")

    with pytest.raises(Refused, match="Ashlar"):
        waves.does(reallocating.enact, "Birch")
    waves.does(waiting.take_offer_back, "Ashlar", because="The party relied on moves.")
    waves.does(reallocating.enact, "Birch")
    assert waves.route("Birch") == "QT_WAVE_3"


def test_r33_a_wave_before_the_party_relied_on_is_not_offered(waves):
    waves.party("Birch", "QT_WAVE_3")
    waves.party("Ashlar", "QT_WAVE_4")
    waves.relies("Ashlar", on="Birch")
    wait(waves, "Ashlar", "QT_WAVE_2")

    with pytest.raises(Refused, match="earlier wave than a party"):
        waves.does(waiting.offer, "Ashlar", until=LATER)


def test_r34_a_flag_is_settled_once_with_what_came_of_it(waves):
    waves.party("Ashlar", "QT_WAVE_4")
    waves.party("Birch", "QT_WAVE_4")
    waves.relies("Birch", on="Ashlar")
    waves.does(giving.to_enduring, "Ashlar", because="Agreed.")

    with acting_as(waves.planner):
        flag = Dependant.objects.get()
        said = {"flag": flag, "actor": waves.planner, "at": NOW}
        with pytest.raises(Invalid):
            ordering.settle_flag(note="", **said)
        ordering.settle_flag(note="Birch tests by itself.", **said)
        with pytest.raises(Refused):
            ordering.settle_flag(note="Again.", **said)
    assert waves.flags("Birch") == []


def test_r32_the_command_makes_missing_places_and_says_how_many(waves, capsys):
    factories.make_qualification(factories.make_organisation("Ashlar"), "SUPPLIER", "QT_WAVE_2")

    call_command("ensure_places")
    call_command("ensure_places")

    assert capsys.readouterr().out.split() == ["1", "places", "made.", "0", "places", "made."]
