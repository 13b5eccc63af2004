"""PURE: what notices are about, so that a person can choose what is mailed, topic by topic."""

from dataclasses import dataclass

from django.db.models import TextChoices

DIGEST_HOUR = "07:30"


class MailChoice(TextChoices):
    """How the notices of a topic reach a person; every one of them is in the portal too."""

    NOW = "NOW", "By mail at once"
    DAILY = "DAILY", f"In one mail a day, at {DIGEST_HOUR} UK time"
    PORTAL = "PORTAL", "In the portal only"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of notices: the kinds of notice it holds."""

    key: str
    title: str
    what: str
    kinds: frozenset[str]


TOPICS = (
    Topic(
        "dates",
        "Dates and reminders",
        "Windows that open, deadlines in four, two and one weeks and a day, what is overdue,"
        " clocks that are held or extended, new timetables.",
        frozenset({"reminder", "clock", "timetable"}),
    ),
    Topic(
        "joining",
        "Joining, waves and routes",
        "Pre-Qualification, places in a wave, changes of the route, Placing Reliance.",
        frozenset(
            {"pre-qualification", "place", "dependant", "route", "reliance", "split", "withdrawal"}
        ),
    ),
    Topic(
        "testing",
        "Testing",
        "Reports, plans, entry and exit, and what was deferred.",
        frozenset({"report", "testing", "risk", "edition"}),
    ),
    Topic(
        "submissions",
        "What was submitted",
        "Sections, the Initial and the Final QAD, changes after a reopening, receipts.",
        frozenset(
            {
                *("section_submitted", "initial_submitted", "changes_submitted", "final_opened"),
                *("final_submitted", "final_resubmitted", "receipt"),
            }
        ),
    ),
    Topic(
        "review",
        "Review",
        "Comments, observations and findings, replies, action plans, confirmations, reopenings.",
        frozenset(
            {
                *(
                    "thread_raised",
                    "thread_joined",
                    "thread_answered",
                    "thread_asked_again",
                    "thread_settled",
                ),
                *("plan_proposed", "plan_agreed", "plan_returned", "action_done"),
                *("more_asked", "initial_reviewed", "comments_confirmed", "part_approved"),
                *("reopening_requested", "reopening_decided", "paper", "team"),
            }
        ),
    ),
    Topic(
        "signing",
        "Sign-off and decisions",
        "Sign-off, letters of delegation, assertions, decisions and Qualification.",
        frozenset(
            {
                *("sign_off_open", "signed_off", "signature_declined", "assertion_made"),
                *("letter_drafted", "letter_signed", "letter_accepted", "letter_revoked"),
                *("dip_user", "agenda", "decided", "qualified", "appeal", "exemption"),
            }
        ),
    ),
)

# What opens or closes somebody's way in is mailed at once, whatever was chosen.
ALWAYS = frozenset({"invitation", "membership", "staff", "digest"})
TOPIC_OF = {kind: topic.key for topic in TOPICS for kind in topic.kinds}


def choice_of(choices: dict[str, str], kind: str) -> MailChoice:
    """Return what a person's choices say of a kind of notice; at once where nothing is said."""
    if kind in ALWAYS:
        return MailChoice.NOW
    return MailChoice(choices.get(TOPIC_OF.get(kind, ""), MailChoice.NOW))
