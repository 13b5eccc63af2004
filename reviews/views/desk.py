"""Doors of the desk: the queue by clock risk, and all organisations by where they stand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.clock import moments
from foundation.ui.blocks import Tab
from participants import policy
from participants import queries as people
from participants.access.paging import chosen, menu, page_of
from participants.enums import Role, Route, Status
from reviews import facts, queue
from reviews.pages import matrix as matrix_pages
from reviews.pages import queue as pages
from submissions import finding

VIEWS = {"reading": queue.READING, "deciding": queue.DECIDING}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The queue of the reader's body: what to open first."""
    actor, now = request.actor, moments.now()
    policy.require(actor, "organisation.read")
    kinds = queue.of_desk(actor)
    wanted = VIEWS.get(request.GET.get("view", ""), kinds)
    rows = queue.rows(actor, [kind for kind in wanted if kind in kinds])
    rows = _narrowed(request, rows)
    found, pagination = page_of(rows, request)
    items = queue.items(found, now)
    page = pages.queue_page(
        items,
        queue.beside(actor),
        total=len(items) if pagination is None else rows.count(),
        tabs=_tabs(request),
        filters=_filters(request),
        pagination=pagination,
        actor=actor,
        now=now,
        today=moments.today(),
    )
    return render(request, "pages/queue.html", {"page": page})


@require_safe
def qualified(request: HttpRequest) -> HttpResponse:
    """Every qualification that the reader has to do with, and what it lacks."""
    policy.require(request.actor, "organisation.read")
    rows = people.qualifications(request.actor)
    wanted = {
        "role": chosen(request, "role", Role.values),
        "route": chosen(request, "route", Route.values),
        "status": chosen(request, "status", Status.values),
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    found, pagination = page_of(rows, request)
    known = facts.of_organisations({each.organisation_id for each in found})
    page = matrix_pages.all_page(
        found,
        {each.id: each for held in known.values() for each in held},
        filters=[
            *_filters(request),
            menu(request, "status", "Where it stands", Status.choices),
        ],
        pagination=pagination,
        now=moments.now(),
    )
    return render(request, "pages/list.html", {"page": page})


@require_safe
def matrix(request: HttpRequest, organisation: str) -> HttpResponse:
    """The matrix of one organisation, for both sides."""
    place = finding.organisation(request.actor, organisation)
    visible = set(people.of_organisation(request.actor, place.pk).values_list("pk", flat=True))
    known = [each for each in facts.of_organisation(place.pk) if each.id in visible]
    setting = matrix_pages.Setting(
        place, moments.now(), only_missing=request.GET.get("only") == "missing"
    )
    page = matrix_pages.matrix(setting, known)
    return render(request, "pages/qualified_matrix.html", {"page": page})


def _narrowed(request: HttpRequest, rows):
    wanted = {
        "qualification__role": chosen(request, "role", Role.values),
        "qualification__route": chosen(request, "route", Route.values),
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def _filters(request: HttpRequest) -> list:
    return [
        menu(request, "role", "Market role", Role.choices),
        menu(request, "route", "Route", Route.choices),
    ]


def _tabs(request: HttpRequest) -> list[Tab]:
    kinds, chosen_view = queue.of_desk(request.actor), request.GET.get("view", "")
    labels = {"": "By clock risk", "reading": "To read", "deciding": "To decide"}
    shown = [name for name in labels if not name or set(VIEWS[name]) & set(kinds)]
    if len(shown) < 3:
        return []
    return [
        Tab(label=labels[name], url=f"?view={name}" if name else "?", current=name == chosen_view)
        for name in shown
    ]
