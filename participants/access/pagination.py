"""Pages of a list by the last row that was read, so that rows that come or go move none."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import BigIntegerField, F, Func, QuerySet, Subquery
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from participants.access.keyset import Order

LIMIT, CURSOR = "limit", "cursor"
TOTAL = "_page_total"


class StablePagination(BasePagination):
    """Pages of at most ``limit`` rows; ``next`` leads to the rows after the last one.

    A row that is there all along comes exactly once, whatever is added or removed between two
    pages. A page and the count of the whole list are one statement.
    """

    default_limit = 50
    max_limit = 200
    query_names = frozenset({LIMIT, CURSOR})

    def paginate_queryset(
        self, rows: QuerySet | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """Return one page; ``view.row_key`` names the rows of a list that is no queryset."""
        self.request = request
        self.limit = self._limit(request)
        self.signer = signing.Signer(salt=f"page of {request.path}")
        after = self._after(request)
        if isinstance(rows, QuerySet):
            return self._of_rows(rows, after)
        return self._of_list(rows, after, view.row_key)

    def _limit(self, request: Request) -> int:
        given = request.query_params.get(LIMIT, "")
        if not given:
            return self.default_limit
        if given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= self.max_limit:
            return int(given)
        raise ValidationError({LIMIT: [f"Give a whole number from 1 to {self.max_limit}."]})

    def _after(self, request: Request) -> list[Any] | None:
        given = request.query_params.get(CURSOR, "")
        if not given:
            return None
        try:
            return self.signer.unsign_object(given)
        except (signing.BadSignature, ValueError):
            raise ValidationError(
                {CURSOR: ["Take it from the next of an answer to the same list."]}
            ) from None

    def _of_rows(self, rows: QuerySet, after: list[Any] | None) -> list[Any]:
        order = Order(rows)
        page = order.after(after) if after is not None else order.rows
        found = list(page.annotate(**{TOTAL: _total(rows)})[: self.limit + 1])
        if found:
            self.count = getattr(found[0], TOTAL)
        else:
            self.count = rows.count() if after is not None else 0
        found, more = found[: self.limit], len(found) > self.limit
        self.next = self._sign(order.place_of(found[-1])) if more else None
        return found

    def _of_list(
        self, rows: Sequence[Any], after: list[Any] | None, row_key: Callable[[Any], Any]
    ) -> list[Any]:
        keys = [str(row_key(row)) for row in rows]
        start = 0
        if after is not None:
            place, key = after
            # A row that is gone leaves its place to the one that came after it.
            start = keys.index(key) + 1 if key in keys else place
        found = list(rows[start : start + self.limit])
        self.count, end = len(rows), start + len(found)
        self.next = self._sign([end - 1, keys[end - 1]]) if end < len(rows) else None
        return found

    def _sign(self, place: Sequence[Any]) -> str:
        return self.signer.sign_object([_plain(each) for each in place])

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page with the count of the whole list and the way to the next page."""
        following = None
        if self.next:
            address = replace_query_param(self.request.build_absolute_uri(), CURSOR, self.next)
            following = address
        return Response({"count": self.count, "next": following, "results": data})

    def get_paginated_response_schema(self, schema: dict) -> dict:
        """Return what a page looks like, for the description."""
        return {
            "type": "object",
            "required": ["count", "next", "results"],
            "properties": {
                "count": {"type": "integer", "description": "Of the whole list."},
                "next": {
                    "type": "string",
                    "nullable": True,
                    "format": "uri",
                    "description": "The next page; null on the last one.",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict]:
        """Return what a list may be asked with, for the description."""
        size = {"type": "integer", "minimum": 1, "maximum": self.max_limit, "default": 50}
        return [
            _parameter(LIMIT, size, "How many rows at once."),
            _parameter(CURSOR, {"type": "string"}, "Where to go on; ``next`` carries it."),
        ]


def _parameter(name: str, schema: dict, note: str) -> dict:
    return {"name": name, "in": "query", "required": False, "description": note, "schema": schema}


def _total(rows: QuerySet) -> Subquery:
    """Return the count of all rows as one more column: not correlated, so counted once."""
    counted = Func(F("pk"), function="COUNT", output_field=BigIntegerField())
    return Subquery(rows.order_by().annotate(_page_count=counted).values("_page_count"))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
