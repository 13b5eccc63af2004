"""Writing one notice of this floor to one audience."""

from collections.abc import Iterable
from datetime import datetime

from foundation.notices.outbox import Recipient, announce
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification

NAMES = {"BSC": "BSC", "REC": "REC", "DIP": "the DIP Manager"}


def tell(
    kind: str,
    key: object,
    to: Iterable[Recipient],
    organisation: Organisation,
    *,
    what: str,
    text: str,
    page: str,
    at: datetime,
) -> None:
    """Tell an audience of an event; ``page`` is the rest of the organisation's address."""
    announce(
        kind=kind,
        key=f"{key}:{at.isoformat()}",
        recipients=to,
        subject=f"{organisation.name}: {what}",
        text=text,
        path=f"/o/{organisation.slug}/{page}",
        at=at,
        organisation_id=organisation.pk,
    )


def role_of(qualification: Qualification) -> str:
    """The market role in words."""
    return MARKET_ROLES[qualification.role].label


def bodies_of(qualification: Qualification) -> tuple[str, ...]:
    """The bodies that review the qualification."""
    return MARKET_ROLES[qualification.role].bodies
