"""What people are told of reviews: event, audience, words (NT16 to NT29)."""

from reviews.notices.appeals import appeal_ended, appeal_lodged
from reviews.notices.exemptions import exemption_said
from reviews.notices.meetings import off_agenda, on_agenda
from reviews.notices.opinions import (
    comments_confirmed,
    content_agreed,
    initial_reviewed,
    more_asked,
    part_approved,
    reopening_decided,
    reopening_requested,
)
from reviews.notices.papers import (
    assertion_made,
    decided,
    dip_user_said,
    letter_accepted,
    letter_drafted,
    letter_revoked,
    letter_signed,
    qualified,
    signature_declined,
    signed,
)
from reviews.notices.team import assigned, conflict_declared, unassigned
from reviews.notices.threads import (
    action_done,
    asked_again,
    joined,
    plan_agreed,
    plan_proposed,
    plan_returned,
    raised,
    raised_together,
    responded,
    settled,
)

__all__ = [
    "exemption_said",
    "action_done",
    "appeal_ended",
    "appeal_lodged",
    "asked_again",
    "assertion_made",
    "assigned",
    "comments_confirmed",
    "conflict_declared",
    "content_agreed",
    "decided",
    "dip_user_said",
    "initial_reviewed",
    "joined",
    "letter_accepted",
    "letter_drafted",
    "letter_revoked",
    "letter_signed",
    "more_asked",
    "off_agenda",
    "on_agenda",
    "part_approved",
    "plan_agreed",
    "plan_proposed",
    "plan_returned",
    "qualified",
    "raised",
    "raised_together",
    "reopening_decided",
    "reopening_requested",
    "responded",
    "settled",
    "signature_declined",
    "signed",
    "unassigned",
]
