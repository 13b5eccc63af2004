"""The home of staff who do not review: what waits at their own desks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty
from foundation.ui.counting import counted, number, opened
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from participants.access.addresses import address
from participants.enums import Body, Duty
from participants.market_roles import GOVERNING_BODIES
from participants.models import Qualification
from participants.roles import holds
from waves.models import CompletionReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """What is counted for the desks, the duty that comes first, and what waits for it longest."""

    counts: Mapping[str, int]
    now: datetime
    duty: str
    first: Qualification | CompletionReport | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One desk: where it is, what stands there, how much of it."""

    label: str
    url: str
    what: str
    count: str = ""


def duty_of(actor: Actor) -> str:
    """Return what the actor does first of all: decide, dip_user, testing, read or run."""
    if holds(actor, "decision.record.bsc") or holds(actor, "decision.record.rec"):
        return "decide"
    if holds(actor, "dip_user.confirm"):
        return "dip_user"
    if holds(actor, "report.confirm"):
        return "testing"
    return "read" if Duty.MCC_READER in actor.duties else "run"


def home_page(actor: Actor, desks: Desks) -> ListPage:
    """Return the desks of whoever reviews nothing, the one with a duty first."""
    return ListPage(
        head=Head(
            title=_title(actor, desks),
            lead=f"{Body(actor.body).label}. {_duties(actor)}.",
            actions=_open(desks),
            browser_title="Home",
        ),
        table=Table(
            caption="Your desks",
            columns=[
                Column(label="Desk"),
                Column(label="What stands there"),
                Column(label="There now", align="end"),
            ],
            rows=[
                Row(cells=[each.label, each.what, each.count], url=each.url)
                for each in _places(actor, desks)
                if each.url
            ],
        ),
        empty=Empty(
            title="No desk is yours yet.",
            text="An administrator of your body gives you a duty; its pages stand here then.",
        ),
    )


def _duties(actor: Actor) -> str:
    named = [label for duty, label in Duty.choices if duty in actor.duties]
    return ", ".join([*named[:1], *(word[0].lower() + word[1:] for word in named[1:])])


def _title(actor: Actor, desks: Desks) -> str:
    counts = desks.counts
    first = f" {desks.first.organisation.name} first." if desks.first else ""
    if desks.duty == "decide":
        return opened(_to_decide(actor, counts["ready"])) + first
    if desks.duty == "dip_user":
        return _waits(counts["dip_user"], "DIP User status", "DIP User statuses") + first
    if desks.duty == "testing":
        return _waits(counts["testing"], "PIT report", "PIT reports") + first
    said = f"{opened(number(counts['qualified']))} of {number(counts['held'])} are MHHS Qualified."
    return said if desks.duty == "read" else f"{counts['organisations']} organisations. {said}"


def _to_decide(actor: Actor, ready: int) -> str:
    if holds(actor, "decision.record.bsc"):  # the board decides, its secretary records
        return f"{counted(ready, 'decision')} to record."
    return f"{number(ready) if ready else 'nothing'} to decide."


def _waits(count: int, one: str, many: str) -> str:
    if not count:
        return f"No {one} waits for your word."
    said = f"{one} waits" if count == 1 else f"{many} wait"
    return opened(f"{number(count)} {said} for your word.")


def _open(desks: Desks) -> list[Action]:
    if desks.first is None:
        return []
    place = desks.first.organisation
    url = {
        "decide": lambda: address("reviews:decision", desks.first.pk),
        "dip_user": lambda: address("reviews:gates", place.slug, desks.first.pk),
        "testing": lambda: address("waves:testing", place.slug),
    }[desks.duty]()
    return [Action(text=f"Open {place.name}", url=url, kind="primary", arrow=True)]


def _places(actor: Actor, desks: Desks) -> Iterator[Place]:
    counts, everyone = desks.counts, address("reviews:qualified_all")
    if desks.duty == "decide":
        decider = GOVERNING_BODIES[actor.body].decided_by
        what = f"Ready for the {decider}; {number(counts['not_yet'])} more on the way"
        yield Place("Decisions", address("reviews:decisions"), what, str(counts["ready"]))
    if holds(actor, "meeting.plan"):
        what = "When the BSC PAB meets, and what stands on each agenda"
        yield Place("Meetings", address("reviews:meetings"), what)
    if holds(actor, "pack.read"):
        what = "What is decided from: built, sealed and kept as printed"
        yield Place("Packs", address("reviews:packs"), what, str(counts["packs"]))
    if holds(actor, "dip_user.confirm"):
        what = "Submitted at Final without your word on the DIP User status"
        yield Place("DIP User", everyone, what, str(counts["dip_user"]))
    if holds(actor, "report.confirm"):
        yield _testing(counts)
    what = f"{opened(number(counts['qualified']))} of them MHHS Qualified"
    yield Place("Qualified yet?", everyone, what, str(counts["held"]))
    what = "Who they are, in which market roles, along which route"
    organisations = address("participants:organisations")
    yield Place("Organisations", organisations, what, str(counts["organisations"]))
    what = "Every date of the plan; counted here are the duties that are late"
    yield Place("Timetable", address("waves:timetable"), what, str(counts["overdue"]))
    yield from _planning(actor)
    if holds(actor, "reports.open"):
        what = "Progress, testing, places, milestones: on screen, as workbook, on paper"
        yield Place("Reports", address("reviews:reports"), what)
    yield from _portal(actor, desks)


def _planning(actor: Actor) -> Iterator[Place]:
    if holds(actor, "place.plan"):
        what = "Who stands in which wave, the wait list, what-ifs and the assistant"
        yield Place("Waves", address("waves:board"), what)
    if holds(actor, "reliance.link"):
        what = "Proposals, who relies on whom, who would be touched"
        yield Place("Reliance", address("waves:reliance_desk"), what)
        what = "Clocks that run, wait or are late, and the load by week"
        yield Place("Review clocks", address("waves:clocks"), what)


def _testing(counts: Mapping[str, int]) -> Place:
    what = "PIT reports without a word on their sufficiency"
    if counts["work_off"]:
        plans = "work-off plan is" if counts["work_off"] == 1 else "work-off plans are"
        what += f"; {number(counts['work_off'])} {plans} not agreed"
    return Place("Testing", address("participants:organisations"), what, str(counts["testing"]))


def _portal(actor: Actor, desks: Desks) -> Iterator[Place]:
    if holds(actor, "staff.manage"):
        what = "Accounts of your body and their duties"
        yield Place("Staff", address("participants:staff"), what, str(desks.counts["staff"]))
    if holds(actor, "audit.read"):
        what = "Who did what, when, to what, chained and checked"
        yield Place("Audit trail", address("participants:audit"), what)
    if holds(actor, "portal.time"):
        yield Place("The portal’s date", address("waves:time"), f"It is {day(desks.now)}")
