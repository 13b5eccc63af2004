"""Qualified yet? One organisation's matrix, and the list of all qualifications."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.clock import moments
from foundation.ui.parts import Link
from participants import policy
from participants import queries as people
from participants.access.paging import Windowed, chosen, menu, page_of
from participants.enums import Role, Route, Status
from participants.models import Organisation
from participants.roles import roles_in_reach
from reviews import facts
from reviews.pages.desk import everyone as list_pages
from reviews.pages.desk import matrix as pages
from reviews.queries import everyone as queries
from waves import tables

TURNS = (
    ("participant", "Participant"),
    ("bodies", "Reviewing bodies"),
    ("director", "Director"),
    ("deciders", "PAB or Code Manager"),
    ("nobody", "Nobody: it has ended"),
)


@require_safe
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """What each qualification of an organisation still needs, who holds it, and since when."""
    found = get_object_or_404(people.organisations(request.actor), slug=organisation)
    policy.require(request.actor, "organisation.read", found)
    roles = Role.values if request.actor.is_participant else roles_in_reach(request.actor)
    known = [each for each in facts.of_organisation(found.pk) if each.role in roles]
    if not known:
        page = pages.nothing_page(found, _crumbs(request, found))
        return render(request, "pages/list.html", {"page": page})
    page = pages.qualified_page(
        found,
        known,
        actor=request.actor,
        today=moments.today(),
        only_missing=request.GET.get("only") == "missing",
        crumbs=_crumbs(request, found),
    )
    return render(request, "reviews/qualified.html", {"page": page})


def _crumbs(request: HttpRequest, organisation: Organisation) -> list[Link]:
    if not request.actor.is_staff:
        return []
    home = reverse("participants:organisation", args=[organisation.slug])
    return [Link(organisation.name, home), Link("Qualified yet?")]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every qualification of the reader's body."""
    policy.require(request.actor, "organisation.read")
    page = list_pages.everyone_page(_everyone(request))
    return render(request, "pages/list.html", {"page": page})


def _everyone(request: HttpRequest) -> list_pages.Everyone:
    wanted = queries.Chosen(
        role=chosen(request, "role", Role.values),
        route=chosen(request, "route", Route.values),
        status=chosen(request, "status", Status.values),
        holder=chosen(request, "holder", queries.TURNS),
    )
    rows = Windowed(partial(queries.everyone, wanted), request.GET.get("page"))
    found, pagination = page_of(rows, request)
    known = facts.of_organisations({each.organisation_id for each in found}, comments=False)
    return list_pages.Everyone(
        rows=found,
        facts={each.id: each for held in known.values() for each in held},
        timetable=tables.current().timetable,
        actor=request.actor,
        today=moments.today(),
        filters=_filters(request),
        pagination=pagination,
    )


def _filters(request: HttpRequest) -> list:
    reach = roles_in_reach(request.actor)
    roles = [(role, label) for role, label in Role.choices if role in reach]
    return [
        menu(request, "route", "Route", Route.choices),
        menu(request, "role", "Role", roles),
        menu(request, "status", "Where it stands", Status.choices),
        menu(request, "holder", "Whose turn", TURNS),
    ]
