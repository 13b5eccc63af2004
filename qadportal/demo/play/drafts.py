"""Playing drafts: a reviewer of the BSC has written three, and a lead has not sent them yet."""

from datetime import datetime, timedelta

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from participants.enums import Role, Status
from qadportal.demo.play.cast import Cast
from reviews import queries
from reviews.enums import Severity, ThreadKind
from reviews.models import Draft
from reviews.reading import contents, read
from reviews.services import drafts

SECTIONS = "HJ"  # operations: what the words below are about
WRITTEN = (
    (
        ThreadKind.COMMENT,
        "Restart after a fault",
        "The answer says that the service is back within a day. Show the record of the last test,"
        " and say who decides when a restart has failed.",
    ),
    (
        ThreadKind.COMMENT,
        "Which instruction is in force?",
        "The text names one issue of the instruction and the evidence another. Say which of the"
        " two your people work by.",
    ),
    (
        ThreadKind.FINDING,
        "The second control is not evidenced",
        "Two controls are described and one is evidenced. Add the record of the second.",
    ),
)


def draft_asks(cast: Cast, now: datetime) -> None:
    """Keep drafts on the Supplier whose Final the BSC reads; nothing of them is sent."""
    author = cast.reader("BSC", Role.SUPPLIER)
    with moments.at(now), acting_as(author):
        under_review = queries.parts(author).filter(
            qualification__role=Role.SUPPLIER, qualification__status=Status.FINAL_REVIEW
        )
        part = under_review.order_by("organisation__name").first()
        if part is None or Draft.objects.exists():
            return
        reading = read(part, author)
        codes = [
            one.question.code
            for letter in reading.letters
            if letter in SECTIONS
            for one in reading.asked(letter, *contents(reading, letter))
        ]
        for place, (code, (kind, subject, text)) in enumerate(zip(codes, WRITTEN, strict=False)):
            at = now - timedelta(hours=7 - 2 * place)
            is_finding = kind is ThreadKind.FINDING
            drafts.keep(
                part=part, question=code, kind=kind, subject=subject, text=text,
                severity=Severity.MEDIUM if is_finding else "",
                due_on=now.date() + timedelta(days=10), actor=author, at=at,
            )  # fmt: skip
