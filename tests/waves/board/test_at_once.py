"""Several planners at the same moment, on a real database with real commits (R33, R36)."""

import threading
from collections import Counter

import pytest
from django.db import connection

from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.errors import Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Qualification
from tests import factories
from tests.waves.board.conftest import LATER, NOW, Waves, put_away
from tests.waves.conftest import publish
from waves.models import Place
from waves.queries import board as queries
from waves.services import board as giving
from waves.services import places, reallocating, waiting

ROUNDS = 5


@pytest.fixture
def waves(committed):
    publish()
    with moments.at(NOW):
        yield Waves(planner=factories.staff_actor("BSC", "PLANNER"))
        put_away()


def at_once(*deeds):
    """Run services about parties in threads that start together; return what came of each."""
    gate, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, actor, service, qualification, said):
        try:
            gate.wait(timeout=10)
            with moments.at(NOW), acting_as(actor):
                service(qualification=qualification, actor=actor, at=NOW, **said)
            found[place] = "done"
        except Refused as refusal:
            found[place] = refusal.reasons[0]
        finally:
            connection.close()

    runners = [
        threading.Thread(target=run, args=(place, *deed)) for place, deed in enumerate(deeds)
    ]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(timeout=60)
    return found


def talked(waves: Waves, name: str, route: str) -> None:
    waves.does(reallocating.propose, name, route=route, because="The wave is over.")
    waves.does(reallocating.engage, name, text="They agree.")


def test_r33_two_moves_that_are_in_order_alone_and_not_together_never_both_happen(waves):
    for number in range(ROUNDS):
        one, other = f"Ashlar {number}", f"Birch {number}"
        waves.party(one, "QT_WAVE_4")
        waves.party(other, "QT_WAVE_3")
        waves.relies(one, on=other)
        talked(waves, one, "QT_WAVE_3")  # alone: both in wave 3
        talked(waves, other, "QT_WAVE_4")  # alone: both in wave 4

        found = at_once(
            (waves.planner, reallocating.enact, waves.held[one], {}),
            (waves.planner, reallocating.enact, waves.held[other], {}),
        )

        assert sorted(each == "done" for each in found) == [False, True]
        assert "earlier wave than a party" in next(each for each in found if each != "done")
        with acting_as(PORTAL):
            assert queries.board().breaks == ()


def test_two_planners_on_one_card_move_it_once(waves):
    for number in range(ROUNDS):
        name = f"Corran {number}"
        waves.party(name, "QT_WAVE_2")
        talked(waves, name, "QT_WAVE_3")

        found = at_once(*[(waves.planner, reallocating.enact, waves.held[name], {})] * 2)

        assert Counter(each == "done" for each in found) == {True: 1, False: 1}
        moves = [note for note in waves.ledger(name) if note.from_route and note.to_route]
        assert [(note.from_route, note.to_route) for note in moves[:1]] == [
            ("QT_WAVE_2", "QT_WAVE_3")
        ]
        with acting_as(PORTAL):
            changed = AuditEvent.objects.filter(
                action="qualification.route_changed", object_id=str(waves.held[name].pk)
            )
            assert changed.count() == 1


def test_r32_two_planners_giving_one_card_two_waves_leave_it_in_one(waves):
    for number in range(ROUNDS):
        name = f"Dunmere {number}"
        waves.party(name, "QT_WAVE_2", given=False)

        found = at_once(
            (waves.planner, giving.allocate, waves.held[name], {"route": "QT_WAVE_3"}),
            (waves.planner, giving.allocate, waves.held[name], {"route": "QT_WAVE_4"}),
        )

        assert sorted(each == "done" for each in found) == [False, True]
        taken = ("QT_WAVE_3", "QT_WAVE_4")[found.index("done")]
        assert (waves.route(name), waves.place(name).status) == (taken, "ALLOCATED")


def test_r33_an_offer_accepted_while_the_party_relied_on_moves_keeps_the_order(waves):
    for number in range(ROUNDS):
        one, other = f"Elder {number}", f"Fenn {number}"
        waves.party(other, "QT_WAVE_2")
        waves.party(one, "QT_WAVE_3")
        waves.relies(one, on=other)
        member = waves.member(one)
        waves.does(waiting.ask_earlier, one, by=member, route="QT_WAVE_2", because="Ready.")
        waves.does(waiting.offer, one, until=LATER)
        talked(waves, other, "QT_WAVE_3")

        found = at_once(
            (member, waiting.accept, waves.held[one], {}),
            (waves.planner, reallocating.enact, waves.held[other], {}),
        )

        assert found[0] == "done"
        with acting_as(PORTAL):
            assert queries.board().breaks == ()


def test_r32_places_made_at_once_are_made_once(waves):
    organisation = factories.make_organisation("Gorse")
    held = factories.make_qualification(organisation, "SUPPLIER", "QT_WAVE_2")
    found = at_once(
        *[(PORTAL, places.ensure, Qualification(pk=held.pk, organisation=organisation), {})] * 3
    )

    assert found == ["done"] * 3
    with acting_as(PORTAL):
        assert Place.objects.filter(qualification=held).count() == 1
