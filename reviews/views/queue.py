"""The desk: the queue of whoever reviews, the home of whoever has another duty."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants import policy
from participants.access.paging import Counted, chosen, menu, page_of
from participants.enums import Role, Route
from participants.roles import governed_roles
from reviews.enums import Side
from reviews.pages.desk import home
from reviews.pages.desk import queue as pages
from reviews.pages.desk.rows import Reader, Waiting
from reviews.queries import deciding as queries_deciding
from reviews.queries import deciding_desk, desk
from reviews.queries import queue as queries
from reviews.queries.views import kept
from submissions.enums import Stage

READERS = (("mine", "Me, or whom I cover for"), ("none", "Nobody yet"))
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
    counts, duty = dict(desk.tallies(moments.now())), home.duty_of(actor)
    if duty == "decide":
        counts |= deciding_desk.counts(deciding_desk.Chosen())
    firsts = {
        "decide": queries_deciding.ready,
        "dip_user": desk.dip_users_to_confirm,
        "testing": desk.reports_to_confirm,
    }
    first = firsts[duty](actor).first() if duty in firsts else None
    return home.Desks(counts=counts, now=moments.now(), duty=duty, first=first)


def _desk(request: HttpRequest) -> pages.Desk:
    actor, wanted = request.actor, _chosen(request)
    counts = queries.counts(wanted)
    rows = Counted(partial(queries.page, wanted), counts["shown"])
    found, pagination = page_of(rows, request)
    reader = Reader(actor.body, moments.today())
    turns, waiting = desk.turns(pages.ASIDE)
    return pages.Desk(
        reader=reader,
        view=wanted.view,
        rows=[Waiting(each, reader) for each in found],
        counts=counts,
        filters=_filters(request),
        pagination=pagination,
        turns=turns,
        turns_in_all=waiting,
        requests=desk.requests() if policy.may(actor, "reopen.decide") else (),
    )


def _chosen(request: HttpRequest) -> queries.Chosen:
    return queries.Chosen(
        view=chosen(request, "view", queries.VIEWS) or "risk",
        role=chosen(request, "role", Role.values),
        route=chosen(request, "route", Route.values),
        stage=chosen(request, "stage", Stage.values),
        holder=chosen(request, "holder", HOLDERS),
        reader=chosen(request, "reader", dict(READERS)),
    )


def _filters(request: HttpRequest) -> list:
    roles = [(role, Role(role).label) for role in governed_roles(request.actor.body)]
    holders = [(Side.BODY, request.actor.body), (Side.PARTICIPANT, "Participant")]
    return [
        menu(request, "route", "Route", Route.choices),
        menu(request, "role", "Role", roles),
        menu(request, "stage", "Stage", Stage.choices),
        menu(request, "holder", "Holder", holders),
        menu(request, "reader", "Reader", READERS),
        pages.kept_menu(kept(request.actor), request.GET.urlencode()),
    ]
