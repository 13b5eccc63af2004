"""The reader's notices, in an organisation and at a desk."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from foundation.clock import moments
from foundation.notices import inbox
from foundation.ui.blocks import Filter
from participants import queries
from participants.access.paging import page_of, with_query
from participants.pages.notices import notices_page


@require_safe
def index(request: HttpRequest, organisation: str = "") -> HttpResponse:
    """The reader's notices, newest first."""
    _check(request, organisation)
    only_new = request.GET.get("new") == "1"
    reader = request.actor.person_id
    rows = inbox.unread(reader) if only_new else inbox.of_person(reader)
    found, pagination = page_of(rows, request)
    toggle = with_query(request, new="" if only_new else "1", page="")
    page = notices_page(
        found,
        slug=organisation,
        filters=[Filter(label="Only new ones", url=toggle, on=only_new)],
        pagination=pagination,
        now=moments.now(),
    )
    return render(request, "participants/notices.html", {"page": page})


def _check(request: HttpRequest, organisation: str) -> None:
    # Staff have one desk of notices; a participant has one in each organisation.
    if request.actor.is_staff and organisation:
        get_object_or_404(queries.organisations(request.actor), slug=organisation)
    if not organisation and not request.actor.is_staff:
        raise Http404


@require_POST
def read_all(request: HttpRequest, organisation: str = "") -> HttpResponse:
    """Mark everything as read."""
    _check(request, organisation)
    inbox.mark_read(person_id=request.actor.person_id, at=moments.now())
    return _back(organisation)


@require_POST
def read_one(request: HttpRequest, notice: UUID, organisation: str = "") -> HttpResponse:
    """Mark one notice as read."""
    _check(request, organisation)
    get_object_or_404(inbox.of_person(request.actor.person_id), pk=notice)
    inbox.mark_read(person_id=request.actor.person_id, at=moments.now(), notice_id=notice)
    return _back(organisation)


def _back(organisation: str) -> HttpResponse:
    if organisation:
        return redirect("participants:notices", organisation)
    return redirect("participants:desk_notices")
