"""Sections E and F of a pack: the answers as submitted, and the evidence behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from participants.market_roles import MARKET_ROLES
from reviews.assembly.dossier import Dossier, Paper
from reviews.packs.sections import (
    Answer,
    Answers,
    AnswerSection,
    Evidence,
    EvidenceItem,
    Table,
)
from submissions.template_types import Column, Question, Template
from waves.routes import ROUTES

_KINDS = {
    "application/pdf": "PDF",
    "image/png": "PNG picture",
    "image/jpeg": "JPEG picture",
    "text/csv": "CSV",
    "text/plain": "Text",
    "application/zip": "ZIP archive",
}


def evidence_of(dossier: Dossier) -> Evidence:
    """Return the evidence index: each file with its hash, each reference with system and as-of."""
    found: dict[str, dict[str, Any]] = {}
    for _, item, question in _items(dossier):
        row = found.setdefault(item["id"], {"item": item, "supports": []})
        if question["code"] not in row["supports"]:
            row["supports"].append(question["code"])
    items = tuple(
        _evidence_item(f"X{number:02d}", row["item"], row["supports"])
        for number, row in enumerate(found.values(), start=1)
    )
    files = sum(1 for item in items if item.sha256)
    lead = (
        f"{files} files and {len(items) - files} references. A file’s hash lets anybody check that"
        " it is the one that was signed; a reference says where the evidence stays and as of when."
        if items
        else "No evidence was attached or referenced."
    )
    return Evidence(lead=lead, items=items)


def answers_of(dossier: Dossier, codes: Mapping[str, str]) -> Answers:
    """Return every answer as submitted, section by section; ``codes`` name evidence in the index.

    Pre-Qualification answers on legacy readiness are no part of any version (R30, QA&P 7.3.2).
    """
    sections = _each_once(
        _section(dossier.template, paper, letter, codes, many=len(dossier.papers) > 2)
        for letter, paper in _in_order(dossier)
    )
    stages = {paper.version.stage for paper in dossier.papers if paper.version}
    has_initial = any(paper.initial for paper in dossier.papers)
    is_final = "FINAL" in stages
    printed = [answer for section in sections for answer in section.answers]
    same = sum(1 for answer in printed if answer.same_as)
    lead = f"{len(printed)} answers, as submitted and frozen. What does not apply is left out."
    if same:
        lead += f" {same} that say the same as those of another role are printed with that role."
    return Answers(
        lead=lead,
        sections=tuple(section for section in sections if section.answers),
        since="Initial" if has_initial and is_final else "",
        stage="Final" if is_final else "Initial",
        earlier_version=_earlier(dossier),
    )


def _each_once(sections: Iterable[AnswerSection]) -> tuple[AnswerSection, ...]:
    """Print what the roles of a trio answer alike once, and name that place elsewhere."""
    printed: dict[Answer, str] = {}
    found = []
    for section in sections:
        answers = []
        for answer in section.answers:
            where = printed.setdefault(replace(answer, author="", on=""), section.role)
            is_again = bool(section.role) and where != section.role
            answers.append(_referring(answer, where) if is_again else answer)
        found.append(replace(section, answers=tuple(answers)))
    return tuple(found)


def _referring(answer: Answer, where: str) -> Answer:
    return Answer(
        code=answer.code,
        title=answer.title,
        question=answer.question,
        text="",
        author=answer.author,
        on=answer.on,
        same_as=where,
    )


def _earlier(dossier: Dossier) -> str:
    numbers = [paper.initial.number for paper in dossier.papers if paper.initial]
    return f"Initial {max(numbers)}" if numbers else ""


def _in_order(dossier: Dossier) -> list[tuple[str, Paper]]:
    pairs = [
        (letter, place, paper)
        for place, paper in enumerate(dossier.papers)
        for letter in paper.content
    ]
    return [(letter, paper) for letter, _, paper in sorted(pairs, key=lambda row: row[:2])]


def _section(
    template: Template, paper: Paper, letter: str, codes: Mapping[str, str], *, many: bool
) -> AnswerSection:
    section = template.section(letter)
    before = {
        question["code"]: question
        for question in paper.initial_content.get(letter, {}).get("questions", ())
    }
    answers = tuple(
        _answer(template.question(question["code"]), question, before.get(question["code"]), codes)
        for question in paper.content[letter]["questions"]
        if question["applies"] and (question["answer"] or question["evidence"])
    )
    title, role = section.title, ""
    if paper.qualification is None:
        title += ", organisation"
    elif many:
        role = MARKET_ROLES[paper.qualification.role].short_label
        title += f", {role}"
    return AnswerSection(letter=letter, title=title, answers=answers, role=role)


def _answer(
    asked: Question, frozen: Mapping[str, Any], before: Mapping[str, Any] | None, codes
) -> Answer:
    given = frozen["answer"] or {}
    earlier = before["answer"]["text"] if before and before["answer"] else None
    text = given.get("text", "")
    if given.get("is_not_applicable"):
        text = f"Not applicable: {given['not_applicable_reason']}"
    return Answer(
        code=asked.code,
        title=asked.title,
        question=asked.ask,
        text=text,
        author=given.get("by", ""),
        on=date.fromisoformat(given["at"][:10]) if given.get("at") else "",
        evidence=tuple(codes[item["id"]] for item in frozen["evidence"] if item["id"] in codes),
        earlier=earlier,
        value=value_in_words(asked, given.get("value", {})),
        table=table_of(asked, given.get("value", {})),
    )


def value_in_words(asked: Question, value: Mapping[str, Any]) -> str:
    """Return a choice, number, date or declaration as it is read."""
    labels = {choice.value: choice.label for choice in (*asked.choices, *asked.options)}
    said = []
    if value.get("choice"):
        said.append(labels.get(value["choice"], value["choice"]))
    said += [labels.get(each, each) for each in value.get("choices", ())]
    if value.get("number") is not None:
        said.append(f"{value['number']} {asked.unit}".strip())
    if value.get("date"):
        said.append(f"{date.fromisoformat(value['date']):%-d %B %Y}")
    if value.get("declared"):
        said.append(f"Declared: {asked.statement}")
    return ". ".join(said)


def table_of(asked: Question, value: Mapping[str, Any]) -> Table | None:
    """Return the table of an answer, with the columns of its question."""
    rows = value.get("rows")
    if not rows:
        return None
    return Table(
        heads=tuple(column.label for column in asked.columns),
        rows=tuple(tuple(_cell(c, str(row.get(c.key, ""))) for c in asked.columns) for row in rows),
    )


def _cell(column: Column, text: str) -> str:
    """Return a cell in words: codes of roles and routes are for machines."""
    if column.type == "ROLE" and text in MARKET_ROLES:
        return MARKET_ROLES[text].label
    if column.type == "ROUTE" and text in ROUTES:
        return ROUTES[text].label
    if column.type == "DATE" and text[:4].isdigit() and len(text) == 10:
        return f"{date.fromisoformat(text):%-d %b %Y}"
    return text


def _items(dossier: Dossier):
    for letter, paper in _in_order(dossier):
        for question in paper.content[letter]["questions"]:
            for item in question["evidence"]:
                yield paper, item, question


def codes_of(evidence: Evidence, dossier: Dossier) -> dict[str, str]:
    """Return the index code of each piece of evidence by its id."""
    order: dict[str, None] = {}
    for _, item, _ in _items(dossier):
        order.setdefault(item["id"])
    return {key: row.code for key, row in zip(order, evidence.items, strict=True)}


def _evidence_item(code: str, item: Mapping[str, Any], supports: list[str]) -> EvidenceItem:
    if item["kind"] == "FILE":
        kind = _KINDS.get(item["media_type"], "Office file")
        name = f"{item['title']} (version {item['version']})"
        return EvidenceItem(code, name, kind, tuple(supports), sha256=item["sha256"])
    as_of = f", as of {date.fromisoformat(item['as_of']):%-d %B %Y}" if item["as_of"] else ""
    where = f"{item['tool']} {item['identifier']}{as_of}"
    if item["link"]:
        where += f", {item['link']}"
    return EvidenceItem(code, item["title"], "Reference", tuple(supports), reference=where)
