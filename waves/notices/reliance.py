"""What people are told of reliance (NT9, NT10); the party relied on hears and is told nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from foundation.notices.outbox import Recipient, announce
from participants import queries as people
from participants.enums import Duty
from participants.market_roles import MARKET_ROLES
from waves.models import Reliance
from waves.routes import reliance_agreed_by

_DUTIES = (Duty.LEAD, Duty.PLANNER)


def submitted(row: Reliance, changed: Sequence[str], *, at: datetime) -> None:
    """Tell everybody who must agree that a version waits for them (NT9, NT10)."""
    what = f"reliance proposal, version {row.revision}"
    text = f"Reliance on {row.provider_name} waits for your opinion."
    if changed:
        text += f" Changed: {', '.join(changed)}. {row.change_note}"
    _bodies(row, what, text, at=at)


def withdrawn(row: Reliance, because: str, *, at: datetime) -> None:
    """Tell the bodies that a proposal is withdrawn."""
    _bodies(row, "reliance proposal withdrawn", because, at=at)


def decided(row: Reliance, note: str, *, at: datetime) -> None:
    """Tell the organisation what came of its proposal, and the bodies what was settled (NT10)."""
    what = f"reliance proposal: {row.get_status_display().lower()}"
    _members(row, what, f"{row.get_status_display()}. {note}".strip(), at=at)
    _bodies(row, what, f"Reliance on {row.provider_name}, version {row.revision}.", at=at)


def scope(row: Reliance, note: str, *, at: datetime) -> None:
    """Tell the organisation that the tests that remain are agreed (R51)."""
    _members(row, "test scope beside your reliance agreed", note, at=at)


def to_review(row: Reliance, *, at: datetime) -> None:
    """Ask the organisation to look at its proposal again, without saying on whose account (R10)."""
    _members(
        row,
        "your reliance proposal needs a review",
        "Something that this proposal rests on has changed. The code bodies will speak with you;"
        " please look at your plan meanwhile. Gates that rest on it wait.",
        at=at,
    )


def stands(row: Reliance, *, at: datetime) -> None:
    """Tell the organisation that its proposal stands after all."""
    _members(row, "your reliance proposal stands", "It stands as it was agreed.", at=at)


def _members(row: Reliance, headline: str, text: str, *, at: datetime) -> None:
    readers = people.member_recipients(row.organisation_id)
    path = f"/o/{row.qualification.organisation.slug}/reliance/{row.pk}/"
    _tell(row, headline, text, readers, path, "members", at)


def _bodies(row: Reliance, headline: str, text: str, *, at: datetime) -> None:
    needed = reliance_agreed_by(row.qualification.role, row.qualification.route)
    readers = people.staff_recipients(needed, _DUTIES)
    _tell(row, headline, text, readers, f"/desk/reliance/{row.pk}/", "bodies", at)


def _tell(
    row: Reliance,
    headline: str,
    text: str,
    readers: Iterable[Recipient],
    path: str,
    side: str,
    at: datetime,
) -> None:
    held = row.qualification
    role = MARKET_ROLES[held.role].short_label
    announce(
        kind="reliance",
        key=f"{row.pk}:{headline}:{side}:{at.isoformat()}"[:150],
        recipients=readers,
        subject=f"{held.organisation.name}: {role}: {headline}",
        text=f"{role}: {text}",
        path=path,
        at=at,
        organisation_id=held.organisation_id,
    )
