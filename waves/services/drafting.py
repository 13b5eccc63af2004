"""Writing the next timetable: a copy of the one in force, changed cell by cell or as a whole file.

Every change carries the revision that it was made upon; two planners cannot overwrite each other.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.audit.trail import record
from foundation.clock.words import instant
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.moves import lock, perform
from waves import models, tables
from waves.enums import DraftState
from waves.lifecycle.timetable import DISCARD
from waves.models import TimetableDraft
from waves.timetable import Cell, Timetable
from waves.timetable_changes import left_out, merged, next_version, with_cell
from waves.timetable_file import TimetableError, dump, parse, read_cell
from waves.timetable_header import renamed, write_header
from waves.timetable_words import column_words, in_words

_NAME = re.compile(r"[\w.-]*")  # it stands in addresses


@transaction.atomic
def make_draft(
    *, title: str, source: str = "", reason: str = "", actor: Actor, at: datetime
) -> TimetableDraft:
    """Make a draft from the version in force; it differs in nothing yet but its name."""
    policy.require(actor, "timetable.draft")
    if not title.strip():
        raise Invalid({"title": "Say in a few words what this draft changes."})
    row = models.Timetable.objects.get(pk=tables.current().id)
    version = next_version(row.version, _taken())
    header = renamed(row.header, version=version, source=source.strip() or row.source)
    draft = TimetableDraft.objects.create(
        title=title.strip(),
        version=version,
        based_on=row,
        csv=row.csv,
        header=header,
        reason=reason.strip(),
        drafted_by_name=actor.name,
        drafted_at=at,
        changed_at=at,
    )
    record("timetable_draft.made", subject=draft, actor=actor, at=at, based_on=row.version)
    return draft


@transaction.atomic
def change_cell(
    *,
    draft: TimetableDraft,
    key: str,
    route: str,
    values: Mapping[str, str],
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> TimetableDraft:
    """Write one cell anew, from the columns of the file; Invalid says what is wrong at each."""
    row = open_draft(draft, revision, actor)
    read = timetable_of(row)
    try:
        cell = read_cell({**values, "activity_key": key, "route": route})
    except TimetableError as error:
        raise Invalid(_by_column(error)) from None
    changed = with_cell(read, cell)
    return _keep(row, actor, at, changed, "cell", cells=[[key, route]], was=read)


@transaction.atomic
def put_back(
    *,
    draft: TimetableDraft,
    key: str,
    route: str,
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> TimetableDraft:
    """Give one cell the value that it has in the version that the draft was made from."""
    row = open_draft(draft, revision, actor)
    read, cell = timetable_of(row), tables.of(row.based_on_id).timetable.cell(key, route)
    return _keep(row, actor, at, with_cell(read, cell), "cell", cells=[[key, route]], was=read)


@transaction.atomic
def upload(
    *,
    draft: TimetableDraft,
    table: str,
    header: str = "",
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> TimetableDraft:
    """Take a whole table, and its header where one is given; Invalid says every mistake at once."""
    row = open_draft(draft, revision, actor)
    try:
        read = parse(table.removeprefix("\ufeff"), header or row.header)
        named = renamed(header or row.header, version=row.version)
    except TimetableError as error:
        raise Invalid({"table": in_words(error)}) from None
    except ValueError as error:
        raise Invalid({"header": str(error)}) from None
    if objections := list(left_out(tables.of(row.based_on_id).timetable, read)):
        raise Invalid({"table": objections})
    row.csv, row.header = dump(read), named
    return _save(row, actor, at, "file", "csv", "header")


@transaction.atomic
def describe(
    *,
    draft: TimetableDraft,
    title: str,
    version: str,
    source: str,
    reason: str = "",
    authority: str = "",
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> TimetableDraft:
    """Name the draft, its version and source, and say why it is made and who approved it."""
    row = open_draft(draft, revision, actor)
    if version.strip() in _taken():
        raise Invalid({"version": f"Version {version.strip()} is published already."})
    if not _NAME.fullmatch(version.strip()):
        raise Invalid({"version": "Use letters, figures, dots and hyphens, such as v2 or v2.1."})
    for name, value in {"title": title, "version": version, "source": source}.items():
        if not value.strip():
            raise Invalid({name: "This is needed."})
    row.title, row.version = title.strip(), version.strip()
    row.reason, row.authority = reason.strip(), authority.strip()
    row.header = renamed(row.header, version=row.version, source=source.strip())
    return _save(row, actor, at, "words", "title", "version", "reason", "authority", "header")


@transaction.atomic
def follow(
    *, draft: TimetableDraft, revision: int | None = None, actor: Actor, at: datetime
) -> TimetableDraft:
    """Put the changes of a draft upon the version now in force, where another came meanwhile.

    Refused, with every place, where both changed the same cell to different values.
    """
    row, now = open_draft(draft, revision, actor), tables.current()
    if row.based_on_id == now.id:
        raise Refused("The draft follows the version in force already.")
    base, mine = tables.of(row.based_on_id).timetable, timetable_of(row)
    result, clashes = merged(base, mine, now.timetable)
    if clashes:
        raise Refused([_clash(place, now.timetable) for place in clashes])
    row.version = next_version(now.timetable.version, _taken())
    current = models.Timetable.objects.get(pk=now.id)
    row.header = renamed(current.header, version=row.version)
    if dict(result.beyond) != dict(now.timetable.beyond):
        row.header = renamed(write_header(result), version=row.version)
    row.csv, row.based_on = dump(result), current
    return _save(row, actor, at, "follows", "csv", "header", "version", "based_on")


@transaction.atomic
def discard(*, draft: TimetableDraft, actor: Actor, at: datetime) -> TimetableDraft:
    """Put a draft away; it stays readable, and nothing of it was ever in force."""
    return perform(DISCARD, subject=draft, actor=actor, at=at, changed_at=at)


def open_draft(
    draft: TimetableDraft, revision: int | None, actor: Actor, capability: str = "timetable.draft"
) -> TimetableDraft:
    """Return the draft locked, if it is open and nobody changed it meanwhile."""
    policy.require(actor, capability)
    row = lock(draft)
    if row.status != DraftState.DRAFT:
        raise Refused(f"This draft is {DraftState(row.status).label.lower()} already.")
    if revision is not None and revision != row.revision:
        raise Refused(
            f"Somebody changed this draft at {instant(row.changed_at)}, after you opened it."
            " Look at it again, then repeat what you wanted to change."
        )
    return row


def timetable_of(draft: TimetableDraft) -> Timetable:
    """Return what a draft says."""
    return parse(draft.csv, draft.header)


def _keep(
    row: TimetableDraft,
    actor: Actor,
    at: datetime,
    changed: Timetable,
    what: str,
    *,
    was: Timetable,
    **log: Any,
) -> TimetableDraft:
    """Write the changed timetable back as text, after reading it once more as a whole."""
    row.csv = dump(changed)
    if dict(changed.beyond) != dict(was.beyond):
        row.header = write_header(changed)
    try:
        timetable_of(row)
    except TimetableError as error:
        raise Invalid({"": in_words(error)}) from None
    return _save(row, actor, at, what, "csv", "header", **log)


def _save(
    row: TimetableDraft, actor: Actor, at: datetime, what: str, *names: str, **log: Any
) -> TimetableDraft:
    row.revision += 1
    row.changed_at = at
    row.save(update_fields=[*names, "revision", "changed_at"])
    record(
        "timetable_draft.changed",
        subject=row,
        actor=actor,
        at=at,
        what=what,
        revision=row.revision,
        **log,
    )
    return row


def _by_column(error: TimetableError) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        found.setdefault(problem.column, []).append(column_words(problem))
    return found


def _clash(place: tuple[str, str], now: Timetable) -> str:
    key, route = place
    cell: Cell = now.cell(key, route)
    return (
        f"{cell.label}, {now.routes.get(route, route)}: {now.version} changed it too. Put your own"
        " change back first, or enter it again afterwards."
    )


def _taken() -> set[str]:
    return set(models.Timetable.objects.values_list("version", flat=True))
