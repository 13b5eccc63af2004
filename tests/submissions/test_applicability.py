"""Which questions are asked of whom, when, and who reads the answers (QA&P 10.2, 10.3)."""

from dataclasses import replace
from pathlib import Path

import pytest

from participants.market_roles import MARKET_ROLES, TRIO
from submissions.applicability import (
    _FACTS,
    FINAL,
    INITIAL,
    SIGN_OFF,
    SUBMISSION,
    Facts,
    applies,
    belongs,
    blanks,
    questions_for,
    readers,
)
from submissions.conditions import NAMED
from submissions.template_file import load
from waves.routes import ROUTES, route_objections

TEMPLATE = load(Path(__file__).resolve().parents[2] / "fixtures" / "qad_template_v5.toml")
SIT = ("SIT_M10_READY", "SIT_M11_READY", "SIT_NOT_M11_READY")
QT = tuple(route for route in ROUTES if route not in SIT)
PLACES = [
    (role, route)
    for role in MARKET_ROLES
    for route in ROUTES
    if not route_objections(role, route, True)
]


def _role(role: str, route: str = "SIT_M10_READY", **more) -> Facts:
    return Facts(role=role, all_roles=(role,), routes=(route,), **more)


def _organisation(*roles: str, routes: tuple[str, ...] = ("SIT_M10_READY",), **more) -> Facts:
    return Facts(role=None, all_roles=roles, routes=routes, **more)


def _codes(facts: Facts) -> set[str]:
    return {one.code for one in questions_for(TEMPLATE, facts, FINAL) if one.applies}


def _verdict(code: str, facts: Facts):
    return applies(TEMPLATE.question(code), facts)


def _one(code: str, facts: Facts, stage: str = FINAL):
    (found,) = [one for one in questions_for(TEMPLATE, facts, stage) if one.code == code]
    return found


# --- R6, R7, R8: whose questions, and who reads them ---------------------------------------------


@pytest.mark.parametrize(("role", "route"), PLACES)
def test_r006_a_role_sees_its_own_questions_and_no_others(role, route):
    shown = questions_for(TEMPLATE, _role(role, route), INITIAL)
    expected = [
        q.code
        for q in TEMPLATE.questions
        if q.scope == "ROLE"
        and role in q.roles
        and (q.routes == "ALL" or q.routes == ("SIT" if route in SIT else "QT"))
    ]
    assert [one.code for one in shown] == expected


@pytest.mark.parametrize("role", ["MEM_ADV", "MEM_SMART"])
@pytest.mark.parametrize("part", [_role, _organisation], ids=["role", "organisation"])
def test_r006_a_mem_only_organisation_sees_no_question_of_the_bsc(role, part):
    shown = questions_for(TEMPLATE, part(role), FINAL)
    assert shown
    assert not [one.code for one in shown if "BSC" in one.reviewers]
    assert not [one.code for one in shown if one.question.reviewers == ("BSC",)]


def test_r006_a_question_read_by_the_bsc_alone_is_withheld_from_a_mem_whatever_its_roles():
    question = replace(TEMPLATE.question("G05"), roles=tuple(MARKET_ROLES))
    assert belongs(question, _role("SDS")).applies
    verdict = belongs(question, _role("MEM_SMART"))
    assert not verdict.applies
    assert verdict.because == "No body that reads this question governs the role."


@pytest.mark.parametrize("role", MARKET_ROLES)
def test_r007_the_code_bodies_of_the_role_read_its_questions(role):
    plain, with_dip = TEMPLATE.question("H02"), TEMPLATE.question("H03")
    code_bodies = MARKET_ROLES[role].deciding_bodies
    assert readers(plain, _role(role)) == code_bodies
    assert readers(with_dip, _role(role)) == (*code_bodies, "DIP")


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (("MEM_SMART",), ("REC",)),
        (("SDS", "ADS"), ("BSC",)),
        (("SUPPLIER",), ("BSC", "REC")),
        (("MEM_SMART", "SDS"), ("BSC", "REC")),
        (TRIO, ("BSC", "REC")),
    ],
)
def test_r007_the_organisation_is_read_by_the_code_bodies_of_all_its_roles(roles, expected):
    assert readers(TEMPLATE.question("E01"), _organisation(*roles)) == expected
    assert readers(TEMPLATE.question("N01"), _organisation(*roles)) == (*expected, "DIP")


@pytest.mark.parametrize("role", MARKET_ROLES)
def test_r007_nobody_reads_a_question_who_does_not_govern_the_role(role):
    for one in questions_for(TEMPLATE, _role(role), FINAL):
        assert one.reviewers
        assert set(one.reviewers) <= set(MARKET_ROLES[role].bodies)


@pytest.mark.parametrize("code", ["G04", "N04", "N05", "P01", "P05"])
def test_r008_the_dip_manager_alone_reads_its_own_questions(code):
    assert readers(TEMPLATE.question(code), _organisation("SUPPLIER")) == ("DIP",)


def test_r020_organisation_questions_are_asked_once_and_not_role_by_role():
    organisation, role = _codes(_organisation("SUPPLIER")), _codes(_role("SUPPLIER"))
    assert not organisation & role
    assert belongs(TEMPLATE.question("E01"), _role("SDS")).because == (
        "This is answered once for the organisation."
    )
    assert belongs(TEMPLATE.question("H03"), _organisation("SDS")).because == (
        "This is answered for each market role."
    )


def test_r023_who_answers_on_paper_is_asked_nothing_here():
    assert questions_for(TEMPLATE, _role("SUPPLIER", paper=True), INITIAL) == ()
    assert "on paper" in _verdict("A01", _organisation("SUPPLIER", paper=True)).because


# --- Roles, routes and conditions -----------------------------------------------------------------


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("role", MARKET_ROLES)
@pytest.mark.parametrize(("code", "routes"), [("B01", QT), ("D01", QT), ("B02", SIT), ("D02", SIT)])
def test_r018_test_questions_follow_the_route(code, routes, role, route):
    assert belongs(TEMPLATE.question(code), _role(role, route)).applies == (route in routes)


def test_r018_the_reason_names_the_routes():
    assert _verdict("D01", _role("SUPPLIER")).because == (
        "This is asked of those who take Qualification Testing only."
    )
    assert _verdict("D02", _role("SUPPLIER", "QT_WAVE_1")).because == (
        "This is asked on the SIT routes only."
    )


def test_r019_an_organisation_on_two_routes_answers_what_either_asks():
    sit, both = ("SIT_M11_READY",), ("SIT_M11_READY", "QT_WAVE_3")
    assert "N07" not in _codes(_organisation("SUPPLIER", "MEM_ADV", routes=sit))
    assert "N07" in _codes(_organisation("SUPPLIER", "MEM_ADV", routes=both))


def test_an_organisation_without_a_route_yet_sees_its_common_questions():
    codes = _codes(_organisation("SUPPLIER", routes=()))
    assert "A01" in codes
    assert "N07" not in codes


@pytest.mark.parametrize("role", MARKET_ROLES)
@pytest.mark.parametrize(
    ("code", "roles"),
    [
        ("B17", {"LDSO"}),
        ("G01", {"SUPPLIER"}),
        ("G05", {"SUPPLIER", "SDS"}),
        ("J08", {"SMRA_ERDA"}),
        ("J09", {"UMSO", "UMSDS"}),
        ("J10", {"MEM_ADV", "MEM_SMART"}),
        ("J11", {"SDS"}),
        ("J14", {"LDSO"}),
        ("Q01", {"SUPPLIER"}),
        ("S01", {"SUPPLIER"}),
    ],
)
def test_a_question_of_some_roles_is_asked_of_those_only(code, roles, role):
    assert _verdict(code, _role(role)).applies == (role in roles)


def test_the_reason_names_the_roles():
    assert _verdict("J09", _role("LDSO")).because == (
        "This is asked of Unmetered Supplies Operator and Unmetered Supply Data Service only."
    )


@pytest.mark.parametrize(
    ("code", "without", "with_it"),
    [
        ("A05", _role("SUPPLIER"), _role("SUPPLIER", mpids_split=True)),
        ("T02", _role("SUPPLIER"), _role("SUPPLIER", mpids_split=True)),
        ("P02", _organisation("MEM_ADV"), _organisation("MEM_ADV", bsc_party=False)),
        ("P03", _organisation("SUPPLIER"), _organisation("SUPPLIER", uses_dcp=True)),
        ("Q02", _role("SUPPLIER"), _role("SUPPLIER", exemptions={"UMS"})),
        ("Q03", _role("SUPPLIER"), _role("SUPPLIER", answers={"Q01": "sought"})),
        ("S08", _role("SUPPLIER"), _role("SUPPLIER", exemptions={"SMART"})),
        ("S04", _role("SUPPLIER"), _role("SUPPLIER", answers={"S01": ["sought"]})),
        ("J12", _role("SDS", retrieval="SUPPLIER"), _role("SDS", retrieval="MDR")),
        ("J13", _role("SDS"), _role("SDS", retrieval="BOTH")),
        ("J13", _role("SDS", answers={"J11": "supplier"}), _role("SDS", answers={"J11": "both"})),
        ("T04", _role("MEM_SMART"), _role("MEM_SMART", delegate_signs=True)),
    ],
)
def test_a_condition_opens_its_question_and_says_why_it_was_shut(code, without, with_it):
    shut = _one(code, without)
    assert (shut.applies, shut.is_open, shut.required_for) == (False, False, "")
    assert shut.because.endswith(".")
    opened = _one(code, with_it)
    assert (opened.applies, opened.is_open) == (True, True)


def test_r016_a_smart_data_service_with_a_retriever_has_two_more_questions():
    plain = _codes(_role("SDS", retrieval="SUPPLIER"))
    assert _codes(_role("SDS", retrieval="MDR")) - plain == {"J12", "J13"}


def test_r090_a_bsc_party_is_not_asked_for_an_access_agreement():
    assert _verdict("P02", _organisation("SUPPLIER")).because == (
        "Your organisation is a BSC Party."
    )


def test_r106_the_delegates_letter_is_never_asked_of_a_role_of_the_bsc():
    for role in MARKET_ROLES:
        verdict = _verdict("T04", _role(role, delegate_signs=True))
        assert verdict.applies == MARKET_ROLES[role].delegate_allowed


def test_r124_nobody_but_a_supplier_is_asked_about_exemptions():
    for role in MARKET_ROLES:
        codes = _codes(_role(role, exemptions={"UMS", "SMART"}))
        assert any(code[0] in "QS" for code in codes) == (role == "SUPPLIER")


def test_r112_without_a_smart_exemption_no_undertaking_is_asked():
    facts = _role("SUPPLIER", exemptions={"UMS"}, answers={"S01": "not_sought"})
    assert "S08" not in _codes(facts)
    assert _verdict("S08", facts).because == "Your answer to S01 makes it unnecessary."


def test_x41_the_switching_messages_are_never_asked_in_the_portal():
    verdict = _verdict("H08", _role("SUPPLIER", "QT_WAVE_1"))
    assert (verdict.applies, verdict.because) == (False, NAMED["paper_only"])


RELIANCE = {f"C{n:02}" for n in range(2, 12)}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ((), set()),
        (("none",), set()),
        (("none", "own_mpids", "on_behalf"), set()),  # boxes left ticked from before
        (("full", "other_participant"), RELIANCE - {"C08", "C11"}),
        (("partial", "other_participant"), RELIANCE - {"C11"}),
        (("full", "own_mpids"), RELIANCE - {"C08"}),
        (("partial", "own_mpids", "on_behalf"), RELIANCE),
    ],
)
def test_r044_reliance_decides_which_of_its_questions_are_asked(chosen, expected):
    codes = _codes(_role("SUPPLIER", "QT_WAVE_2", answers={"C01": chosen}))
    assert codes & RELIANCE == expected


def test_r051_the_remaining_scope_is_not_agreed_on_a_sit_route():
    assert "C08" not in _codes(_role("SUPPLIER", answers={"C01": "partial"}))


@pytest.mark.parametrize(
    ("chosen", "asked"), [(("full", "on_behalf"), True), (("full", "other_participant"), False)]
)
def test_r054_supplied_software_is_tested_on_site(chosen, asked):
    assert ("B18" in _codes(_role("ADS", answers={"C01": chosen}))) == asked


def test_a_question_waits_for_the_answer_that_it_depends_on():
    assert _verdict("C02", _role("ADS")).because == (
        "It depends on C01, which is not answered yet."
    )


def test_every_named_condition_can_be_decided():
    assert set(_FACTS) == set(NAMED)


# --- Stages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "route"), PLACES)
def test_r080_nothing_is_mandatory_at_the_initial_stage(role, route):
    for facts in (_role(role, route), _organisation(role, routes=(route,))):
        shown = questions_for(TEMPLATE, facts, INITIAL)
        assert not [one.code for one in shown if one.mandatory]
        assert blanks(shown, (), SUBMISSION) == ()


@pytest.mark.parametrize(("role", "route"), PLACES)
def test_r096_a_final_question_is_announced_at_the_initial_stage_and_not_asked(role, route):
    for one in questions_for(TEMPLATE, _role(role, route), INITIAL):
        assert one.is_open == (one.applies and one.question.phase in ("I", "IF"))
        if one.applies and one.question.phase == "F":
            assert one.because == "Required at the Final stage."


@pytest.mark.parametrize(("role", "route"), PLACES)
def test_r087_every_relevant_answer_is_mandatory_at_the_final_stage(role, route):
    shown = questions_for(TEMPLATE, _role(role, route), FINAL)
    later = {"T05"} | ({"D02", "D03", "D05", "D10"} if route in SIT else set())
    assert {one.code for one in shown if one.mandatory} == (
        {one.code for one in shown if one.applies} - later
    )
    assert all(one.is_open == one.applies for one in shown)


def test_r087_one_blank_is_named_and_an_irrelevant_blank_is_not():
    shown = questions_for(TEMPLATE, _role("SUPPLIER", "QT_WAVE_1"), FINAL)
    relevant = {one.code for one in shown if one.applies}
    assert "A05" not in relevant  # all MPIDs together: irrelevant, and blank
    assert blanks(shown, relevant - {"H03"}, SUBMISSION) == ("H03",)
    assert blanks(shown, relevant, SUBMISSION) == ()


@pytest.mark.parametrize(("role", "route"), PLACES)
def test_r085_the_test_report_may_follow_on_the_sit_routes_only(role, route):
    report = _one("D02" if route in SIT else "D01", _role(role, route))
    assert report.mandatory == (not ROUTES[route].final_before_report)
    assert report.required_for == (SIGN_OFF if route in SIT else SUBMISSION)
    assert ("before sign-off" in report.because) == (route in SIT)


def test_r085_the_report_is_needed_by_sign_off_on_a_sit_route():
    shown = questions_for(TEMPLATE, _role("SUPPLIER"), FINAL)
    answered = {one.code for one in shown} - {"D02"}
    assert blanks(shown, answered, SUBMISSION) == ()
    assert blanks(shown, answered, SIGN_OFF) == ("D02",)


def test_r086_a_wave_party_cannot_submit_without_its_report():
    shown = questions_for(TEMPLATE, _role("SUPPLIER", "QT_WAVE_4"), FINAL)
    answered = {one.code for one in shown} - {"D01"}
    assert blanks(shown, answered, SUBMISSION) == ("D01",)


def test_r105_the_confirmation_is_given_at_sign_off_and_does_not_hold_up_the_submission():
    confirmation = _one("T05", _role("SUPPLIER", "QT_WAVE_1"))
    assert (confirmation.mandatory, confirmation.required_for) == (False, SIGN_OFF)
    assert confirmation.because == "Given at sign-off, not before."


def test_r107_the_letter_is_needed_by_sign_off_when_a_delegate_signs():
    assert _one("T04", _role("MEM_ADV", delegate_signs=True)).required_for == SIGN_OFF


def test_a_question_that_a_template_leaves_optional_is_never_needed():
    section = TEMPLATE.section("E")
    optional = tuple(replace(question, mandatory=False) for question in section.questions)
    template = replace(TEMPLATE, sections=(replace(section, questions=optional),))
    shown = questions_for(template, _organisation("SUPPLIER"), FINAL)
    assert [one.required_for for one in shown] == ["", "", "", ""]
