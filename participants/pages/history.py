"""What happened, as people read it: the audit trail without its machinery."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime

from foundation.audit.models import AuditEvent
from foundation.clock.words import day, instant
from foundation.lifecycle import words as state_words
from foundation.ui.blocks import Empty, Filter, Pagination
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Mark, Quiet, Words

# Events whose plain reading ("noun past tense") would not be good English.
SENTENCES = {
    "access.denied": "Was denied something",
    "mpid.added": "Added MPIDs",
    "person.signed_in": "Signed in",
    "person.signed_out": "Signed out",
    "person.sign_in_failed": "A sign-in failed",
    "person.sessions_ended": "Ended all own sessions",
    "person.renamed": "Changed own name",
    "invitation.sent": "Sent an invitation",
    "invitation.sent_again": "Sent an invitation again",
    "invitation.withdrawn": "Withdrew an invitation",
    "membership.created": "Joined",
    "membership.changed": "Changed what a member is here for",
    "membership.disabled": "Disabled a member",
    "membership.enabled": "Gave a member access again",
    "organisation.created": "Registered the organisation",
    "organisation.changed": "Corrected what is registered",
    "qualification.created": "Opened a qualification",
    "qualification.retrieval_changed": "Changed the data retrieval",
    "token.created": "Made an API token",
    "token.revoked": "Revoked an API token",
    "staff.added": "Opened a staff account",
    "staff.changed": "Changed a staff account",
}


_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
_SHORT = {"qad": "QAD", "mpid": "MPID", "dip": "DIP", "pit": "PIT", "qt": "QT", "api": "API"}


def sentence(action: str) -> str:
    """Return an event's name as a sentence: "section.submitted" -> "Section submitted"."""
    if action in SENTENCES:
        return SENTENCES[action]
    words = [_SHORT.get(word, word) for word in re.split(r"[._]", action)]
    return f"{words[0][:1].upper()}{words[0][1:]} {' '.join(words[1:])}".strip()


def details(event: AuditEvent) -> Words:
    """Return the change of state that an event tells of, if it tells of one."""
    payload = json.loads(event.payload)
    before, after = payload.get("before"), payload.get("after")
    if isinstance(before, str) and isinstance(after, str) and before != after:
        return Quiet(f"{state_words(before)} to {state_words(after).lower()}")
    return ""


def history_page(
    events: Sequence[AuditEvent],
    *,
    title: str,
    lead: str,
    filters: Sequence[Filter],
    pagination: Pagination | None,
    with_organisation: dict | None = None,
) -> ListPage:
    """Return a page of events; ``with_organisation`` maps ids to names where there are several."""
    columns = [
        Column(label="When"),
        Column(label="Who"),
        Column(label="What"),
        Column(label="About"),
    ]
    if with_organisation is not None:
        columns.append(Column(label="Organisation"))
    return ListPage(
        head=Head(title=title, lead=lead),
        table=Table(
            caption=title,
            columns=columns,
            rows=[_row(each, with_organisation) for each in events],
            compact=True,
        ),
        filters=filters,
        empty=Empty(title="Nothing has happened yet", text="Every change will stand here."),
        pagination=pagination,
        footnote="Events are never changed or removed; each carries a hash over the one before.",
    )


def _row(event: AuditEvent, names: dict | None) -> Row:
    cells: list[Words] = [
        _when(event.at),
        [Mark(event.actor_body), " ", event.actor_name] if event.actor_body else event.actor_name,
        _with(sentence(event.action), details(event)),
        _with(_readable(event.object_label), event.because),
    ]
    if names is not None:
        cells.append(names.get(event.organisation_id, Quiet("The portal")))
    return Row(cells=cells)


def _readable(label: str) -> str:
    """Return a label with its dates in words: the trail keeps them as 2026-03-20."""
    return _DAY.sub(_in_words, label)


def _in_words(found: re.Match[str]) -> str:
    try:
        return day(date.fromisoformat(found[0]))
    except ValueError:  # somebody's own words, such as the name of a file
        return found[0]


def _when(moment: datetime) -> str:
    return instant(moment)


def _with(first: str, second: Words) -> Words:
    return Lines([first, second]) if second else first
