"""The market roles say who reviews, who decides and who signs (QA&P 7.1, 10.2, 11.3)."""

from datetime import date
from itertools import combinations

import pytest

from participants.market_roles import (
    BODIES,
    CODE_BODIES,
    GOVERNING_BODIES,
    MARKET_ROLES,
    MILESTONES,
    TRIO,
    deciding_bodies,
    delegate_objections,
    milestone_of,
    reviewing_bodies,
    trio_objections,
    with_trio,
)

M10, M14 = date(2025, 9, 24), date(2026, 10, 28)
PAB, MANAGER = "BSC PAB", "REC Code Manager"

# role: reviewed by, decided by, milestone on SIT, may a delegate sign
TABLE_2 = {
    "SUPPLIER": (("BSC", "REC", "DIP"), (PAB, MANAGER), M14, False),
    "SDS": (("BSC", "DIP"), (PAB,), M14, False),
    "ADS": (("BSC", "DIP"), (PAB,), M14, False),
    "UMSDS": (("BSC", "DIP"), (PAB,), M14, False),
    "UMSO": (("BSC", "DIP"), (PAB,), M10, False),
    "LDSO": (("BSC", "REC", "DIP"), (PAB, MANAGER), M10, False),
    "SMRA_ERDA": (("BSC", "REC", "DIP"), (PAB, MANAGER), M10, False),
    "MEM_ADV": (("REC", "DIP"), (MANAGER,), M14, True),
    "MEM_SMART": (("REC", "DIP"), (MANAGER,), M14, True),
}


def test_there_are_exactly_the_nine_roles_in_the_order_of_table_2():
    assert list(MARKET_ROLES) == list(TABLE_2)


@pytest.mark.parametrize("code", TABLE_2)
def test_r007_a_role_is_reviewed_by_the_bodies_of_its_codes(code):
    assert MARKET_ROLES[code].bodies == TABLE_2[code][0]


def test_r007_an_organisation_is_reviewed_by_the_bodies_of_all_its_roles():
    assert reviewing_bodies(["MEM_SMART", "SDS"]) == BODIES
    assert reviewing_bodies(["MEM_SMART", "MEM_ADV"]) == ("REC", "DIP")
    assert reviewing_bodies([]) == ()


@pytest.mark.parametrize("code", TABLE_2)
def test_r013_a_role_is_decided_by_each_code_body_that_governs_it(code):
    assert MARKET_ROLES[code].deciders == TABLE_2[code][1]


def test_r013_the_dip_manager_reviews_every_role_and_decides_none():
    assert all("DIP" in role.bodies for role in MARKET_ROLES.values())
    assert deciding_bodies(MARKET_ROLES) == CODE_BODIES
    assert GOVERNING_BODIES["DIP"].decided_by == ""


def test_r013_the_trio_needs_five_decisions():
    assert sum(len(MARKET_ROLES[code].deciders) for code in TRIO) == 5


def test_r014_the_trio_is_ldso_smra_and_umso():
    assert set(TRIO) == {"LDSO", "SMRA_ERDA", "UMSO"}


@pytest.mark.parametrize("code", TABLE_2)
def test_r014_one_of_the_trio_brings_the_other_two_and_no_other_role_does(code):
    expected = set(TRIO) if code in TRIO else {code}
    assert set(with_trio([code])) == expected


@pytest.mark.parametrize("count", [1, 2])
def test_r014_a_part_of_the_trio_is_refused_and_names_what_is_missing(count):
    for chosen in combinations(TRIO, count):
        (reason,) = trio_objections([*chosen, "SUPPLIER"])
        for code in TRIO:
            named = MARKET_ROLES[code].short_label in reason.partition("add")[2]
            assert named == (code not in chosen)


@pytest.mark.parametrize("roles", [(), ("SUPPLIER", "MEM_ADV"), TRIO, (*TRIO, "SUPPLIER")])
def test_r014_the_whole_trio_or_none_of_it_stands(roles):
    assert trio_objections(roles) == ()


def test_r015_the_two_metering_equipment_managers_are_two_roles():
    assert MARKET_ROLES["MEM_ADV"] != MARKET_ROLES["MEM_SMART"]


def test_r016_a_meter_data_retriever_is_an_attribute_of_the_sds_and_no_role():
    assert "MDR" not in MARKET_ROLES
    with_retrieval = {code: role.retrieval for code, role in MARKET_ROLES.items() if role.retrieval}
    assert with_retrieval == {"SDS": ("MDR", "SUPPLIER", "BOTH")}


@pytest.mark.parametrize("code", TABLE_2)
def test_r106_a_delegate_signs_only_where_the_rec_alone_governs(code):
    allowed = TABLE_2[code][3]
    assert MARKET_ROLES[code].delegate_allowed == allowed
    assert (delegate_objections(code) == ()) == allowed


def test_r106_the_refusal_names_the_role_and_the_way_on():
    (reason,) = delegate_objections("SUPPLIER")
    assert "Supplier is governed under the BSC" in reason
    assert "company director" in reason


@pytest.mark.parametrize("code", TABLE_2)
def test_r114_every_role_needs_the_dip_user_first(code):
    assert MARKET_ROLES[code].dip_user_precondition


@pytest.mark.parametrize("code", TABLE_2)
def test_r118_the_milestone_on_sit_is_that_of_table_2(code):
    assert milestone_of(code, "SIT").on == TABLE_2[code][2]


@pytest.mark.parametrize("code", TABLE_2)
def test_x28_whoever_takes_a_wave_is_bound_by_m14(code):
    assert milestone_of(code, "WAVE") == MILESTONES["M14"]


@pytest.mark.parametrize("code", TABLE_2)
def test_x28_the_ldso_route_has_a_milestone_for_the_trio_only(code):
    expected = MILESTONES["M10"] if code in TRIO else None
    assert milestone_of(code, "LDSO") == expected


def test_r122_appeals_go_to_ofgem_and_to_the_rec_pab():
    assert {code: body.appeal_to for code, body in GOVERNING_BODIES.items()} == {
        "BSC": "Ofgem",
        "REC": "REC PAB",
        "DIP": "",
    }


def test_every_role_names_its_source_and_what_is_our_reading():
    assert all(role.source.startswith("QA&P 7.1") for role in MARKET_ROLES.values())
    assumed = {code for code, role in MARKET_ROLES.items() if role.standing == "assumed"}
    assert assumed == set(TRIO)  # the milestone of a new entrant in a wave (X28)
