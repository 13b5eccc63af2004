"""Playing the secretary's calendar: half a year of meetings, the next with what is signed."""

from datetime import datetime, timedelta

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from participants.enums import Duty
from qadportal.demo.play.packs import secretary_of
from reviews.models import Meeting
from reviews.queries import meetings as queries
from reviews.services import meetings

MONTHS = 6


def plan_meetings(now: datetime) -> None:
    """Plan the meetings of half a year; what waits for the BSC PAB stands on the next agenda."""
    at = now - timedelta(days=1)
    with moments.at(at), acting_as(secretary_of("BSC", (Duty.PAB_SECRETARY,))) as actor:
        if Meeting.objects.exists():
            return
        first = meetings.plan_months(first=now.date(), months=MONTHS, actor=actor, at=at)[0]
        waiting = queries.to_put(actor, first)
        if waiting:
            meetings.put(meeting=first, qualifications=waiting, actor=actor, at=at)
