"""Full text: matching, ranking and snippets in PostgreSQL, over columns or what is put together."""

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import (
    BooleanField,
    Expression,
    F,
    Field,
    FloatField,
    Func,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from foundation.ui.parts import Strong, Words

LONGEST = 200  # characters of what is asked; nobody types more
ENGLISH = "english"
# Around the words that were found; of the private use area, so that nobody writes them.
_FROM, _TO = "\ue000", "\ue001"
HEADLINE = f"StartSel={_FROM}, StopSel={_TO}, MaxFragments=2, MaxWords=24, MinWords=10"
# Markdown that a snippet has no room for: the lines of a table, the marks of a heading.
_MARKUP = re.compile(r"\s*\|[\s|:-]*|\s*\*\*|(?:^|\s)#+(?=\s)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def asked(text: str) -> str:
    """Return what is searched for: one line of at most 200 characters."""
    return _CONTROL.sub(" ", text).strip()[:LONGEST].strip()


def query(text: str) -> SearchQuery:
    """Return a search as people type it: words, "a phrase", or, -not."""
    return SearchQuery(text, config=ENGLISH, search_type="websearch")


def has(text: str) -> Func:
    """Return the condition that the kept words of a row match; for ``filter()``."""
    parts = (_Kept(), query(text))
    return Func(*parts, template="%(expressions)s", arg_joiner=" @@ ", output_field=_BOOLEAN)


def rank(text: str) -> Func:
    """Return how well the kept words of a row match; the more the better."""
    return Func(_Kept(), query(text), function="ts_rank", output_field=FloatField())


def snippet(of: Expression, text: str) -> Func:
    """Return a few words around what was found, as ``shown`` draws them."""
    config = Cast(Value(ENGLISH), _Regconfig())
    return Func(
        config, of, query(text), Value(HEADLINE), function="ts_headline", output_field=_TEXT
    )


def shown(said: str) -> Words:
    """Draw a snippet, the words that were found stronger than the others."""
    pieces: list[Words] = []
    for number, piece in enumerate(_MARKUP.sub(_quiet, said).split(_FROM)):
        found, _, rest = piece.partition(_TO) if number else ("", "", piece)
        pieces += [Strong(found)] if found else []
        pieces += [rest] if rest else []
    return pieces


def plain(said: str) -> str:
    """Return a snippet without its marks."""
    return said.replace(_FROM, "").replace(_TO, "")


def _quiet(mark: re.Match) -> str:
    return " · " if "|" in mark[0] else " "


_BOOLEAN, _TEXT = BooleanField(), TextField()


class _Regconfig(Field):
    """The configuration of a language, which a parameter has to be told to be."""

    def db_type(self, connection: object) -> str:
        return "regconfig"


class _Kept(Func):
    """The column ``search`` of a row: no field, since every reading of a row would fetch it."""

    def __init__(self) -> None:
        super().__init__(F("pk"), output_field=SearchVectorField())

    def as_sql(self, compiler: SQLCompiler, connection: object, **extra: Any) -> tuple[str, Any]:
        column, params = compiler.compile(self.get_source_expressions()[0])
        return f'{column.rpartition(".")[0]}."search"', params
