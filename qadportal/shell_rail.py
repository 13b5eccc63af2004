"""The lines of the rail: where they lead, what they count, who sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from foundation.tenancy.actor import NOBODY, Actor, ActorKind
from foundation.ui.shell import NavGroup, NavItem
from participants.access.addresses import address
from participants.roles import holds


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
    Line("Wave", "waves:own_wave"),
    Line("Testing", "waves:testing"),
    Line("Qualified yet?", "reviews:qualified"),
    Line("Exemptions", "reviews:exemptions_of"),
    Line("Sign-off", "reviews:sign_off"),
    Line("Decisions", "reviews:decisions_of"),
    Line("Notices", "participants:notices", "unread"),
)
ORGANISATION = (
    Line("People", "participants:people", "people"),
    Line("MPIDs and roles", "participants:organisation", "mpids"),
    Line("History", "participants:history", "", "history.read"),
)
# What staff open of one organisation.
OF_ORGANISATION = (
    Line("Pre-qualification", "waves:pre_qualification"),
    Line("QAD", "reviews:qad", "", "qad.review"),
    Line("Approvals", "reviews:approvals", "", "qad.review"),
    Line("Who reads", "reviews:sharing", "", "qad.review"),
    Line("Findings and plans", "reviews:findings", "", "qad.read"),
    Line("Reopening", "reviews:reopening_of", "", "reopen.decide"),
    Line("The road", "waves:road"),
    Line("Testing", "waves:testing"),
    Line("Qualified yet?", "reviews:qualified"),
    Line("Exemptions", "reviews:exemptions_of", "", "qad.read"),
    Line("Sign-off", "reviews:sign_off"),
    Line("Decisions", "reviews:decisions_of"),
    Line("Letters", "reviews:letters", "", "letter.draft"),
    *ORGANISATION,
)
DESK = (
    Line("Findings", "reviews:all_findings", "", "qad.read"),
    Line("Reopening", "reviews:reopening", "", "reopen.decide"),
    Line("Organisations", "participants:organisations"),
    Line("Qualified yet?", "reviews:qualified_all"),
    Line("Waves", "waves:board", "", "place.read"),
    Line("Reliance", "waves:reliance_desk", "", "reliance.read"),
    Line("Testing", "waves:testing_desk", "", "testing.assure"),
    Line("Review clocks", "waves:clocks", "", "clock.read"),
    Line("Timetable", "waves:timetable", "", "timetable.read"),
    Line("Reports", "reviews:reports", "", "reports.open"),
    Line("Exemptions", "reviews:exemptions", "", "exemption.read"),
    Line("Packs", "reviews:packs", "", "pack.read"),
    Line("Decisions", "reviews:decisions", "", "pack.read"),
    Line("Meetings", "reviews:meetings", "", "meeting.read"),
    Line("Notices", "participants:desk_notices", "unread"),
)
REVIEWING = (
    Line("My queue", "reviews:queue"),
    Line("Drafts", "reviews:drafts", "", "thread.raise"),
    Line("Team", "reviews:team", "", "qad.review"),
    Line("Wordings", "reviews:wordings", "", "qad.review"),
    *DESK,
)
OTHER_DUTIES = (Line("Home", "reviews:queue"), *DESK)
PORTAL = (
    Line("Staff", "participants:staff", "", "staff.manage"),
    Line("Audit trail", "participants:audit", "", "audit.read"),
    Line("The portal's date", "waves:time", "", "portal.time"),
)
# Every address, of the portal, of an organisation or of a desk, begins with one of theirs.
HOMES = ("home", "organisation_home", "reviews:queue")


def groups(
    actor: Actor | None, slug: str, known: Mapping[str, Any], path: str
) -> Sequence[NavGroup]:
    """Return the lines that the actor may see, the present one marked, with what they count."""
    if actor is None or not (actor.is_staff or slug):
        return [NavGroup(None, [NavItem("Home", address("home"), current=path == address("home"))])]
    if actor.is_participant:
        return _non_empty(
            (None, _items(WORK, actor, slug, known, path)),
            ("This organisation", _items(ORGANISATION, actor, slug, known, path)),
        )
    desk = _items(REVIEWING if holds(actor, "qad.review") else OTHER_DUTIES, actor, "", known, path)
    portal = _items(PORTAL, actor, "", known, path)
    if not slug:
        return _non_empty((None, desk), ("The portal", portal))
    here = _items(OF_ORGANISATION, actor, slug, {}, path)
    return _folded(desk, (known.get("place") or "This organisation", here), portal)


def _folded(
    desk: Sequence[NavItem], here: tuple[str, Sequence[NavItem]], portal: Sequence[NavItem]
) -> list[NavGroup]:
    """Inside an organisation its own lines stand open; the desk's first one, and what counts."""
    first = [item for number, item in enumerate(desk) if not number or item.count]
    rest = [item for item in desk if item not in first]
    groups = [NavGroup(None, first), NavGroup(*here)]
    groups += [NavGroup("The desk", rest, folded=True), NavGroup("The portal", portal, folded=True)]
    return [group for group in groups if group.items]


def _non_empty(*groups: tuple[str | None, Sequence[NavItem]]) -> list[NavGroup]:
    return [NavGroup(heading, items) for heading, items in groups if items]


def _items(
    lines: tuple[Line, ...], actor: Actor, slug: str, known: Mapping[str, Any], path: str
) -> list[NavItem]:
    shown = _shown(lines, actor.kind, actor.body, actor.duties, slug)
    current = max((url for line, url in shown if _is_at(line, url, path)), key=len, default="")
    return [
        NavItem(line.label, url, known.get(line.count) or None, url == current)
        for line, url in shown
    ]


@lru_cache(maxsize=4096)  # every page asks, and the answer is the same for everybody of a kind
def _shown(
    lines: tuple[Line, ...], kind: ActorKind, body: str, duties: frozenset[str], slug: str
) -> tuple[tuple[Line, str], ...]:
    """Return the lines that are built and that such an actor may see, with their addresses."""
    anybody = Actor(kind=kind, person_id=NOBODY, name="", body=body, duties=duties)
    args = [slug] if slug else []
    found = ((line, address(line.name, *args)) for line in lines if holds(anybody, line.capability))
    return tuple((line, url) for line, url in found if url)


def _is_at(line: Line, url: str, path: str) -> bool:
    return path == url if line.name in HOMES else path.startswith(url)
