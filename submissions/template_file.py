"""PURE: reads a QAD template from its file into frozen values, or reports every mistake in it.

Nothing here knows a question by its code. The code bodies can replace the file by an official one:
what a question means to the portal stands in its fields, conditions and tags.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from participants.market_roles import BODIES, CODE_BODIES, MARKET_ROLES
from submissions.conditions import Condition, parse_condition
from submissions.template_types import (
    BY_ROLE,
    COLUMN_TYPES,
    EVIDENCE,
    KINDS,
    PHASES,
    SCOPES,
    STANDINGS,
    STATUSES,
    TAGS,
    Choice,
    Column,
    Question,
    Section,
    Template,
)
from submissions.toml_table import TomlTable
from waves.routes import TEMPLATE_GROUPS

_CODE = re.compile(r"[A-Z][A-Z0-9.-]{0,5}")
_SECTION_CODE = re.compile(r"[A-Z][A-Z0-9]{0,3}")
_HAS_CHOICES = {"CHOICE": "choices", "MULTI_CHOICE": "options", "TABLE": "columns"}


class TemplateFileError(ValueError):
    """A template file that cannot be used, with every mistake found in it."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def load(path: Path) -> Template:
    """Read a template from a file, or raise every mistake in it."""
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> Template:
    """Read a template from TOML text, or raise TemplateFileError with every mistake in it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateFileError([f"The file is not valid TOML: {error}."]) from error
    problems: list[str] = []
    top = TomlTable(data, "The file", problems)
    header = data.get("template")
    if not isinstance(header, dict):
        problems.append("The file, field “template”: is missing.")
        header = {}
    sections = tuple(_section(table) for table in top.tables("sections", "section", "code"))
    top.asked.add("template")
    top.report_unknown()
    template = _template(TomlTable(header, "The template", problems), sections)
    problems.extend(_across(template))
    if problems:
        raise TemplateFileError(problems)
    return template


def _template(table: TomlTable, sections: tuple[Section, ...]) -> Template:
    template = Template(
        id=table.text("id"),
        version=table.text("version"),
        title=table.text("title"),
        source=table.text("source"),
        issued_on=table.day("issued_on"),
        status=table.word("status", STATUSES),
        standing=table.word("standing", STANDINGS, "official"),
        note=table.text("note", ""),
        sections=sections,
    )
    table.report_unknown()
    return template


def _section(table: TomlTable) -> Section:
    table.place = table.place.removeprefix("The file, ").capitalize()
    code = table.text("code")
    if code and not _SECTION_CODE.fullmatch(code):
        table.refuse("code", f"“{code}” has to be up to four capitals or digits.")
    place = f"Section {code}" if code else table.place
    table.place = place
    section = Section(
        code=code,
        title=table.text("title"),
        intro=table.text("intro"),
        scope=table.word("scope", SCOPES),
        owner=table.word("owner", BODIES, ""),
        source=table.text("source"),
        questions=tuple(
            _question(question, code) for question in table.tables("questions", "question", "code")
        ),
    )
    if not section.questions:
        table.refuse("questions", "has no question.")
    table.report_unknown()
    return section


def _question(table: TomlTable, section: str) -> Question:
    code = table.text("code")
    if code:
        table.place = f"Question {code}"
    if code and not _CODE.fullmatch(code):
        table.refuse("code", f"“{code}” has to be up to six capitals, digits, dots or dashes.")
    kind = table.word("kind", KINDS)
    also = table.texts("also", KINDS)
    question = Question(
        code=code,
        section=section,
        title=table.text("title"),
        ask=table.text("ask"),
        guidance=table.text("guidance"),
        criterion=table.texts("criterion"),
        phase=table.word("phase", PHASES),
        kind=kind,
        also=also,
        choices=_choices(table, "choices"),
        options=_choices(table, "options"),
        columns=_columns(table),
        statement=table.text("statement", ""),
        unit=table.text("unit", ""),
        mandatory=table.flag("mandatory", True),
        evidence=table.texts("evidence", EVIDENCE, _usual_evidence(kind, also)),
        evidence_required=table.flag("evidence_required", _is_evidence_alone((kind, *also))),
        min_words=table.count("min_words"),
        scope=table.word("scope", SCOPES),
        roles=_roles(table),
        routes=table.word("routes", TEMPLATE_GROUPS, "ALL"),
        reviewers=_reviewers(table),
        dip=table.flag("dip", False),
        when=_conditions(table),
        source=table.text("source"),
        tags=table.texts("tags", TAGS),
    )
    _check_question(table, question)
    table.report_unknown()
    return question


def _usual_evidence(kind: str, also: Iterable[str]) -> tuple[str, ...]:
    """What may support an answer; results in a test tool are pointed to, not uploaded (R74)."""
    if kind == "REFERENCE" and "UPLOAD" not in also:
        return ("reference",)
    if kind == "UPLOAD" and "REFERENCE" not in also:
        return ("file",)
    return EVIDENCE


def _is_evidence_alone(kinds: Iterable[str]) -> bool:
    return set(kinds) <= {"UPLOAD", "REFERENCE"}


def _choices(table: TomlTable, field: str) -> tuple[Choice, ...]:
    found = []
    for entry in table.tables(field, field, "value"):
        found.append(Choice(entry.text("value"), entry.text("label")))
        entry.report_unknown()
    for value in _twice(choice.value for choice in found):
        table.refuse(field, f"“{value}” is given twice.")
    return tuple(found)


def _columns(table: TomlTable) -> tuple[Column, ...]:
    found = []
    for entry in table.tables("columns", "column", "key"):
        column = Column(
            key=entry.text("key"),
            label=entry.text("label"),
            type=entry.word("type", COLUMN_TYPES),
            choices=entry.texts("choices"),
            optional=entry.flag("optional", False),
        )
        if (column.type == "CHOICE") != bool(column.choices):
            entry.refuse("choices", "is needed when, and only when, the type is CHOICE.")
        entry.report_unknown()
        found.append(column)
    for key in _twice(column.key for column in found):
        table.refuse("columns", f"“{key}” is given twice.")
    return tuple(found)


def _roles(table: TomlTable) -> tuple[str, ...]:
    if table.table.get("roles", "ALL") == "ALL":
        table.asked.add("roles")
        return tuple(MARKET_ROLES)
    roles = table.texts("roles", tuple(MARKET_ROLES))
    if not roles:
        table.refuse("roles", "names no market role; leave it out to ask all of them.")
    return roles


def _reviewers(table: TomlTable) -> str | tuple[str, ...]:
    if "reviewers" not in table.table:
        table.refuse("reviewers", "is missing.")
    if table.table.get("reviewers") == BY_ROLE:
        table.asked.add("reviewers")
        return BY_ROLE
    return table.texts("reviewers", CODE_BODIES)


def _conditions(table: TomlTable) -> tuple[Condition, ...]:
    if isinstance(table.table.get("when"), str):
        texts: Iterable[str] = (table.text("when", ""),)
    else:
        texts = table.texts("when")
    found = []
    for text in texts:
        try:
            found.append(parse_condition(text))
        except ValueError as error:
            table.refuse("when", str(error))
    return tuple(found)


def _check_question(table: TomlTable, question: Question) -> None:
    """Report what each field allows but all of them together do not."""
    if not question.criterion:
        table.refuse("criterion", "names nothing that reviewers look for.")
    if question.kind in question.also:
        table.refuse("also", f"“{question.kind}” is already the kind.")
    needs = {**_HAS_CHOICES, "DECLARATION": "statement"}
    for kind, field in needs.items():
        if bool(getattr(question, field)) != (kind in question.kinds):
            table.refuse(field, f"is needed when, and only when, {kind} is among the kinds.")
    if question.min_words and "TEXT" not in question.kinds:
        table.refuse("min_words", "counts the words of a text, and the question takes none.")
    if question.evidence_required and not question.evidence:
        table.refuse("evidence", "allows none, but evidence is required.")
    if not question.reviewers and not question.dip:
        table.refuse("reviewers", "leaves nobody to read the answer.")
    both = {choice.value for choice in question.choices}
    for option in question.options:
        if option.value in both:
            table.refuse("options", f"“{option.value}” is also one of the choices.")


def _across(template: Template) -> Iterator[str]:
    """Mistakes that only show when questions are seen together."""
    if not template.sections:
        yield "The file, field “sections”: has no section."
    for code in _twice(section.code for section in template.sections):
        yield f"Section {code}, field “code”: is given twice."
    for code in _twice(question.code for question in template.questions):
        yield f"Question {code}, field “code”: is given twice."
    known = {question.code: question for question in template.questions}
    for question in template.questions:
        clauses = (clause for condition in question.when for clause in condition.clauses)
        for clause in clauses:
            if clause.looks_at_answer:
                yield from _broken_clause(question, clause.code, clause.value, known)


def _broken_clause(
    question: Question, code: str, value: str, known: dict[str, Question]
) -> Iterator[str]:
    place = f"Question {question.code}, field “when”:"
    other = known.get(code)
    if other is None:
        yield f"{place} there is no question {code}."
        return
    if code == question.code:
        yield f"{place} the question depends on itself."
    values = [choice.value for choice in (*other.choices, *other.options)]
    if value not in values:
        known_values = ", ".join(values) or "no choices at all"
        yield f"{place} “{value}” is not a choice of {code}, which has {known_values}."
    if question.scope == "ORGANISATION" and other.scope == "ROLE":
        yield f"{place} {code} is answered role by role, this question once for all."


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if value and count > 1]
