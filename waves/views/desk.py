"""Desk page: the portal's date in a demonstration."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from foundation.clock import moments
from foundation.clock.words import instant
from participants import policy
from participants.access.forms import form_page, taken
from waves.forms import TimeForm
from waves.pages import desk as pages
from waves.services.demonstration import move_portal_time


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
