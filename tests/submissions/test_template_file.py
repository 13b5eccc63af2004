"""A template is read from its file whole, or every mistake in it is named by question and field."""

import re
from collections import Counter
from pathlib import Path

import pytest

from participants.market_roles import MARKET_ROLES
from submissions.conditions import NAMED, Clause, parse_condition
from submissions.template_file import TemplateFileError, load, parse

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
TEMPLATE = load(FIXTURES / "qad_template_v5.toml")

HEADER = """
[template]
id = "qad"
version = "9.9"
title = "A template of two questions"
source = "QA&P"
issued_on = 2026-01-05
status = "PUBLISHED"

[[sections]]
code = "A"
title = "Only section"
intro = "Two questions."
scope = "ROLE"
source = "QA&P 1"
"""
FIRST = """
[[sections.questions]]
code = "A01"
title = "First"
ask = "Which?"
guidance = "Choose."
criterion = ["Chosen"]
phase = "I"
kind = "CHOICE"
choices = [{ value = "none", label = "None" }, { value = "some", label = "Some" }]
scope = "ROLE"
reviewers = "ROLE"
source = "QA&P 1"
"""
SECOND = """
[[sections.questions]]
code = "A02"
title = "Second"
ask = "Why?"
guidance = "Explain."
criterion = ["Explained"]
phase = "F"
kind = "TEXT"
scope = "ROLE"
reviewers = ["BSC"]
dip = true
when = "answer:A01 != none"
source = "QA&P 1"
"""
SMALL = HEADER + FIRST + SECOND


def _problems(text: str) -> list[str]:
    with pytest.raises(TemplateFileError) as caught:
        parse(text)
    return caught.value.problems


# --- The bank that the portal comes with ---------------------------------------------------------


def test_the_bank_holds_128_questions_in_17_sections():
    counts = [(section.code, len(section.questions)) for section in TEMPLATE.sections]
    assert counts == [
        *(("A", 12), ("B", 19), ("C", 11), ("D", 10), ("E", 4), ("F", 4), ("G", 5), ("H", 9)),
        *(("J", 14), ("K", 4), ("L", 5), ("M", 3), ("N", 7), ("P", 5), ("Q", 3), ("S", 8)),
        ("T", 5),
    ]
    assert len(TEMPLATE.questions) == 128


def test_r096_the_bank_says_of_each_question_at_which_stage_it_is_asked():
    assert Counter(q.phase for q in TEMPLATE.questions) == {"I": 90, "F": 32, "IF": 6}


def test_the_bank_divides_into_the_organisation_and_its_roles():
    assert Counter(q.scope for q in TEMPLATE.questions) == {"ORGANISATION": 40, "ROLE": 88}


def test_the_counts_in_the_readme_are_those_of_the_bank():
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    stated = {
        label: int(number) for label, number in re.findall(r"\| ([^|]+?) \| (\d+) \|", readme)
    }
    phases = Counter(q.phase for q in TEMPLATE.questions)
    scopes = Counter(q.scope for q in TEMPLATE.questions)
    assert stated == {
        "Questions": len(TEMPLATE.questions),
        "Sections": len(TEMPLATE.sections),
        "Asked at the Initial stage only (I)": phases["I"],
        "Asked at the Final stage only (F)": phases["F"],
        "Asked at both stages (IF)": phases["IF"],
        "Answered once for the organisation": scopes["ORGANISATION"],
        "Answered for each role": scopes["ROLE"],
    }


def test_r008_the_dip_manager_owns_security_and_the_dip_user_requirements():
    assert [s.code for s in TEMPLATE.sections if s.owner == "DIP"] == ["N", "P"]


@pytest.mark.parametrize(
    ("tag", "codes"),
    [
        ("test_report", ["D01", "D02"]),
        ("with_test_report", ["D03", "D05", "D10"]),
        ("at_sign_off", ["T04", "T05"]),
        ("applicants_confirmation", ["T05"]),
        ("delegation_letter", ["T04"]),
        ("management_assertion", ["T02"]),
        ("live_arrangements", ["T01"]),
        ("directors_undertaking", ["S08"]),
        ("reused", ["A12"]),
    ],
)
def test_a_tag_marks_the_questions_that_the_portal_acts_on(tag, codes):
    assert [q.code for q in TEMPLATE.questions if q.has(tag)] == codes


def test_r095_a_declaration_is_tagged_and_has_its_sentence():
    for question in TEMPLATE.questions:
        assert question.has("declaration") == ("DECLARATION" in question.kinds)
        assert bool(question.statement) == ("DECLARATION" in question.kinds)


def test_r074_results_in_a_test_tool_are_pointed_to_and_not_uploaded():
    results = [q for q in TEMPLATE.questions if q.kind == "REFERENCE" and q.code != "C09"]
    assert {q.evidence for q in results} == {("reference",)}
    assert TEMPLATE.question("C09").evidence == ("file", "reference")  # no access elsewhere (R53)


def test_r087_every_question_of_the_bank_is_mandatory_where_it_applies():
    assert all(question.mandatory for question in TEMPLATE.questions)


def test_r030_legacy_readiness_is_no_part_of_the_bank():
    assert not [q.code for q in TEMPLATE.questions if "legacy readiness" in q.ask.lower()]


def test_r132_no_exemption_for_prepayment_or_export_is_offered():
    words = " ".join(f"{q.title} {q.ask}".lower() for q in TEMPLATE.questions)
    assert "prepayment" not in words
    assert "export" not in words


@pytest.mark.parametrize("question", TEMPLATE.questions, ids=lambda q: q.code)
def test_each_question_reads_as_a_reader_needs_it(question):
    assert question.code.startswith(question.section)
    assert 1 <= _sentences(question.ask) <= 3
    assert 2 <= _sentences(question.guidance) <= 4
    assert 2 <= len(question.criterion) <= 5
    assert not [point for point in question.criterion if point.endswith(".")]
    assert question.source.startswith("QA&P ")


def test_no_two_questions_ask_the_same_thing():
    for field in ("title", "ask", "guidance"):
        assert len({getattr(q, field) for q in TEMPLATE.questions}) == 128


def _sentences(text: str) -> int:
    return len(re.findall(r"[.?!](?:\s|$)", text))


# --- Any template --------------------------------------------------------------------------------


def test_another_template_is_read_without_a_line_of_code():
    template = parse(SMALL)

    assert (template.version, template.standing) == ("9.9", "official")
    first, second = template.questions
    assert [choice.value for choice in first.choices] == ["none", "some"]
    assert first.roles == tuple(MARKET_ROLES)
    assert (second.reviewers, second.dip, second.phase) == (("BSC",), True, "F")
    assert str(second.when[0]) == "answer:A01 != none"
    assert template.section("A").in_scope("ROLE") == (first, second)
    assert template.section("A").in_scope("ORGANISATION") == ()


def test_a_template_cannot_be_changed_once_read():
    with pytest.raises(AttributeError):
        TEMPLATE.questions[0].title = "Another"


def test_an_unknown_question_is_not_found():
    with pytest.raises(KeyError):
        TEMPLATE.question("Z99")


def test_text_that_is_not_toml_is_refused_with_the_place():
    (problem,) = _problems("[template\n")
    assert problem.startswith("The file is not valid TOML:")
    assert "line 1" in problem


def test_an_empty_file_lacks_its_header_and_its_sections():
    assert "The file, field “template”: is missing." in _problems("")
    assert "The file, field “sections”: has no section." in _problems("")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('phase = "F"', 'phase = "X"', "Question A02, field “phase”: “X” is not one of I, F, IF."),
        ('ask = "Why?"', 'ask = " "', "Question A02, field “ask”: is empty."),
        ('ask = "Why?"\n', "", "Question A02, field “ask”: is missing."),
        ('ask = "Why?"', "ask = 3", "Question A02, field “ask”: has to be text in quotes."),
        ('ask = "Why?"', 'ask = "Why?"\nhint = "x"', "Question A02, field “hint”: is not a known"),
        ('code = "A02"', 'code = "a 2"', "Question a 2, field “code”: “a 2” has to be"),
        ('code = "A02"', 'code = "A01"', "Question A01, field “code”: is given twice."),
        ("A01 != none", "A07 != none", "Question A02, field “when”: there is no question A07."),
        ("A01 != none", "A01 != all", "“all” is not a choice of A01, which has none, some."),
        ("A01 != none", "A02 = x", "Question A02, field “when”: the question depends on itself."),
        ("answer:A01 != none", "moon_is_full", "“moon_is_full” is not a known condition"),
        ("answer:A01 != none", "answer:A01", "“answer:A01” is not a condition; write"),
        ('reviewers = ["BSC"]', 'reviewers = ["XYZ"]', "“XYZ” is not one of BSC, REC."),
        ('reviewers = ["BSC"]\ndip = true', "reviewers = []", "leaves nobody to read the answer."),
        ('reviewers = ["BSC"]\n', "", "Question A02, field “reviewers”: is missing."),
        ("dip = true", 'dip = "yes"', "Question A02, field “dip”: has to be true or false."),
        ("dip = true", 'roles = ["MDR"]', "Question A02, field “roles”: “MDR” is not one of"),
        ("dip = true", "roles = []", "Question A02, field “roles”: names no market role"),
        ("dip = true", 'routes = "WAVE"', "Question A02, field “routes”: “WAVE” is not one of"),
        ("dip = true", 'tags = ["x"]', "Question A02, field “tags”: “x” is not one of"),
        ("dip = true", 'also = ["TEXT"]', "field “also”: “TEXT” is already the kind."),
        ("dip = true", 'also = ["TABLE"]', "field “columns”: is needed when, and only when, TABLE"),
        ("dip = true", 'statement = "x"', "field “statement”: is needed when, and only when"),
        ("dip = true", "min_words = 0", "Question A02, field “min_words”: has to be at least 1."),
        ("dip = true", 'evidence = ["oath"]', "“oath” is not one of file, reference."),
        ("dip = true", "evidence = []\nevidence_required = true", "but evidence is required."),
        ('kind = "TEXT"', 'kind = "POEM"', "Question A02, field “kind”: “POEM” is not one of"),
        ('criterion = ["Explained"]', "criterion = []", "names nothing that reviewers look for."),
        (
            'value = "some"',
            'value = "none"',
            "Question A01, field “choices”: “none” is given twice.",
        ),
        ('scope = "ROLE"\nsource = "QA&P 1"\n', 'source = "QA&P 1"\n', "Section A, field “scope”:"),
        ("2026-01-05", '"5 January"', "The template, field “issued_on”: has to be a day"),
        (
            'status = "PUBLISHED"',
            'status = "NEW"',
            "The template, field “status”: “NEW” is not one",
        ),
    ],
)
def test_a_mistake_is_named_with_its_question_and_field(old, new, problem):
    assert old in SMALL
    found = _problems(SMALL.replace(old, new, 1) if "A02" not in problem else _in_second(old, new))
    assert [line for line in found if problem in line], found


def _in_second(old: str, new: str) -> str:
    assert old in SECOND
    return HEADER + FIRST + SECOND.replace(old, new, 1)


def test_every_mistake_is_reported_at_once():
    broken = SMALL.replace('phase = "I"', 'phase = "X"').replace('title = "Second"', "title = 1")
    assert len(_problems(broken)) == 2


def test_a_question_of_the_organisation_cannot_hang_on_an_answer_by_role():
    problems = _problems(_in_second('scope = "ROLE"', 'scope = "ORGANISATION"'))
    assert problems == [
        "Question A02, field “when”: A01 is answered role by role, this question once for all."
    ]


def test_a_column_has_choices_when_and_only_when_it_is_a_choice():
    table = 'kind = "TABLE"\ncolumns = [{ key = "k", label = "K", type = "CHOICE" }]'
    (problem,) = _problems(_in_second('kind = "TEXT"', table))
    assert problem.startswith("Question A02, column k, field “choices”: is needed when")


@pytest.mark.parametrize("name", NAMED)
def test_a_named_condition_is_read(name):
    assert parse_condition(name).clauses == (Clause(name=name),)


def test_a_condition_may_have_alternatives():
    condition = parse_condition("sds_uses_mdr or answer:J11 = mdr")
    assert condition.clauses == (
        Clause(name="sds_uses_mdr"),
        Clause(code="J11", operator="=", value="mdr"),
    )
    assert str(condition) == "sds_uses_mdr or answer:J11 = mdr"
