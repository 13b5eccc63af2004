"""Doors of the printed sheet of a signature (RP3): ordered, waited for, handed out."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants.models import Qualification
from reviews import tasks
from reviews.assembly.coverage import lost_of
from reviews.enums import SignOffState
from reviews.models import SignOff
from reviews.pages import sheets as pages
from reviews.printing import confirmation_file
from reviews.queries import signing as queries
from reviews.services import sheets
from reviews.views.signing import held_at


@require_safe
def confirmation(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """The Applicant's Confirmation as a file; while it is not printed, the page of its printing."""
    found, held = held_at(request, organisation, qualification)
    signed = _chosen(request, held)
    file = confirmation_file(signed, sheets.job_of(signed), request.actor)
    return file or redirect(pages.sheet_url(found, signed))


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Whether a sheet is printed and how far it is; a POST orders it."""
    found, held = held_at(request, organisation, qualification)
    signed = _chosen(request, held)
    if request.method == "POST":
        by = {"actor": request.actor, "at": moments.now()}
        sheets.order(signed=signed, enqueue=tasks.enqueue_sheet, **by)
        return redirect(pages.sheet_url(found, signed))
    job = sheets.job_of(signed)
    progress = pages.printing(found, signed, job)
    if not request.htmx:
        void = signed.status == SignOffState.VOID
        page = pages.sheet_page(found, held, signed, job, lost_of(held, signed) if void else None)
        context = {"page": page, "job": progress}
        return render(request, "reviews/pack.html", context)
    if progress is None:  # it has ended: the page is fetched anew
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "reviews/_progress.html", {"job": progress})


def _chosen(request: HttpRequest, held: Qualification) -> SignOff:
    """Return the signature that is asked for, or the last one."""
    rows, chosen = queries.signatures(held), request.GET.get("signature")
    found = get_object_or_404(rows, pk=chosen) if _is_key(chosen) else rows.first()
    if found is None:
        raise Http404
    return found


def _is_key(text: str | None) -> bool:
    try:
        return bool(UUID(text or ""))
    except ValueError:
        return False
