"""The desk: the queue of whoever reviews, the home of whoever has another duty."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants import policy
from participants.access.paging import chosen, menu, page_of
from participants.enums import Role, Route
from participants.roles import governed_roles
from reviews import queries_deciding
from reviews import queries_desk as queries
from reviews.enums import Side
from reviews.pages.desk import home
from reviews.pages.desk import queue as pages
from reviews.pages.desk.rows import Reader, waiting
from submissions.enums import Stage

HOLDERS = (Side.BODY, Side.PARTICIPANT)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What a reviewer opens next; for other duties, what waits at their own desks."""
    policy.require(request.actor, "organisation.read")
    if policy.may(request.actor, "qad.review"):
        return render(request, "pages/queue.html", {"page": pages.queue_page(_desk(request))})
    page = home.home_page(request.actor, _desks(request.actor))
    return render(request, "pages/list.html", {"page": page})


def _desks(actor: Actor) -> home.Desks:
    counts, duty = queries.tallies(actor, moments.now()), home.duty_of(actor)
    if duty == "decide":
        counts |= queries_deciding.counts(actor)
    firsts = {
        "decide": queries_deciding.ready,
        "dip_user": queries.dip_users_to_confirm,
        "testing": queries.reports_to_confirm,
    }
    first = firsts[duty](actor).first() if duty in firsts else None
    return home.Desks(counts=counts, now=moments.now(), duty=duty, first=first)


def _desk(request: HttpRequest) -> pages.Desk:
    actor, view = request.actor, chosen(request, "view", queries.VIEWS) or "risk"
    fits = queries.fitting(_wanted(request), actor.body)
    every = queries.queue(actor)
    counts = queries.counts(every, actor.body, view, fits)
    rows = every.filter(queries.in_view(view, actor.body), fits)
    rows = queries.with_clocks(rows, actor.body)
    found, pagination = page_of(queries.Counted(rows, counts["shown"]), request)
    reader = Reader(actor.body, moments.today())
    return pages.Desk(
        reader=reader,
        view=view,
        rows=waiting(found, queries.parts(found), reader),
        counts=counts,
        filters=_filters(request),
        pagination=pagination,
        turns=queries.turns(actor, pages.ASIDE),
        requests=queries.requests(actor) if policy.may(actor, "reopen.decide") else (),
    )


def _wanted(request: HttpRequest) -> dict[str, str]:
    return {
        "role": chosen(request, "role", Role.values),
        "route": chosen(request, "route", Route.values),
        "stage": chosen(request, "stage", Stage.values),
        "holder": chosen(request, "holder", HOLDERS),
    }


def _filters(request: HttpRequest) -> list:
    roles = [(role, Role(role).label) for role in governed_roles(request.actor.body)]
    holders = [(Side.BODY, request.actor.body), (Side.PARTICIPANT, "Participant")]
    return [
        menu(request, "route", "Route", Route.choices),
        menu(request, "role", "Role", roles),
        menu(request, "stage", "Stage", Stage.choices),
        menu(request, "holder", "Holder", holders),
    ]
