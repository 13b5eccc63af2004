"""Of appeals: that one was lodged, and what came of it (NT30)."""

from datetime import datetime

from participants.enums import Duty
from participants.market_roles import GOVERNING_BODIES
from participants.models import Organisation
from participants.queries import member_recipients, staff_recipients
from reviews.models import Appeal, Decision
from reviews.notices.telling import role_of, tell

DECIDERS = (Duty.LEAD, Duty.PAB_SECRETARY, Duty.DECISION_MAKER)
PAGE = "decisions/"


def appeal_lodged(
    appeal: Appeal, organisation: Organisation, decision: Decision, *, at: datetime
) -> None:
    """NT30: a participant appeals; the body whose decision it is reads it."""
    body = GOVERNING_BODIES[decision.body]
    tell(
        "appeal", appeal.pk, staff_recipients([decision.body], DECIDERS), organisation,
        what=f"appeals to {body.appeal_to} as {role_of(decision.qualification)}",
        text=f"On {appeal.lodged_on:%-d %B %Y}, under {body.appeal_under}:\n\n{appeal.grounds}",
        page=PAGE, at=at,
    )  # fmt: skip


def appeal_ended(
    appeal: Appeal, organisation: Organisation, decision: Decision, *, at: datetime
) -> None:
    """NT30: what came of an appeal; the participant and the body are told."""
    body, result = GOVERNING_BODIES[decision.body], appeal.get_status_display()
    recipients = [
        *member_recipients(organisation.pk),
        *member_recipients(organisation.pk, directors=True),
        *staff_recipients([decision.body], DECIDERS),
    ]
    tell(
        "appeal", appeal.pk, recipients, organisation,
        what=f"appeal as {role_of(decision.qualification)}: {result.lower()}",
        text=f"{body.appeal_to}, {appeal.ended_on:%-d %B %Y}: {result}.\n\n{appeal.because}",
        page=PAGE, at=at,
    )  # fmt: skip
