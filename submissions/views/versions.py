"""What was submitted: the versions of parts, frozen and hashed, for owners and bodies alike."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from submissions import finding, queries
from submissions.enums import Stage
from submissions.models import Part
from submissions.presenters import versions as pages


@require_safe
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """The versions of every part that the reader may know of."""
    place = finding.organisation(request.actor, organisation)
    parts = finding.parts(request.actor, place)
    page = pages.all_versions(place, parts, finding.versions_of(parts))
    return render(request, "participants/sections.html", {"page": page})


@require_safe
def index(request: HttpRequest, organisation: str, part: UUID) -> HttpResponse:
    """The versions of one part."""
    held = finding.part(request.actor, organisation, part)
    page = pages.all_versions(held.organisation, [held], finding.versions_of([held]))
    return render(request, "participants/sections.html", {"page": page})


@require_safe
def one(request: HttpRequest, organisation: str, part: UUID, number: int) -> HttpResponse:
    """One version as it was submitted, with its hash; or what differs from one before it."""
    held = finding.part(request.actor, organisation, part)
    rows = queries.versions(held).filter(number__in=[number, _before(request, number)])
    found = {row.number: row for row in rows}
    if number not in found:
        raise Http404
    version, base = found.pop(number), next(iter(found.values()), None)
    content = queries.all_frozen(filter(None, (version, base)))
    page = pages.version_page(held, version, content[version.pk])
    if base is not None:
        pair = (version, content[version.pk])
        page = pages.compared_page(page, held, (base, content[base.pk]), pair)
    return render(request, "submissions/answers.html", {"page": page})


def _before(request: HttpRequest, number: int) -> int:
    """Return the version that the reader compares with; the version itself for none."""
    asked = request.GET.get("against", "")
    chosen = int(asked) if asked.isdecimal() and len(asked) < 6 else number
    return min(chosen, number)


@require_safe
def initial(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """The Initial QAD of a qualification, as last submitted."""
    place = finding.organisation(request.actor, organisation)
    held = finding.qualification(request.actor, place, qualification)
    part = get_object_or_404(Part, qualification=held)
    last = queries.latest_of_stage([part.pk], Stage.INITIAL).get(part.pk)
    if last is None:
        raise Http404
    return redirect("submissions:version", place.slug, part.pk, last.number)
