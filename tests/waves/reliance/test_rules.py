"""The pure rules of reliance: what is missing, who agrees, who is touched, what has passed."""

from itertools import product
from random import Random

import pytest

from participants.enums import Role
from participants.market_roles import MARKET_ROLES
from tests.waves.reliance.conftest import SAID
from waves.enums import RelianceOpinionKind, RelianceStage
from waves.reliance import Opinions, changed, problems, sha256_of
from waves.reliance_evidence import PIT_PASSED, TESTS_PASSED, covers, passed, waits
from waves.reliance_graph import Effect, What, groups, net, touched
from waves.routes import ROUTES, open_routes, reliance_agreed_by

WHOLE = SAID | {"kind": "RELIANCE", "provider_mpid": "BIRC"}


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, set()),
        ({"provider_name": " "}, {"provider_name"}),
        ({"provider_mpid": ""}, {"provider_mpid"}),
        ({"provider_mpid": "B-1"}, {"provider_mpid"}),
        ({"kind": "ON_BEHALF", "provider_mpid": "", "own_tests": "Deployment."}, set()),
        ({"kind": "ON_BEHALF"}, {"own_tests"}),
        ({"stages": []}, {"stages"}),
        ({"extent": ""}, {"extent"}),
        ({"extent": "PARTIAL"}, {"own_tests"}),
        ({"extent": "PARTIAL", "own_tests": "Set 3."}, set()),
        ({"has_agreement": False}, {"has_agreement"}),
        ({"attested_by_name": ""}, {"attested_by_name"}),
        ({"is_own": True, "is_identical": True, "has_agreement": False}, set()),
        ({"bodies_have_report": False}, {"file"}),
        ({"bodies_have_report": False, "has_file": True}, set()),
        ({"report_reference": ""}, {"report_reference"}),
        *(
            ({name: ""}, {name})
            for name in ("commonality", "bespoke", "hosting", "interfaces", "operations")
        ),
    ],
)
def test_r50_a_proposal_names_everything_that_it_must(changes, missing):
    assert set(problems(WHOLE | changes)) == missing


@pytest.mark.parametrize("identical", [None, False])
def test_r56_own_mpids_with_different_systems_have_qt_of_their_own(identical):
    said = problems(WHOLE | {"is_own": True, "is_identical": identical})
    assert "QT" in said["is_identical"]


def test_r47_who_agrees_by_role_and_route():
    wanted = {
        ("SUPPLIER", "QT_WAVE_2"): {"BSC", "REC", "DIP"},
        ("MEM_SMART", "QT_WAVE_1"): {"REC", "DIP"},
        ("LDSO", "NON_SIT_LDSO_M10"): {"BSC", "REC", "DIP", "MHHSP"},
        ("SDS", "SIT_M11_READY"): {"BSC", "DIP", "MHHSP"},
    }
    for (role, route), bodies in wanted.items():
        assert set(reliance_agreed_by(role, route)) == bodies
    for role in Role.values:
        for route in open_routes(role, new_entrant=True):
            needed = set(reliance_agreed_by(role, route.code))
            assert needed == {*MARKET_ROLES[role].bodies} | (
                set() if ROUTES[route.code].is_wave else {"MHHSP"}
            )


@pytest.mark.parametrize("verdicts", list(product([None, *RelianceOpinionKind.values], repeat=3)))
def test_all_must_agree_and_one_refusal_decides(verdicts):
    needed = ("BSC", "REC", "DIP")
    said = {body: each for body, each in zip(needed, verdicts, strict=True) if each}
    outcome = Opinions(needed, said | {"MHHSP": "NOT_AGREE"}).outcome
    if "NOT_AGREE" in verdicts:
        assert outcome == "NOT_AGREED"
    elif "CLARIFY" in verdicts:
        assert outcome == "CLARIFICATION"
    elif None in verdicts:
        assert outcome == "IN_REVIEW"
    else:
        assert outcome == ("AGREED_PART" if "AGREE_PART" in verdicts else "AGREED_FULL")


def test_a_version_is_known_by_its_hash_and_by_what_changed():
    before = WHOLE | {"file": None}
    after = before | {"hosting": "Another cloud.", "stages": ["QT", "SIT"]}
    assert changed(before, after) == ["Testing relied on", "Hosting"]
    assert sha256_of(before) == sha256_of(dict(reversed(before.items()))) != sha256_of(after)


@pytest.mark.parametrize("stages", [[], ["PIT"], ["QT"], ["SIT", "PIT_OPS"], ["QT", "SIT"]])
def test_r48_a_gate_waits_for_exactly_what_it_rests_on(stages):
    for happened in ([], [PIT_PASSED], [TESTS_PASSED], [PIT_PASSED, TESTS_PASSED]):
        left = waits("RELIANCE", False, stages, happened)
        known = {"PIT": PIT_PASSED, "TESTS": TESTS_PASSED}
        assert left == [each for each in covers(stages) if known[each] not in happened]
        assert waits("ON_BEHALF", False, stages, happened) == []
        assert waits("RELIANCE", True, stages, happened) == []


def test_r48_passed_means_every_stage_that_is_relied_on():
    gate = {"SIT": {"sit_exit"}, "QT": {"qt_exit"}}
    pit = {"pit_exit", "sit_exit"}
    gates = ("pit_exit", "sit_exit", "qt_exit")
    for bits in product([False, True], repeat=3):
        happened = {name for name, is_on in zip(gates, bits, strict=True) if is_on}
        for stages in product(RelianceStage.values, repeat=2):
            wanted = all(gate.get(each, pit) & happened for each in stages)
            assert passed(stages, happened) == wanted


def reached(start, edges):
    """Everybody who relies on a party, found by following every edge again and again."""
    found = set()
    while True:
        more = {one for one, other in edges if other == start or other in found} - found - {start}
        if not more:
            return found
        found |= more


@pytest.mark.parametrize("seed", range(60))
def test_r34_the_blast_radius_is_what_brute_force_finds(seed):
    dice = Random(seed)
    keys = list(range(dice.randint(2, 12)))
    edges = [tuple(dice.sample(keys, 2)) for _ in range(dice.randint(0, 18))]
    order = {key: dice.randint(0, 4) for key in keys if dice.random() < 0.9}
    for cause, what, to in product(keys, What, (0, 2, 4)):
        found = touched(cause, edges, order, what, to)
        assert {each.key for each in found} == reached(cause, edges)
        for each in found:
            links = list(zip(each.chain, each.chain[1:], strict=False))
            assert each.chain[0] == each.key
            assert each.chain[-1] == cause
            assert set(links) <= set(edges)
            early = what is not What.FAILS and each.key in order and order[each.key] < to
            direct = (each.key, cause) in edges
            assert (each.effect is Effect.TOO_EARLY) == early
            assert (each.effect is Effect.NO_EVIDENCE) == (
                not early and direct and what is not What.SLIPS
            )


@pytest.mark.parametrize("seed", range(40))
def test_nobody_stands_upon_another_in_the_picture(seed):
    dice = Random(seed)
    edges = [tuple(dice.sample(range(30), 2)) for _ in range(dice.randint(1, 40))]
    parties = {key for edge in edges for key in edge}
    column = {key: dice.randint(0, 4) for key in parties}
    laid = net(edges, column)
    assert set(laid.spots) == parties
    assert len({(spot.column, spot.row) for spot in laid.spots.values()}) == len(parties)
    assert all(spot.column == column[key] for key, spot in laid.spots.items())
    assert max(spot.row for spot in laid.spots.values()) < laid.rows
    starts = [*laid.groups, laid.rows]
    for group, top, end in zip(groups(edges), starts, starts[1:], strict=False):
        assert all(top <= laid.spots[key].row < end for key in group)
