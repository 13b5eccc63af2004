"""Decision packs: list, order, watch, open."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.audit.trail import record
from foundation.clock import moments
from foundation.documents.models import StoredFile
from foundation.documents.serving import download
from participants import policy
from participants.access.forms import form_page, taken
from participants.access.paging import page_of
from reviews import tasks
from reviews.enums import PackState
from reviews.forms.packs import PackForm
from reviews.models import Pack
from reviews.pages import packs as pages
from reviews.queries import packs as queries
from reviews.services import packing


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The packs of the reader's body."""
    policy.require(request.actor, "pack.read")
    found, pagination = page_of(queries.packs(request.actor), request)
    may_order = policy.may(request.actor, "pack.build")
    page = pages.pack_list(found, request.actor.body, pagination, may_order)
    return render(request, "pages/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Order a pack."""
    policy.require(request.actor, "pack.build")
    initial = {"applications": request.GET.getlist("application")}
    form = PackForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and taken(form, lambda data: _order(request, data)):
        messages.success(request, "The pack is being built. You can leave and come back.")
        return redirect("reviews:pack", form.result.pk)
    return form_page(request, pages.order_form(form), form)


def _order(request: HttpRequest, data: dict) -> Pack:
    return packing.ask_for_pack(
        qualifications=list(data["applications"]),
        title=data["title"],
        recommendation=data["recommendation"],
        actor=request.actor,
        at=moments.now(),
        enqueue=tasks.enqueue,
    )


def _pack(request: HttpRequest, pack: UUID) -> Pack:
    policy.require(request.actor, "pack.read")
    return get_object_or_404(queries.packs(request.actor), pk=pack)


@require_safe
def one(request: HttpRequest, pack: UUID) -> HttpResponse:
    """One pack, with its progress while it is being built."""
    found = _pack(request, pack)
    held = queries.in_pack(request.actor, found.qualifications)
    page = pages.pack_page(found, held, policy.may(request.actor, "pack.build"))
    job = pages.progress(found, queries.job_of(found))
    return render(request, "reviews/pack.html", {"page": page, "job": job})


@require_safe
def progress(request: HttpRequest, pack: UUID) -> HttpResponse:
    """How far the building is; once it has ended the page is fetched anew."""
    found = _pack(request, pack)
    job = pages.progress(found, queries.job_of(found))
    if job is None:
        response = HttpResponse(status=200)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "reviews/_progress.html", {"job": job})


@require_safe
def file(request: HttpRequest, pack: UUID) -> HttpResponse:
    """The PDF; who opened it is recorded."""
    found = _pack(request, pack)
    stored = get_object_or_404(StoredFile, pk=found.file_id)
    record("pack.opened", subject=found, actor=request.actor, at=moments.now(), seal=found.seal)
    return download(stored)


@require_POST
def again(request: HttpRequest, pack: UUID) -> HttpResponse:
    """Order the same applications once more, as they stand now."""
    found = _pack(request, pack)
    if found.status == PackState.BUILDING:
        return redirect("reviews:pack", found.pk)
    made = packing.ask_for_pack(
        qualifications=queries.in_pack(request.actor, found.qualifications),
        title=found.title,
        recommendation=found.recommendation,
        actor=request.actor,
        at=moments.now(),
        enqueue=tasks.enqueue,
    )
    return redirect("reviews:pack", made.pk)
