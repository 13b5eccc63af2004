"""Pages of a list on a page, and addresses that keep what is filtered already."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.ui.blocks import Filter, FilterOption, Pagination

SIZE = 50
NEAR = 2  # page numbers shown on either side of the present one
Fetch = Callable[[int, int], list[Any]]  # the rows from a place to another


class Counted:
    """Rows whose number is known already, so that a page of them is one statement."""

    ordered = True

    def __init__(self, fetch: Fetch, total: int, size: int = SIZE) -> None:
        self._fetch, self._total, self._size = fetch, total, size

    def count(self) -> int:
        """Return how many there are, without asking again."""
        return self._total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, place: slice) -> list[Any]:
        # Always a whole page, also the last: the statement is the same however many there are.
        return self._fetch(place.start, place.start + self._size) if self._total else []


class Windowed(Counted):
    """Rows that each carry the number of them all (``total``): a page and its count at once."""

    def __init__(self, fetch: Fetch, page: str | None, size: int = SIZE) -> None:
        number = int(page) if page and page.isdecimal() and len(page) < 9 else 1
        start = max(0, number - 1) * size
        found = fetch(start, start + size)
        if start and not found:  # past the end: how many there are is asked again
            start, found = 0, fetch(0, size)
        super().__init__(fetch, found[0].total if found else 0, size)
        self._start, self._found = start, found

    def __getitem__(self, place: slice) -> list[Any]:
        return self._found if place.start == self._start else super().__getitem__(place)


def page_of(
    rows: QuerySet | Sequence | Counted, request: HttpRequest, size: int = SIZE
) -> tuple[list[Any], Pagination | None]:
    """Return one page of rows (two statements) and the way to the others, None when there are none.

    A page number that makes no sense leads to the nearest page.
    """
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    found = list(page.object_list)
    count, pages = page.paginator.count, page.paginator.num_pages
    if pages == 1:
        return found, None
    first, last = max(1, page.number - NEAR), min(pages, page.number + NEAR)
    return found, Pagination(
        summary=f"{page.start_index()} to {page.end_index()} of {count}",
        previous_url=with_query(request, page=page.number - 1) if page.has_previous() else "",
        next_url=with_query(request, page=page.number + 1) if page.has_next() else "",
        pages=[
            FilterOption(
                label=str(number),
                url=with_query(request, page=number),
                current=number == page.number,
            )
            for number in range(first, last + 1)
        ],
    )


def with_query(request: HttpRequest, **changes: object) -> str:
    """Return the present address with some of its query changed; None or "" takes a part away."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else request.path


def menu(request: HttpRequest, name: str, label: str, options: Iterable[tuple[str, str]]) -> Filter:
    """Return the chip of a filter: a menu while nothing is chosen, else what takes it off."""
    choices = [(str(value), str(text)) for value, text in options]
    chosen = dict(choices).get(request.GET.get(name, ""))
    if chosen:
        return Filter(
            label=f"{label}: {chosen}", clear_url=with_query(request, **{name: "", "page": ""})
        )
    return Filter(
        label=label,
        options=[
            FilterOption(label=text, url=with_query(request, **{name: value, "page": ""}))
            for value, text in choices
        ],
    )


def chosen(request: HttpRequest, name: str, allowed: Iterable[str]) -> str:
    """Return the value of a filter, or "" when it is none of the allowed ones."""
    value = request.GET.get(name, "")
    return value if value in set(allowed) else ""
