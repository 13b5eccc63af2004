"""The home of staff who do not review: what waits at their own desks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Quiet
from participants.access.addresses import address
from participants.enums import Body, Duty
from participants.market_roles import GOVERNING_BODIES
from participants.models import Qualification
from participants.roles import holds
from reviews.pages.desk.words import number
from reviews.pages.signing import upper


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """What is counted for the desks, and the first thing to decide."""

    counts: Mapping[str, int]
    now: datetime
    first: Qualification | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One desk: where it is, what stands there, how much of it."""

    label: str
    url: str
    what: str
    count: str = ""


def home_page(actor: Actor, desks: Desks) -> ListPage:
    """Return the desks of whoever reviews nothing, the one with a duty first."""
    title, actions = _title(actor, desks)
    return ListPage(
        head=Head(
            title=title,
            lead=f"{Body(actor.body).label}. {_duties(actor)}.",
            actions=actions,
            browser_title="Home",
        ),
        table=Table(
            caption="Your desks",
            columns=[Column(label="Desk"), Column(label="There now", align="end")],
            rows=[
                Row(cells=[Lines([each.label, Quiet(each.what)]), each.count], url=each.url)
                for each in _places(actor, desks)
                if each.url
            ],
        ),
        empty=Empty(title="No desk is yours yet.", text="An administrator of your body gives you"
                    " a duty; its pages stand here then."),
    )  # fmt: skip


def decides(actor: Actor) -> bool:
    """Return whether the actor records the decisions of its body."""
    return holds(actor, "decision.record.bsc") or holds(actor, "decision.record.rec")


def _duties(actor: Actor) -> str:
    named = [label for duty, label in Duty.choices if duty in actor.duties]
    return upper(", ".join(word[0].lower() + word[1:] for word in named).replace("pAB", "PAB"))


def _title(actor: Actor, desks: Desks) -> tuple[str, list[Action]]:
    counts = desks.counts
    if decides(actor):
        return _decisions_title(desks)
    if holds(actor, "dip_user.confirm"):
        return _waits(counts["dip_user"], "DIP User status", "DIP User statuses"), []
    if Duty.TEST_MANAGER in actor.duties:
        return _waits(counts["testing"], "test report", "test reports"), []
    if Duty.MCC_READER in actor.duties:
        return upper(f"{number(counts['qualified'])} of {counts['held']} are MHHS Qualified."), []
    return f"{upper(number(counts['organisations']))} organisations in the portal.", []


def _decisions_title(desks: Desks) -> tuple[str, list[Action]]:
    count = desks.counts["ready"]
    if not count or desks.first is None:
        return "Nothing is ready to be decided.", []
    name = desks.first.organisation.name
    url = address("reviews:decision", desks.first.pk)
    verb = "is" if count == 1 else "are"
    title = upper(f"{number(count)} {verb} ready to be decided. {name} first.")
    return title, [Action(text=f"Open {name}", url=url, kind="primary", arrow=True)]


def _waits(count: int, one: str, many: str) -> str:
    if not count:
        return f"No {one} waits for your word."
    return upper(f"{number(count)} {one if count == 1 else many} "
                 f"{'waits' if count == 1 else 'wait'} for your word.")  # fmt: skip


def _places(actor: Actor, desks: Desks) -> Iterator[Place]:
    counts = desks.counts
    if decides(actor):
        decider = GOVERNING_BODIES[actor.body].decided_by
        what = f"{upper(number(counts['ready']))} ready for the {decider}, "
        what += f"{number(counts['not_yet'])} on the way"
        yield Place("Decisions", address("reviews:decisions"), what, str(counts["ready"]))
    if holds(actor, "pack.read"):
        what = "What is decided from: built, sealed and kept as printed"
        yield Place("Packs", address("reviews:packs"), what, str(counts["packs"]))
    if holds(actor, "dip_user.confirm"):
        what = "Submitted at Final without your word on the DIP User status"
        url = address("reviews:qualified_all")
        yield Place("DIP User", url and f"{url}?turn=bodies", what, str(counts["dip_user"]))
    yield from _testing(actor, counts)
    what = f"{upper(number(counts['qualified']))} of {counts['held']} are MHHS Qualified"
    yield Place("Qualified yet?", address("reviews:qualified_all"), what, str(counts["held"]))
    what = "Who they are, in which market roles, along which route"
    yield Place(
        "Organisations", address("participants:organisations"), what, str(counts["organisations"])
    )
    late = counts["overdue"]
    what = f"Every date of the plan; {number(late)} {'duty is' if late == 1 else 'duties are'} late"
    yield Place("Timetable", address("waves:timetable"), what)
    yield from _portal(actor, desks)


def _testing(actor: Actor, counts: Mapping[str, int]) -> Iterator[Place]:
    if not holds(actor, "report.confirm"):
        return
    what = f"PIT reports without a word on their sufficiency; {number(counts['work_off'])} work-off"
    what += f" plan{'' if counts['work_off'] == 1 else 's'} not agreed"
    yield Place("Testing", address("participants:organisations"), what, str(counts["testing"]))


def _portal(actor: Actor, desks: Desks) -> Iterator[Place]:
    if holds(actor, "staff.manage"):
        what = "Accounts of your body and their duties"
        yield Place("Staff", address("participants:staff"), what, str(desks.counts["staff"]))
    if holds(actor, "audit.read"):
        what = "Who did what, when, to what, chained and checked"
        yield Place("Audit trail", address("participants:audit"), what)
    if holds(actor, "portal.time"):
        yield Place("The portal’s date", address("waves:time"), f"It is {day(desks.now)}")
