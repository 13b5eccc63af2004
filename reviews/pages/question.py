"""One answer as a body reads it: what changed, the evidence, all opinions, the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import (
    Action,
    Filter,
    FilterOption,
    Note,
    Tab,
    VerdictBar,
    VerdictChoice,
)
from foundation.ui.pages import EvidenceList, Head, ReviewQuestion
from foundation.ui.parts import Link, Words
from participants import policy
from reviews.enums import SETTLED_OR_PLANNED, ThreadKind
from reviews.eyes import Eye
from reviews.models import Draft, Thread
from reviews.opinions import PartSaid
from reviews.pages import same_ask
from reviews.pages import threads as talk
from reviews.pages.drafts import draft_card
from reviews.pages.opinions import opinion
from reviews.pages.part import part_url
from reviews.pages.sight import Sight, neighbours, why
from reviews.pages.standing import is_blank
from reviews.reading import Asked, Reading
from submissions.deltas import Turn
from submissions.enums import Stage
from submissions.models import Version
from submissions.opinions import Opinions
from submissions.presenters.deltas import ShownDelta, evidence, shown
from submissions.presenters.evidence import frozen_item
from submissions.presenters.states import count_of
from submissions.presenters.versions import name_of
from submissions.presenters.words import frozen_text

VIEWS = ("changed", "now", "before", "sides")
_OLD_NAMES = {"final": "now", "initial": "before"}  # in addresses that were sent before


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that the page of one question under review is made of; ``base`` is compared with."""

    reading: Reading
    one: Asked
    asked: Sequence[Asked]
    letter: str
    rows: Sequence[Thread]
    said: PartSaid
    opinions: Opinions
    sight: Sight
    base: Version | None
    setting: talk.Setting
    now: datetime
    view: str = ""
    drafts: Sequence[Draft] = ()

    @property
    def url(self) -> str:
        """The address of the page."""
        return part_url(self.reading, self.letter, self.one.question.code)

    @property
    def eye(self) -> Eye:
        """Whether the answer needs the reader's eyes, and why."""
        return self.sight.eyes[self.one.question.code]

    @property
    def before(self) -> Mapping[str, Any] | None:
        """The question as it was frozen in the version that is compared with."""
        if self.base is None:
            return None
        content = self.sight.held.get(self.base.number, {}).get(self.letter, {})
        asked = content.get("questions", ())
        return next((each for each in asked if each["code"] == self.one.question.code), None)

    @property
    def delta(self) -> ShownDelta | None:
        """What differs between the two versions; None without an earlier one."""
        return shown(self.one.question, self.before, self.one.now) if self.base else None

    def shown(self, found: ShownDelta | None) -> str:
        """Return which of the views is shown: what changed, where something did."""
        view = _OLD_NAMES.get(self.view, self.view)
        if view in VIEWS and self.base:
            return view
        return "changed" if found is not None and found.found else "now"

    def text(self, held: Mapping[str, Any] | None) -> str:
        """Return what an answer said, as Markdown."""
        return frozen_text(self.one.question, held["answer"]) if held else ""


def question_page(desk: Desk) -> ReviewQuestion:
    """Return one answer under review."""
    question, organisation = desk.one.question, desk.reading.part.organisation
    before, after = _neighbours(desk)
    found = desk.delta
    return ReviewQuestion(
        head=Head(
            title=question.title,
            crumbs=[
                Link(organisation.name, reverse("reviews:qad", args=[organisation.slug])),
                Link(name_of(desk.reading.part), part_url(desk.reading)),
                Link(f"Section {desk.letter}", part_url(desk.reading, desk.letter)),
                Link(question.code),
            ],
            browser_title=f"{question.title}, {organisation.name}",
        ),
        code=question.code,
        question=question.ask,
        guidance=Link("Guidance and criterion", f"{desk.url}criterion/"),
        why=why(desk.eye),
        tabs=_tabs(desk, desk.shown(found)),
        compared=_compared(desk),
        against=_against(desk, desk.shown(found)),
        **_body(desk, found),
        evidence=_evidence(desk, found),
        opinions=[
            opinion(desk.said, desk.opinions, question.code, body) for body in desk.one.readers
        ],
        same_ask=same_ask.hint(desk.setting, desk.rows),
        threads=[
            *(draft_card(each, desk.setting) for each in desk.drafts),
            *talk.sort_out(desk.setting, desk.rows),
        ],
        verdict=_verdict(desk, after),
        previous_url=before,
        next_url=after,
        notes=_notes(desk),
    )


def _tabs(desk: Desk, shown_now: str) -> list[Tab]:
    if desk.base is None:
        return []
    labels = {
        "changed": "What changed",
        "now": f"As it is now, version {desk.reading.newest.number}",
        "before": f"Before, version {desk.base.number}",
        "sides": "Side by side",
    }
    return [
        Tab(label=label, url=_view_url(desk, name), current=shown_now == name)
        for name, label in labels.items()
    ]


def _view_url(desk: Desk, view: str, number: int = 0) -> str:
    number = number or desk.base.number
    usual = desk.sight.base_of(desk.one.question.code)
    against = f"&against={number}" if usual is None or number != usual.number else ""
    return f"{desk.url}?view={view}{against}"


def _compared(desk: Desk) -> str:
    newest = desk.reading.newest
    if desk.base is None:
        return f"Version {newest.number}, {day(newest.submitted_at)}"
    return f"{_name(desk.base)} to {_name(newest)}"


def _name(version: Version) -> str:
    return f"{Stage(version.stage).label} {day(version.submitted_at)}"


def _against(desk: Desk, shown_now: str) -> list[Filter]:
    """Return the choice of the version to compare with, where there is one."""
    earlier = desk.reading.earlier
    if len(earlier) < 2:
        return []
    options = [
        FilterOption(
            label=f"Version {each.number}, {_name(each)}",
            url=_view_url(desk, "changed" if shown_now == "now" else shown_now, each.number),
            current=each.number == desk.base.number,
        )
        for each in earlier
    ]
    return [Filter(label=f"Compared with version {desk.base.number}", options=options)]


def _body(desk: Desk, found: ShownDelta | None) -> dict[str, Any]:
    """Return what stands in the middle: the comparison, one text, or two."""
    now, before = desk.text(desk.one.now), desk.text(desk.before)
    view = desk.shown(found)
    if view == "sides":
        return {
            "sides": [
                (f"Version {desk.base.number}", before or "Not answered."),
                (f"Version {desk.reading.newest.number}", now or "Not answered."),
            ]
        }
    if view == "before":
        return {"record": before or f"Not answered in version {desk.base.number}."}
    if view == "changed" and found:
        return {"delta": found, "summary": _summary(desk, found)}
    if view == "changed":
        return {"record": now or _blank(desk), "summary": _as_before(desk, found)}
    return {"record": now or _blank(desk)}


def _as_before(desk: Desk, found: ShownDelta) -> Words:
    said = f"The answer is as it was in version {desk.base.number}"
    return f"{said}; its evidence changed." if found.found.pieces else f"{said}."


def _summary(desk: Desk, found: ShownDelta) -> Words:
    number = desk.base.number
    if found.found.turn is Turn.ASKED:
        return f"Not part of version {number}: new since."
    if found.found.turn is Turn.GIVEN:
        return f"Answered for the first time since version {number}."
    if found.found.turn is Turn.EMPTIED:
        return f"The answer of version {number} was taken away."
    return "Words that were added are underlined, words that were removed are struck through."


def _blank(desk: Desk) -> str:
    if desk.one.now["evidence"]:
        return "No words; see the evidence."
    return desk.one.now["because"] or "Left blank."


def _evidence(desk: Desk, found: ShownDelta | None) -> EvidenceList:
    slug, items = desk.reading.part.organisation.slug, desk.one.now["evidence"]
    if found is None or not found.found.pieces:
        return EvidenceList(
            items=[frozen_item(item, slug) for item in items], note=count_of(len(items), "piece")
        )
    what, number = found.found, desk.base.number
    told = {"new": what.added, "replaced": what.replaced, "removed": what.removed}
    counts = ", ".join(f"{len(items)} {word}" for word, items in told.items() if items)
    return EvidenceList(
        items=evidence(what, desk.one.now, slug, number), note=f"{counts} since version {number}"
    )


_CHOICES = (
    (ThreadKind.COMMENT, "Ask for more", "M", "diamond"),
    (ThreadKind.OBSERVATION, "Observation", "O", "triangle"),
    (ThreadKind.FINDING, "Finding", "F", "octagon"),
)


ACCEPT = VerdictChoice(label="Accept", value="accept", key="A", shape="check")
TAKE_BACK = VerdictChoice(label="Take back", value="take_back", key="A", shape="broken")


def _verdict(desk: Desk, after: str) -> VerdictBar | None:
    body = desk.reading.actor.body
    number = desk.reading.newest.number
    following = Action(text="Next", url=after, arrow=True) if after else None
    if not policy.may(desk.reading.actor, "thread.raise") or body not in desk.one.readers:
        return VerdictBar(
            title=f"{desk.one.question.code}, version {number}", choices=[], next=following,
            note="You read this; the bodies that review it have the word.",
        )  # fmt: skip
    title = f"{body} on {desk.one.question.code}, version {number}"
    if desk.setting.read_only:
        note = "This can only be read now."
        return VerdictBar(title=title, choices=[], next=following, note=note)
    word, note = _word_on_it(desk)
    raising = [
        VerdictChoice(label=label, value=kind, key=key, shape=shape, url=raise_url(desk, kind))
        for kind, label, key, shape in _CHOICES
    ]
    return VerdictBar(
        title=title,
        choices=[*([word] if word else []), *raising],
        url=f"{desk.url}accept/",
        hidden={"version": str(number)},
        next=following,
        note=note,
    )


def _word_on_it(desk: Desk) -> tuple[VerdictChoice | None, str]:
    """Return whether the body may accept the answer or take that back, and what is said of it."""
    body, code = desk.reading.actor.body, desk.one.question.code
    given = desk.said.standing_acceptance(code, body)
    own = [row for row in desk.rows if row.body == body and row.status not in SETTLED_OR_PLANNED]
    if own:
        listed = ", ".join(row.reference for row in own)
        return None, f"{listed} is yours and open; settle it to accept."
    if given:
        return TAKE_BACK, f"{body} accepted this on {day(given.at)}."
    if is_blank(desk.one):
        return None, "Nothing was answered, so that there is nothing to accept."
    return ACCEPT, "Nothing is chosen for you"


def raise_url(desk: Desk, kind: str) -> str:
    """Return the form at which a thread of a kind is raised."""
    return f"{desk.url}raise/{kind.lower()}/"


def _neighbours(desk: Desk) -> tuple[str, str]:
    """Return the ways to the answers before and after this one that need eyes.

    Within the section they are known; beyond it the way finds them when it is taken.
    """
    code = desk.one.question.code
    before, after = neighbours(desk.sight, [one.question.code for one in desk.asked], code)
    args = [desk.reading.part.organisation.slug, desk.reading.part.pk]
    letters = desk.reading.letters
    beyond = {
        "previous": letters[0] != desk.letter and reverse("reviews:previous_for_eyes", args=args),
        "next": letters[-1] != desk.letter and reverse("reviews:next_for_eyes", args=args),
    }
    return (
        part_url(desk.reading, desk.letter, before)
        if before
        else f"{beyond['previous']}?from={code}"
        if beyond["previous"]
        else "",
        part_url(desk.reading, desk.letter, after)
        if after
        else f"{beyond['next']}?from={code}"
        if beyond["next"]
        else "",
    )


def _notes(desk: Desk) -> list[Note]:
    if desk.reading.actor.body in desk.one.readers:
        return []
    listed = ", ".join(desk.one.readers)
    return [Note(lead="Read by others.", text=f"{listed} review this answer.", kind="target")]
