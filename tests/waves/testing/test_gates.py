"""The gates of testing: each missing thing alone blocks (R46, R51, R58-R69, R73, X9, X20, X36)."""

from dataclasses import replace

import pytest

from waves.enums import EntryCriterion, TestStage
from waves.gates import Gate, Holder, gates_of, pit_exit, qt_entry, qt_exit, sit_exit
from waves.testing_facts import Case, Facts, Fault, Figures, Item, Reliance

PIT, QT, SIT = TestStage.PIT, TestStage.QT, TestStage.SIT
READY = Facts(
    deliverables={"APPROACH": "ASSURED", "RTTM": "ASSURED"},
    pit_report=True,
    pit_confirmed=True,
    interfaces_proven=True,
    plan_approved=True,
    initial_submitted=True,
    entry_confirmed=True,
    checks=dict.fromkeys(EntryCriterion.values, "MET"),
    cases=(Case("P-1", "PASSED", PIT), Case("P-2", "FAILED", PIT), Case("T-1", "PASSED", QT)),
)


def item(kind: str, status: str = "AGREED", *concerns: str, stage: str = PIT, **more) -> Item:
    return Item(1, kind, status, stage, frozenset(concerns), **more)


def missing(gate: Gate) -> list[str]:
    return [each.key for each in gate.missing]


def test_with_everything_there_every_gate_is_open():
    assert [(gate.is_open, gate.met) for gate in gates_of(READY)] == [
        (True, 5),
        (True, 7),
        (True, 5),
    ]


@pytest.mark.parametrize(
    ("changes", "key", "holder"),
    [
        ({"cases": (Case("P-1", "NOT_RUN", PIT),)}, "run", Holder.PARTICIPANT),
        ({"cases": (Case("P-1", "BLOCKED", PIT),)}, "run", Holder.PARTICIPANT),
        ({"cases": (Case("P-1", "DESCOPED", PIT),)}, "run", Holder.PARTICIPANT),
        ({"cases": ()}, "run", Holder.PARTICIPANT),
        ({"cases": (), "figures": {PIT: Figures(10, 9, 9)}}, "run", Holder.PARTICIPANT),
        ({"reported_severe": {PIT: 1}}, "severe", Holder.PARTICIPANT),
        ({"items": (item("WORK_OFF", "PROPOSED"),)}, "plans", Holder.TESTERS),
        ({"items": (item("WORK_OFF", "REVIEWED"),)}, "plans", Holder.BODIES),
        ({"deliverables": {"APPROACH": "ASSURED"}}, "artefacts", Holder.PARTICIPANT),
        (
            {"deliverables": {"APPROACH": "SUBMITTED", "RTTM": "ASSURED"}},
            "artefacts",
            Holder.TESTERS,
        ),
        (
            {"deliverables": {"APPROACH": "ASSURED", "RTTM": "RETURNED"}},
            "artefacts",
            Holder.PARTICIPANT,
        ),
        ({"pit_report": False, "pit_confirmed": False}, "artefacts", Holder.PARTICIPANT),
        ({"pit_confirmed": False}, "artefacts", Holder.TESTERS),
        ({"interfaces_proven": False}, "interfaces", Holder.TESTERS),
    ],
)
def test_r61_each_missing_thing_alone_blocks_pit_exit(changes, key, holder):
    gate = pit_exit(replace(READY, **changes))
    assert missing(gate) == [key]
    assert gate.missing[0].holder == holder
    assert gate.missing[0].missing.endswith(".")


@pytest.mark.parametrize("severity", [1, 2])
@pytest.mark.parametrize(
    ("items", "blocks"),
    [
        ((), ["severe", "plans"]),
        ((item("EXCEPTION", "REVIEWED", "B-7"),), ["severe", "plans"]),
        ((item("EXCEPTION", "AGREED", "B-8"),), ["severe", "plans"]),
        ((item("WORK_OFF", "AGREED", "B-7"),), ["severe"]),  # a plan is no exception
        ((item("EXCEPTION", "AGREED", "B-7"),), []),
    ],
)
def test_r61_an_open_severity_1_or_2_passes_pit_only_with_an_agreed_exception(
    severity, items, blocks
):
    facts = replace(READY, faults=(Fault("B-7", severity, PIT),), items=items)
    assert missing(pit_exit(facts)) == blocks


def test_r61_a_closed_defect_needs_nothing():
    assert pit_exit(replace(READY, faults=(Fault("B-7", 1, PIT, is_open=False),))).is_open


@pytest.mark.parametrize(
    ("kind", "status", "is_open"),
    [
        ("DEFERRED_PIT", "AGREED", True),
        ("EXCEPTION", "AGREED", True),
        ("DEFERRED_PIT", "REVIEWED", False),
        ("WORK_OFF", "AGREED", False),
    ],
)
def test_r63_a_gap_that_was_deferred_by_agreement_is_none(kind, status, is_open):
    facts = replace(READY, cases=(Case("P-1", "NOT_RUN", PIT),), items=(item(kind, status, "P-1"),))
    assert pit_exit(facts).is_open is is_open


@pytest.mark.parametrize("status", ["PROPOSED", "RETURNED", "REVIEWED"])
def test_r63_an_unagreed_deferral_blocks_entry_and_an_agreed_one_does_not(status):
    agreed = replace(READY, items=(item("DEFERRED_PIT", "AGREED", "RTTM"),))
    assert qt_entry(agreed).is_open
    assert missing(qt_entry(replace(READY, items=(item("DEFERRED_PIT", status, "RTTM"),)))) == [
        "PIT"
    ]


@pytest.mark.parametrize("criterion", EntryCriterion.values)
def test_r68_each_of_the_six_alone_blocks_entry(criterion):
    checks = {key: state for key, state in READY.checks.items() if key != criterion}
    gate = qt_entry(replace(READY, checks=checks))
    assert missing(gate) == [criterion]
    assert gate.missing[0].holder == Holder.TESTERS


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"plan_approved": False}, "PLAN"),
        ({"plan_approved": False, "plan_waits": True}, "PLAN"),
        ({"pit_confirmed": False}, "PIT"),
        ({"initial_submitted": False}, "initial"),
        ({"reliances": (Reliance(False),)}, "reliance"),
        ({"reliances": (Reliance(True, True, False),)}, "reliance"),
    ],
)
def test_r46_r51_r69_what_the_portal_sees_blocks_entry_too(changes, key):
    assert missing(qt_entry(replace(READY, **changes))) == [key]


@pytest.mark.parametrize("reliance", [Reliance(True), Reliance(True, True, True)])
def test_r51_reliance_that_is_agreed_with_its_scope_lets_in(reliance):
    assert qt_entry(replace(READY, reliances=(reliance,))).is_open


def test_x9_a_non_sit_ldso_enters_without_its_initial_qad():
    facts = replace(READY, route_kind="LDSO", initial_submitted=False)
    assert qt_entry(facts).is_open


def test_r68_deferred_counts_only_with_an_agreed_deferral():
    checks = {**READY.checks, "DATA": "DEFERRED"}
    assert missing(qt_entry(replace(READY, checks=checks))) == ["DATA"]
    agreed = (item("DEFERRED_PIT", "AGREED", "P-9"),)
    assert qt_entry(replace(READY, checks=checks, items=agreed)).is_open


@pytest.mark.parametrize("severity", [1, 2])
@pytest.mark.parametrize("kind", ["EXCEPTION", "WORK_OFF", "DEFERRED_PIT"])
def test_r73_x20_qt_exit_knows_no_exception_for_severity_1_and_2(severity, kind):
    agreed = (item(kind, "AGREED", "B-7", stage=QT, may_outlast=True),)
    facts = replace(READY, faults=(Fault("B-7", severity, QT, has_impact=True),), items=agreed)
    assert missing(qt_exit(facts)) == ["severe"]


@pytest.mark.parametrize("severity", [3, 4])
@pytest.mark.parametrize(
    ("has_impact", "kind", "status", "is_open"),
    [
        (True, "WORK_OFF", "AGREED", True),
        (True, "WORK_OFF", "DONE", True),
        (False, "WORK_OFF", "AGREED", False),
        (True, "WORK_OFF", "REVIEWED", False),
        (True, "WORK_OFF", "PROPOSED", False),
        (True, "EXCEPTION", "AGREED", False),
    ],
)
def test_r73_minor_defects_need_impact_and_an_agreed_work_off_plan(
    severity, has_impact, kind, status, is_open
):
    facts = replace(
        READY,
        faults=(Fault("B-7", severity, QT, has_impact=has_impact),),
        items=(item(kind, status, "B-7", stage=QT),),
    )
    assert qt_exit(facts).is_open is is_open
    assert missing(qt_exit(facts)) == ([] if is_open else ["minor"])


def hundred(last: str) -> tuple[Case, ...]:
    passed = [Case(f"T-{number}", "PASSED", QT) for number in range(99)]
    return (*passed, Case("T-99", last, QT))


@pytest.mark.parametrize("outcome", ["NOT_RUN", "BLOCKED", "FAILED", "DESCOPED"])
@pytest.mark.parametrize("status", ["PROPOSED", "RETURNED", "REVIEWED", "AGREED"])
def test_r73_x36_ninety_nine_per_cent_pass_only_when_every_body_agreed(outcome, status):
    bare = replace(READY, cases=hundred(outcome))
    assert missing(qt_exit(bare)) == ["run"]
    with_word = replace(bare, items=(item("EXCEPTION", status, "T-99", stage=QT),))
    assert qt_exit(with_word).is_open is (status == "AGREED")


@pytest.mark.parametrize(
    ("figures", "is_open"),
    [(Figures(9, 9, 9), True), (Figures(9, 8, 8), False), (Figures(9, 9, 8), False), (None, False)],
)
def test_r73_figures_alone_open_the_gate_only_when_all_passed(figures, is_open):
    known = {QT: figures} if figures else {}
    assert qt_exit(replace(READY, cases=(), figures=known)).is_open is is_open


@pytest.mark.parametrize(
    ("deferral", "is_open"),
    [
        (item("DEFERRED_PIT", "AGREED"), False),
        (item("DEFERRED_PIT", "DONE"), True),
        (item("DEFERRED_PIT", "AGREED", may_outlast=True), True),
        (item("DEFERRED_PIT", "REVIEWED", may_outlast=True), False),
        (item("WORK_OFF", "AGREED"), False),
        (item("WORK_OFF", "DONE"), True),
        (item("EXCEPTION", "AGREED"), True),
    ],
)
def test_r64_x21_deferred_pit_is_done_at_qt_exit_unless_agreed_to_outlast(deferral, is_open):
    assert qt_exit(replace(READY, items=(deferral,))).is_open is is_open


def test_r73_exit_waits_for_entry():
    assert missing(qt_exit(replace(READY, entry_confirmed=False))) == ["entry"]


def test_r59_r77_a_sit_party_has_no_pit_and_qt_gates_and_its_defects_need_a_plan():
    facts = Facts(route_kind="SIT", faults=(Fault("S-1", 3, SIT),))
    assert [gate.name for gate in gates_of(facts)] == ["sit_exit"]
    assert not sit_exit(facts).is_open
    agreed = replace(facts, items=(item("WORK_OFF", "AGREED", "S-1", stage=SIT),))
    assert sit_exit(agreed).is_open


def test_r66_consequential_testing_is_never_asked_for():
    said = " ".join(each.title for gate in gates_of(READY) for each in gate.criteria).lower()
    assert "duos" not in said and "billing" not in said


def test_a_long_list_of_references_is_counted_not_spelt_out():
    cases = tuple(Case(f"T-{number}", "NOT_RUN", QT) for number in range(40))
    assert "and 34 more" in qt_exit(replace(READY, cases=cases)).missing[0].missing
