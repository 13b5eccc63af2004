"""Desk pages: the timetable, and the portal's date in a demonstration."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from foundation.clock.words import instant
from participants import policy
from participants.access.forms import form_page, taken
from waves import tables
from waves.forms import TimeForm
from waves.models import Timetable
from waves.pages import desk as pages
from waves.services.demonstration import move_portal_time

MEDIA = {"csv": "text/csv; charset=utf-8", "toml": "application/toml; charset=utf-8"}


@require_safe
def timetable(request: HttpRequest) -> HttpResponse:
    """The timetable in force, whole."""
    policy.require(request.actor, "timetable.read")
    published = tables.current()
    versions = list(Timetable.objects.order_by("-published_at", "-pk").defer("csv", "header"))
    row = next(each for each in versions if each.pk == published.id)
    page = pages.timetable_page(row, published.timetable, versions)
    return render(request, "participants/sections.html", {"page": page})


@require_safe
def timetable_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The timetable in force as the file that it was imported from."""
    policy.require(request.actor, "timetable.read")
    if kind not in MEDIA:
        raise Http404
    row = Timetable.objects.get(pk=tables.current().id)
    text = row.csv if kind == "csv" else row.header
    response = HttpResponse(text, content_type=MEDIA[kind])
    name = f"timetable_{row.version}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def time(request: HttpRequest) -> HttpResponse:
    """The portal's date, which an administrator of a demonstration may move."""
    if not settings.DEMO:
        raise Http404
    policy.require(request.actor, "portal.time")
    now = moments.now().astimezone(moments.LONDON)
    form = TimeForm(request.POST or None, initial={"day": now.date(), "hour": now.time()})
    if request.method == "POST" and taken(form, lambda _: _move(request, form)):
        messages.success(request, f"It is {instant(form.moment())} now.")
        return redirect("waves:time")
    return form_page(request, pages.time_page(form, now), form)


def _move(request: HttpRequest, form: TimeForm) -> None:
    move_portal_time(moment=form.moment(), actor=request.actor, at=moments.now())
