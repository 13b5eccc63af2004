"""Gathering what the pages of reading are made of, in a constant number of statements."""

from uuid import UUID

from django.http import Http404, HttpRequest

from foundation.clock import moments
from reviews import queries
from reviews.eyes import looks
from reviews.models import Thread
from reviews.opinions import PartSaid, of_part, opinions_of
from reviews.pages import section as section_pages
from reviews.pages.question import Desk
from reviews.pages.sight import Sight, sight
from reviews.pages.standing import Standing
from reviews.pages.threads import Setting
from reviews.queries.drafts import on_question as drafts_on
from reviews.queries.looking import with_last_word
from reviews.reading import Asked, Content, Reading, contents, contents_at, part_for, read
from reviews.services import reviewing
from reviews.services.threads import read_only_because


def reading_of(request: HttpRequest, slug: str, key: UUID) -> Reading:
    """Return a submitted part for a body that reads it; its first look begins the review (D.1)."""
    reading = read(part_for(request.actor, slug, key), request.actor)
    if reading.newest is None:
        raise Http404
    reviewing.opened(
        part=reading.part, qualifications=reading.held, actor=request.actor, at=moments.now()
    )
    return reading


def asked_of(reading: Reading, letter: str) -> list[Asked]:
    """Return the questions of a section that the body reads, or 404."""
    if letter not in reading.letters:
        raise Http404
    now: Content
    now, before = contents(reading, letter)
    return reading.asked(letter, now, before)


def threads_of(request: HttpRequest, reading: Reading) -> dict[str, list[Thread]]:
    """Return the threads of a part by question."""
    found: dict[str, list[Thread]] = {}
    for row in with_last_word(queries.threads(request.actor).filter(part=reading.part)):
        found.setdefault(row.question, []).append(row)
    return found


def standing_of(request: HttpRequest, reading: Reading) -> Standing:
    """Return a part with its threads and with what every body says of it."""
    said = opinions_of(of_part(reading.part.pk))
    return Standing(reading, threads_of(request, reading), said)


def sight_of(
    request: HttpRequest, reading: Reading, letter: str = "", against: int = 0
) -> tuple[Sight, PartSaid]:
    """Look at a part, or at one section, with the eyes of the body that reads it.

    ``against`` names one more version to have at hand. 404 for a section that it does not read.
    """
    if letter and letter not in reading.letters:
        raise Http404
    said, threads = of_part(reading.part.pk), threads_of(request, reading)
    standing = Standing(reading, threads, opinions_of(said))
    own = [row for rows in threads.values() for row in rows if row.body == standing.body]
    looked = looks(
        said,
        standing.body,
        [(row.question, row.spoken) for row in own if row.spoken],
        [(row.question, row.settled_at) for row in own if row.settled_at],
    )
    wanted = [reading.newest.number, against, looked.whole, *looked.by_question.values()]
    wanted += looked.accepted.values()
    wanted += [reading.initial.number] if reading.initial else []
    wanted += [each.number for each in reading.earlier[:1]] if letter else []
    held = contents_at(reading, wanted, letter)
    now = held[reading.newest.number]
    before = held[reading.initial.number] if reading.initial else {}
    letters = [letter] if letter else reading.letters
    asked = {each: reading.asked(each, now, before) for each in letters}
    return sight(standing, asked, held, looked), said


def desk_of(
    request: HttpRequest, slug: str, key: UUID, letter: str, code: str
) -> tuple[Desk, object]:
    """Gather the page of one question, with the rail of its section."""
    reading, against = reading_of(request, slug, key), _number(request.GET.get("against", ""))
    seen, said = sight_of(request, reading, letter, against)
    standing, asked = seen.standing, seen.sections[letter]
    one = next((each for each in asked if each.question.code == code), None)
    if one is None:
        raise Http404
    base = seen.base_of(code)
    if chosen := next((each for each in reading.earlier if each.number == against), None):
        base = chosen
    desk = Desk(
        reading=reading,
        one=one,
        asked=asked,
        letter=letter,
        rows=queries.with_talk_of(standing.threads.get(code, [])),
        said=said,
        opinions=standing.opinions,
        sight=seen,
        base=base,
        setting=Setting(
            slug=slug,
            participant=reading.part.organisation.name,
            actor=request.actor,
            now=moments.now(),
            read_only=bool(read_only_because(reading.part, list(reading.held))),
            last_changes=said.last_changes,
        ),
        now=moments.now(),
        view=request.GET.get("view", ""),
        drafts=list(drafts_on(request.actor, reading.part, code)),
    )
    return desk, section_pages.rail_of(standing, letter, asked, code)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
