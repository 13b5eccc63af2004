"""Doors of the register: of one organisation, for both sides, and of all, for the bodies."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.clock import moments
from foundation.ui.blocks import Filter
from participants import policy
from participants.access.paging import chosen, menu, page_of, with_query
from reviews import queries
from reviews.enums import SETTLED, Side, ThreadKind
from reviews.pages import findings as pages
from submissions import finding

BODIES = (("BSC", "BSC"), ("REC", "REC"), ("DIP", "DIP Manager"))
TURNS = ((Side.PARTICIPANT, "the participant"), (Side.BODY, "a body"))


@require_safe
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """What was raised on one organisation's QAD."""
    place = finding.organisation(request.actor, organisation)
    rows = _narrowed(request, queries.register(request.actor, place.pk))
    found, pagination = page_of(rows, request)
    page = pages.register_page(
        found,
        actor=request.actor,
        now=moments.now(),
        filters=_filters(request),
        pagination=pagination,
        organisation=place,
    )
    return render(request, "pages/list.html", {"page": page})


@require_safe
def of_all(request: HttpRequest) -> HttpResponse:
    """What was raised on every QAD that the body reads."""
    policy.require(request.actor, "qad.review")
    rows = _narrowed(request, queries.register(request.actor))
    found, pagination = page_of(rows, request)
    page = pages.register_page(
        found,
        actor=request.actor,
        now=moments.now(),
        filters=_filters(request),
        pagination=pagination,
    )
    return render(request, "pages/list.html", {"page": page})


def _narrowed(request: HttpRequest, rows: QuerySet) -> QuerySet:
    wanted = {
        "body": chosen(request, "body", [code for code, _ in BODIES]),
        "kind": chosen(request, "kind", ThreadKind.values),
        "holder": chosen(request, "holder", Side.values),
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if wanted["holder"] or request.GET.get("open") == "1":
        rows = rows.exclude(status__in=SETTLED)
    return rows


def _filters(request: HttpRequest) -> list[Filter]:
    is_open = request.GET.get("open") == "1"
    return [
        menu(request, "body", "Body", BODIES),
        menu(request, "kind", "Kind", ThreadKind.choices),
        menu(request, "holder", "Waits for", TURNS),
        Filter(
            label="Open only",
            url=with_query(request, open="" if is_open else "1", page=""),
            on=is_open,
        ),
    ]
