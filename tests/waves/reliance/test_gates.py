"""The evidence gate: what rests on other testing waits for it, without a name (R48, X25)."""

import pytest

from foundation.errors import Refused
from tests import factories
from tests.waves.reliance.conftest import Rely
from waves.gates import GateName, Holder, gate_of, gates_of, pit_exit, qt_exit, sit_exit
from waves.services import reliance as writing
from waves.services.testing import confirm_gate, take_back
from waves.testing_facts import Facts, Reliance

AGREED = Reliance(is_agreed=True, covers=["TESTS"], waits=["TESTS"])


def relied(gate):
    return next((each for each in gate.criteria if each.key == "relied_on"), None)


def test_r48_a_gate_without_reliance_does_not_ask_for_it():
    for gate in (*gates_of(Facts()), *gates_of(Facts(route_kind="SIT"))):
        assert relied(gate) is None


@pytest.mark.parametrize(
    ("gate", "covers", "asked"),
    [
        (pit_exit, ["PIT"], True),
        (pit_exit, ["TESTS"], False),
        (qt_exit, ["TESTS"], True),
        (qt_exit, ["PIT"], False),
        (sit_exit, ["PIT"], True),
        (sit_exit, ["TESTS"], True),
    ],
)
def test_r48_each_gate_waits_for_its_own_testing(gate, covers, asked):
    waiting = Facts(reliances=[Reliance(is_agreed=True, covers=covers, waits=covers)])
    passed = Facts(reliances=[Reliance(is_agreed=True, covers=covers)])
    found = relied(gate(waiting))
    assert (found is not None) == asked
    if asked:
        assert found.missing == "Waits for the testing relied upon."
        assert found.holder is Holder.OTHERS
        assert relied(gate(passed)).is_met


def test_r52_a_version_that_is_not_agreed_suspends_the_gate():
    pending = Facts(reliances=[Reliance(is_agreed=False, covers=["TESTS"])])
    assert relied(qt_exit(pending)).holder is Holder.BODIES
    assert "not agreed" in relied(qt_exit(pending)).missing


def test_r48_entry_into_qt_does_not_wait_for_a_party_of_the_same_wave():
    entry = gate_of(Facts(reliances=[AGREED]), GateName.QT_ENTRY)
    assert next(each for each in entry.criteria if each.key == "reliance").is_met


@pytest.mark.django_db
def test_r48_confirming_a_gate_of_the_party_opens_the_gate_of_whoever_relies_on_it(rely):
    one, other = "Corran Data", "Dunmore Data"
    for name in (one, other):
        rely.party(name, "SIT_M11_READY", "SDS")
    rely.agreed(one, other, stages=["SIT"])
    tester = _tester()
    with pytest.raises(Refused, match="Waits for the testing relied upon"):
        _confirm(rely, tester, one)
    _confirm(rely, tester, other)
    assert "relied_on_tests_passed" in rely.fresh_of(one).happened
    taken = {"gate": "sit_exit", "because": "A report was wrong."}
    rely.acts(tester, take_back, qualification=rely.held[other], **taken)
    assert "relied_on_tests_passed" not in rely.fresh_of(one).happened
    _confirm(rely, tester, other)
    _confirm(rely, tester, one)
    assert "sit_exit" in rely.fresh_of(one).happened


@pytest.mark.django_db
def test_r52_writing_a_change_shuts_the_gate_until_it_is_agreed_again(rely):
    row = rely.agreed("Ashlar Supply", "Birch Data")
    rely.acts(rely.member("Ashlar Supply"), writing.change, row, because="Another release.")
    assert relied(_qt(rely)).missing == "A proposal to rely on other testing is not agreed."


def _qt(rely: Rely):
    return gate_of(rely.facts_of("Ashlar Supply"), GateName.QT_EXIT)


def _tester():
    return factories.staff_actor("MHHSP", "TEST_MANAGER")


def _confirm(rely: Rely, tester, name: str) -> None:
    rely.acts(tester, confirm_gate, qualification=rely.held[name], gate="sit_exit")
