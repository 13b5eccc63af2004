"""Who waits for whom, and since when."""

from collections.abc import Iterator

from foundation.clock.words import days, days_gone
from foundation.ui.pages import Wait
from foundation.ui.parts import Link, Mark
from participants.access.addresses import address
from qadportal.home.reading import Ask, Home
from qadportal.home.tasks import ask_url
from reviews.enums import Side, ThreadKind
from reviews.qualified import Lack, missing

SHOWN = 6
OURS = ("PARTICIPANT", "DIRECTOR")
BODIES = ("BSC", "REC", "DIP")
# What the participant can do nothing about today stands on "Qualified yet?", not here.
_LATER = ("accession", "decision")


def they_wait(home: Home) -> list[Wait]:
    """Return what the bodies wait for, the longest first."""
    found = []
    for ask in home.questions:
        thread = ask.thread
        what = "Your reply on" if thread.kind == ThreadKind.COMMENT else "Your move on"
        found.append(
            Wait(
                marks=[Mark(thread.body)],
                what=Link(f"{what} {thread.question}, {thread.reference}", ask_url(home, ask)),
                who=thread.subject,
                age=_age(home, thread.holder_since),
            )
        )
    return found[:SHOWN]


def you_wait(home: Home) -> list[Wait]:
    """Return what the organisation waits for, by body."""
    return [*_threads(home), *_lacks(home)][:SHOWN]


def _threads(home: Home) -> Iterator[Wait]:
    seen = set()
    for facts in home.facts:
        for thread in facts.threads:
            if thread.id in seen or thread.is_settled or thread.holder != Side.BODY:
                continue
            seen.add(thread.id)
            yield Wait(
                marks=[Mark(thread.body)],
                what=Link(
                    f"{thread.reference} on {thread.question}", ask_url(home, Ask(thread, facts))
                ),
                who=thread.subject,
                age=_age(home, thread.holder_since),
            )


def _lacks(home: Home) -> Iterator[Wait]:
    seen = set()
    for facts in home.facts:
        for lack in missing(facts):
            if not _concerns(lack) or (lack.what, lack.body) in seen:
                continue
            seen.add((lack.what, lack.body))
            url = address("reviews:qualified", home.slug)
            yield Wait(
                marks=[Mark(lack.body or lack.holder)] if lack.body in BODIES else [],
                what=Link(lack.what, url),
                who=facts.label,
                age=_age(home, lack.since),
            )


def _concerns(lack: Lack) -> bool:
    waits = lack.now and lack.holder not in OURS and lack.since is not None
    return waits and lack.thread is None and lack.key not in _LATER


def _age(home: Home, since) -> str:
    return days(days_gone(since, home.today)) if since else ""
