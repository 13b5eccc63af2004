"""The task list of a QAD, for its owner and for the bodies."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from foundation.clock import moments
from foundation.ui.blocks import Fact, Note
from participants import grants
from participants.enums import Entrant, OrganisationKind
from participants.models import Organisation, Qualification
from submissions import finding, opinions, queries
from submissions import sheet as sheets
from submissions.frozen import content_by_part, initial_sections
from submissions.openings import opened_qad
from submissions.presenters import staff
from submissions.presenters import task_list as pages
from submissions.presenters.addresses import qad as qad_address
from submissions.services import opening
from submissions.sheet import Sheet
from submissions.views import openings


@require_safe
def index(request: HttpRequest, organisation: str) -> HttpResponse:
    """The QAD: its owner's task list, or what a body may know of it."""
    place = finding.organisation(request.actor, organisation)
    if request.actor.is_staff:
        return _overview(request, place)
    return _task_list(request, place, None)


@require_safe
def of_qualification(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """The task list of one qualification (the trio together)."""
    place = finding.organisation(request.actor, organisation)
    if request.actor.is_staff:
        finding.qualification(request.actor, place, qualification)
        return _overview(request, place)
    return _task_list(request, place, qualification)


def _task_list(request: HttpRequest, place: Organisation, key: UUID | None) -> HttpResponse:
    if reason := _no_qad(place):
        return _nothing(request, place, *reason)
    held, parts, opened = opened_qad(place, request.actor)
    owing = openings.owed(held)
    chosen = _named(held, key, request.GET.get("role", ""))
    chosen = chosen or openings.where_left(request, held, owing)
    if chosen is None:
        reason = "A code body opens a qualification for you first."
        return _nothing(request, place, "No QAD yet", reason)
    openings.remember(request, chosen)
    group = finding.together(held, chosen)
    keys = {None, *(each.pk for each in group)}
    sheet = sheets.of(place, held, [one for one in parts if one.qualification_id in keys])
    due = openings.submit_by(place, group, owing)
    return _shown(request, sheet, group, due, opened)


def _shown(
    request: HttpRequest,
    sheet: Sheet,
    group: list[Qualification],
    due: Fact | None,
    opened: list[Qualification],
) -> HttpResponse:
    frozen = initial_sections(own.part.pk for own in sheet.parts.values())
    shown = pages.task_list(
        sheet,
        group,
        content_by_part(frozen),
        show=request.GET.get("show", ""),
        due=due,
        reach=grants.writable_sections(request.actor),
        actor=request.actor,
        opinions=opinions.of_parts(own.part.pk for own in sheet.parts.values()),
        notes=_opened_notes(opened),
    )
    return render(request, "submissions/task_list.html", {"page": shown.page, "list": shown})


def _no_qad(place: Organisation) -> tuple[str, str] | None:
    if place.kind == OrganisationKind.THIRD_PARTY:
        return "No QAD", "A third party has no QAD of its own; its clients have (QA&P 6.14)."
    if place.entrant == Entrant.NEW_MHHS_ONLY:
        return "Answered on paper", (
            "A new entrant for MHHS alone answers on paper. The portal keeps track of where the"
            " application stands (QA&P 9.1.2, 9.3.2)."
        )
    return None


def _nothing(request: HttpRequest, place: Organisation, title: str, text: str) -> HttpResponse:
    page = pages.nothing_here(place, title, text)
    return render(request, "pages/list.html", {"page": page})


def _named(held: list[Qualification], key: UUID | None, role: str) -> Qualification | None:
    """Return the qualification that an address names, if it names one."""
    if key is not None:
        found = next((each for each in held if each.pk == key), None)
        if found is None:
            raise Http404
        return found
    return next((each for each in held if each.role == role), None)


def _opened_notes(opened: list[Qualification]) -> list[Note]:
    if not opened:
        return []
    return [
        Note(
            lead=f"Your QAD for {pages.roles_in_words(opened)} is now the Final.",
            text="The Initial stays as it was read. What you change now belongs to the Final.",
        )
    ]


def _overview(request: HttpRequest, place: Organisation) -> HttpResponse:
    parts = finding.parts(request.actor, place)
    keys = [one.pk for one in parts]
    page = staff.overview(
        place,
        parts,
        progress=queries.progress(keys),
        newest=queries.latest_versions(keys),
        actor=request.actor,
    )
    return render(request, "participants/sections.html", {"page": page})


@require_POST
def open_final(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Open the Final QAD as a code body (R85)."""
    place = finding.organisation(request.actor, organisation)
    held = finding.qualification(request.actor, place, qualification)
    opening.open_final(qualification=held, actor=request.actor, at=moments.now())
    messages.success(request, f"The Final QAD for {held.get_role_display()} is open.")
    return redirect(qad_address(place.slug))
