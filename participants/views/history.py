"""The history of an organisation, and the audit trail for those who watch over it."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from foundation.audit import queries as trail
from foundation.ui.blocks import Filter
from participants import policy, queries
from participants.access.paging import chosen, menu, page_of
from participants.models import Organisation
from participants.pages.history import history_page

# What an event is about: the noun of its name -> how the filter calls it.
ABOUT = (
    ("organisation", "The organisation"),
    ("mpid", "MPIDs"),
    ("qualification", "Qualifications"),
    ("membership", "People"),
    ("invitation", "Invitations"),
    ("answer", "Answers"),
    ("evidence", "Evidence"),
    ("section", "Sections"),
    ("version", "Versions"),
    ("thread", "Comments and findings"),
    ("plan", "Action plans"),
    ("approval", "Approvals"),
    ("reopening", "Reopening"),
    ("sign_off", "Sign-off"),
    ("decision", "Decisions"),
    ("pack", "Packs"),
    ("reliance", "Reliance"),
    ("obligation", "Dates"),
    ("access", "Denials"),
)
PORTAL_ABOUT = (
    ("person", "Signing in"),
    ("staff", "Staff accounts"),
    ("token", "API tokens"),
    ("timetable", "Timetable"),
    ("template", "QAD template"),
    ("clock", "The portal's date"),
)


@require_safe
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """Everything that happened in one organisation."""
    found = get_object_or_404(queries.organisations(request.actor), slug=organisation)
    policy.require(request.actor, "history.read", found)
    rows, filters = _narrowed(request, trail.of_organisation(found.pk), ABOUT)
    events, pagination = page_of(rows, request)
    page = history_page(
        events,
        title="History",
        lead=f"Everything that happened in {found.name}, newest first.",
        filters=filters,
        pagination=pagination,
    )
    return render(request, "pages/list.html", {"page": page})


@require_safe
def of_portal(request: HttpRequest) -> HttpResponse:
    """What happened in the portal, as far as the reader's body has to do with it."""
    policy.require(request.actor, "audit.read")
    rows, filters = _narrowed(request, _watched(request), (*ABOUT, *PORTAL_ABOUT))
    events, pagination = page_of(rows, request)
    page = history_page(
        events,
        title="Audit trail",
        lead="What happened, newest first. The organisations are those of your body.",
        filters=[menu(request, "where", "Where", [("portal", "The portal itself")]), *filters],
        pagination=pagination,
        with_organisation=_names(each.organisation_id for each in events),
    )
    return render(request, "pages/list.html", {"page": page})


def _watched(request: HttpRequest):
    if request.GET.get("where") == "portal":
        return trail.of_portal([request.actor.body])
    return trail.of_organisations(queries.organisations(request.actor).values("pk"))


def _narrowed(request: HttpRequest, rows, about) -> tuple[object, list[Filter]]:
    noun = chosen(request, "about", [key for key, _ in about])
    if noun:
        rows = rows.filter(action__startswith=f"{noun}.")
    return rows, [menu(request, "about", "About", about)]


def _names(keys: Iterable[object]) -> dict:
    rows = Organisation.objects.filter(pk__in={key for key in keys if key})
    return dict(rows.values_list("pk", "name"))
