"""The question page: the question, its answer to write or to read, evidence, history, guidance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.clock.words import day, instant, since
from foundation.ui.blocks import Action, Note
from foundation.ui.editor import Editor
from foundation.ui.fields import AnyField
from foundation.ui.pages import (
    EvidenceList,
    Guidance,
    Head,
    HistoryRow,
    QuestionPage,
)
from foundation.ui.parts import Link, Mark, Quiet, Status, Strong, Words, shape, words
from foundation.ui.record import word_count
from participants import policy
from participants.access.addresses import address
from submissions import bank
from submissions.applicability import AskedQuestion
from submissions.comparing import changes
from submissions.enums import SectionState
from submissions.models import AnswerRevision
from submissions.presence import BEAT
from submissions.presenters import addresses
from submissions.presenters import evidence as pieces
from submissions.presenters.desk import Desk
from submissions.presenters.fields import fields_of, marks_field, notes_field
from submissions.presenters.states import QuestionState, count_of, tally
from submissions.presenters.words import answer_text
from submissions.sheet import PartSheet
from submissions.template_types import Question

_PHASES = {"I": "Initial", "F": "Final", "IF": "Initial and Final"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """The form of an answer that is not prose first: its fields, then a box for words."""

    save_url: str
    revision: int
    fields: Sequence[AnyField]
    notes: AnyField
    saved: str = ""
    version: str = ""
    error: str = ""
    offline_key: str = ""


def question_page(desk: Desk) -> QuestionPage:
    """Return the page; with ``why_not`` it shows the record, and says why."""
    question, may_write = desk.question, not desk.why_not
    page = {
        "head": Head(title=question.title, crumbs=_crumbs(desk)),
        "code": question.code,
        "question": question.ask,
        "status": _status(desk),
        "here_url": f"{desk.url}here/",
        "here_every": BEAT,
        "live_status": may_write and not desk.state.asks,
        "stage": _PHASES[question.phase],
        "read_by": [Mark(body, opinion.value) for body, opinion in desk.state.opinions.items()],
        "copy_url": desk.url,
        "evidence": _evidence(desk, may_write),
        "history": _history(desk),
        "history_more": _all_history(desk),
        "guidance": _guidance(desk),
        "partials": _partials(desk),
        "notes": [*desk.notes, *_own_notes(desk)],
        "actions": _actions(desk) if may_write else _ways_on(desk),
    }
    if may_write and _is_prose(question):
        fields = fields_of(question, desk.content.value, desk.lines)
        page |= {"editor": _editor(desk), "fields": fields, "choices": [_marks(desk)]}
    elif not may_write:
        said = answer_text(question, desk.content)
        page |= {"record": said or "*Nothing was answered.*", "record_note": _why_read(desk)}
    return QuestionPage(**page)


def _status(desk: Desk) -> Status:
    """What a body asks comes before how far the author is."""
    state = desk.state
    if state.asks:
        is_reply = any(one.asks and one.is_comment for one in state.open)
        return Status("", "reply_needed" if is_reply else "plan_needed", tag=True)
    if state.is_accepted:
        return Status("", "accepted", tag=True)
    return state.status(desk.own.part.stage, tag=True)


def standing(own: PartSheet, states: Sequence[QuestionState], code: str) -> dict[str, str]:
    """Return what a save by itself renews on the page: the state of the answer, and the counts."""
    state = next(each for each in states if each.one.code == code)
    counts = tally(states)
    return {
        "status": words(state.status(own.part.stage, tag=True)),
        "shape": shape(state.shape),
        "ready": f"{counts.ready} of {counts.asked}",
    }


def _why_read(desk: Desk) -> Words:
    row = desk.own.sections.get(desk.question.section)
    url = _reopening(desk) if row and row.status == SectionState.LOCKED else ""
    if not url or not policy.may(desk.actor, "reopen.request", desk.own.part):
        return desk.why_not
    return [desk.why_not, " ", Link("Ask for it to be reopened", url)]


def _reopening(desk: Desk) -> str:
    held = desk.own.part.qualification_id
    if held is None:
        return address("reviews:reopening_of", desk.slug)
    return address("reviews:request_reopening", desk.slug, held)


def answer_form(desk: Desk) -> AnswerForm | None:
    """Return the form of an answer that is not prose; None where the editor or record stands."""
    if desk.why_not or _is_prose(desk.question):
        return None
    return AnswerForm(
        save_url=desk.url,
        revision=desk.revision,
        fields=fields_of(desk.question, desk.content.value, desk.lines),
        notes=notes_field(desk.content),
        saved=_saved(desk),
        version=_version(desk),
        error=desk.typed.error if desk.typed else "",
        offline_key=_offline_key(desk),
    )


def marks_of(desk: Desk) -> AnyField:
    """Return the ticks under the answer."""
    return _marks(desk)


def _is_prose(question: Question) -> bool:
    return question.kind == "TEXT"


def _crumbs(desk: Desk) -> list[Link]:
    part, letter = desk.own.part, desk.question.section
    section = bank.of_part(part).section(letter)
    stage = "Final" if part.final_opened_at else "Initial"
    return [
        Link(f"{stage} QAD", addresses.qad(desk.slug, part.qualification_id)),
        Link(f"{letter} {section.title}", addresses.section(desk.slug, part, letter)),
        Link(desk.question.code),
    ]


def _editor(desk: Desk) -> Editor:
    before = (desk.initial or {}).get("answer") or {}
    old, new = before.get("text", ""), desk.content.text
    return Editor(
        save_url=desk.url,
        text=new,
        revision=desk.revision,
        preview_url=f"{desk.url}preview/",
        changes=changes(old, new) if desk.initial is not None else (),
        saved=_saved(desk),
        words=word_count(new),
        version=_version(desk),
        error=desk.typed.error if desk.typed else "",
        offline_key=_offline_key(desk),
    )


def _offline_key(desk: Desk) -> str:
    return f"{desk.own.part.pk}:{desk.one.code}"


def _saved(desk: Desk) -> str:
    if desk.typed:
        return "Not saved"
    return f"Saved {since(desk.answer.updated_at, desk.now)}" if desk.answer else ""


def _version(desk: Desk) -> str:
    if not desk.answer:
        return "Not answered yet"
    mine = desk.answer.updated_by_id == desk.actor.person_id
    return f"Revision {desk.answer.revision}, {'yours' if mine else desk.answer.updated_by_name}"


def _marks(desk: Desk) -> AnyField:
    missing = desk.typed and desk.content.is_not_applicable
    error = "Say why it does not apply to you." if missing else ""
    if desk.content.not_applicable_reason.strip():
        error = ""
    return marks_field(
        desk.content,
        desk.own.part.get_stage_display(),
        error,
        may_be_set_aside=desk.one.question.may_be_set_aside,
    )


def _neighbour(desk: Desk, step: int) -> AskedQuestion | None:
    codes = [state.one.code for state in desk.neighbours]
    place = codes.index(desk.one.code) + step
    while 0 <= place < len(codes):
        if desk.neighbours[place].counts:
            return desk.neighbours[place].one
        place += step
    return None


def _actions(desk: Desk) -> list[Action]:
    following = _neighbour(desk, 1)
    on = f"Save and go to {following.code}" if following else "Save and end the section"
    actions = [
        Action(
            text=on,
            kind="primary",
            method="submit",
            arrow=True,
            name="then",
            value=following.code if following else "section",
        ),
        Action(text="Save and stay", method="submit", name="then", value="stay"),
    ]
    if "TABLE" in desk.question.kinds:
        actions.append(
            Action(
                text="Save and add lines", method="submit", name="then", value="lines", icon="plus"
            )
        )
    return [*actions, *_back(desk)]


def _ways_on(desk: Desk) -> list[Action]:
    following = _neighbour(desk, 1)
    ways = []
    if following:
        letter = desk.question.section
        url = addresses.question(desk.slug, desk.own.part, letter, following.code)
        ways.append(Action(text=f"Go to {following.code}", url=url, arrow=True))
    return [*ways, *_back(desk)]


def _back(desk: Desk) -> list[Action]:
    before = _neighbour(desk, -1)
    if before is None:
        return []
    url = addresses.question(desk.slug, desk.own.part, desk.question.section, before.code)
    return [Action(text=f"Back to {before.code}", url=url, kind="quiet")]


def _evidence(desk: Desk, may_write: bool) -> EvidenceList | None:
    held = desk.own.evidence.get(desk.one.code, ())
    if not held and not desk.question.evidence:
        return None
    before = (desk.initial or {}).get("evidence", ())
    seen = {(item["id"], item["version"]) for item in before}
    items = pieces.own_items(held, desk.slug, desk.url, seen, may_write)
    fresh = sum((str(one.pk), one.version) not in seen for one in held) if before else 0
    note = count_of(len(held), "item") if held else ""
    return EvidenceList(
        items=items,
        note=f"{note}, {fresh} new since Initial" if fresh else note,
        actions=_ways_to_add(desk) if may_write else (),
    )


def _ways_to_add(desk: Desk) -> list[Action]:
    ways = []
    if "file" in desk.question.evidence:
        ways.append(Action(text="Add a file", url=f"{desk.url}evidence/file/", icon="plus"))
    if "reference" in desk.question.evidence:
        ways.append(
            Action(
                text="Point to a test or link", url=f"{desk.url}evidence/reference/", icon="chain"
            )
        )
    ways.append(Action(text="From the library", url=f"{desk.url}evidence/library/", kind="quiet"))
    return ways


def _history(desk: Desk) -> list[HistoryRow]:
    rows = [(row.at, _revision_row(desk, row)) for row in desk.revisions]
    if desk.initial_row is not None:
        rows.append((desk.initial_row.frozen_at, _initial_row(desk)))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True)]


def _revision_row(desk: Desk, row: AnswerRevision) -> HistoryRow:
    words = word_count(row.content["text"])
    said = [f", {count_of(words, 'word')}" if words else ""]
    said.append(", ready" if row.content["is_ready"] else "")
    url = f"{desk.url}history/{row.revision}/"
    return HistoryRow(
        number=str(row.revision),
        text=[Link(row.by_name, url), Quiet("".join(said))],
        when=since(row.at, desk.now),
    )


def _initial_row(desk: Desk) -> HistoryRow:
    url = addresses.versions(desk.slug, desk.own.part)
    return HistoryRow(
        number="",
        text=[Strong(Link("Initial, as submitted", url))],
        when=day(desk.initial_row.frozen_at),
        locked=True,
    )


def _all_history(desk: Desk) -> Link | None:
    if not desk.answer:
        return None
    return Link("All revisions", f"{desk.url}history/")


def _guidance(desk: Desk) -> list[Guidance]:
    question = desk.question
    template = bank.of_part(desk.own.part)
    length = f"Usually {question.min_words} words or more. " if question.min_words else ""
    blocks = [
        Guidance(
            title="Guidance",
            markdown=question.guidance,
            source=f"{length}QAD template {template.version}, {question.code}. {question.source}",
        )
    ]
    if question.criterion:
        blocks.append(Guidance(title="What reviewers look for", points=question.criterion))
    return blocks


def _partials(desk: Desk) -> list[Link]:
    url = address("reviews:threads", desk.slug, desk.own.part.pk, desk.one.code)
    return [Link("Threads and findings on this question", url)] if url else []


def _own_notes(desk: Desk) -> list[Note]:
    if desk.why_not or desk.one.is_open:
        return []
    return [
        Note(
            lead="This is asked at the Final stage.",
            text="You may draft it already; nothing is missing while it is blank.",
            kind="target",
        )
    ]


def saved_words(at: datetime) -> str:
    """Return the moment of a save as the editor says it: "10:42:07"."""
    return f"{instant(at)[-5:]}:{at:%S}"


def plain_note(lead: str, text: Words = "", kind: str = "check") -> Note:
    """Return a message of the page."""
    return Note(lead=lead, text=text, kind=kind)
