"""The evidence library, one piece of it, and the way out for every file."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.clock import moments
from participants.access.paging import chosen, menu, page_of
from submissions import finding, handing_out, queries
from submissions.enums import EvidenceKind
from submissions.presenters import library as pages
from submissions.presenters.evidence_forms import narrowed


@require_safe
def index(request: HttpRequest, organisation: str) -> HttpResponse:
    """All evidence of the organisation, newest first."""
    if not request.actor.is_participant:
        raise Http404  # the library is part of the draft; bodies read evidence in versions
    place = finding.organisation(request.actor, organisation)
    kind = chosen(request, "kind", EvidenceKind.values)
    text = request.GET.get("q", "").strip()
    rows = narrowed(queries.library(place.pk), text)
    found, pagination = page_of(rows.filter(kind=kind) if kind else rows, request)
    page = pages.library_page(
        place,
        found,
        pagination,
        filters=[menu(request, "kind", "Kind", EvidenceKind.choices)],
        text=text,
    )
    return render(request, "pages/list.html", {"page": page})


@require_safe
def detail(request: HttpRequest, organisation: str, evidence: UUID) -> HttpResponse:
    """One piece of evidence with its versions and where it is cited."""
    piece = finding.evidence(request.actor, organisation, evidence)
    parts = {one.pk: one for one in queries.parts_of(piece.organisation_id)}
    page = pages.detail_page(
        piece,
        versions=piece.versions.select_related("file").order_by("-number"),
        uses=piece.uses.order_by("added_at", "pk"),
        parts=parts,
        now=moments.now(),
    )
    return render(request, "participants/sections.html", {"page": page})


@require_safe
def download(request: HttpRequest, organisation: str, file: UUID) -> HttpResponse:
    """One file, as an attachment; what a body takes is recorded."""
    stored = finding.stored_file(request.actor, organisation, file)
    return handing_out.hand_out(stored, request.actor)
