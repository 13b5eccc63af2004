"""The page of one section: its questions, and handing it in by itself at the Initial stage."""

from collections.abc import Sequence
from datetime import datetime

from foundation.clock.words import day, since
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Fact, Refusal
from foundation.ui.pages import Column, Head, ListPage, Row, SubmitPanel, Table
from foundation.ui.parts import Lines, Link, Marks, Status, Words
from participants.market_roles import MARKET_ROLES
from submissions import bank
from submissions.applicability import AskedQuestion
from submissions.enums import WRITABLE_SECTIONS, SectionState, Stage
from submissions.presenters import addresses
from submissions.presenters.states import (
    Progress,
    QuestionState,
    count_of,
    read_by,
    section_status,
    tally,
)
from submissions.sheet import PartSheet


def section_page(
    own: PartSheet,
    letter: str,
    states: Sequence[QuestionState],
    slug: str,
    now: datetime,
) -> ListPage:
    """Return the list of a section's questions."""
    part = own.part
    section = bank.of_part(part).section(letter)
    counts = tally(states)
    row = own.sections.get(letter)
    stage = "Final" if part.final_opened_at else "Initial"
    whose = MARKET_ROLES[part.qualification.role].label if part.qualification else "organisation"
    facts = [
        Fact(label="Status", value=section_status(states, row)),
        Fact(label="Ready", value=f"{counts.ready} of {counts.asked}"),
        Fact(label="Read by", value=_marks(states) or "Nobody yet"),
    ]
    if row and row.submitted_at:
        said = f"{day(row.submitted_at)} by {row.submitted_by_name}"
        facts.append(Fact(label="Last submitted", value=said))
    return ListPage(
        head=Head(
            title=f"{letter} {section.title}",
            lead=section.intro,
            crumbs=[
                Link(f"{stage} QAD", addresses.qad(slug, part.qualification_id)),
                Link(f"{letter} {section.title}, {whose}"),
            ],
        ),
        facts=facts,
        table=Table(
            caption=f"Questions of section {letter}",
            columns=[
                Column(label="Question"),
                Column(label="State"),
                Column(label="Read by"),
                Column(label="Evidence", align="end"),
                Column(label="Last saved"),
            ],
            rows=[_row(own, state, letter, slug, now) for state in states],
        ),
    )


def _marks(states: Sequence[QuestionState]) -> Words:
    marks = read_by(states)
    return Marks(marks) if marks else ""


def _row(
    own: PartSheet,
    state: QuestionState,
    letter: str,
    slug: str,
    now: datetime,
) -> Row:
    one = state.one
    answer = own.answers.get(one.code)
    title = f"{one.code} {one.question.title}"
    saved = f"{answer.updated_by_name}, {since(answer.updated_at, now)}" if answer else ""
    pieces = len(own.evidence.get(one.code, ()))
    return Row(
        cells=[
            title,
            Lines([state.status(own.part.stage), *_notes(state)]),
            _marks([state]),
            str(pieces) if pieces else "",
            saved,
        ],
        url=addresses.question(slug, own.part, letter, one.code),
    )


def _notes(state: QuestionState) -> list[Words]:
    """Return what is to be said of an answer beside how far it is."""
    notes: list[Words] = [state.one.because] if not state.counts and state.one.because else []
    if state.changed:
        notes.append("Changed since it was submitted")
    if state.asks:
        notes.append(Status("", "reply_needed"))
    elif state.is_accepted:
        notes.append("Accepted")
    if state.come_back:
        notes.append(Status("", "come_back"))
    return notes


def submit_panel(
    own: PartSheet,
    letter: str,
    states: Sequence[QuestionState],
    *,
    slug: str,
    actor: Actor,
    may_write: bool,
) -> SubmitPanel | None:
    """Return how the section is handed in by itself; None where that is not done (R80)."""
    row = own.sections.get(letter)
    if own.part.stage != Stage.INITIAL or row is None or row.status not in WRITABLE_SECTIONS:
        return None
    blank = [state.one for state in states if state.progress is Progress.BLANK]
    reasons = [] if may_write else ["Only those who may write this section may submit it."]
    again = row.status == SectionState.SUBMITTED_INITIAL
    return SubmitPanel(
        title=f"Submit section {letter} again" if again else f"Submit section {letter} by itself",
        text=(
            "Reviewers can then read it while you write the rest. Blanks are allowed, and you can"
            " go on changing it. A version is kept of what you submit."
        ),
        action=Action(
            text=f"Submit section {letter}",
            url=f"{addresses.section(slug, own.part, letter)}submit/",
            method="post",
            reasons=reasons,
        ),
        refusal=_blanks(blank, own, letter, slug),
    )


def _blanks(
    blank: Sequence[AskedQuestion], own: PartSheet, letter: str, slug: str
) -> Refusal | None:
    if not blank:
        return None
    links: list[Words] = []
    for one in blank:
        url = addresses.question(slug, own.part, letter, one.code)
        links += [", " if links else "", Link(one.code, url)]
    return Refusal(
        title=f"{count_of(len(blank), 'blank')} will go in blank",
        reasons=[[*links, "."]],
        note="This does not stop you: at Initial a section may be submitted with blanks.",
    )
