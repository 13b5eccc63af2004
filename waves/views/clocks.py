"""Review clocks of the bodies: lists, load, one clock and its acts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from participants.access.paging import Counted, page_of
from participants.enums import REVIEWING_BODIES
from waves.deadlines import london_date
from waves.forms.clocks import ExtendForm, PauseForm
from waves.models import Obligation
from waves.pages import clocks as pages
from waves.queries import clocks as reading
from waves.services import holding


@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    """The clocks of the bodies, by how pressing they are."""
    policy.require(request.actor, "clock.read")
    now, rows = moments.now(), reading.clocks_of_bodies(request.actor)
    view = request.GET.get("view") if request.GET.get("view") in pages.VIEWS else "overdue"
    counts = reading.counts(rows, now)
    found = reading.narrowed(rows, view, now)
    shown, others = page_of(Counted(lambda a, b: list(found[a:b]), counts[view]), request)
    page = pages.list_page(
        shown, view=view, counts=counts, pagination=others, today=london_date(now)
    )
    return render(request, "pages/list.html", {"page": page})


@require_safe
def load(request: HttpRequest) -> HttpResponse:
    """How many clocks of each body end in each coming week."""
    policy.require(request.actor, "clock.read")
    today = london_date(moments.now())
    loads = reading.load_by_week(request.actor, REVIEWING_BODIES, today)
    page = pages.load_page(loads, today=today)
    return render(request, "participants/sections.html", {"page": page})


@require_safe
def clock(request: HttpRequest, obligation: UUID) -> HttpResponse:
    """One clock with both of its readings."""
    row = _found(request, obligation)
    page = pages.clock_page(row, actor=request.actor, today=london_date(moments.now()))
    return render(request, "participants/sections.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, obligation: UUID) -> HttpResponse:
    """Hold a clock while its body waits."""
    row = _found(request, obligation)
    policy.require(request.actor, "clock.pause", row.qualification)
    form = PauseForm(request.POST or None)
    if request.method == "POST" and taken(
        form, lambda data: _act(request, holding.pause, row, data)
    ):
        messages.success(request, "The clock is paused. The organisation was told.")
        return redirect("waves:clock", row.pk)
    return form_page(request, pages.pause_page(row, form), form)


@require_POST
def resume(request: HttpRequest, obligation: UUID) -> HttpResponse:
    """Let a held clock run on."""
    row = _found(request, obligation)
    _act(request, holding.resume, row, {})
    messages.success(request, "The clock runs again.")
    return redirect("waves:clock", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, obligation: UUID) -> HttpResponse:
    """Grant a clock more days."""
    row = _found(request, obligation)
    policy.require(request.actor, "clock.extend", row.qualification)
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and taken(
        form, lambda data: _act(request, holding.extend, row, data)
    ):
        messages.success(request, "The clock is extended. The organisation was told.")
        return redirect("waves:clock", row.pk)
    return form_page(request, pages.extend_page(row, form), form)


def _found(request: HttpRequest, key: UUID) -> Obligation:
    policy.require(request.actor, "clock.read")
    return get_object_or_404(reading.clocks_of_bodies(request.actor), pk=key)


def _act(request: HttpRequest, service, row: Obligation, data: dict) -> Obligation:
    return service(obligation=row, actor=request.actor, at=moments.now(), **data)
