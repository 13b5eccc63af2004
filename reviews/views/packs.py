"""Decision packs: list, order, watch, open."""

from collections.abc import Sequence
from urllib.parse import urlencode
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
from reviews.forms.packs import ApplicationsForm, PackForm
from reviews.models import Pack
from reviews.pages import packs as pages
from reviews.queries import packs as queries
from reviews.queries.packs import Offered
from reviews.services import once, packing


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
    """Order a pack: first which applications, then its title and what is said of each."""
    policy.require(request.actor, "pack.build")
    offered, wanted = queries.offered(request.actor), request.GET.getlist("application")
    chosen = [each for each in offered if each.is_among(wanted)]
    if not chosen:
        return _choose(request, offered)
    title = request.GET.get("title", "")[:120]
    form = PackForm(request.POST or None, chosen=chosen, initial={"title": title})
    if request.method == "POST" and taken(form, lambda _: _order(request, form)):
        messages.success(request, "The pack is being built. You can leave and come back.")
        return redirect("reviews:pack", form.result.pk)
    return form_page(request, pages.order_form(form), form)


def _choose(request: HttpRequest, offered: Sequence[Offered]) -> HttpResponse:
    form = ApplicationsForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        chosen = urlencode({"application": form.cleaned_data["applications"]}, doseq=True)
        return redirect(f"{request.path}?{chosen}")
    return form_page(request, pages.choice_form(form), form)


def _order(request: HttpRequest, form: PackForm) -> Pack:
    return once.order_pack(
        qualifications=[one for each in form.chosen for one in each.qualifications],
        title=form.cleaned_data["title"],
        recommendations=form.recommendations(),
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
    page = pages.pack_page(found, held, policy.may(request.actor, "pack.build"), moments.now())
    job = pages.progress(found, queries.job_of(found), moments.now())
    return render(request, "reviews/pack.html", {"page": page, "job": job})


@require_safe
def progress(request: HttpRequest, pack: UUID) -> HttpResponse:
    """How far the building is; once it has ended the page is fetched anew."""
    found = _pack(request, pack)
    job = pages.progress(found, queries.job_of(found), moments.now())
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
    if packing.is_being_built(found, moments.now()):
        return redirect("reviews:pack", found.pk)
    made = once.order_pack(
        qualifications=queries.in_pack(request.actor, found.qualifications),
        title=found.title,
        recommendations={key: found.recommended([key]) for key in found.qualifications},
        actor=request.actor,
        at=moments.now(),
        enqueue=tasks.enqueue,
    )
    return redirect("reviews:pack", made.pk)
