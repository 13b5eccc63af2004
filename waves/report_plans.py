"""PURE: the work-off plans of a completion report: reviewed, then agreed body by body (R75).

The words are milestones. Their names carry the moment at which the report came, so that what was
said of one report says nothing of a later one.
"""

from collections.abc import Container, Iterable
from datetime import UTC, datetime

from foundation.clock.moments import LONDON
from participants.enums import Body
from participants.market_roles import MARKET_ROLES
from waves.enums import ReportKind
from waves.routes import assurance_objection

_STAMP = "%Y%m%dT%H%M%S%f"


def reviewed_event(received_at: datetime) -> str:
    """Return the name of "the test manager reviewed the plans of this report"."""
    return f"plans_reviewed_{received_at.astimezone(UTC):{_STAMP}}"


def agreed_event(received_at: datetime, body: str) -> str:
    """Return the name of "a body agreed the plans of this report"."""
    return f"plans_agreed_{body.lower()}_{received_at.astimezone(UTC):{_STAMP}}"


def is_reviewed(
    received_at: datetime, supplied_by: str, route: str, happened: Container[str]
) -> bool:
    """Return whether the plans were reviewed: what the assurer itself supplied is."""
    own = bool(supplied_by) and assurance_objection(supplied_by, route) is None
    return own or reviewed_event(received_at) in happened


def agreed_by(received_at: datetime, role: str, happened: Container[str]) -> tuple[str, ...]:
    """Return the bodies of a role that agreed the plans of a report."""
    bodies = MARKET_ROLES[role].bodies
    return tuple(body for body in bodies if agreed_event(received_at, body) in happened)


def still_to_agree(role: str, given: Iterable[str]) -> tuple[str, ...]:
    """Return the bodies whose word is missing: all that govern the role (R7, R75)."""
    said = set(given)
    return tuple(body for body in MARKET_ROLES[role].bodies if body not in said)


def objection(kind: str, is_newest: bool) -> str | None:
    """Return why nothing can be said of the plans of this report."""
    if kind == ReportKind.PIT:
        return "Only the plans of a SIT or QT report are agreed with the report."
    return None if is_newest else "A newer report has come; its work-off plans are agreed instead."


def review_objection(body: str, route: str, reviewed: bool) -> str | None:
    """Return why a test manager cannot record the review now."""
    if reviewed:
        return "The work-off plans of this report were reviewed already."
    return assurance_objection(body, route)


def agree_objection(body: str, role: str, reviewed: bool, given: Container[str]) -> str | None:
    """Return why a body cannot give its word now: it comes after the review, once (R75)."""
    if body not in MARKET_ROLES[role].bodies:
        return "Your body does not govern this role."
    if not reviewed:
        return "The test manager reviews the work-off plans first; the bodies agree after it."
    return f"{Body(body).label} agreed already." if body in given else None


def said_at(happened: dict[str, str], event: str) -> str:
    """Return the London day on which something was said, in words."""
    return f"{datetime.fromisoformat(happened[event]).astimezone(LONDON):%-d %B %Y}"
