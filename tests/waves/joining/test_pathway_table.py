"""Every pathway against every state and every pair of routes, beside a table written by hand."""

from itertools import product

import pytest

from participants.enums import Route, Status
from waves.pathways import PATHWAYS, Case, lapses, natural, objections, redo

MOVABLE = {
    *("INITIAL_DRAFT", "INITIAL_PART_SUBMITTED", "INITIAL_SUBMITTED", "INITIAL_REVIEW"),
    *("INITIAL_REVIEWED", "FINAL_DRAFT", "FINAL_REOPENED"),
}
READ = {"FINAL_SUBMITTED", "FINAL_REVIEW", "CONTENT_AGREED"}
SIT = ["SIT_M10_READY", "SIT_M11_READY", "SIT_NOT_M11_READY"]
WAVES = [f"QT_WAVE_{number}" for number in range(1, 5)]

# Pathway -> the pairs that a Supplier of several roles may take, from and to.
PAIRS = {
    0: {*product(SIT, SIT), *product(WAVES, WAVES), *product(WAVES, SIT)},
    1: {*product(SIT, WAVES)},
    2: {*product(SIT, WAVES), *product(WAVES, SIT)},
    3: {*product(SIT, WAVES)},
    5: {*product(SIT, WAVES), *product(WAVES, WAVES)},
}
STAYS = {4: {"QT_WAVE_4"}, 6: {*WAVES, "NON_SIT_LDSO_M10"}}


def case(number: int, status: str, route: str, to: str, **more) -> Case:
    said = {
        "role": "SUPPLIER",
        "status": status,
        "route": route,
        "to": "" if number in STAYS else to,
        "entrant": "NEW_LEGACY_AND_MHHS" if number == 5 else "EXISTING",
        "others": ("SIT_M11_READY", "QT_WAVE_2"),
        "mpids": 3,
        "moved": 1,
        "is_identical": number == 6,
    }
    return Case(**{**said, **more})


def is_expected(number: int, status: str, route: str, to: str) -> bool:
    states = MOVABLE | READ if number == 4 else MOVABLE
    if status not in states:
        return False
    if number in STAYS:
        return route in STAYS[number]
    return route != to and (route, to) in PAIRS[number]


def test_r041_every_pathway_is_open_exactly_where_the_table_says():
    wrong, seen = [], 0
    from_routes = [route for route in Route.values if route != "NON_SIT_LDSO_M10"]
    for number, status in product(PATHWAYS, Status.values):
        routes = Route.values if number in STAYS else from_routes
        for route, to in product(routes, from_routes):
            seen += 1
            said = objections(number, case(number, status, route, to))
            if bool(said) == is_expected(number, status, route, to):
                wrong.append((number, status, route, to, said))
    assert seen == 7 * 14 * 7 * 7 + 2 * 14 * 7
    assert wrong == []


def test_every_refusal_is_a_sentence():
    for number, status, route, to in product(PATHWAYS, Status.values, Route.values, Route.values):
        for said in objections(number, case(number, status, route, to)):
            assert said[0].isupper()
            assert said.endswith(".")


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("role", ["LDSO", "SMRA_ERDA", "UMSO"])
def test_r041_networks_in_sit_do_not_leave_it(number, role):
    said = objections(
        number, case(number, "INITIAL_DRAFT", "SIT_M10_READY", "QT_WAVE_2", role=role)
    )

    assert any("M10" in each for each in said)


def test_r018_a_network_takes_a_wave_only_as_a_new_entrant():
    asked = {"role": "LDSO", "status": "INITIAL_DRAFT", "route": "NON_SIT_LDSO_M10"}
    existing = Case(**asked, to="QT_WAVE_4")
    entrant = Case(**asked, to="QT_WAVE_4", entrant="NEW_LEGACY_AND_MHHS")

    assert objections(0, existing)
    assert objections(5, existing)
    assert objections(5, entrant) == ()


def test_r022_a_split_needs_mpids_that_go_and_some_that_stay():
    for moved in (0, 3):
        said = objections(3, case(3, "INITIAL_DRAFT", "SIT_M11_READY", "QT_WAVE_2", moved=moved))
        assert said == ("Choose the MPIDs that go; at least one stays.",)


def test_r056_identical_mpids_rely_and_different_ones_test():
    alike = case(3, "INITIAL_DRAFT", "SIT_M11_READY", "QT_WAVE_2", is_identical=True)
    other = case(6, "INITIAL_DRAFT", "QT_WAVE_2", "", is_identical=False)

    assert "propose that reliance instead" in " ".join(objections(3, alike))
    assert "others test (R56)" in " ".join(objections(6, other))


def test_r019_two_roads_need_another_role_on_the_other():
    alone = case(2, "INITIAL_DRAFT", "SIT_M11_READY", "QT_WAVE_2", others=())
    both = case(2, "INITIAL_DRAFT", "SIT_M11_READY", "QT_WAVE_2", others=("QT_WAVE_1",))

    assert objections(2, alone)
    assert "No other role" in " ".join(objections(2, both))


def test_r041_only_who_leaves_sit_starts_anew_in_the_test_environment():
    for before, after in product(Route.values, Route.values):
        leaves = before.startswith("SIT") and not after.startswith("SIT")
        assert bool(redo(before, after).words) == leaves
        assert bool(redo(before, after).events) == leaves


def test_a_plain_change_out_of_sit_is_the_first_pathway():
    assert natural(case(1, "INITIAL_DRAFT", "SIT_M11_READY", "QT_WAVE_1")) == 1
    assert natural(case(0, "INITIAL_DRAFT", "QT_WAVE_1", "QT_WAVE_2")) == 0
    trio = case(0, "INITIAL_DRAFT", "SIT_M10_READY", "QT_WAVE_2", role="LDSO")
    assert natural(trio) == 0


def test_r087_approvals_stand_on_no_road_that_is_changed():
    assert {status: lapses(status) for status in MOVABLE if "lapsed" in lapses(status)} == {
        "FINAL_REOPENED": "None stands: those given before lapsed when the Final QAD was reopened."
    }
