"""The history of an answer: who saved what when, and what a revision differs in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.clock.words import instant, since
from foundation.ui.blocks import Action, Change, Fact, Note, Pagination
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Link
from foundation.ui.record import word_count
from submissions.comparing import changes
from submissions.forms import content_from
from submissions.models import Answer, AnswerRevision, Part
from submissions.presenters import addresses
from submissions.presenters.states import count_of
from submissions.presenters.words import answer_text
from submissions.sheet import content_of
from submissions.template_types import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionPage:
    """``submissions/revision.html``: an earlier revision, and what changed since."""

    head: Head
    facts: Sequence[Fact]
    text: str
    changes: Sequence[Change] = ()
    restore: Action | None = None
    notes: Sequence[Note] = ()


def _crumbs(part: Part, asked: Question, *after: Link) -> list[Link]:
    url = addresses.question(part.organisation.slug, part, asked.section, asked.code)
    return [Link(f"{asked.code} {asked.title}", url), *after]


def history_page(
    part: Part,
    asked: Question,
    rows: Sequence[AnswerRevision],
    pagination: Pagination | None,
    now: datetime,
) -> ListPage:
    """Return every kept revision of an answer, newest first."""
    url = addresses.question(part.organisation.slug, part, asked.section, asked.code)
    return ListPage(
        head=Head(
            title=f"History of {asked.code}",
            lead="Nothing is ever overwritten. Saves of one person within minutes are one line.",
            crumbs=_crumbs(part, asked, Link("History")),
        ),
        table=Table(
            caption="Revisions",
            columns=[
                Column(label="Revision"),
                Column(label="By"),
                Column(label="Length", align="end"),
                Column(label="Marked"),
                Column(label="Saved"),
            ],
            rows=[_row(row, url, now) for row in rows],
        ),
        pagination=pagination,
    )


def _row(row: AnswerRevision, url: str, now: datetime) -> Row:
    marks = []
    if row.content["is_ready"]:
        marks.append("Ready")
    if row.content["is_not_applicable"]:
        marks.append("Not applicable")
    if row.content.get("come_back"):
        marks.append("To come back to")
    return Row(
        cells=[
            f"Revision {row.revision}",
            row.by_name,
            count_of(word_count(row.content["text"]), "word"),
            ", ".join(marks),
            since(row.at, now),
        ],
        url=f"{url}history/{row.revision}/",
    )


def revision_page(
    part: Part, asked: Question, answer: Answer, row: AnswerRevision, *, may_restore: bool
) -> RevisionPage:
    """Return one revision with what changed since, and the way to bring it back."""
    url = addresses.question(part.organisation.slug, part, asked.section, asked.code)
    old, new = content_from(row.content), content_of(answer)
    restore = Action(
        text="Bring this revision back",
        url=f"{url}history/{row.revision}/restore/",
        method="post",
        hidden={"revision": str(answer.revision)},
    )
    is_current = row.revision == answer.revision
    return RevisionPage(
        head=Head(
            title=f"Revision {row.revision} of {asked.code}",
            crumbs=_crumbs(part, asked, Link("History", f"{url}history/"), Link(f"{row.revision}")),
        ),
        facts=[
            Fact(label="Saved", value=instant(row.at)),
            Fact(label="By", value=row.by_name),
            Fact(label="Ready", value="Yes" if old.is_ready else "No"),
        ],
        text=answer_text(asked, old) or "*Nothing was written.*",
        changes=changes(answer_text(asked, old), answer_text(asked, new)),
        restore=restore if may_restore and not is_current else None,
    )
