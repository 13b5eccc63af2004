"""The home of an author of single sections: what is theirs to write, and who submits it."""

from collections.abc import Sequence

from foundation.ui.blocks import Action
from foundation.ui.counting import counted, joined, opened
from foundation.ui.pages import Head, Task
from foundation.ui.parts import DateLink, Status, Words
from qadportal.home import tasks as work
from qadportal.home.reading import Duty, Home
from submissions.presenters import addresses
from waves.because import long_day
from waves.pages import cards

OTHERS = "A master admin, or an author of all sections, submits the QAD."


def duty(home: Home) -> Duty | None:
    """Return the date that answers of theirs are to be ready for; None where all are."""
    return next((each for each in home.duties if _is_written_for(home, each)), None)


def _is_written_for(home: Home, each: Duty) -> bool:
    parts = home.parts_of(each.qualification)
    return each.line.activity in work.WRITING and any(part.undone for part in parts)


def head(home: Home, todo: Sequence[Task]) -> Head:
    """Return the sentence of the page: their sections, until when, and what is left in them."""
    see = Action(text="See the whole QAD", url=addresses.qad(home.slug))
    if not home.reach:
        lead = "You may read the whole QAD. A master admin gives you sections to write."
        return _head(Status("Waiting", "waiting"), "No section is yours to write yet.", lead, [see])
    if not todo:
        title = f"Nothing in your {_sections(home)} is yours to do now."
        lead = f"{OTHERS} You will get a mail when a body asks something of your sections."
        return _head(Status("Waiting", "waiting"), title, lead, [see])
    until, first = duty(home), todo[0]
    go_on = Action(text=work.step_in_words(first), url=first.url, kind="primary", arrow=True)
    return _head(Status("Your move", "your_move"), _title(home, until), _lead(home), [go_on, see])


def _head(kicker: Status, title: Words, lead: str, actions: Sequence[Action]) -> Head:
    return Head(kicker=kicker, title=title, lead=lead, actions=actions, browser_title="Home")


def _sections(home: Home) -> str:
    letters = home.sections
    return f"{'section' if len(letters) == 1 else 'sections'} {joined(letters)}"


def _title(home: Home, until: Duty | None) -> Words:
    if until is None and not home.questions:
        return f"Carry out what was agreed on your {_sections(home)}."
    if until is None:
        return f"Answer what is asked on your {_sections(home)}."
    date = DateLink(long_day(until.line.due), url=cards.address(until.line, home.slug))
    return [f"Finish your {_sections(home)} for {until.track.name} by ", date, "."]


def _lead(home: Home) -> str:
    undone = sum(len(part.undone) for part in home.parts.values())
    said = []
    if undone:
        said.append(f"{counted(undone, 'answer')} {'is' if undone == 1 else 'are'} not ready")
    if home.questions:
        bodies = sorted({ask.thread.body for ask in home.questions})
        said.append(f"{joined(bodies)} {'waits' if len(bodies) == 1 else 'wait'} for your reply")
    if home.actions:
        said.append(_plans_in_words(len(home.actions)))
    return f"{opened(joined(said))}. {OTHERS}"


def _plans_in_words(count: int) -> str:
    verb = "is" if count == 1 else "are"
    return f"{counted(count, 'agreed plan')} {verb} to be carried out"
