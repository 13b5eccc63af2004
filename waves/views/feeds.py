"""Calendar links: making, renewing and revoking them; and the file that programs read."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from participants.models import Organisation
from waves import feed as files
from waves.forms.feeds import EVERYWHERE, HERE, FeedForm, PlaceFeedForm
from waves.models import CalendarFeed
from waves.pages import feeds as pages
from waves.queries import feeds as queries
from waves.services import feeds as services
from waves.views.finding import organisation_of

HOUR = 3600
HOST = settings.BASE_URL.partition("://")[2].partition(":")[0].partition("/")[0]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_feeds(request: HttpRequest, organisation: str) -> HttpResponse:
    """A member's links, and the form that makes one for this organisation or for all."""
    found = organisation_of(request, organisation)
    policy.require(request.actor, "organisation.read", found)
    form = PlaceFeedForm(request.POST or None, initial={"reach": HERE}, organisation=found.name)
    return _listed(request, form, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_feeds(request: HttpRequest) -> HttpResponse:
    """Everybody's own links; staff find the clocks of their body in theirs."""
    return _listed(request, FeedForm(request.POST or None), None)


def _listed(request: HttpRequest, form: FeedForm, found: Organisation | None) -> HttpResponse:
    def make(data: dict) -> tuple[CalendarFeed, str]:
        about = None if data.get("reach", EVERYWHERE) == EVERYWHERE else found
        by = {"actor": request.actor, "at": moments.now()}
        return services.make_feed(name=data["name"], about=about, **by)

    if request.method == "POST" and taken(form, make):
        return _made(request, *form.result, found)
    rows = list(queries.feeds(request.actor).select_related("about"))
    return form_page(request, pages.feeds_page(rows, form, found), form, "waves/feeds.html")


def _made(
    request: HttpRequest, feed: CalendarFeed, secret: str, found: Organisation | None
) -> HttpResponse:
    page = pages.made_page(feed, secret, found)
    return render(request, "waves/feed_made.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest, feed: UUID, organisation: str = "") -> HttpResponse:
    """One link: a new address, or the end, after a question."""
    here = organisation_of(request, organisation) if organisation else None
    rows = queries.feeds(request.actor).select_related("about")
    found = get_object_or_404(rows, pk=feed, revoked_at=None)
    by = {"actor": request.actor, "at": moments.now()}
    if request.method != "POST":
        return render(request, "pages/form.html", {"page": pages.feed_page(found, here)})
    if request.POST.get("act") == "renew":
        return _made(request, *services.renew_feed(feed=found, **by), here)
    services.revoke_feed(feed=found, **by)
    messages.success(request, f"“{found.name}” is revoked.")
    return redirect("waves:feeds", here.slug) if here else redirect("waves:account_feeds")


@login_not_required
@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The dates behind a private link; whoever has no right to them finds nothing."""
    if _asked_too_often(request, token):
        return HttpResponse("Read again in an hour.", status=429, headers={"Retry-After": HOUR})
    found = queries.feed_of(token)
    entries = queries.entries(found) if found else None
    if entries is None:
        raise Http404
    body = files.calendar(f"QAD Portal: {found.name}", entries, host=HOST)
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="dates.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=900, must-revalidate"
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=response)


def _asked_too_often(request: HttpRequest, token: str) -> bool:
    """Count the reads of a link, and those of an address, in this hour."""
    if not settings.CALENDAR_READS_AN_HOUR:
        return False
    digest = hashlib.sha256(token.encode()).hexdigest()[:32]
    most = settings.CALENDAR_READS_AN_HOUR
    counted = {f"feed:{digest}": most, f"feeds:{request.META['REMOTE_ADDR']}": 50 * most}
    return any(_count(key) > limit for key, limit in counted.items())


def _count(key: str) -> int:
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it ended in between
        return 1
