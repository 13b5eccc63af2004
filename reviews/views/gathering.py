"""Gathering what the pages of reading are made of, in a constant number of statements."""

from uuid import UUID

from django.http import Http404, HttpRequest

from foundation.clock import moments
from reviews import queries
from reviews.models import Thread
from reviews.opinions import of_part, opinions_of
from reviews.pages import section as section_pages
from reviews.pages.question import Desk
from reviews.pages.standing import Standing
from reviews.pages.threads import Setting
from reviews.reading import Asked, Content, Reading, contents, part_for, read
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
    for row in queries.threads(request.actor).filter(part=reading.part):
        found.setdefault(row.question, []).append(row)
    return found


def standing_of(request: HttpRequest, reading: Reading) -> Standing:
    """Return a part with its threads and with what every body says of it."""
    said = opinions_of(of_part(reading.part.pk))
    return Standing(reading, threads_of(request, reading), said)


def desk_of(
    request: HttpRequest, slug: str, key: UUID, letter: str, code: str
) -> tuple[Desk, object]:
    """Gather the page of one question, with the rail of its section."""
    reading = reading_of(request, slug, key)
    asked = asked_of(reading, letter)
    one = next((each for each in asked if each.question.code == code), None)
    if one is None:
        raise Http404
    threads, said = threads_of(request, reading), of_part(reading.part.pk)
    standing = Standing(reading, threads, opinions_of(said))
    desk = Desk(
        reading=reading,
        one=one,
        asked=asked,
        letter=letter,
        rows=queries.with_talk_of(threads.get(code, [])),
        said=said,
        opinions=standing.opinions,
        setting=Setting(
            slug=slug,
            participant=reading.part.organisation.name,
            actor=request.actor,
            now=moments.now(),
            read_only=bool(read_only_because(reading.part, list(reading.held))),
        ),
        now=moments.now(),
        view=request.GET.get("view", ""),
    )
    return desk, section_pages.rail_of(standing, letter, asked, code)
