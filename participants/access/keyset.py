"""The place of a row in its list, and the rows after it, for any total order of a queryset."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import Expression, OrderBy

_NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Key:
    """One of the columns that a list is ordered by."""

    name: str  # a field of the row, or the annotation that holds the expression
    descending: bool
    nulls_first: bool
    is_nullable: bool

    def same(self, value: Any) -> Q:
        """Rows that have the same here."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: Any) -> Q:
        """Rows that come after this value, nulls where the list puts them."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if self.nulls_first else _NOTHING
        after = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        if self.is_nullable and not self.nulls_first:
            after |= Q(**{f"{self.name}__isnull": True})
        return after


class Order:
    """The total order of a queryset: ends in something that no two rows share."""

    def __init__(self, rows: QuerySet) -> None:
        self.model: type[Model] = rows.model
        self.keys: list[Key] = []
        annotations: dict[str, Expression] = {}
        for place, term in enumerate(rows.query.order_by or self.model._meta.ordering):
            key, expression = self._key(f"_page_key_{place}", _as_order(term))
            self.keys.append(key)
            if expression is not None:
                annotations[key.name] = expression
        self.rows = rows.annotate(**annotations) if annotations else rows

    def _key(self, alias: str, term: OrderBy) -> tuple[Key, Expression | None]:
        expression, plain = term.expression, ""
        if isinstance(expression, F) and "__" not in expression.name:
            plain = "pk" if expression.name == "pk" else expression.name
        nulls_first = bool(term.nulls_first) or (term.descending and not term.nulls_last)
        key = Key(
            name=plain or alias,
            descending=term.descending,
            nulls_first=nulls_first,
            is_nullable=not plain or self._is_nullable(plain),
        )
        return key, None if plain else expression

    def _is_nullable(self, name: str) -> bool:
        meta = self.model._meta
        return (meta.pk if name == "pk" else meta.get_field(name)).null

    def place_of(self, row: Model) -> list[Any]:
        """Return the place of a row that ``rows`` gave."""
        return [getattr(row, key.name) for key in self.keys]

    def after(self, place: Sequence[Any]) -> QuerySet:
        """Return the rows that come after a place."""
        found = _NOTHING
        for each in self._steps(place):
            found |= each
        return self.rows.filter(found)

    def _steps(self, place: Sequence[Any]) -> Iterator[Q]:
        same = Q()
        for key, value in zip(self.keys, place, strict=True):
            yield same & key.beyond(value)
            same &= key.same(value)


def _as_order(term: Any) -> OrderBy:
    if isinstance(term, OrderBy):
        return term
    if isinstance(term, str):
        return OrderBy(F(term.lstrip("-")), descending=term.startswith("-"))
    return OrderBy(term)
