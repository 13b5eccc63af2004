"""The board in what-if mode: a copy made, changed, proposed, applied or discarded."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from waves import tables, what_if
from waves.forms.board import (
    AssistForm,
    CapForm,
    PutForm,
    ReasonForm,
    ReviewersForm,
    ScenarioForm,
)
from waves.models import Scenario
from waves.pages import board as board_pages
from waves.pages import board_copy as pages
from waves.pages import board_forms
from waves.queries import board as queries
from waves.services import assisting, scenarios

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def new_what_if(request: HttpRequest) -> HttpResponse:
    """Make a copy of the board."""
    policy.require(request.actor, "place.plan")
    form = ScenarioForm(request.POST or None)
    if request.method == "POST" and taken(form, lambda said: _do(request, scenarios.make, **said)):
        return redirect("waves:what_if", form.result.pk)
    return form_page(request, board_forms.new_what_if_page(form), form)


@require_safe
def show(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """The copy: moves dashed, broken reliance named, loads before and after."""
    policy.require(request.actor, "place.plan")
    found = _found(scenario)
    copy = what_if.what_if(queries.board(), found.moves, found.capacity)
    page = pages.what_if_page(
        *(found, copy),
        view=board_pages.view_of(request.actor, request.GET, moments.today()),
        asked=request.GET,
        timetable=tables.current().timetable,
    )
    return render(request, "waves/board.html", {"page": page})


@require_POST
def put(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """Put one card into another wave of the copy."""
    found, form = _found(scenario), PutForm(request.POST)
    if not form.is_valid():
        raise Http404
    key, route = form.said()
    held = get_object_or_404(queries.to_place(request.actor), pk=key)
    _do(
        *(request, scenarios.put),
        scenario=found,
        qualification=held,
        route=route,
        revision=form.cleaned_data["revision"],
    )
    messages.success(request, f"{held.organisation.name} is moved in this what-if.")
    return redirect(reverse("waves:what_if", args=[found.pk]) + f"#c-{held.pk}")


@require_POST
def put_many(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """Put several cards into waves of the copy at once."""
    found, moves = _found(scenario), []
    for each in request.POST.get("puts", "").split():
        form = PutForm({"put": each})
        if not form.is_valid():
            raise Http404
        key, route = form.said()
        moves.append((get_object_or_404(queries.to_place(request.actor), pk=key).pk, route))
    revision = _number(request.POST.get("revision"))
    _do(request, scenarios.put_many, scenario=found, moves=moves, revision=revision)
    return redirect("waves:what_if", found.pk)


@require_http_methods(GET_OR_POST)
def lose_reviewers(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """Let a body have fewer reviewers in the copy."""
    return _form_of_copy(
        *(request, scenario, ReviewersForm, scenarios.lose_reviewers),
        title="Fewer reviewers",
        lead="In this what-if alone. What the waves can take stays as it is.",
    )


@require_http_methods(GET_OR_POST)
def cap(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """Let a wave of the copy take no more than so many places."""
    return _form_of_copy(
        *(request, scenario, CapForm, scenarios.cap),
        title="Cap a wave",
        lead="In this what-if alone. What the waves can take stays as it is.",
    )


@require_http_methods(GET_OR_POST)
def assist(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """Let the assistant seat everybody who has no allocated place yet."""
    return _form_of_copy(
        *(request, scenario, AssistForm, assisting.assist),
        title="Let the assistant propose",
        lead="It seats whoever has no allocated place yet and replaces the moves of this what-if."
        " You edit and confirm what it proposes.",
    )


@require_http_methods(GET_OR_POST)
def propose(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """Propose the moves to those who hold their place already."""
    return _form_of_copy(
        *(request, scenario, ReasonForm, scenarios.propose),
        title="Propose these moves",
        lead="Each organisation hears that its own move is proposed. Nothing moves: the talk comes"
        " first (QA&P 9.3.2).",
        done="Proposed. Record the talk with each of them next.",
    )


@require_http_methods(GET_OR_POST)
def apply(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """Make every move of the copy real, or none."""
    return _form_of_copy(
        *(request, scenario, ReasonForm, scenarios.apply),
        title="Apply these moves",
        lead="All of them happen at once, or none. Every organisation that moves is told.",
        done="Applied. The board below is real.",
        then="waves:board",
    )


@require_POST
def look_again(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """Say that somebody looked at what changed on the real board."""
    found = _found(scenario)
    revision = _number(request.POST.get("revision"))
    _do(request, scenarios.look_again, scenario=found, revision=revision)
    return redirect("waves:what_if", found.pk)


@require_POST
def discard(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """Put the copy away."""
    _do(request, scenarios.discard, scenario=_found(scenario))
    messages.success(request, "Discarded. Nothing of it was real.")
    return redirect("waves:board")


def _found(key: UUID) -> Scenario:
    return get_object_or_404(queries.open_scenarios(), pk=key)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _do(request: HttpRequest, service: Callable, **said: object) -> Scenario:
    return service(actor=request.actor, at=moments.now(), **said)


def _form_of_copy(
    request: HttpRequest,
    key: UUID,
    form_class: type[BaseForm],
    service: Callable,
    *,
    title: str,
    lead: str,
    done: str = "",
    then: str = "",
) -> HttpResponse:
    """Show the form of an act on a copy, or carry the act out."""
    policy.require(request.actor, "place.plan")
    found = _found(key)
    form = form_class(request.POST or None)
    act = _acting(request, service, found)
    if request.method == "POST" and taken(form, act):
        if done:
            messages.success(request, done)
        return redirect(then) if then else redirect("waves:what_if", found.pk)
    page = board_forms.copy_form_page(found, form, title=title, lead=lead)
    return form_page(request, page, form)


def _acting(request: HttpRequest, service: Callable, found: Scenario) -> Callable[[dict], object]:
    return lambda said: _do(request, service, scenario=found, **said)
