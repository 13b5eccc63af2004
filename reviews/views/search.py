"""Search over all that the reader may read, or over one organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from foundation import searching
from participants import policy
from participants import queries as people
from participants.models import Organisation
from reviews.assembly.search import find
from reviews.pages.search import search_page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Search everything that a body reads."""
    policy.require(request.actor, "organisation.read")
    return _answer(request, None)


@require_safe
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """Search what belongs to one organisation."""
    found = get_object_or_404(people.organisations(request.actor), slug=organisation)
    policy.require(request.actor, "organisation.read", found)
    return _answer(request, found)


def _answer(request: HttpRequest, place: Organisation | None) -> HttpResponse:
    found = find(request.actor, searching.asked(request.GET.get("q", "")), place)
    view, is_staff = request.GET.get("view", ""), request.actor.is_staff
    page = search_page(found, is_staff=is_staff, view=view, place=place)
    return render(request, "pages/list.html", {"page": page})
