"""Qualified yet? Every qualification of a body: what is missing first, who holds it, by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Empty, Filter, Pagination
from foundation.ui.counting import number, opened
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Quiet, Status, Words
from participants.access.addresses import address
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from participants.pages.statuses import qualification_status
from reviews.pages.desk.matrix import FOOTNOTE
from reviews.pages.desk.places import Setting
from reviews.pages.desk.words import ago
from reviews.qualified import Facts, first_of, missing
from reviews.queries.everyone import Listed
from waves.forecast import forecast
from waves.happenings import as_events, instants
from waves.routes import ROUTES
from waves.timetable import Timetable

LONG = 110  # letters of what is missing that a line of the list holds
DECIDE = "qualification_decision"
_ENDED = (Where.QUALIFIED, Where.NOT_APPROVED, Where.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyone:
    """What the list is made of."""

    rows: Sequence[Listed]
    facts: Mapping[UUID, Facts]
    timetable: Timetable
    actor: Actor
    today: date
    filters: Sequence[Filter]
    pagination: Pagination | None


def everyone_page(found: Everyone) -> ListPage:
    """Return the list of all qualifications that a body has to do with."""
    return ListPage(
        head=Head(
            title=_title(found.rows),
            lead="What each lacks first, who holds it, and when it may be decided if each step ends"
            " on its last day.",
            browser_title="Qualified yet?",
        ),
        filters=found.filters,
        table=Table(
            caption="Qualifications",
            columns=[
                Column(label="Organisation, role and route"),
                Column(label="Where it stands", whole=True),
                Column(label="Missing first"),
                Column(label="Who holds it"),
                Column(label="Next date"),
                Column(label="Decision by", whole=True),
            ],
            rows=[_row(found, each) for each in found.rows],
            compact=True,
        ),
        empty=Empty(title="No qualification fits.", text="Take a filter off to see more of them."),
        pagination=found.pagination,
        footnote=FOOTNOTE,
    )


def _title(rows: Sequence[Listed]) -> str:
    if not rows:
        return "Qualified yet?"
    done, total = rows[0].done, rows[0].total
    if done == total:
        return "All are MHHS Qualified." if total > 1 else "MHHS Qualified."
    return f"Qualified yet? {opened(number(done))} of {number(total)}."


def _row(found: Everyone, held: Listed) -> Row:
    facts = found.facts[held.id]
    what, holder = _first(found, facts)
    return Row(
        cells=[
            Lines([held.name, _role(held)]),
            qualification_status(held.status),
            what,
            holder,
            _next(found, held),
            _decision(found, held),
        ],
        url=address("reviews:qualified", held.slug),
    )


def _role(held: Listed) -> str:
    return f"{MARKET_ROLES[held.role].short_label}, {ROUTES[held.route].short_label}"


def brief(text: str) -> str:
    """Return the first statement of a long sentence: what is missing, without its reasons."""
    if len(text) <= LONG:
        return text
    head = text[:LONG].rpartition(": ")[0] or text[:LONG].rpartition(" ")[0]
    return f"{head.rstrip('.:')}."


def _first(found: Everyone, facts: Facts) -> tuple[Words, Words]:
    lacks = missing(facts)
    if not lacks:
        since = f"Since {day(facts.qualified_at)}" if facts.qualified_at else ""
        return since, ""
    setting = Setting(held_by(facts), found.actor, found.today)
    first = first_of(lacks)
    more = [Quiet(f"and {len(lacks) - 1} more")] if len(lacks) > 1 else []
    age = ago(first.since, found.today)
    holder: list[Words] = [setting.holder(first.holder_label), *([Quiet(age)] if age else [])]
    return Lines([brief(setting.told_lack(facts, first)), *more]), Lines(holder)


def held_by(facts: Facts) -> "Named":
    """Return the organisation of some facts, as far as its name goes."""
    return Named(facts.organisation, facts.slug)


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation by name and address."""

    name: str
    slug: str


def _next(found: Everyone, held: Listed) -> Words:
    if not held.owed or held.status in _ENDED:
        return ""
    first = held.owed[0]
    due = date.fromisoformat(first["due_on"])
    late = due < found.today
    shown = Status(day(due), "overdue") if late else day(due)
    who = f"{first['body']}: " if first["body"] else ""
    return Lines([shown, f"{who}{first['label']}"])


def _decision(found: Everyone, held: Listed) -> Words:
    """The printed or counted date once it runs, before that what follows if nothing slips."""
    if held.status in _ENDED:
        return ""
    running = [each["due_on"] for each in held.owed if each["activity"] == DECIDE]
    if running:
        return day(date.fromisoformat(max(running)))
    events = as_events(instants(held, ()))
    due = forecast(found.timetable, held.route, events, found.today).get(DECIDE)
    return Lines([day(due.due), "expected"]) if due and due.due else ""
