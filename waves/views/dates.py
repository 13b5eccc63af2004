"""Pages of dates: the road, one qualification, one date, steps that people record."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation.clock import moments
from foundation.ui.blocks import Action
from participants import policy
from participants.models import Organisation, Qualification
from waves import queries
from waves.lifecycle.withdrawing import WITHDRAW
from waves.pages import dates as pages
from waves.pages import portfolio as portfolios
from waves.pages.road import Track, track_of
from waves.routes import assurance_objection
from waves.services import roads
from waves.views.finding import held_by, organisation_of, qualification_of


@require_safe
def road(request: HttpRequest, organisation: str) -> HttpResponse:
    """The road of all qualifications of an organisation."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "organisation.read", found)
    page = pages.organisation_road(found, _tracks(request, found, held_by(request, found)))
    return render(request, "waves/road.html", {"page": page})


@require_safe
def portfolio(request: HttpRequest, organisation: str) -> HttpResponse:
    """All qualifications of an organisation, one row each, on one axis of time."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "organisation.read", found)
    held = held_by(request, found)
    pairs = list(zip(held, _tracks(request, found, held), strict=True))
    page = portfolios.portfolio_page(found, pairs, own=request.actor.is_participant)
    return render(request, "waves/portfolio.html", {"page": page})


@require_safe
def dates(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """One qualification with every date of the plan."""
    found = organisation_of(request, organisation)
    held = held_by(request, found)
    chosen = _chosen(held, qualification)
    page = pages.qualification_dates(
        found,
        _tracks(request, found, [chosen])[0],
        held,
        may_record=policy.may(request.actor, "report.confirm", chosen)
        and assurance_objection(request.actor.body, chosen.route) is None,
        actions=_actions(request, found, chosen),
    )
    return render(request, "waves/road.html", {"page": page})


@require_safe
def one(
    request: HttpRequest, organisation: str, qualification: UUID, activity: str
) -> HttpResponse:
    """One date: its page, or its card alone where a list asks for it."""
    found = organisation_of(request, organisation)
    track = _tracks(request, found, [qualification_of(request, found, qualification)])[0]
    body = request.GET.get("body", "")
    lines = [line for line in track.dates if line.activity == activity]
    line = next((line for line in lines if line.body == body), None) or next(iter(lines), None)
    if line is None:
        raise Http404
    template = "waves/card.html" if request.htmx else "waves/date.html"
    return render(request, template, {"page": pages.one_date(found, track, line)})


@require_POST
def record_step(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Record that a step of testing was taken."""
    found = organisation_of(request, organisation)
    chosen = qualification_of(request, found, qualification)
    activity = request.POST.get("activity", "")
    met = roads.record_step(
        qualification=chosen, activity=activity, actor=request.actor, at=moments.now()
    )
    messages.success(request, f"Recorded: {met.label}.")
    return redirect("waves:dates", found.slug, chosen.pk)


def _tracks(
    request: HttpRequest, organisation: Organisation, held: list[Qualification]
) -> list[Track]:
    ahead, today, own = queries.roads_for(held), moments.today(), request.actor.is_participant
    return [
        track_of(
            each,
            slug=organisation.slug,
            road=ahead[each.pk],
            today=today,
            own=own,
            body=request.actor.body,
        )
        for each in held
    ]


def _chosen(held: list[Qualification], key: UUID) -> Qualification:
    for each in held:
        if each.pk == key:
            return each
    raise Http404


def _actions(request: HttpRequest, found: Organisation, chosen: Qualification) -> list[Action]:
    place, may = [found.slug, chosen.pk], partial(policy.may, request.actor, subject=chosen)
    actions = []
    if may("route.change"):
        url = reverse("waves:change_route", args=place)
        actions.append(Action(text="Change the route", url=url))
    if chosen.status in WITHDRAW.sources and may(WITHDRAW.capability):
        url = reverse("waves:withdraw", args=place)
        actions.append(Action(text="Withdraw", url=url, kind="quiet"))
    return actions
