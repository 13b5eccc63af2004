"""Searching answers and evidence: the living ones for their owner, submitted ones for bodies."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchRank, SearchVector
from django.db import connection
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from foundation import searching
from submissions.models import Answer, Evidence, FrozenSection, Part

SECTIONS = 300  # of what was submitted, the best are looked into question by question


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswer:
    """An answer in which something was found; ``role`` is empty on the organisation's part."""

    part_id: UUID
    section: str
    question: str
    rank: float
    name: str
    slug: str
    role: str | None
    template: UUID
    snippet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEvidence:
    """A piece of evidence that was found by its title, file name or reference."""

    id: UUID
    title: str
    name: str
    slug: str
    file_name: str | None


_OF_PART = {
    "name": F("part__organisation__name"),
    "slug": F("part__organisation__slug"),
    "role": F("part__qualification__role"),
    "template": F("part__template_id"),
}


_TEXT = TextField()


class _Cells(Func):
    """What was chosen or written into the cells of a table, one after the other."""

    template = (
        "(SELECT string_agg(cell #>> '{}', ' ') FROM jsonb_path_query(%(expressions)s, '$.**')"
        " AS cell WHERE jsonb_typeof(cell) = 'string')"
    )
    output_field = _TEXT


def _spaced(*pieces: str | Func) -> list[str | Func | Value]:
    return [each for piece in pieces for each in (Value(" "), piece)]


def living(text: str, most: int) -> list[FoundAnswer]:
    """Return the acting participant's answers that match, the best first; one statement."""
    said = Concat("text", *_spaced("not_applicable_reason", _Cells("value")), output_field=_TEXT)
    rows = Answer.objects.annotate(said=said)
    rows = rows.annotate(words=SearchVector("said", config=searching.ENGLISH))
    rows = rows.annotate(rank=SearchRank("words", searching.query(text)))
    rows = rows.filter(words=searching.query(text)).order_by("-rank", "question", "pk")
    snippet = searching.snippet(F("said"), text)
    found = rows.values("part_id", "question", "rank", snippet=snippet, **_OF_PART)
    return [FoundAnswer(section=row["question"][0], **row) for row in found[:most]]


def evidence(text: str, most: int) -> list[FoundEvidence]:
    """Return the acting participant's evidence that matches, by title; one statement."""
    words = SearchVector("title", "tool", "identifier", config=searching.ENGLISH)
    rows = Evidence.objects.filter(withdrawn_at=None).annotate(words=words)
    holds = Q(words=searching.query(text)) | Q(file__name__icontains=text)
    rows = rows.filter(holds | Q(title__icontains=text)).order_by("title", "pk")
    found = rows.values(
        *("id", "title"),
        name=F("organisation__name"),
        slug=F("organisation__slug"),
        file_name=F("file__name"),
    )
    return [FoundEvidence(**row) for row in found[:most]]


def submitted(
    text: str, parts: QuerySet[Part], reads: Callable[[FoundAnswer], bool], most: int
) -> tuple[list[FoundAnswer], int]:
    """Return answers as last submitted that match, the best first, and how many there are.

    ``parts`` and ``reads`` say what the reader may read: everything else is left out before
    anything is ranked or counted. Three statements at most.
    """
    newer = FrozenSection.objects.filter(
        part_id=OuterRef("part_id"),
        section=OuterRef("section"),
        frozen_at__gt=OuterRef("frozen_at"),
    )
    rows = FrozenSection.objects.filter(searching.has(text), ~Exists(newer))
    rows = rows.filter(part__in=parts.order_by().values("pk"))
    rows = rows.annotate(rank=searching.rank(text)).order_by("-rank", "pk")
    held = {
        row["pk"]: row for row in rows.values("pk", "part_id", "section", **_OF_PART)[:SECTIONS]
    }
    found = filter(reads, (_answer(held, row) for row in _matching(held, text)))
    ranked = sorted(found, key=lambda each: (-each.rank, each.name, each.question))
    return _with_snippets(held, ranked[:most], text), len(ranked)


def _answer(held: dict[UUID, dict[str, Any]], row: tuple) -> FoundAnswer:
    frozen, question, rank = row
    known = {key: value for key, value in held[frozen].items() if key != "pk"}
    return FoundAnswer(question=question, rank=rank, **known)


# What was said to one question: prose, the reason why not, cells of tables, names of evidence.
_SAID = """
    SELECT section.id, one->>'code' AS code, concat_ws(' \u2026 ',
        nullif(one->'answer'->>'text', ''),
        nullif(one->'answer'->>'not_applicable_reason', ''),
        (SELECT string_agg(cell #>> '{}', ' \u2026 ')
           FROM jsonb_path_query(one->'answer'->'value', '$.**') AS cell
          WHERE jsonb_typeof(cell) = 'string'),
        (SELECT string_agg(concat_ws(' ', piece->>'title', piece->>'tool', piece->>'identifier'),
                           ' \u2026 ')
           FROM jsonb_array_elements(one->'evidence') AS piece)) AS said
      FROM submissions_frozensection AS section,
           jsonb_array_elements(section.content::jsonb->'questions') AS one
     WHERE section.id = ANY(%s) AND (one->>'applies')::boolean
"""
# Both are put together from what stands here alone; what is asked goes in as parameters.
_MATCHING = f"""
    SELECT id, code, ts_rank(to_tsvector('english', said), asked)
      FROM ({_SAID}) AS each, websearch_to_tsquery('english', %s) AS asked
     WHERE to_tsvector('english', said) @@ asked
"""  # noqa: S608
_SNIPPETS = f"""
    SELECT id, code, ts_headline('english', said, websearch_to_tsquery('english', %s), %s)
      FROM ({_SAID}) AS each WHERE (id::text || code) = ANY(%s)
"""  # noqa: S608


def _matching(keys: Iterable[UUID], text: str) -> list[tuple]:
    keys = list(keys)
    return _rows(_MATCHING, [keys, text]) if keys else []


def _with_snippets(
    held: dict[UUID, dict[str, Any]], found: list[FoundAnswer], text: str
) -> list[FoundAnswer]:
    if not found:
        return []
    frozen = {(row["part_id"], row["section"]): key for key, row in held.items()}
    of = {(frozen[each.part_id, each.section], each.question): each for each in found}
    wanted = [f"{key}{code}" for key, code in of]
    rows = _rows(_SNIPPETS, [text, searching.HEADLINE, [key for key, _ in of], wanted])
    said = {(key, code): snippet for key, code, snippet in rows}
    return [replace(each, snippet=said.get(key, "")) for key, each in of.items()]


def _rows(sql: str, params: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
