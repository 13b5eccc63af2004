"""Reading the invented world from its files, strictly: an unknown key is a mistake of the file."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from qadportal.demo.corpus import (
    Accession,
    Assertion,
    Corpus,
    CorpusError,
    Decision,
    DipUser,
    EvidenceFile,
    Final,
    Letter,
    Message,
    Moved,
    Opinion,
    Organisation,
    Person,
    Plan,
    PreQualification,
    Qualification,
    Reopening,
    Report,
    SignOff,
    Staff,
    Thread,
    ToolReference,
    Variant,
)

FOLDER = Path(__file__).resolve().parent.parent.parent / "fixtures" / "demo"
EVIDENCE = FOLDER / "evidence"

T = TypeVar("T")

_NESTED: Mapping[tuple[type, str], type] = {
    (Organisation, "people"): Person,
    (Organisation, "pqs"): PreQualification,
    (Organisation, "approvals"): Opinion,
    (Organisation, "qualification"): Qualification,
    (Qualification, "moved"): Moved,
    (Qualification, "report"): Report,
    (Qualification, "approvals"): Opinion,
    (Qualification, "approvals_after"): Opinion,
    (Qualification, "reopening"): Reopening,
    (Qualification, "letter"): Letter,
    (Qualification, "assertion"): Assertion,
    (Qualification, "sign_off"): SignOff,
    (Qualification, "accessions"): Accession,
    (Qualification, "dip_user"): DipUser,
    (Qualification, "decisions"): Decision,
    (Thread, "messages"): Message,
    (Thread, "plan"): Plan,
    (Variant, "final"): Final,
}


@cache
def corpus() -> Corpus:
    """Return the corpus, read once."""
    return read(FOLDER)


def read(folder: Path) -> Corpus:
    """Read the corpus of a folder, or raise CorpusError."""
    world = _table(folder / "organisations.toml")
    judgement = _table(folder / "decisions.toml")
    variants = [
        _made(Variant, table, f"{path.name}")
        for path in sorted((folder / "answers").glob("*.toml"))
        for table in _table(path)["answer"]
    ]
    evidence = _table(folder / "evidence.toml")
    answers: dict[str, tuple[Variant, ...]] = {}
    for each in variants:
        answers[each.question] = (*answers.get(each.question, ()), each)
    return Corpus(
        today=world["demonstration_date"],
        organisations=tuple(
            _made(Organisation, table, "organisations.toml") for table in world["organisation"]
        ),
        staff=tuple(
            _made(Staff, table, "staff.toml") for table in _table(folder / "staff.toml")["staff"]
        ),
        answers=answers,
        threads=tuple(
            _made(Thread, table, "threads.toml")
            for table in _table(folder / "threads.toml")["thread"]
        ),
        files={
            table["id"]: _made(EvidenceFile, table, "evidence.toml") for table in evidence["file"]
        },
        references=tuple(
            _made(ToolReference, table, "evidence.toml") for table in evidence["reference"]
        ),
        texts={
            table["id"]: table for family in judgement.values() for table in family if "id" in table
        },
        packs=tuple(judgement["pack"]),
    )


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise CorpusError(f"{path.name}: {problem}") from None


def _made(kind: type[T], table: Mapping[str, Any], place: str) -> T:
    known = {each.name: each for each in fields(kind)}
    called = table.get("slug") or table.get("id") or table.get("question") or kind.__name__
    unknown = sorted(set(table) - set(known))
    needed = {
        name
        for name, each in known.items()
        if each.default is MISSING and each.default_factory is MISSING
    }
    if unknown or needed - set(table):
        lacks = sorted(needed - set(table))
        raise CorpusError(f"{place}, {called}: unknown {unknown}, missing {lacks}")
    values = {name: _value(kind, name, raw, place) for name, raw in table.items()}
    return kind(**values)


def _value(kind: type, name: str, raw: Any, place: str) -> Any:
    inner = _NESTED.get((kind, name))
    if isinstance(raw, list):
        return tuple(_made(inner, one, place) if inner else _plain(one) for one in raw)
    return _made(inner, raw, place) if inner else raw


def _plain(one: Any) -> Any:
    return tuple(one) if isinstance(one, Sequence) and not isinstance(one, str) else one
