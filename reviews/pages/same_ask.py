"""What is open on a question already, told to whoever is about to ask there too."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.text import Truncator

from foundation.clock.words import day
from foundation.ui.blocks import Action
from foundation.ui.counting import joined
from foundation.ui.pages import SameAsk
from foundation.ui.parts import Lines, Link, Quiet, Words
from reviews.enums import SETTLED, PlanState, Side
from reviews.models import Thread
from reviews.pages.threads import Setting, held_for

SHOWN_OF_AN_ASK = 240


def of_others(rows: Iterable[Thread], body: str) -> list[Thread]:
    """Return what the other bodies have open on a question, the oldest first."""
    return _open(row for row in rows if row.body != body)


def hint(setting: Setting, rows: Iterable[Thread]) -> SameAsk | None:
    """Say what the other bodies ask on this question already, whose turn each is, since when."""
    asks = of_others(rows, setting.actor.body)
    if not asks:
        return None
    return SameAsk(
        title=_title(asks),
        text=[Lines([[_link(row), f" “{row.subject}”"], _standing(setting, row)]) for row in asks],
        actions=[] if setting.read_only else [_join(setting, row) for row in asks],
    )


def while_drafting(setting: Setting, rows: Iterable[Thread], url: str) -> Words:
    """Return what is open here, in the words it was asked in, for the form of a new thread."""
    held = list(rows)
    own = _open(row for row in held if row.body == setting.actor.body)
    asks = of_others(held, setting.actor.body)
    told: list[Words] = []
    if asks:
        told.append(
            Lines([f"{_title(asks)}.", "Read first: what is answered there may serve you as well."])
        )
        told += [_in_full(setting, row, url) for row in asks]
    if own:
        title = f"{setting.actor.body} asks about this already."
        told.append(Lines([title, "If it is the same matter, go on in its thread."]))
        told += [_in_full(setting, row, url) for row in own]
    return told or ""


def _join(setting: Setting, row: Thread) -> Action:
    """The way to stand behind another body's ask, or to leave it again."""
    stands = setting.actor.body in row.joined
    return Action(
        text=f"Leave {row.reference}" if stands else f"Join {row.reference}",
        url=reverse("reviews:join", args=[setting.slug, row.pk]),
        small=True,
    )


def _open(rows: Iterable[Thread]) -> list[Thread]:
    held = [row for row in rows if row.status not in SETTLED]
    return sorted(held, key=lambda row: (row.raised_at, str(row.pk)))


def _title(asks: Sequence[Thread]) -> str:
    bodies = list(dict.fromkeys(row.body for row in asks))
    return f"{joined(bodies)} already {'asks' if len(bodies) == 1 else 'ask'} about this"


def _link(row: Thread, url: str = "") -> Link:
    return Link(f"{row.body} {row.reference}", f"{url}#thread-{row.pk}")


def _in_full(setting: Setting, row: Thread, url: str) -> Words:
    asked = next((said.text for said in row.messages.all()), "")
    words = Truncator(asked).chars(SHOWN_OF_AN_ASK)
    said = [[_link(row, url), f" “{row.subject}”"], words, _standing(setting, row)]
    if row.body != setting.actor.body and not setting.read_only:
        join = _join(setting, row)
        said.append(Link(join.text, join.url))
    return Lines(said)


def _standing(setting: Setting, row: Thread) -> Quiet:
    """Who asked when; with whom it is, and for how long; by when its plan is to be done."""
    whom = setting.participant if row.holder == Side.PARTICIPANT else row.body
    held = held_for(row, setting.now)
    waits = f"with {whom} since today" if held == "today" else f"with {whom} for {held}"
    said = f"{row.raised_by_name}, {day(row.raised_at)}; {waits}"
    plan = next((one for one in row.plans.all() if one.status == PlanState.AGREED), None)
    return Quiet(f"{said}; planned for {day(plan.due_on)}" if plan else said)
