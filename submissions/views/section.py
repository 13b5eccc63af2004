"""The page of one section, and submitting it by itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from foundation.clock import moments
from participants import policy
from submissions import finding
from submissions.frozen import initial_sections
from submissions.presenters import addresses
from submissions.presenters import section as pages
from submissions.presenters.rail import rail
from submissions.services import submitting
from submissions.views import desks, openings


@require_safe
def section(request: HttpRequest, organisation: str, part: UUID, section: str) -> HttpResponse:
    """The questions of a section, and how far each is."""
    held = finding.own_part(request.actor, organisation, part)
    if openings.opened_now(request, held):
        return redirect(request.path)
    own = desks.section_sheet(request, held, section)
    frozen = next(iter(initial_sections([held.pk], section)), None)
    said = desks.opinions_on(held)
    states = desks.section_states(own, section, frozen, said)
    request.rail = rail(held, section, states, organisation)
    page = pages.section_page(own, section, states, organisation, moments.now())
    may_write = policy.may(request.actor, "answer.write", held) and finding.may_write(
        request.actor, held, section
    )
    panel = pages.submit_panel(
        own, section, states, slug=organisation, actor=request.actor, may_write=may_write
    )
    return render(request, "submissions/section.html", {"page": page, "panel": panel})


@require_POST
def submit(request: HttpRequest, organisation: str, part: UUID, section: str) -> HttpResponse:
    """Submit one section of the Initial QAD, blanks and all (R80)."""
    held = finding.own_part(request.actor, organisation, part)
    finding.require_writing(request.actor, held, section)
    at = moments.now()
    version = submitting.submit_section(part=held, section=section, actor=request.actor, at=at)
    if version.submitted_at == at:
        said = f"Section {section} was submitted. Version {version.number} is what reviewers read."
    else:
        said = f"Section {section} is submitted already: nothing changed since then."
    messages.success(request, said)
    return redirect(addresses.section(organisation, held, section))
