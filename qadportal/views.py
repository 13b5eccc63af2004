"""The front door, the choice of an organisation, and what stands in when something breaks."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from foundation.ui.blocks import Empty
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Quiet
from participants import queries
from participants.access.addresses import address
from participants.models import Organisation
from qadportal.shell import PLACES


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead each person to the one place where its work is, or to the choice between several."""
    if request.actor.is_staff:
        return redirect(address("reviews:queue") or address("participants:organisations"))
    found = list(queries.organisations(request.actor))
    request.session[PLACES] = len(found)
    if len(found) == 1:
        return redirect("organisation_home", found[0].slug)
    return redirect("places")


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The organisations that the reader has a place in."""
    if request.actor.is_staff:
        return redirect("home")
    page = _places(queries.organisations(request.actor))
    return render(request, "pages/list.html", {"page": page})


def _places(organisations: Iterable[Organisation]) -> ListPage:
    rows = [
        Row(
            cells=[Lines([each.name, Quiet(each.legal_name)])],
            url=address("organisation_home", each.slug),
        )
        for each in organisations
    ]
    return ListPage(
        head=Head(
            title="Which organisation?",
            lead="You have a place in each of these. Their data never mix: the address says where.",
        ),
        table=Table(
            caption="Your organisations", columns=[Column(label="Organisation")], rows=rows
        ),
        empty=Empty(
            title="You have no place in an organisation now",
            text="A master admin invites you, or gives your access back. Then it stands here.",
        ),
    )


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database for anything."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


@login_not_required
def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old: nothing was done, and how to go on."""
    said = "The page was open for long, or in another window you signed out. Load it again."
    context = {"shell": None, "reasons": [said], "back": request.path}
    return HttpResponse(render_to_string("errors/403.html", context), status=403)
