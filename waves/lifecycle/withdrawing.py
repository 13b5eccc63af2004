"""PURE: leaving the road: market exit, a missed milestone, or the organisation's own wish (D.1)."""

from foundation.lifecycle import Move
from participants.enums import ENDED, Status

# Decided is decided: what was Qualified is surrendered elsewhere (QA&P 11.4.3), what was not
# approved may be appealed against (R122).
STAYS = ENDED

WITHDRAW = Move(
    name="withdraw",
    label="Withdraw the qualification",
    sources=tuple(status for status in Status if status not in STAYS),
    target=Status.WITHDRAWN,
    capability="qualification.withdraw",
    event="qualification.withdrawn",
    source_paragraph="QA&P 7.1, 11.4.3; Appendix B",
)
