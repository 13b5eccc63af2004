"""Testing across organisations, for test managers and the bodies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.clock import moments
from participants import policy
from waves.pages import testing_desk as pages
from waves.queries import testing as queries


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everybody's testing, whoever is at risk first."""
    policy.require(request.actor, "reports.read")
    page = pages.desk_page(list(queries.desk(request.actor)), moments.today())
    return render(request, "pages/list.html", {"page": page})
