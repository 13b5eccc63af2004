"""Standard wordings of the BSC, as its lead wrote them when the reviews began."""

from datetime import datetime, timedelta

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from qadportal.demo.play.cast import Cast
from reviews.models import Wording
from reviews.services import wordings

WRITTEN = (
    (
        "Evidence is not attached",
        "The answer names a document that is not attached. Attach it, or refer to it by its"
        " identifier with the date as of which it holds.",
    ),
    (
        "Who is accountable?",
        "Name the post that is accountable for this control, and who stands in for it.",
    ),
    (
        "Which instruction is in force?",
        "The answer and its evidence name different issues of the instruction. Say which of the"
        " two your people work by.",
    ),
)


def write_wordings(cast: Cast, now: datetime) -> None:
    """Keep a few standard wordings, once."""
    at, lead = now - timedelta(days=90), cast.lead("BSC")
    with moments.at(at), acting_as(lead):
        if Wording.objects.exists():
            return
        for title, text in WRITTEN:
            wordings.write(title=title, text=text, actor=lead, at=at)
