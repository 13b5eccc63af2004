"""The frame of every page: the place, the way about, who is here, and the portal's time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import IntegerField, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from foundation.clock import moments
from foundation.clock.models import PortalTime
from foundation.clock.words import instant
from foundation.notices import inbox
from foundation.tenancy.actor import Actor
from foundation.tenancy.prepared import Prepared
from foundation.ui.counting import joined
from foundation.ui.shell import Person, Place, Shell
from participants import queries
from participants.access.addresses import address
from participants.enums import Body, Duty, Standing
from participants.market_roles import MARKET_ROLES
from participants.models import AreaGrant, Membership, Mpid
from participants.models import Person as Account
from participants.roles import holds
from qadportal import shell_rail
from reviews.enums import SETTLED, Side
from reviews.models import Thread
from submissions.models import Evidence

PLACES = "places"  # in the session: how many organisations the person has a place in
_DUTIES = dict(Duty.choices) | dict(Standing.choices)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the frame and the portal's time; nothing is read unless they ask."""
    return {
        "shell": SimpleLazyObject(lambda: build(request)),
        "server_moment": SimpleLazyObject(moments.now),
    }


def build(request: HttpRequest) -> Shell | None:
    """Return the frame of a page for whoever is signed in, None for a visitor."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return None
    actor: Actor | None = getattr(request, "actor", None)
    slug = _slug(request)
    known = _known(actor, slug) if actor else {}
    rail = getattr(request, "rail", None)  # a page may put its own way about into the rail
    return Shell(
        place=_place(actor, slug, known),
        back=rail.back if rail else None,
        groups=rail.groups if rail else shell_rail.groups(actor, slug, known, request.path),
        legend=rail.legend if rail else (),
        person=_person(request, account, actor, known),
        moment=moments.now(),
        demo_banner=_banner(known.get("offset")),
        theme=account.theme or "auto",
        record_face=account.record_face or "serif",
        single_keys=account.single_keys,
        home_url=_home(actor, slug),
        search_url=_search(actor, slug),
        demo_url=address("waves:time") if actor and holds(actor, "portal.time") else "",
    )


def _slug(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return match.kwargs.get("organisation", "") if match else ""


class _Count(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _known(actor: Actor, slug: str) -> Mapping[str, Any]:
    """Read everything that the frame shows in one statement."""
    values = {"slug": slug} if slug else {}
    return next(iter(_FRAME.rows(settings.DEMO, **values)), {})


def _frame(actor: Actor, demo: bool, slug: str = "") -> QuerySet:
    wanted: dict[str, Any] = {"unread": _count(inbox.unread(actor.person_id))}
    if demo:
        wanted["offset"] = Subquery(PortalTime.objects.values("offset")[:1])
    if slug:
        wanted |= _of_place(actor, slug)
    return Account.objects.filter(pk=actor.person_id).annotate(**wanted).values(*wanted)


def _of_place(actor: Actor, slug: str) -> dict[str, Any]:
    here = queries.organisations(actor).order_by().filter(slug=slug)
    key = here.values("pk")
    held = queries.qualifications(actor).filter(organisation_id__in=key).order_by("role")
    mpids = Mpid.objects.filter(organisation_id__in=key).order_by("code")
    found: dict[str, Any] = {
        "place": Subquery(here.values("name")[:1]),
        "roles": ArraySubquery(held.values("role").distinct()),
        "codes": ArraySubquery(mpids.values("code")[:4]),
        "mpids": _count(mpids),
        "people": _count(Membership.objects.filter(organisation_id__in=key, is_active=True)),
    }
    if actor.is_participant:
        yours = Thread.objects.filter(holder=Side.PARTICIPANT).exclude(status__in=SETTLED)
        found["findings"] = _count(yours)
        found["evidence"] = _count(Evidence.objects.filter(withdrawn_at=None))
    if "LIMITED" in actor.duties:
        mine = AreaGrant.objects.filter(
            user_id=actor.person_id, content_object__organisation_id=actor.organisation_id
        )
        letters = mine.order_by("content_object__section").values("content_object__section")
        found["sections"] = ArraySubquery(letters.distinct())
    return found


def _count(rows: QuerySet) -> _Count:
    return _Count(rows.order_by().annotate(one=Value(1)).values("one"))


_FRAME = Prepared(_frame)


def _place(actor: Actor | None, slug: str, known: Mapping[str, Any]) -> Place | None:
    if slug and known.get("place"):
        roles = ", ".join(MARKET_ROLES[role].short_label for role in known["roles"])
        codes = " · ".join(known["codes"]) + (" …" if known["mpids"] > len(known["codes"]) else "")
        url = reverse("participants:organisation", args=[slug]) if actor.is_staff else ""
        return Place(known["place"], [line for line in (roles, codes) if line], url)
    if actor and actor.is_staff:
        return Place(Body(actor.body).label, [_duty(actor)])
    return None


def _person(
    request: HttpRequest, account: Account, actor: Actor | None, known: Mapping[str, Any]
) -> Person:
    several = request.session.get(PLACES, 0) > 1
    return Person(
        name=account.name,
        duty=f"{_duty(actor)}{_limits(known)}" if actor else "",
        account_url=reverse("participants:account"),
        sign_out_url=reverse("account_logout"),
        places_url=reverse("places") if several else "",
    )


def _duty(actor: Actor) -> str:
    named = [label for duty, label in _DUTIES.items() if duty in actor.duties]
    words = [named[0], *(word[0].lower() + word[1:] for word in named[1:])] if named else []
    return (
        words[0]
        if len(words) == 1
        else " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
    )


def _limits(known: Mapping[str, Any]) -> str:
    """Say which sections a limited author writes: " of sections N and P"."""
    letters = known.get("sections")
    if letters is None:
        return ""
    if not letters:
        return ", of no section yet"
    return f" of section{'s' if len(letters) > 1 else ''} {joined(letters)}"


def _banner(offset: timedelta | None) -> str | None:
    if not offset:
        return None
    return f"A demonstration: the portal's date is set by hand to {instant(moments.now())}."


def _home(actor: Actor | None, slug: str) -> str:
    if actor and actor.is_staff:
        return address("reviews:queue") or "/"
    return reverse("organisation_home", args=[slug]) if slug else "/"


def _search(actor: Actor | None, slug: str) -> str:
    """Where the field of the rail leads: over one organisation, or over all that a body reads."""
    if slug:
        return address("reviews:search_of", slug)
    return address("reviews:search") if actor and actor.is_staff else ""
