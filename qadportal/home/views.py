"""The door of the home page."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from participants import policy, queries
from participants.signing_in import LAST_HERE
from qadportal.home.page import for_signer, page
from qadportal.home.reading import read

WRITERS = {"AUTHOR", "MASTER_ADMIN"}


@require_safe
def organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """What do I do next, by when, who waits for whom."""
    if request.actor.is_staff:
        found = get_object_or_404(queries.organisations(request.actor), slug=organisation)
        return redirect("participants:organisation", found.slug)
    policy.require(request.actor, "organisation.read")
    writes = WRITERS & request.actor.duties
    home = read(request.actor, organisation, _last_here(request) if writes else None)
    drawn = page(home) if writes else for_signer(home)
    return render(request, "pages/home_participant.html", {"page": drawn})


def _last_here(request: HttpRequest) -> datetime | None:
    kept = request.session.get(LAST_HERE)
    return datetime.fromisoformat(kept) if kept else None
