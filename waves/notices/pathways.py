"""What an organisation is told of a change of its road; never who else is concerned (R10)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from foundation.notices.outbox import Recipient, announce
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from waves.board import short


def to_do_again(
    held: Qualification,
    words: Sequence[str],
    *,
    members: Iterable[Recipient],
    at: datetime,
) -> None:
    """Say what has to be done again on the new road (R41)."""
    _say(
        held,
        "again",
        f"to be done again in {short(held.route)}",
        f"{_role(held)} goes on in {short(held.route)}. What you passed counts. To be done"
        f" again: {' '.join(words)}",
        members=members,
        at=at,
    )


def split(
    held: Qualification,
    made: Qualification,
    codes: Sequence[str],
    *,
    because: str,
    relies: bool,
    members: Iterable[Recipient],
    at: datetime,
) -> None:
    """Say that some MPIDs have a qualification of their own (R22, R119)."""
    go = f"{', '.join(codes)} of {_role(held)}"
    where = f"in {short(made.route)}"
    then = (
        "Propose the reliance on your own MPID that tests (QA&P 10.4)."
        if relies
        else "They need a Pre-Qualification Submission where none was made, and a Management"
        " Assertion before the decision (QA&P 9.3.2, 11.3)."
    )
    text = f"{go} now qualify by themselves {where}. Reason: {because} {then}"
    _say(made, "split", "some MPIDs qualify by themselves", text, members=members, at=at)


def _say(
    held: Qualification,
    key: str,
    headline: str,
    text: str,
    *,
    members: Iterable[Recipient],
    at: datetime,
) -> None:
    organisation = held.organisation
    announce(
        kind="route",
        key=f"{held.pk}:{key}:{at.isoformat()}",
        recipients=members,
        subject=f"{organisation.name}: {_role(held)}: {headline}",
        text=text,
        path=f"/o/{organisation.slug}/qualifications/{held.pk}/dates/",
        at=at,
        organisation_id=organisation.pk,
    )


def _role(held: Qualification) -> str:
    return MARKET_ROLES[held.role].short_label
