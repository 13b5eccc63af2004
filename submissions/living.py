"""The living answers of parts: read with one statement, into values as light as they come."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, JSONObject

from foundation.sql import each_of, keys_of, many
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from submissions.models import Answer, EvidenceUse, Part, SectionProgress


class LivingAnswer(NamedTuple):
    """An answer's row as it stands."""

    question: str
    text: str
    value: Mapping[str, Any]
    is_not_applicable: bool
    not_applicable_reason: str
    is_ready: bool
    come_back: bool
    revision: int
    updated_at: datetime
    updated_by_id: UUID
    updated_by_name: str
    pk: UUID


class LivingFile(NamedTuple):
    """The stored file of a piece of evidence."""

    pk: str
    sha256: str
    size: int
    media_type: str
    scan_state: str


class LivingEvidence(NamedTuple):
    """A piece of evidence that an answer cites."""

    pk: str
    kind: str
    title: str
    tool: str
    identifier: str
    link: str
    as_of: date | None
    version: int
    added_at: datetime
    added_by_name: str
    file: LivingFile | None


class LivingSection(NamedTuple):
    """Where a section of a part stands."""

    section: str
    status: str
    since: datetime
    submitted_at: datetime | None
    submitted_by_name: str


class Living(NamedTuple):
    """What a part holds now: answers and evidence by question, progress by section letter."""

    answers: dict[str, LivingAnswer]
    evidence: dict[str, list[LivingEvidence]]
    sections: dict[str, LivingSection]


NOTHING = Living({}, {}, {})

_ANSWER = (
    *("question", "text", "value", "is_not_applicable", "not_applicable_reason", "is_ready"),
    *("come_back", "revision", "updated_at", "updated_by_id", "updated_by_name"),
)
_EVIDENCE = (
    *("kind", "title", "tool", "identifier", "link", "as_of", "version"),
    *("added_at", "added_by_name"),
)
_FILE = ("sha256", "size", "media_type", "scan_state")
_SECTION = ("section", "status", "since", "submitted_at", "submitted_by_name")


def of_parts(part_ids: Iterable[UUID]) -> dict[UUID, Living]:
    """Return what parts hold now, in one statement."""
    rows = _STATEMENT.rows(keys=keys_of(part_ids))
    return {UUID(row["part"]["id"]): _living(row["part"]) for row in rows}


def of_questions(part_id: UUID, codes: Collection[str]) -> Living:
    """Return what a part holds for some questions, with the choices made in all others.

    Choices decide what is asked, so that they are needed wherever one question is.
    """
    rows = _STATEMENT.rows(keys=keys_of([part_id]), codes=f"{{{','.join(codes)}}}")
    return _living(rows[0]["part"]) if rows else NOTHING


def _statement(actor: Actor, *, keys: str, codes: str = "") -> QuerySet:
    answers, uses = Answer.objects.all(), EvidenceUse.objects.filter(evidence__withdrawn_at=None)
    if codes:
        here = Q(question__in=_each_code(codes))
        answers = answers.filter(here | Q(value__has_any_keys=["choice", "choices"]))
        uses = uses.filter(here)
    part = JSONObject(
        id="pk",
        answers=_own(answers, id="pk", **{name: name for name in _ANSWER}),
        evidence=_own(
            uses.order_by("added_at", "pk"),
            id="evidence_id",
            question="question",
            file="evidence__file_id",
            **{name: f"evidence__{name}" for name in _EVIDENCE},
            **{f"file_{name}": f"evidence__file__{name}" for name in _FILE},
        ),
        sections=_own(SectionProgress.objects.all(), **{name: name for name in _SECTION}),
    )
    return Part.objects.filter(pk__in=each_of(keys)).values(part=part)


def _own(rows: QuerySet, **columns: str) -> Any:
    return many(rows.filter(part_id=OuterRef("pk")), **columns)


def _each_code(codes: str) -> Func:
    texts = Cast(Value(codes), ArrayField(CharField()))
    return Func(texts, template="(SELECT unnest(%(expressions)s))", output_field=CharField())


_STATEMENT = Prepared(_statement)


def _living(part: Mapping[str, Any]) -> Living:
    evidence: dict[str, list[LivingEvidence]] = {}
    for row in part["evidence"]:
        evidence.setdefault(row["question"], []).append(_evidence(row))
    return Living(
        {row["question"]: _answer(row) for row in part["answers"]},
        evidence,
        {row["section"]: _section(row) for row in part["sections"]},
    )


def _answer(row: dict[str, Any]) -> LivingAnswer:
    return LivingAnswer(
        row["question"],
        row["text"],
        row["value"],
        row["is_not_applicable"],
        row["not_applicable_reason"],
        row["is_ready"],
        row["come_back"],
        row["revision"],
        datetime.fromisoformat(row["updated_at"]),
        UUID(row["updated_by_id"]),
        row["updated_by_name"],
        UUID(row["id"]),
    )


def _evidence(row: Mapping[str, Any]) -> LivingEvidence:
    return LivingEvidence(
        row["id"],
        row["kind"],
        row["title"],
        row["tool"],
        row["identifier"],
        row["link"],
        date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        row["version"],
        datetime.fromisoformat(row["added_at"]),
        row["added_by_name"],
        LivingFile(row["file"], *(row[f"file_{name}"] for name in _FILE)) if row["file"] else None,
    )


def _section(row: Mapping[str, Any]) -> LivingSection:
    submitted = row["submitted_at"]
    return LivingSection(
        row["section"],
        row["status"],
        datetime.fromisoformat(row["since"]),
        datetime.fromisoformat(submitted) if submitted else None,
        row["submitted_by_name"],
    )
