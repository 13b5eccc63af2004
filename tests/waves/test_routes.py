"""The eight routes: who may take them, who tests and who agrees along them (QA&P 4.2, 9)."""

from datetime import date

import pytest

from participants.enums import Role, Route
from participants.market_roles import MARKET_ROLES, TRIO
from waves.routes import ROUTES, open_routes, reliance_agreed_by, route_objections

SIT = ("SIT_M10_READY", "SIT_M11_READY", "SIT_NOT_M11_READY")
LDSO = "NON_SIT_LDSO_M10"
WAVES = ("QT_WAVE_1", "QT_WAVE_2", "QT_WAVE_3", "QT_WAVE_4")


def _may(role: str, route: str, new_entrant: bool) -> bool:
    """R18 in words of its own, beside the file that it is checked against."""
    if role not in ("LDSO", "SMRA_ERDA", "UMSO"):
        return route != LDSO
    return route in ("SIT_M10_READY", LDSO) or (new_entrant and route in WAVES)


def test_the_routes_are_the_columns_of_appendix_c():
    assert tuple(ROUTES) == (*SIT, LDSO, *WAVES)


def test_the_words_of_the_database_are_the_codes_of_the_files():
    assert tuple(Route.values) == tuple(ROUTES)
    assert tuple(Role.values) == tuple(MARKET_ROLES)


@pytest.mark.parametrize("new_entrant", [False, True], ids=["existing", "new"])
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("role", MARKET_ROLES)
def test_r018_a_role_may_take_a_route(role, route, new_entrant):
    reasons = route_objections(role, route, new_entrant)
    assert (reasons == ()) == _may(role, route, new_entrant)
    assert all(reason.endswith(").") and "QA&P" in reason for reason in reasons)


def test_r018_a_refusal_says_why_and_where_to_go():
    (not_m11,) = route_objections("LDSO", "SIT_NOT_M11_READY", False)
    assert "Suppliers and Supplier Agents only" in not_m11
    (wave,) = route_objections("LDSO", "QT_WAVE_2", False)
    assert "after M10 (24/09/2025)" in wave
    assert "SIT M10 or Non-SIT LDSO" in wave


def test_r018_an_existing_ldso_has_two_routes_and_a_supplier_seven():
    assert [road.code for road in open_routes("LDSO", False)] == ["SIT_M10_READY", LDSO]
    assert len(open_routes("LDSO", True)) == 6
    assert [road.code for road in open_routes("SUPPLIER", False)] == [*SIT, *WAVES]


@pytest.mark.parametrize("route", ROUTES)
def test_r014_the_trio_always_shares_its_routes(route):
    for new_entrant in (False, True):
        answers = {route_objections(role, route, new_entrant) == () for role in TRIO}
        assert len(answers) == 1


@pytest.mark.parametrize("route", ROUTES)
def test_r027_a_pre_qualification_submission_is_needed_in_waves_only(route):
    assert ROUTES[route].pqs_required == (route in WAVES)


def test_x24_sit_comes_before_the_first_wave_and_waves_are_in_order():
    assert [ROUTES[code].wave_order for code in (*SIT, LDSO)] == [0, 0, 0, 0]
    assert [ROUTES[code].wave_order for code in WAVES] == [1, 2, 3, 4]
    assert [ROUTES[code].wave for code in WAVES] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("role", "route", "agreed_by"),
    [
        ("SUPPLIER", "QT_WAVE_2", ("BSC", "REC", "DIP")),
        ("MEM_SMART", "QT_WAVE_3", ("REC", "DIP")),
        ("LDSO", LDSO, ("BSC", "REC", "DIP", "MHHSP")),
        ("SDS", "SIT_M11_READY", ("BSC", "DIP", "MHHSP")),
    ],
)
def test_r047_reliance_is_agreed_by_the_bodies_and_off_the_waves_by_the_programme(
    role, route, agreed_by
):
    assert reliance_agreed_by(role, route) == agreed_by


@pytest.mark.parametrize("route", ROUTES)
def test_r060_one_pit_submission_in_waves_and_several_elsewhere(route):
    assert ROUTES[route].pit_submissions == ("ONE" if route in WAVES else "SEVERAL")


@pytest.mark.parametrize("route", ROUTES)
def test_r085_the_final_qad_may_come_before_the_report_on_sit_only(route):
    assert ROUTES[route].final_before_report == (route in SIT)


def test_x04_beyond_m10_that_is_marked_as_our_reading():
    assert "final_before_report" not in ROUTES["SIT_M10_READY"].assumed
    assert "final_before_report" in ROUTES["SIT_NOT_M11_READY"].assumed
    assert ROUTES["SIT_NOT_M11_READY"].standing == "assumed"
    assert ROUTES["QT_WAVE_1"].standing == "stated"


@pytest.mark.parametrize("route", ROUTES)
def test_r121_wave_parties_alone_wait_until_15_may_2026(route):
    expected = date(2026, 5, 15) if route in WAVES else None
    assert ROUTES[route].earliest_migration == expected


@pytest.mark.parametrize(
    ("route", "test", "pit_by"),
    [
        *((code, "SIT", "MHHSP SI") for code in SIT),
        (LDSO, "QT", "MHHSP QTM"),
        *((code, "QT", "Elexon QTM") for code in WAVES),
    ],
)
def test_table_1_says_who_reviews_pit_and_which_test_follows(route, test, pit_by):
    road = ROUTES[route]
    assert (road.external_test, road.pit_reviewed_by) == (test, pit_by)


@pytest.mark.parametrize(
    ("group", "routes"),
    [
        ("ALL", (*SIT, LDSO, *WAVES)),
        ("SIT", SIT),
        ("QT", (LDSO, *WAVES)),
        ("LDSO", (LDSO,)),
        ("WV", WAVES),
    ],
)
def test_a_group_of_questions_reaches_its_routes(group, routes):
    assert tuple(code for code, road in ROUTES.items() if road.carries(group)) == routes
