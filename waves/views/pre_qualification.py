"""The Pre-Qualification Submission in the browser: read, written, handed in, judged."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from foundation.errors import Invalid, Refused
from foundation.ui.parts import Link
from participants import policy
from participants import queries as people
from participants.access.forms import complain, form_page, taken
from participants.enums import Entrant
from participants.models import Organisation
from waves import pre_qualification as rules
from waves import queries as reading
from waves.forms.joining import PaperForm, ReturnForm, SubmissionForm
from waves.models import PreQualification
from waves.pages import joining as desk_pages
from waves.pages import pre_qualification as pages
from waves.pages import pre_qualification_writing as writing
from waves.queries import joining as queries
from waves.queries.joining import Written
from waves.services import pre_qualification as desk
from waves.services import pre_qualifying
from waves.views.finding import organisation_of

FORM = "waves/pre_qualification_form.html"
CHECK = "waves/pre_qualification_check.html"


@require_safe
def show(request: HttpRequest, organisation: str) -> HttpResponse:
    """What the submission says, its versions, and what was decided."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "organisation.read", found)
    told = queries.written(found)
    existing = found.entrant == Entrant.EXISTING
    is_late = bool(told.submission) and reading.is_late_submission(
        told.submission, existing=existing
    )
    codes = list(people.mpids(found.pk).values_list("code", flat=True)) if told.submission else []
    page = pages.submission_page(told, is_late=is_late, codes=codes, actor=request.actor)
    return render(request, "participants/sections.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, organisation: str) -> HttpResponse:
    """The form; a POST saves it, by hand or by itself."""
    told = _to_write(request, organisation)
    form = SubmissionForm(request.POST or None, **_asked(told))
    if request.method == "POST":
        return _save(request, told, form)
    return _shown(request, told, form)


@require_POST
def merge(request: HttpRequest, organisation: str) -> HttpResponse:
    """Bring two saves together by the choices of whoever came second."""
    told = _to_write(request, organisation)
    mine, base = (_carried(request.POST.get(name, "")) for name in ("mine", "base"))
    revision = _number(request.POST.get("revision"))
    met = _meetings(told, base, mine)
    choices = {
        each.field: request.POST[f"c-{each.field}"]
        for each in met
        if request.POST.get(f"c-{each.field}") in (rules.YOURS, rules.THEIRS)
    }
    result = rules.merged(met, choices)
    if result is None or told.submission.revision != revision:
        return _conflict(request, told, base, mine, choices)
    _kept(request, told, rules.taken(result), revision)
    messages.success(request, "Saved.")
    return redirect("waves:write_pre_qualification", told.organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, organisation: str) -> HttpResponse:
    """Check what is missing, and hand it in."""
    told = _to_write(request, organisation)
    if told.submission is None:
        return redirect("waves:write_pre_qualification", told.organisation.slug)
    if request.method == "POST":
        return _submit(request, told)
    existing = told.organisation.entrant == Entrant.EXISTING
    missing = rules.objections(rules.content_of(told.submission), is_existing=existing)
    return _checked(request, told, missing)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, organisation: str) -> HttpResponse:
    """Enter a submission that came on paper, or a later change of its plan."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "pre_qualification.accept", found)
    told = queries.written(found)
    received = told.submission.received_on if told.submission else None
    form = PaperForm(request.POST or None, initial={"received_on": received}, **_asked(told))
    if request.method == "POST" and taken(form, lambda data: _record(request, found, form)):
        messages.success(request, "Saved.")
        return redirect("waves:pre_qualification", found.slug)
    return form_page(request, desk_pages.change_page(found, form), form)


@require_POST
def accept(request: HttpRequest, organisation: str) -> HttpResponse:
    """Accept a received submission."""
    found = organisation_of(request, organisation)
    held = get_object_or_404(PreQualification, organisation=found)
    desk.accept(pre_qualification=held, actor=request.actor, at=moments.now())
    messages.success(request, "Accepted. You can invite the first master admin now.")
    has_admin = people.active_admins(found.pk)
    return redirect("waves:pre_qualification" if has_admin else "waves:first_admin", found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, organisation: str) -> HttpResponse:
    """Return a received submission with the reason."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "pre_qualification.accept", found)
    held = get_object_or_404(PreQualification, organisation=found)
    form = ReturnForm(request.POST or None)
    said = {"pre_qualification": held, "actor": request.actor, "at": moments.now()}
    if request.method == "POST" and taken(form, lambda data: desk.give_back(**said, **data)):
        messages.success(request, "Returned. The organisation is told why.")
        return redirect("waves:pre_qualification", found.slug)
    return form_page(request, pages.return_page(found, form), form)


# --- parts


def _to_write(request: HttpRequest, organisation: str) -> Written:
    found = organisation_of(request, organisation)
    policy.require(request.actor, "pre_qualification.write", found)
    told = queries.written(found)
    if not told.makes_one:
        raise Refused(
            "Only organisations of the waves make a Pre-Qualification Submission (QA&P 4.2)."
        )
    return told


def _asked(told: Written) -> dict[str, Any]:
    held = told.submission
    return {
        "content": {name: getattr(held, name) for name in rules.FIELDS} if held else {},
        "roles": told.roles,
        "asks_legacy": told.organisation.entrant == Entrant.EXISTING,
    }


def _shown(request: HttpRequest, told: Written, form: SubmissionForm, status: int = 200):
    revision = told.submission.revision if told.submission else 0
    seen = ""
    if request.method == "POST":
        revision = _number(request.POST.get("revision"))
        seen = request.POST.get("seen", "")
    page = writing.writing_page(told, form, revision=revision, seen=seen)
    return render(request, FORM, {"page": page}, status=status)


def _save(request: HttpRequest, told: Written, form: SubmissionForm) -> HttpResponse:
    by_itself = request.headers.get("X-Autosave") == "1"
    if not form.is_valid() and not by_itself:
        return _shown(request, told, form, status=422)
    try:
        kept = _kept(request, told, form.said(), _number(request.POST.get("revision")))
    except Refused as refusal:
        if not refusal.detail:
            raise
        mine = {name: rules.plain(value) for name, value in form.said().items()}
        base = _carried(request.POST.get("seen", ""))
        return _conflict(request, queries.written(told.organisation), base, mine, {})
    except Invalid as problem:
        complain(form, problem)
        kept = told.submission
    if by_itself:
        return _told(form, kept)
    if form.errors:
        return _shown(request, told, form, status=422)
    return _after(request, told.organisation)


def _told(form: SubmissionForm, kept: PreQualification | None) -> JsonResponse:
    at = moments.now().astimezone(moments.LONDON)
    told = {"revision": kept.revision if kept else 0, "saved_at": f"{at:%H:%M}"}
    if not form.errors:
        return JsonResponse(told)
    errors = {
        name: f"{form.fields[name].label}: {' '.join(said)}"
        for name, said in form.errors.items()
        if name in form.fields
    }
    return JsonResponse({**told, "errors": errors}, status=422)


def _after(request: HttpRequest, found: Organisation) -> HttpResponse:
    if request.POST.get("then") == "check":
        return redirect("waves:submit_pre_qualification", found.slug)
    messages.success(request, "Saved.")
    return redirect("waves:write_pre_qualification", found.slug)


def _kept(request: HttpRequest, told: Written, said: dict, revision: int) -> PreQualification:
    return pre_qualifying.save(
        organisation=told.organisation,
        said=said,
        revision=revision,
        actor=request.actor,
        at=moments.now(),
    )


def _conflict(
    request: HttpRequest, told: Written, base: dict, mine: dict, choices: dict[str, str]
) -> HttpResponse:
    revision = told.submission.revision
    hidden = {"mine": json.dumps(mine), "base": json.dumps(base), "revision": str(revision)}
    met = _meetings(told, base, mine)
    found = writing.merge_of(told.organisation, met, choices, hidden=hidden, revision=revision)
    by_itself = request.headers.get("X-Autosave") == "1"
    crumbs = [Link(pages.TITLE, found.actions[-1].url), Link("Two texts")]
    part = "_part" if by_itself else ""
    template = f"waves/pre_qualification_merge{part}.html"
    return render(request, template, {"merge": found, "crumbs": crumbs}, status=409)


def _meetings(told: Written, base: dict, mine: dict) -> tuple[rules.Meeting, ...]:
    theirs = rules.content_of(told.submission)
    return rules.meetings({**theirs, **base}, theirs, {**theirs, **mine})


def _carried(text: str) -> dict[str, Any]:
    try:
        data = rules.taken(json.loads(text or "{}"))
    except json.JSONDecodeError:
        raise Invalid("The words that you were saving did not come along. Go back.") from None
    return {name: rules.plain(value) for name, value in data.items()}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _submit(request: HttpRequest, told: Written) -> HttpResponse:
    try:
        version = pre_qualifying.submit(
            organisation=told.organisation,
            revision=_number(request.POST.get("revision")),
            actor=request.actor,
            at=moments.now(),
        )
    except Invalid as problem:
        missing = {name: " ".join(said) for name, said in problem.problems.items()}
        return _checked(request, told, missing, status=422)
    messages.success(request, f"Handed in as version {version.number}.")
    return redirect("waves:pre_qualification", told.organisation.slug)


def _checked(request: HttpRequest, told: Written, missing: dict, status: int = 200):
    asks = told.organisation.entrant == Entrant.EXISTING
    page = writing.check_page(told, missing, asks_legacy=asks)
    return render(request, CHECK, {"page": page}, status=status)


def _record(request: HttpRequest, found: Organisation, form: PaperForm) -> PreQualification:
    received = form.cleaned_data.get("received_on")
    return desk.record(
        organisation=found,
        received_on=received,
        actor=request.actor,
        at=moments.now(),
        **form.said(),
    )
