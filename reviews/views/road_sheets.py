"""Doors of the printed road (RP13): ordered, waited for, handed out."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.documents.models import StoredFile
from foundation.documents.serving import download
from participants import policy
from participants.models import Organisation, Qualification
from reviews import tasks
from reviews.pages import road_sheets as pages
from reviews.services import road_sheets
from waves.views.finding import organisation_of, qualification_of


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Whether the road is printed and how far it is; a POST orders it as it stands."""
    found, held = _held(request, organisation, qualification)
    if request.method == "POST":
        by = {"actor": request.actor, "at": moments.now()}
        road_sheets.order(qualification=held, enqueue=tasks.enqueue_road, **by)
        return redirect(pages.sheet_url(found, held))
    job = road_sheets.job_of(held)
    progress = pages.printing(found, held, job)
    if not request.htmx:
        context = {"page": pages.sheet_page(found, held, job), "job": progress}
        return render(request, "reviews/pack.html", context)
    if progress is None:  # it has ended: the page is fetched anew
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "reviews/_progress.html", {"job": progress})


@require_safe
def file(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """The printed road as a file; while there is none, nothing is found."""
    _, held = _held(request, organisation, qualification)
    job = road_sheets.job_of(held)
    if job is None or job.result_file_id is None:
        raise Http404
    stored = StoredFile.objects.get(pk=job.result_file_id)
    record("road.opened", subject=held, actor=request.actor, at=moments.now())
    return download(stored)


def _held(request: HttpRequest, slug: str, key: UUID) -> tuple[Organisation, Qualification]:
    """Return the organisation and the qualification of the address, to whoever may read them."""
    found = organisation_of(request, slug)
    held = qualification_of(request, found, key)
    policy.require(request.actor, "organisation.read", held)
    return found, held
