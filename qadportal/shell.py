"""The frame of every page: the place, the way about, who is here, and the portal's time."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from foundation.ui.shell import NavGroup, NavItem, Person, Place, Shell
from participants import queries
from participants.access.addresses import address
from participants.enums import Body, Duty, Standing
from participants.market_roles import MARKET_ROLES
from participants.models import Membership, Mpid
from participants.models import Person as Account
from participants.roles import holds
from reviews.enums import SETTLED, Side
from reviews.models import Thread
from submissions.models import Evidence

PLACES = "places"  # in the session: how many organisations the person has a place in


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rail: where it leads by name, what it counts, who may see it."""

    label: str
    name: str
    count: str = ""
    capability: str = "organisation.read"


WORK = (
    Line("Home", "organisation_home"),
    Line("QAD", "submissions:qad"),
    Line("Findings and plans", "reviews:findings", "findings"),
    Line("Evidence", "submissions:evidence", "evidence"),
    Line("The road", "waves:road"),
    Line("Testing", "waves:testing"),
    Line("Qualified yet?", "reviews:qualified"),
    Line("Sign-off", "reviews:sign_off"),
    Line("Notices", "participants:notices", "unread"),
)
ORGANISATION = (
    Line("People", "participants:people", "people"),
    Line("MPIDs and roles", "participants:organisation", "mpids"),
    Line("History", "participants:history"),
)
# What staff open of one organisation.
OF_ORGANISATION = (
    Line("Pre-qualification", "waves:pre_qualification"),
    Line("QAD", "reviews:qad", "", "qad.review"),
    Line("Approvals", "reviews:approvals", "", "qad.review"),
    Line("Findings and plans", "reviews:findings", "", "qad.read"),
    Line("Reopening", "reviews:reopening_of", "", "reopen.decide"),
    Line("The road", "waves:road"),
    Line("Testing", "waves:testing"),
    Line("Qualified yet?", "reviews:qualified"),
    Line("Sign-off", "reviews:sign_off"),
    Line("Letters", "reviews:letters", "", "letter.draft"),
    *ORGANISATION,
)
DESK = (
    Line("My queue", "reviews:queue"),
    Line("Findings", "reviews:all_findings"),
    Line("Reopening", "reviews:reopening", "", "reopen.decide"),
    Line("Organisations", "participants:organisations"),
    Line("Qualified yet?", "reviews:qualified_all"),
    Line("Timetable", "waves:timetable", "", "timetable.read"),
    Line("Packs", "reviews:packs", "", "pack.read"),
    Line("Decisions", "reviews:decisions", "", "pack.read"),
    Line("Notices", "participants:desk_notices", "unread"),
)
PORTAL = (
    Line("Staff", "participants:staff", "", "staff.manage"),
    Line("Audit trail", "participants:audit", "", "audit.read"),
    Line("The portal's date", "waves:time", "", "portal.time"),
)
# Every address, of the portal, of an organisation or of a desk, begins with one of theirs.
HOMES = ("home", "organisation_home", "reviews:queue")
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
        groups=rail.groups if rail else _groups(actor, slug, known, request.path),
        legend=rail.legend if rail else (),
        person=_person(request, account, actor),
        moment=moments.now(),
        demo_banner=_banner(known.get("offset")),
        theme=account.theme or "auto",
        record_face=account.record_face or "serif",
        single_keys=account.single_keys,
        home_url=_home(actor, slug),
        search_url=address("search"),
        demo_url=address("waves:time") if actor and holds(actor, "portal.time") else "",
    )


def _slug(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return match.kwargs.get("organisation", "") if match else ""


class _Count(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _known(actor: Actor, slug: str) -> dict[str, Any]:
    """Read everything that the frame shows in one statement."""
    wanted: dict[str, Any] = {
        "unread": _Count(inbox.unread(actor.person_id).order_by().values("pk"))
    }
    if settings.DEMO:
        wanted["offset"] = Subquery(PortalTime.objects.values("offset")[:1])
    if slug:
        wanted |= _of_place(actor, slug)
    rows = Account.objects.filter(pk=actor.person_id).annotate(**wanted)
    return rows.values(*wanted).first() or {}


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
    return found


def _count(rows: QuerySet) -> _Count:
    return _Count(rows.order_by().annotate(one=Value(1)).values("one"))


def _place(actor: Actor | None, slug: str, known: dict[str, Any]) -> Place | None:
    if slug and known.get("place"):
        roles = ", ".join(MARKET_ROLES[role].short_label for role in known["roles"])
        codes = " · ".join(known["codes"]) + (" …" if known["mpids"] > len(known["codes"]) else "")
        url = reverse("participants:organisation", args=[slug]) if actor.is_staff else ""
        return Place(known["place"], [line for line in (roles, codes) if line], url)
    if actor and actor.is_staff:
        return Place(Body(actor.body).label, [_duty(actor)])
    return None


def _groups(actor: Actor | None, slug: str, known: dict[str, Any], path: str) -> Sequence[NavGroup]:
    if actor is None or not (actor.is_staff or slug):
        return [NavGroup(None, _items((Line("Home", "home"),), actor, "", {}, path))]
    if actor.is_participant:
        return _non_empty(
            (None, _items(WORK, actor, slug, known, path)),
            ("This organisation", _items(ORGANISATION, actor, slug, known, path)),
        )
    here = _items(OF_ORGANISATION, actor, slug, {}, path) if slug else []
    return _non_empty(
        (None, _items(DESK, actor, "", known, path)),
        (known.get("place") or "This organisation", here),
        ("The portal", _items(PORTAL, actor, "", known, path)),
    )


def _non_empty(*groups: tuple[str | None, Sequence[NavItem]]) -> list[NavGroup]:
    return [NavGroup(heading, items) for heading, items in groups if items]


def _items(
    lines: Sequence[Line], actor: Actor | None, slug: str, known: dict[str, Any], path: str
) -> list[NavItem]:
    """Return the lines that are built and that the actor may see, the present one marked."""
    shown = [
        (line, url)
        for line in lines
        if (actor is None or line.name == "home" or holds(actor, line.capability))
        and (url := address(line.name, *([slug] if slug else [])))
    ]
    current = max((url for line, url in shown if _is_at(line, url, path)), key=len, default="")
    return [
        NavItem(line.label, url, known.get(line.count) or None, url == current)
        for line, url in shown
    ]


def _is_at(line: Line, url: str, path: str) -> bool:
    return path == url if line.name in HOMES else path.startswith(url)


def _person(request: HttpRequest, account: Account, actor: Actor | None) -> Person:
    several = request.session.get(PLACES, 0) > 1
    return Person(
        name=account.name,
        duty=_duty(actor) if actor else "",
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


def _banner(offset: timedelta | None) -> str | None:
    if not offset:
        return None
    return f"A demonstration: the portal's date is set by hand to {instant(moments.now())}."


def _home(actor: Actor | None, slug: str) -> str:
    if actor and actor.is_staff:
        return address("reviews:queue") or "/"
    return reverse("organisation_home", args=[slug]) if slug else "/"
