"""Publishing a timetable: a change of the plan adds a version, it never edits one."""

import hashlib
from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from waves.models import Timetable
from waves.services import clocks
from waves.timetable_file import TimetableError, parse


@transaction.atomic
def import_timetable(
    *, csv_text: str, header_text: str, actor: Actor, at: datetime, reason: str = ""
) -> Timetable:
    """Publish a timetable, or return the row that holds this very text already.

    Invalid with every mistake of the files; Refused when its version is taken by another text.
    Where another one was in force, all running obligations follow the new one.
    """
    policy.require(actor, "reference.import")
    sha256 = digest(csv_text, header_text)
    known = Timetable.objects.filter(sha256=sha256).first()
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
    replaces = Timetable.objects.exists()
    row = Timetable.objects.create(
        version=read.version,
        title=read.title,
        source=read.source,
        csv=csv_text,
        header=header_text,
        sha256=sha256,
        published_at=at,
        published_by_name=actor.name,
        reason=reason,
    )
    if replaces:
        clocks.sync_all(actor=actor, at=at)
    record(
        "timetable.published",
        subject=row,
        actor=actor,
        at=at,
        because=reason,
        version=read.version,
        sha256=sha256,
    )
    return row


def digest(csv_text: str, header_text: str) -> str:
    """Return the hash of a table and its header together."""
    return hashlib.sha256(f"{csv_text}\x00{header_text}".encode()).hexdigest()
