"""The wave board, a place at the desk, the wait list and the capacity of waves."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from participants.market_roles import BODIES
from participants.models import Qualification
from waves import tables
from waves.capacity import WAVES
from waves.forms.board import CapacityForm, FlagForm, PlaceActForm, PutForm
from waves.models import Place
from waves.pages import board as pages
from waves.pages import board_forms, place_forms
from waves.pages import places as place_pages
from waves.place_acts import DESK, PlaceAct, fitting
from waves.queries import board as queries
from waves.services import ordering, place_acts, places, rooms

SECTIONS = "participants/sections.html"


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The board as it stands."""
    policy.require(request.actor, "place.read")
    page = pages.board_page(
        queries.board(),
        view=pages.view_of(request.actor, request.GET, moments.today()),
        asked=request.GET,
        timetable=tables.current().timetable,
        scenarios=list(queries.open_scenarios()),
    )
    return render(request, "waves/board.html", {"page": page})


@require_safe
def move(request: HttpRequest) -> HttpResponse:
    """Where a card was dropped: the act that this begins, with its form."""
    policy.require(request.actor, "place.plan")
    form = PutForm(request.GET)
    if not form.is_valid():
        raise Http404
    key, route = form.said()
    held = get_object_or_404(queries.to_place(request.actor), pk=key)
    found = Place.objects.filter(qualification=held).first()
    slug = fitting(found.status, found.wanted, route) if found else "allocate"
    if not slug:
        messages.warning(request, "Another act is open on this place. Settle it first.")
        return redirect("waves:place", held.pk)
    address = redirect("waves:place_act", held.pk, slug)
    address["Location"] += f"?to={route}"
    return address


def _held(request: HttpRequest, key: UUID) -> Qualification:
    """Return a qualification in a wave that the actor may see, or 404."""
    return get_object_or_404(queries.to_place(request.actor), pk=key)


def _place(request: HttpRequest, key: UUID) -> Place:
    """Return its place; one that has no row yet is shown as asked for."""
    held = _held(request, key)
    found = Place.objects.filter(qualification=held).first() or places.unmade(held, moments.now())
    found.qualification = held
    return found


@require_safe
def place(request: HttpRequest, qualification: UUID) -> HttpResponse:
    """A place with its ledger and its acts."""
    policy.require(request.actor, "place.read")
    found = _place(request, qualification)
    page = place_pages.place_page(
        found,
        board=queries.board(),
        ledger=queries.ledger([found.pk])[found.pk],
        flags=list(queries.flags(request.actor, [qualification])),
        actor=request.actor,
    )
    return render(request, SECTIONS, {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def place_act(request: HttpRequest, qualification: UUID, act: str) -> HttpResponse:
    """One act on a place: its form with what it would change, and the act itself."""
    chosen = DESK.get(act)
    if chosen is None:
        raise Http404
    found = _place(request, qualification)
    policy.require(request.actor, chosen.capability, found)
    to = request.GET.get("to", "") if request.GET.get("to") in WAVES else ""
    form = act_form(request, chosen, found, to)
    if request.method == "POST" and taken(form, lambda said: do(request, chosen, found, said)):
        messages.success(request, chosen.done)
        return redirect("waves:place", qualification)
    page = place_forms.act_page(
        *(chosen, found, form),
        board=queries.board(),
        timetable=tables.current().timetable,
        to=to,
    )
    return form_page(request, page, form)


def act_form(request: HttpRequest, act: PlaceAct, place: Place, to: str = "") -> PlaceActForm:
    """Return the form of an act on a place."""
    initial = {"route": to, "weight": place.weight}  # no decision has a default
    held = place.qualification.route
    data = request.POST if request.method == "POST" else None
    return PlaceActForm(data, act=act, held=held, initial=initial)


def do(request: HttpRequest, act: PlaceAct, place: Place, said: dict) -> list[Place]:
    """Let the service of an act do it."""
    return place_acts.do(
        act,
        qualification=place.qualification,
        said=said,
        actor=request.actor,
        at=moments.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settle_flag(request: HttpRequest, flag: UUID) -> HttpResponse:
    """Say what came of looking at a dependant again."""
    policy.require(request.actor, "place.plan")
    found = get_object_or_404(queries.flags(request.actor), pk=flag)
    form = FlagForm(request.POST or None)

    def settle(said: dict) -> object:
        return ordering.settle_flag(flag=found, actor=request.actor, at=moments.now(), **said)

    if request.method == "POST" and taken(form, settle):
        messages.success(request, "Settled.")
        return redirect("waves:place", found.qualification_id)
    return form_page(request, place_forms.flag_page(found, form), form)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The wait list."""
    policy.require(request.actor, "place.read")
    page = place_pages.waiting_page(queries.waiting(request.actor), request.actor)
    return render(request, SECTIONS, {"page": page})


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """The published criteria."""
    policy.require(request.actor, "place.read")
    return render(request, SECTIONS, {"page": place_pages.criteria_page()})


@require_safe
def capacity(request: HttpRequest) -> HttpResponse:
    """What the waves can take."""
    policy.require(request.actor, "place.read")
    may = policy.may(request.actor, "place.plan")
    page = board_forms.capacity_page(queries.capacities(), may=may)
    return render(request, SECTIONS, {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def set_capacity(request: HttpRequest, route: str) -> HttpResponse:
    """Change what one wave can take."""
    policy.require(request.actor, "place.plan")
    if route not in WAVES:
        raise Http404
    held = queries.capacities().get(route)
    said = {"places": held.places, "note": held.note} if held else {}
    said |= {body: held.reviewer_weeks.get(body) for body in BODIES} if held else {}
    form = CapacityForm(request.POST or None, initial=said)

    def keep(_: dict) -> object:
        return rooms.set_capacity(route=route, actor=request.actor, at=moments.now(), **form.said())

    if request.method == "POST" and taken(form, keep):
        messages.success(request, "Saved.")
        return redirect("waves:capacity")
    return form_page(request, board_forms.set_capacity_page(route, form), form)
