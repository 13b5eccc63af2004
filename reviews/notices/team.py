"""What reviewers are told of the sharing out of their body's reading."""

from collections.abc import Sequence
from datetime import datetime

from foundation.notices.outbox import Recipient
from foundation.tenancy.actor import Actor
from foundation.ui.counting import counted
from participants.enums import Duty
from participants.market_roles import MARKET_ROLES
from participants.models import Person
from participants.queries import staff_recipients
from reviews.models import Assignment, Conflict
from reviews.notices.telling import tell


def assigned(row: Assignment, before: Person | None, *, at: datetime) -> None:
    """Tell the new reader, and whoever read it before."""
    what = _what(row)
    _tell(row, row.person, f"{what} is yours to read", f"{row.by_name} gave you {what}.", at)
    if before is not None:
        text = f"{row.by_name} gave {what} to {row.person.name}; it is no longer yours."
        _tell(row, before, f"{what} moved to {row.person.name}", text, at)


def unassigned(row: Assignment, *, at: datetime) -> None:
    """Tell the reader that something is no longer theirs."""
    what = _what(row)
    _tell(row, row.person, f"{what} is no longer yours", f"{what} is no longer yours to read.", at)


def conflict_declared(
    row: Conflict, freed: Sequence[Assignment], actor: Actor, *, at: datetime
) -> None:
    """Tell the leads of a body that one of it is recused, and what has no reader now."""
    now = f" What they read of it has no reader now: {counted(len(freed), 'assignment')}."
    tell(
        "team", row.pk, staff_recipients([actor.body], [Duty.LEAD]), row.organisation,
        what=f"{actor.name} declared a conflict of interest",
        text=f"{actor.name} judges nothing of {row.organisation.name} from now on."
        f"{now if freed else ''}",
        page="team/", at=at,
    )  # fmt: skip


def _tell(row: Assignment, person: Person, what: str, text: str, at: datetime) -> None:
    tell(
        "team", f"{row.pk}:{person.pk}", [Recipient(person.email, person.pk)],
        row.part.organisation, what=what, text=text, page=f"review/{row.part_id}/", at=at,
    )  # fmt: skip


def _what(row: Assignment) -> str:
    held = row.part.qualification
    name = MARKET_ROLES[held.role].label if held else "the organisation's part"
    return f"section {row.section} of {name}" if row.section else name
