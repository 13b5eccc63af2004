"""The timetable: versions, drafts, what a draft would move, publishing it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from participants.access.paging import menu, page_of
from participants.roles import roles_in_reach
from waves import models, tables
from waves.forms.timetable import (
    CellForm,
    DescribeForm,
    DraftForm,
    PublishForm,
    UploadForm,
    cell_initial,
)
from waves.models import TimetableDraft
from waves.pages import timetable as pages
from waves.pages import timetable_draft as draft_pages
from waves.queries import timetable as queries
from waves.services import drafting
from waves.services import timetable as publishing
from waves.timetable import Kind
from waves.timetable_changes import changes
from waves.timetable_doubts import new_doubts
from waves.views.finding import held_by, organisation_of

SECTIONS = "participants/sections.html"
GET_OR_POST = ["GET", "HEAD", "POST"]
MEDIA = {"csv": "text/csv; charset=utf-8", "toml": "application/toml; charset=utf-8"}


@require_safe
def timetable(request: HttpRequest) -> HttpResponse:
    """The timetable in force, whole."""
    return _version(request, tables.current().timetable.version)


@require_safe
def version(request: HttpRequest, release: str) -> HttpResponse:
    """A published version, with what it changed of the one before."""
    return _version(request, release)


@require_safe
def own(request: HttpRequest, organisation: str) -> HttpResponse:
    """To an organisation: the version in force, and what new versions moved for it."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "organisation.read", found)
    versions, routes = queries.versions(), {each.route for each in held_by(request, found)}
    now = tables.of(versions[0].pk).timetable
    page = pages.own_page(found, now, versions, queries.own_moves(found.pk), routes)
    return render(request, SECTIONS, {"page": page})


@require_safe
def timetable_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The timetable in force as the file that it was imported from."""
    return version_file(request, tables.current().timetable.version, kind)


@require_safe
def version_file(request: HttpRequest, release: str, kind: str) -> HttpResponse:
    """A published version as its file."""
    policy.require(request.actor, "timetable.read")
    row = get_object_or_404(models.Timetable, version=release)
    return _file(row.csv, row.header, f"timetable_{row.version}", kind)


@require_safe
def draft_file(request: HttpRequest, draft: UUID, kind: str) -> HttpResponse:
    """A draft as a file: the same columns, to be changed and uploaded again."""
    row = _found(request, draft)
    return _file(row.csv, row.header, f"timetable_{row.version}_draft", kind)


@require_http_methods(GET_OR_POST)
def new_draft(request: HttpRequest) -> HttpResponse:
    """Make a draft from the version in force."""
    policy.require(request.actor, "timetable.draft")
    form = DraftForm(request.POST or None)
    if request.method == "POST" and taken(
        form, lambda said: _do(request, drafting.make_draft, **said)
    ):
        return redirect("waves:draft", form.result.pk)
    page = draft_pages.plain_form_page(
        form,
        title="New draft",
        lead="A copy of the version in force. Change single cells, or upload a whole table.",
        submit="Make the draft",
    )
    return form_page(request, page, form)


@require_safe
def draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """A draft: what changes, what looks odd, the whole table."""
    row = _found(request, draft)
    base, read = tables.of(row.based_on_id).timetable, drafting.timetable_of(row)
    page = draft_pages.draft_page(
        *(row, read, changes(base, read), new_doubts(base, read)),
        live=queries.live_by_route(),
        in_force=tables.current().timetable.version,
        may_write=policy.may(request.actor, "timetable.draft"),
        may_publish=policy.may(request.actor, "timetable.publish"),
    )
    return render(request, SECTIONS, {"page": page})


@require_safe
def impact(request: HttpRequest, draft: UUID) -> HttpResponse:
    """What a draft would move, before anything moves."""
    row, now = _found(request, draft), moments.now()
    found = queries.impact_of(drafting.timetable_of(row), now)
    view = request.GET.get("view", "all")
    view = view if view in draft_pages.IMPACT_VIEWS else "all"
    within = found.within(roles_in_reach(request.actor))
    chosen = within.of(view)
    if slug := request.GET.get("organisation"):
        chosen = [each for each in chosen if each.party.slug == slug]
    shown, others = page_of(chosen, request)
    names = sorted({(each.party.slug, each.party.organisation) for each in within.moves})
    page = draft_pages.impact_page(
        *(row, found, within, shown),
        view=view,
        filters=[menu(request, "organisation", "Organisation", names)] if names else [],
        pagination=others,
        at=now,
        may_publish=policy.may(request.actor, "timetable.publish"),
    )
    return render(request, "pages/list.html", {"page": page})


@require_http_methods(GET_OR_POST)
def cell(request: HttpRequest, draft: UUID, activity: str, route: str) -> HttpResponse:
    """One cell of a draft, to be changed."""
    row = _found(request, draft)
    read, base = drafting.timetable_of(row), tables.of(row.based_on_id).timetable
    place = (activity, route)
    if place not in read.cells and place not in read.beyond:
        raise Http404
    now = read.cell(*place)
    kind = _kind(request.GET.get("kind"), now.kind)
    form = CellForm(
        *((request.POST,) if request.method == "POST" else ()),
        kind=kind,
        timetable=read,
        route=route,
        initial=cell_initial(now, row.revision),
    )
    if request.method == "POST" and taken(form, lambda said: _write(request, row, place, form)):
        messages.success(request, f"Changed in the draft: {now.label}.")
        return redirect("waves:draft", row.pk)
    page = draft_pages.cell_page(row, now, base.cell(*place), form, kind, read.routes[route])
    return form_page(request, page, form)


@require_POST
def put_back(request: HttpRequest, draft: UUID, activity: str, route: str) -> HttpResponse:
    """Give a cell back the value of the version that the draft was made from."""
    row = _found(request, draft)
    said = {"key": activity, "route": route, "revision": _number(request)}
    _do(request, drafting.put_back, draft=row, **said)
    return redirect("waves:draft", row.pk)


@require_http_methods(GET_OR_POST)
def upload(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Take a whole table into a draft."""
    row = _found(request, draft)
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"revision": row.revision}
    )
    return _form(
        *(request, row, form, drafting.upload),
        title="Upload a table",
        lead="It replaces every cell of this draft. The name of the version stays.",
        submit="Upload",
    )


@require_http_methods(GET_OR_POST)
def describe(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The names of a draft, its reason and authority."""
    row = _found(request, draft)
    initial = {name: getattr(row, name) for name in ("title", "version", "reason", "authority")}
    initial |= {"source": drafting.timetable_of(row).source, "revision": row.revision}
    form = DescribeForm(request.POST or None, initial=initial)
    return _form(
        *(request, row, form, drafting.describe),
        title="Names and reason",
        lead="Every date quotes the version and the source.",
        submit="Save",
    )


@require_http_methods(GET_OR_POST)
def publish(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Put a draft in force, for a reason and on somebody's authority."""
    row = _found(request, draft)
    policy.require(request.actor, "timetable.publish")
    initial = {"reason": row.reason, "authority": row.authority, "revision": row.revision}
    form = PublishForm(request.POST or None, initial=initial)
    if request.method == "POST" and taken(
        form, lambda said: _do(request, publishing.publish, draft=row, **said)
    ):
        messages.success(request, f"{form.result.version} is in force. Everybody moved was told.")
        return redirect("waves:timetable")
    found = queries.impact_of(drafting.timetable_of(row), moments.now())
    return form_page(request, draft_pages.publish_page(row, found, form), form)


@require_POST
def follow(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Put the changes of a draft upon the version now in force."""
    row = _found(request, draft)
    _do(request, drafting.follow, draft=row)
    messages.success(request, "The draft follows the version in force. Look at what it moves.")
    return redirect("waves:draft", row.pk)


@require_POST
def discard(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Put a draft away."""
    _do(request, drafting.discard, draft=_found(request, draft))
    messages.success(request, "Discarded. Nothing of it was in force.")
    return redirect("waves:timetable")


def _version(request: HttpRequest, release: str) -> HttpResponse:
    policy.require(request.actor, "timetable.read")
    versions, may = queries.versions(), policy.may(request.actor, "timetable.draft")
    place = next((number for number, row in enumerate(versions) if row.version == release), None)
    if place is None:
        raise Http404
    read = tables.of(versions[place].pk).timetable
    before = tables.of(versions[place + 1].pk).timetable if place + 1 < len(versions) else None
    page = pages.timetable_page(
        *(versions[place], read, versions),
        followers=queries.followers(),
        drafts=queries.open_drafts() if may and place == 0 else (),
        changed=changes(before, read) if before else (),
        may_draft=may,
    )
    return render(request, SECTIONS, {"page": page})


def _found(request: HttpRequest, key: UUID) -> TimetableDraft:
    policy.require(request.actor, "timetable.draft")
    return get_object_or_404(queries.drafts(), pk=key)


def _file(table: str, header: str, name: str, kind: str) -> HttpResponse:
    if kind not in MEDIA:
        raise Http404
    response = HttpResponse(table if kind == "csv" else header, content_type=MEDIA[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _kind(asked: str | None, now: Kind) -> Kind:
    return Kind(asked) if asked in set(Kind) else now


def _number(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() else None


def _do(request: HttpRequest, service: Callable, **said: Any) -> Any:
    return service(actor=request.actor, at=moments.now(), **said)


def _write(
    request: HttpRequest, row: TimetableDraft, place: tuple[str, str], form: CellForm
) -> TimetableDraft:
    said = {"key": place[0], "route": place[1], "revision": form.cleaned_data["revision"]}
    return _do(request, drafting.change_cell, draft=row, values=form.row(), **said)


def _form(
    request: HttpRequest,
    row: TimetableDraft,
    form: Any,
    service: Callable,
    *,
    title: str,
    lead: str,
    submit: str,
) -> HttpResponse:
    """Show a form about a draft, or carry out what it asks."""
    if request.method == "POST" and taken(
        form, lambda said: _do(request, service, draft=row, **said)
    ):
        messages.success(request, "Saved in the draft.")
        return redirect("waves:draft", row.pk)
    page = draft_pages.plain_form_page(form, title=title, lead=lead, submit=submit, draft=row)
    return form_page(request, page, form)
