"""What stands where no finding is: why, and what happens next (picture 11)."""

from collections.abc import Sequence
from datetime import date

from foundation.clock.words import day, days
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Empty
from foundation.ui.counting import joined
from foundation.ui.parts import DateLink, Strong, Ticks
from participants.access.addresses import address
from participants.enums import Body
from participants.market_roles import BODIES
from waves.queries import Owed

_WHAT = (
    "A reviewer raises a finding when an answer does not meet its criterion, and an observation"
    " when it could be better. Each shows its question, the body that raised it, and what would"
    " clear it."
)
_NOTHING = {
    "open": "No findings.",
    "plans": "No plan is running.",
    "cleared": "Nothing is cleared yet.",
    "comments": "No comments.",
}


def nothing_found(view: str, actor: Actor, reading: Sequence[Owed], today: date) -> Empty:
    """Return the empty state; while the QAD is being read, with the clock of the reading."""
    last = max(reading, key=lambda each: each.due_on, default=None)
    if last is None or last.started_on is None or not actor.is_participant:
        return Empty(title=_NOTHING[view], text=_WHAT)
    stage = "Initial" if last.activity.startswith("initial") else "Final"
    total, gone = (last.due_on - last.started_on).days, (today - last.started_on).days
    kinds = ["done"] * min(gone, total) + ["blank"] * max(0, total - gone)
    still = {each.body for each in reading}
    names = ["the DIP Manager" if b == Body.DIP else b for b in BODIES if b in still]
    url = address("waves:date", last.slug, last.qualification_id, last.activity)
    left = (last.due_on - today).days
    return Empty(
        title=f"{_NOTHING[view]} Your {stage} QAD is still being read.",
        text=_WHAT,
        more=[
            Strong("Nothing is needed from you."),
            f" {joined(names)} finish{'es' if len(names) == 1 else ''} by ",
            DateLink(day(last.due_on), url=f"{url}?body={last.body}"),
            f", in {days(left)}." if left > 0 else ".",
        ],
        figure=Ticks(kinds, size="large", group=7),
        figure_note=f"Day {gone} of {total} from your submission on {day(last.started_on)}",
    )
