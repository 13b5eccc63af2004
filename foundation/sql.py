"""What larger statements are made of: rows nested in a row, and a list of keys as one value."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, JSONObject


def many(rows: QuerySet, **columns: Any) -> ArraySubquery:
    """Return the rows of a sub-select as an array of JSON objects, for the row they belong to."""
    return ArraySubquery(rows.values(json=JSONObject(**columns)))


def keys_of(ids: Iterable[UUID]) -> str:
    """Return ids as PostgreSQL writes an array, so that any number of them is one value."""
    return "{" + ",".join(map(str, ids)) + "}"


def each_of(keys: str) -> Func:
    """Return the ids that ``keys_of`` put together, for ``filter(pk__in=...)``."""
    ids = Cast(Value(keys), ArrayField(UUIDField()))
    return Func(ids, template="(SELECT unnest(%(expressions)s))", output_field=UUIDField())
