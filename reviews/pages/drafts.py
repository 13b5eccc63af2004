"""What a body means to ask: as cards beside the answers, by organisation, and before sending."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, since
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Message, Note, Thread
from foundation.ui.counting import counted, number, opened
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Link, Mark, Status, Words
from participants import policy
from participants.models import Organisation
from reviews.enums import Severity, ThreadKind
from reviews.models import Draft
from reviews.models import Thread as Sent
from reviews.pages.threads import Setting
from submissions import bank
from submissions.presenters.versions import name_of

NOWHERE = Empty(
    title="Nothing is drafted.",
    text="A comment, observation or finding that is kept as a draft at an answer stands here until"
    " a lead sends it.",
)


def anchor(written: Draft | Sent) -> str:
    """Return the anchor of a draft or a thread on the page of its answer."""
    return f"{'draft' if isinstance(written, Draft) else 'thread'}-{written.pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A draft as it will be read, and whether it is chosen to be sent."""

    id: str
    thread: Thread
    chosen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftsPage:
    """``reviews/drafts.html``: a body's drafts for one organisation, sent together by a lead."""

    head: Head
    cards: Sequence[Card] = ()
    empty: Empty | None = None
    error: str = ""
    send: Action | None = None
    note: Words = ""
    notes: Sequence[Note] = field(default_factory=tuple)


def index_page(rows: Sequence[dict], setting_now, body: str) -> ListPage:
    """Return for whom drafts of a body wait, the longest waiting first."""
    count = sum(row["count"] for row in rows)
    return ListPage(
        head=Head(
            title=opened(f"{number(count)} draft{'' if count == 1 else 's'} not sent.")
            if count
            else "Drafts",
            lead=f"Only {body} reads them. A lead sends what is drafted for an organisation in one"
            " go.",
            browser_title="Drafts",
        ),
        table=Table(
            caption="Drafts by participant, the longest waiting first",
            columns=[
                Column(label="Participant"),
                Column(label="Drafts", align="end"),
                Column(label="The oldest"),
            ],
            rows=[
                Row(
                    url=reverse("reviews:drafts_of", args=[row["slug"]]),
                    cells=[row["name"], str(row["count"]), since(row["since"], setting_now)],
                )
                for row in rows
            ],
        )
        if rows
        else None,
        empty=NOWHERE,
    )


def drafts_page(
    organisation: Organisation,
    rows: Sequence[Draft],
    setting: Setting,
    *,
    chosen: Sequence[str] | None = None,
    error: str = "",
) -> DraftsPage:
    """Return a body's drafts for one organisation as the participant will read them."""
    actor, name = setting.actor, organisation.name
    is_lead = policy.may(actor, "draft.release")
    changed = [row for row in rows if row.changed_in]
    return DraftsPage(
        head=Head(
            title=f"{opened(counted(len(rows), 'draft'))} for {name}" if rows else "Drafts",
            lead=_lead(actor, name, is_lead=is_lead) if rows else f"For {name}.",
            crumbs=[Link("Drafts", reverse("reviews:drafts")), Link(name)],
            browser_title=f"Drafts, {name}",
        ),
        cards=[
            Card(
                id=str(row.pk),
                thread=draft_card(row, setting, placed=True),
                chosen=chosen is None or str(row.pk) in chosen,
            )
            for row in rows
        ],
        empty=None if rows else NOWHERE,
        error=error,
        send=Action(text=f"Send what is ticked to {name}", kind="primary", method="submit")
        if is_lead and rows
        else None,
        note="What you leave out stays a draft.",
        notes=[_changed_since(changed)] if changed and is_lead else (),
    )


def _lead(actor: Actor, name: str, *, is_lead: bool) -> str:
    if not is_lead:
        return f"Only {actor.body} reads them. A lead of {actor.body} sends them."
    return (
        f"{name} will read exactly these words, under your name, and gets one notice of them all."
    )


def _changed_since(rows: Sequence[Draft]) -> Note:
    listed = ", ".join(f"{row.question}" for row in rows)
    return Note(
        lead="Answered anew since.",
        text=f"Since these were written the answer changed: {listed}. Look whether they still"
        " ask what is missing.",
        kind="triangle",
    )


def draft_card(row: Draft, setting: Setting, *, placed: bool = False) -> Thread:
    """Return a draft as it will be read; ``placed`` names its part and links to the answer."""
    kind = ThreadKind(row.kind).label
    severity = f", {Severity(row.severity).label.lower()}" if row.severity else ""
    asked = f"A reply is asked for by {day(row.due_on)}. " if row.due_on else ""
    return Thread(
        subject=f"{row.question} {row.subject}",
        marks=[Mark(row.body)],
        status=Status(f"{kind}{severity}, not sent", "paused"),
        messages=[
            Message(
                author=row.author_name,
                when=since(row.changed_at, setting.now),
                text=row.text,
                note=_on_version(row),
                draft=True,
                own=row.author_id == setting.actor.person_id,
            )
        ],
        foot=[asked, *(_place(row, setting) if placed else [])],
        anchor=f"draft-{row.pk}",
        actions=_ways(row, setting),
        internal=True,
    )


def _on_version(row: Draft) -> str:
    changed = row.changed_in
    since_then = f", answer changed in version {changed}" if changed else ""
    return f"on version {row.version.number}{since_then}"


def _place(row: Draft, setting: Setting) -> list:
    letter = bank.of_part(row.part).question(row.question).section
    args = [setting.slug, row.part_id, letter, row.question]
    url = reverse("reviews:part_question", args=args)
    return [Link(f"The answer {row.question}", url), f", {name_of(row.part)}"]


def _ways(row: Draft, setting: Setting) -> list[Action]:
    own = row.author_id == setting.actor.person_id
    if not own and not policy.may(setting.actor, "draft.release"):
        return []
    url = reverse("reviews:draft", args=[setting.slug, row.pk])
    return [Action(text="Change or discard", url=url, small=True)]


def draft_form(row: Draft, form: BaseForm) -> FormPage:
    """Return the form at which a draft is changed, or thrown away."""
    name = row.part.organisation.name
    kind = ThreadKind(row.kind).label.lower()
    back = reverse("reviews:drafts_of", args=[row.part.organisation.slug])
    return FormPage(
        head=Head(
            title=f"Draft {kind} on {row.question}",
            lead=f"{bank.of_part(row.part).question(row.question).title}. {name}, version"
            f" {row.version.number}. Written by {row.author_name}.",
            crumbs=[Link("Drafts", reverse("reviews:drafts")), Link(name, back), Link("Draft")],
        ),
        form=form,
        submit=Action(text="Keep the draft", kind="primary", method="submit"),
        also=Action(
            text="Throw it away", method="submit", name="discard", value="yes",
            attrs={"formnovalidate": ""},
        ),
        cancel=Link("Back to the drafts", back),
        note=f"{name} reads nothing of this until a lead sends it.",
    )  # fmt: skip
