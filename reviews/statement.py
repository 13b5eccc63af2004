"""PURE: the words that a director, or a delegate, confirms when signing (R105, QA&P 10.2)."""

from participants.enums import Role
from participants.market_roles import MARKET_ROLES
from reviews.enums import Capacity

VERSION = "1.0"

_WHO = {
    Capacity.DIRECTOR: "as a director of {company}",
    Capacity.DELEGATE: (
        "as an employee of {company} whom a director has authorised by a letter of delegated"
        " authority to give this confirmation"
    ),
}


def statement(*, company: str, role: Role | str, capacity: str) -> str:
    """Return the Applicant's Confirmation for one market role."""
    who = _WHO[Capacity(capacity)].format(company=company)
    return (
        f"I confirm, {who}, that the information and evidence in this Qualification Assessment"
        f" Document for {MARKET_ROLES[role].label} are complete and accurate, and that the systems"
        " and processes described and tested are those that the company will operate live."
    )
