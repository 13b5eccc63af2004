"""The register of findings, observations and comments (RP15)."""

from collections.abc import Sequence
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.clock import moments
from foundation.errors import Denied
from foundation.ui.blocks import Filter
from participants import policy
from participants import queries as people
from participants.access.paging import Counted, chosen, menu, page_of, with_query
from participants.enums import REVIEWING_BODIES
from participants.models import Organisation
from reviews.enums import Severity, Side, ThreadKind
from reviews.pages.desk import register as pages
from reviews.queries import register as queries
from reviews.queries.queue import REVIEW_CLOCKS
from waves.queries import Owed, obligations_for

BODIES = [(body.value, body.label) for body in REVIEWING_BODIES]
SEVERITIES = [(value, label) for value, label in Severity.choices if value]
KINDS = [(kind.value, kind.label) for kind in (ThreadKind.FINDING, ThreadKind.OBSERVATION)]


@require_safe
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """What the bodies raised on one organisation's QAD."""
    found = get_object_or_404(people.organisations(request.actor), slug=organisation)
    policy.require(request.actor, "organisation.read", found)
    return _answer(request, found)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What was raised on every QAD that the reader's body has to do with."""
    policy.require(request.actor, "organisation.read")
    return _answer(request, None)


def _answer(request: HttpRequest, place: Organisation | None) -> HttpResponse:
    if request.actor.is_staff and request.actor.body not in REVIEWING_BODIES:
        raise Denied("Findings are read by the participant and by the bodies that review it.")
    page = pages.register_page(_register(request, place))
    return render(request, "pages/list.html", {"page": page})


def _register(request: HttpRequest, place: Organisation | None) -> pages.Register:
    actor, key, wanted = request.actor, place.pk if place else None, _wanted(request)
    counts = queries.counts(wanted, key)
    rows = Counted(partial(queries.page, wanted, organisation=key), counts["shown"])
    found, pagination = page_of(rows, request)
    return pages.Register(
        rows=found,
        counts=counts,
        view=wanted.view,
        actor=actor,
        today=moments.today(),
        filters=_filters(request, wanted.view),
        pagination=pagination,
        organisation=place,
        url=_address(place),
        reading=_reading(request, place, counts[wanted.view]),
    )


def _address(place: Organisation | None) -> str:
    if place is None:
        return reverse("reviews:all_findings")
    return reverse("reviews:findings", args=[place.slug])


def _reading(request: HttpRequest, place: Organisation | None, count: int) -> Sequence[Owed]:
    """Who still reads, where there is nothing to show and the reader waits for it."""
    if count or place is None or not request.actor.is_participant:
        return ()
    return obligations_for(request.actor, organisation_id=place.pk, activities=REVIEW_CLOCKS)


def _wanted(request: HttpRequest) -> queries.Chosen:
    overdue = chosen(request, "overdue", ["1"])
    return queries.Chosen(
        view=chosen(request, "view", queries.VIEWS) or "open",
        body=chosen(request, "body", dict(BODIES)),
        severity=chosen(request, "severity", dict(SEVERITIES)),
        kind=chosen(request, "kind", dict(KINDS)),
        turn=chosen(request, "turn", Side.values),
        overdue_on=moments.today() if overdue else None,
    )


def _filters(request: HttpRequest, view: str) -> list[Filter]:
    turns = [(Side.PARTICIPANT, "Participant"), (Side.BODY, "The body that raised it")]
    filters = [menu(request, "body", "Body", BODIES), menu(request, "turn", "Held by", turns)]
    if view == "comments":
        return filters
    filters += [
        menu(request, "kind", "Kind", KINDS),
        menu(request, "severity", "Severity", SEVERITIES),
    ]
    is_on = bool(request.GET.get("overdue"))
    url = with_query(request, overdue="" if is_on else 1, page="")
    overdue = Filter(label="Overdue plans", url=url, on=is_on)
    return [*filters, overdue] if view == "plans" else filters
