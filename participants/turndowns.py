"""What a turndown looks like on a page, and the trace that a denial leaves."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.errors import Denied, Invalid, Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants import problems

STATUS = {Denied: 403, Refused: 409, Invalid: 422}


def reasons(turndown: Exception) -> list[str]:
    """Return every reason of a turndown, as sentences."""
    if isinstance(turndown, Refused):
        return list(turndown.reasons)
    if isinstance(turndown, Invalid):
        return [sentence for said in turndown.problems.values() for sentence in said]
    if isinstance(turndown, Denied):
        return [turndown.reason]
    return []


def page(request: HttpRequest, turndown: Exception) -> HttpResponse:
    """Return the page (or fragment for htmx) of a turndown."""
    if isinstance(turndown, Http404):
        return not_found_page(request, HttpResponse(status=404))
    status = STATUS[type(turndown)]
    context = {"reasons": reasons(turndown), "back": _back(request), "status": status}
    template = (
        "errors/fragment.html" if getattr(request, "htmx", False) else f"errors/{status}.html"
    )
    with acting_as(_reader(request)):
        return render(request, template, context, status=status)


def not_found_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the one page for what does not exist and for what is not yours: they look alike."""
    if response.headers.get("X-Turned-Down"):
        return response
    # Rendered without the frame of any organisation, so that nothing tells the two apart.
    answer = render(request, "errors/404.html", {"shell": None}, status=404)
    answer.headers["X-Turned-Down"] = "1"
    return answer


def as_problem(response: HttpResponse) -> HttpResponse:
    """Return the API's answer; one that failed outside its views becomes a problem as well.

    There is one answer for what does not exist and for what is not yours.
    """
    status = response.status_code
    said = response.headers.get("Content-Type") == problems.MEDIA
    if status < 400 or (said and status != 404):
        return response
    return JsonResponse(problems.problem(status), status=status, content_type=problems.MEDIA)


def record_denial(request: HttpRequest, turndown: Denied) -> None:
    """Write the denial to the audit trail, in a transaction of its own."""
    actor: Actor = _reader(request)
    with acting_as(PORTAL):
        record(
            "access.denied",
            actor=actor,
            at=moments.now(),
            organisation_id=actor.organisation_id,
            because=turndown.reason,
            path=request.path_info[:200],
            method=request.method,
        )


def _reader(request: HttpRequest) -> Actor:
    return getattr(request, "actor", None) or PORTAL


def _back(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    own = f"{request.scheme}://{request.get_host()}"
    return referer.removeprefix(own) if referer.startswith(own + "/") else "/"
