"""Publishing a timetable: a change of the plan adds a version, it never edits one."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.moves import perform
from waves import tables
from waves.lifecycle.timetable import PUBLISH
from waves.models import Timetable, TimetableDraft
from waves.notices import timetable as notices
from waves.services import clocks, drafting
from waves.timetable_changes import changes, left_out
from waves.timetable_file import TimetableError, parse

_TABLE = 0x54696D65  # "Time": the key of the one lock that all who publish take


@transaction.atomic
def import_timetable(
    *, csv_text: str, header_text: str, actor: Actor, at: datetime, reason: str = ""
) -> Timetable:
    """Publish a timetable, or return the row that holds this very text already.

    Invalid with every mistake of the files; Refused when its version is taken by another text.
    Where another one was in force, all running obligations follow the new one.
    """
    policy.require(actor, "reference.import")
    _hold_publishing()
    known = Timetable.objects.filter(sha256=digest(csv_text, header_text)).first()
    if known is not None:
        return known
    try:
        read = parse(csv_text, header_text)
    except TimetableError as error:
        raise Invalid({"file": [str(problem) for problem in error.problems]}) from None
    if Timetable.objects.filter(version=read.version).exists():
        raise Refused(
            f"Version {read.version} is published already with other dates."
            " Give the changed timetable a version of its own."
        )
    row, moved = _put_in_force(csv_text, header_text, actor=actor, at=at, reason=reason)
    _tell(row, moved, actor=actor, at=at, reason=reason)
    return row


@transaction.atomic
def publish(
    *,
    draft: TimetableDraft,
    reason: str,
    authority: str,
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Timetable:
    """Put a draft in force: clocks, reminders and notices follow, all of it or nothing (R43, X35).

    Refused where another version came into force since the draft was made, where it changes
    nothing, or where it leaves out what people stand on.
    """
    _hold_publishing()
    row = drafting.open_draft(draft, revision, actor, "timetable.publish")
    _said(reason, authority)
    _fit(row)
    published, moved = _put_in_force(
        row.csv, row.header, actor=actor, at=at, reason=reason.strip(), authority=authority.strip()
    )
    perform(
        PUBLISH,
        subject=row,
        actor=actor,
        at=at,
        because=reason,
        log={"version": published.version, "sha256": published.sha256},
        reason=reason.strip(),
        authority=authority.strip(),
        published=published,
        changed_at=at,
    )
    _tell(published, moved, actor=actor, at=at, reason=reason)
    return published


def digest(csv_text: str, header_text: str) -> str:
    """Return the hash of a table and its header together."""
    return hashlib.sha256(f"{csv_text}\x00{header_text}".encode()).hexdigest()


def _hold_publishing() -> None:
    """Let nobody else publish until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_TABLE])


def _said(reason: str, authority: str) -> None:
    problems = {}
    if not reason.strip():
        problems["reason"] = "Say why the dates change; everybody who is moved reads it."
    if not authority.strip():
        problems["authority"] = "Name who approved it, such as a change request or a minute."
    if problems:
        raise Invalid(problems)


def _fit(draft: TimetableDraft) -> None:
    """Refuse a draft that no longer follows the version in force, or that says nothing new."""
    now = tables.current()
    if draft.based_on_id != now.id:
        raise Refused(
            f"{now.timetable.version} came into force after this draft was made from"
            f" {draft.based_on.version}. Bring the draft up to date, look at what it moves, then"
            " publish it."
        )
    read = drafting.timetable_of(draft)
    if objections := list(left_out(now.timetable, read)):
        raise Refused(objections)
    if not changes(now.timetable, read):
        raise Refused("The draft changes nothing yet.")
    if Timetable.objects.filter(version=read.version).exists():
        raise Refused(f"Version {read.version} is published already. Give the draft another name.")


def _put_in_force(
    csv_text: str,
    header_text: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    authority: str = "",
) -> tuple[Timetable, Mapping[UUID, list[dict[str, Any]]]]:
    read, replaces = parse(csv_text, header_text), Timetable.objects.exists()
    row = Timetable.objects.create(
        version=read.version,
        title=read.title,
        source=read.source,
        csv=csv_text,
        header=header_text,
        sha256=digest(csv_text, header_text),
        published_at=at,
        published_by_name=actor.name,
        reason=reason,
        authority=authority,
    )
    return row, clocks.sync_all(actor=actor, at=at) if replaces else {}


def _tell(
    row: Timetable,
    moved: Mapping[UUID, list[dict[str, Any]]],
    *,
    actor: Actor,
    at: datetime,
    reason: str,
) -> None:
    told = notices.published(row, moved, at=at)
    record(
        "timetable.published",
        subject=row,
        actor=actor,
        at=at,
        because=reason,
        version=row.version,
        sha256=row.sha256,
        qualifications_moved=len(moved),
        organisations_told=told,
    )
