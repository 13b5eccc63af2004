"""Checking all answers, and submitting: the Initial, its changes, the Final, what was reopened."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from foundation.clock import moments
from foundation.clock.words import instant
from foundation.errors import Refused
from participants.models import Organisation, Qualification
from submissions import finding
from submissions.frozen import content_by_part, initial_sections
from submissions.models import Version
from submissions.presenters import addresses, checking, submit_panel
from submissions.services import submitting
from submissions.sheet import Sheet

SERVICES: Mapping[str, Callable] = MappingProxyType(
    {
        "initial": submitting.submit_initial,
        "changes": submitting.submit_changes,
        "final": submitting.submit_final,
        "reopened": submitting.resubmit_final,
    }
)
ASKED: Mapping[str, tuple[str, ...]] = MappingProxyType({"reopened": ("unchanged_because",)})


@require_safe
def check(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """All answers of what is submitted together, on one page."""
    sheet, group = _read(request, organisation, qualification)
    frozen = initial_sections(own.part.pk for own in sheet.parts.values())
    page = checking.check_page(sheet, group, content_by_part(frozen), request.actor)
    return render(request, "submissions/answers.html", {"page": page})


def _read(request: HttpRequest, slug: str, key: UUID) -> tuple[Sheet, list[Qualification]]:
    if not request.actor.is_participant:
        raise Http404
    place = finding.organisation(request.actor, slug)
    held = finding.held_by(place)
    chosen = next((each for each in held if each.pk == key), None)
    if chosen is None:
        raise Http404
    group = finding.together(held, chosen)
    sheet = finding.group_sheet(place, held, group)
    if None not in sheet.parts or chosen.pk not in sheet.parts:
        raise Http404
    return sheet, group


@require_POST
def submit(request: HttpRequest, organisation: str, qualification: UUID, verb: str) -> HttpResponse:
    """Submit; a second click finds it done and is told so."""
    sheet, group = _read(request, organisation, qualification)
    way = submit_panel.WAYS[verb]
    if changed := checking.changed_meanwhile(sheet, request.POST.get("seen", "{}")):
        raise Refused(changed)
    try:
        said = {name: request.POST.get(name, "") for name in ASKED.get(verb, ())}
        done = SERVICES[verb](qualification=group[0], actor=request.actor, at=moments.now(), **said)
    except Refused:
        if not _is_done(verb, sheet.organisation, qualification):
            raise
        messages.info(request, checking.already(group, way))
        return redirect(addresses.qad(organisation, qualification))
    _say(request, group, way, done)
    return redirect(addresses.qad(organisation, qualification))


def _is_done(verb: str, place: Organisation, key: UUID) -> bool:
    """Return whether another request has just done the same."""
    now = next(each for each in finding.held_by(place) if each.pk == key)
    submitted = {"initial": now.initial_submitted_at, "final": now.final_submitted_at}
    way = submit_panel.way_now([now])
    if verb == "reopened":
        return way is None and bool(now.final_submitted_at)
    still_open = way is not None and way.verb == verb
    return bool(submitted.get(verb)) and not still_open


def _say(
    request: HttpRequest,
    group: list[Qualification],
    way: submit_panel.HandIn,
    done: list[Qualification] | Version,
) -> None:
    at = moments.now()
    if isinstance(done, Version) and done.submitted_at != at:
        messages.info(request, checking.already(group, way))
        return
    messages.success(request, checking.receipt(group, way, instant(at)))
