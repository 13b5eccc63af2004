"""One answer as a body reads it: what changed, the evidence, all opinions, the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action, Note, Tab, VerdictBar, VerdictChoice
from foundation.ui.pages import EvidenceList, FormPage, Head, ReviewQuestion
from foundation.ui.parts import Link, Words
from participants import policy
from reviews.enums import SETTLED_OR_PLANNED, ThreadKind
from reviews.models import Thread
from reviews.opinions import PartSaid
from reviews.pages import same_ask
from reviews.pages import threads as talk
from reviews.pages.opinions import opinion
from reviews.pages.part import part_url
from reviews.pages.standing import is_blank
from reviews.reading import Asked, Reading
from submissions.comparing import changes
from submissions.opinions import Opinions
from submissions.presenters.evidence import frozen_item
from submissions.presenters.states import count_of
from submissions.presenters.versions import name_of
from submissions.presenters.words import frozen_text

VIEWS = ("changed", "final", "initial", "sides")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that the page of one question under review is made of."""

    reading: Reading
    one: Asked
    asked: Sequence[Asked]
    letter: str
    rows: Sequence[Thread]
    said: PartSaid
    opinions: Opinions
    setting: talk.Setting
    now: datetime
    view: str = ""

    @property
    def url(self) -> str:
        """The address of the page."""
        return part_url(self.reading, self.letter, self.one.question.code)

    @property
    def shown(self) -> str:
        """Which of the views is shown: what changed, where something did."""
        if self.view in VIEWS and self.reading.initial:
            return self.view
        return "changed" if self.reading.initial and self.one.changed else "final"

    def text(self, held: Mapping[str, Any] | None) -> str:
        """Return what an answer said, as Markdown."""
        return frozen_text(self.one.question, held["answer"]) if held else ""


def question_page(desk: Desk) -> ReviewQuestion:
    """Return one answer under review."""
    question, organisation = desk.one.question, desk.reading.part.organisation
    before, after = _neighbours(desk)
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
        tabs=_tabs(desk),
        compared=_compared(desk),
        **_body(desk),
        evidence=_evidence(desk),
        opinions=[
            opinion(desk.said, desk.opinions, question.code, body) for body in desk.one.readers
        ],
        same_ask=same_ask.hint(desk.setting, desk.rows),
        threads=talk.sort_out(desk.setting, desk.rows),
        verdict=_verdict(desk, after),
        previous_url=before,
        next_url=after,
        notes=_notes(desk),
    )


def _tabs(desk: Desk) -> list[Tab]:
    if desk.reading.initial is None:
        return []
    labels = {"changed": "What changed", "final": "Final", "initial": "Initial",
              "sides": "Side by side"}  # fmt: skip
    return [
        Tab(label=label, url=f"{desk.url}?view={name}", current=desk.shown == name)
        for name, label in labels.items()
    ]


def _compared(desk: Desk) -> str:
    newest, initial = desk.reading.newest, desk.reading.initial
    if initial is None:
        return f"Version {newest.number}, {day(newest.submitted_at)}"
    return f"Initial {day(initial.submitted_at)} to Final {day(newest.submitted_at)}"


def _body(desk: Desk) -> dict[str, Any]:
    """Return what stands in the middle: the comparison, one text, or two."""
    now, before = desk.text(desk.one.now), desk.text(desk.one.before)
    if desk.shown == "sides":
        return {
            "sides": [("Initial", before or "Not answered."), ("Final", now or "Not answered.")]
        }
    if desk.shown == "initial":
        return {"record": before or "Not answered at Initial."}
    if desk.shown == "changed":
        found = changes(before, now)
        if found:
            return {"changes": found, "summary": _summary(desk)}
        return {"record": now or "Left blank.", "summary": "The words are as they were at Initial."}
    return {"record": now or _blank(desk)}


def _summary(desk: Desk) -> Words:
    if desk.one.before is None or desk.one.before["answer"] is None:
        return "Answered for the first time at Final."
    return "Words that were added are underlined, words that were removed are struck through."


def _blank(desk: Desk) -> str:
    if desk.one.now["evidence"]:
        return "No words; see the evidence."
    return desk.one.now["because"] or "Left blank."


def _evidence(desk: Desk) -> EvidenceList:
    slug = desk.reading.part.organisation.slug
    items = desk.one.now["evidence"]
    old = {(item["id"], item["version"]) for item in (desk.one.before or {}).get("evidence", ())}
    fresh = sum((item["id"], item["version"]) not in old for item in items)
    note = f"{fresh} new or replaced since Initial" if desk.reading.initial and fresh else ""
    return EvidenceList(
        items=[frozen_item(item, slug) for item in items],
        note=note or count_of(len(items), "piece"),
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
    """Return the question before and after, across sections where need be."""
    codes = [one.question.code for one in desk.asked]
    at, letters = codes.index(desk.one.question.code), desk.reading.letters
    place = letters.index(desk.letter)
    before = part_url(desk.reading, desk.letter, codes[at - 1]) if at else ""
    if at + 1 < len(codes):
        return before, part_url(desk.reading, desk.letter, codes[at + 1])
    if place + 1 < len(letters):
        return before, part_url(desk.reading, letters[place + 1])
    return before, ""


def _notes(desk: Desk) -> list[Note]:
    if desk.reading.actor.body in desk.one.readers:
        return []
    listed = ", ".join(desk.one.readers)
    return [Note(lead="Read by others.", text=f"{listed} review this answer.", kind="target")]


_TITLES = {
    ThreadKind.COMMENT: "Ask for more",
    ThreadKind.OBSERVATION: "Raise an observation",
    ThreadKind.FINDING: "Raise a finding",
}
_AFTERWARDS = {
    ThreadKind.COMMENT: "Open comments have to be addressed before the QAD can be signed.",
    ThreadKind.OBSERVATION: "It has to be cleared, or planned with you, before a decision.",
    ThreadKind.FINDING: "It has to be cleared, or planned with you, before a decision.",
}


def raise_page(desk: Desk, kind: str, form: BaseForm) -> FormPage:
    """Return the form of a new thread, with what it is about and who will read it."""
    question, organisation = desk.one.question, desk.reading.part.organisation
    return FormPage(
        head=Head(
            title=f"{_TITLES[ThreadKind(kind)]} on {question.code}",
            lead=f"{question.title}. {organisation.name}, version {desk.reading.newest.number}.",
            crumbs=[Link(f"{question.code} {question.title}", desk.url), Link("New")],
        ),
        form=form,
        before=same_ask.while_drafting(desk.setting, desk.rows, desk.url),
        submit=Action(text="Send", kind="primary", method="submit"),
        cancel=Link("Back to the answer", desk.url),
        note=f"{organisation.name} is told at once. {_AFTERWARDS[ThreadKind(kind)]}",
    )
