"""The evidence library: every piece once, with its versions and where it is cited."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from foundation.clock.words import day, since
from foundation.ui.blocks import Empty, Fact, Filter, Pagination
from foundation.ui.fields import TextField
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Code, Lines, Link, Words
from participants.models import Organisation
from participants.pages.general import Section, SectionsPage
from submissions import bank
from submissions.models import Evidence, EvidenceUse, EvidenceVersion, Part
from submissions.presenters import addresses
from submissions.presenters.evidence import Hash, scan_status, short_hash, size_in_words


def library_page(
    place: Organisation,
    rows: Sequence[Evidence],
    pagination: Pagination | None,
    *,
    filters: Sequence[Filter],
    text: str,
) -> ListPage:
    """Return one page of the library."""
    return ListPage(
        head=Head(
            title="Evidence",
            lead="Every file and reference of your organisation. One may support several answers.",
            crumbs=[Link(place.name, addresses.home(place.slug)), Link("Evidence")],
        ),
        filters=filters,
        search=TextField(
            name="q",
            label="Find evidence",
            value=text,
            hide_label=True,
            attrs={"placeholder": "Find evidence"},
        ),
        table=Table(
            caption="Evidence",
            columns=[
                Column(label="Evidence"),
                Column(label="Version", align="end"),
                Column(label="Cited in"),
                Column(label="Added"),
                Column(label="State"),
            ],
            rows=[_row(place.slug, one) for one in rows],
        ),
        empty=Empty(
            title="Nothing found"
            if text or any(chip.clear_url for chip in filters)
            else "No evidence yet",
            text="Files and references that you add to an answer stand here as well.",
        ),
        pagination=pagination,
    )


def _row(slug: str, one: Evidence) -> Row:
    codes = ", ".join(sorted({use.question for use in one.uses.all()}))
    state: Words = scan_status(one.file) if one.file else f"As of {day(one.as_of)}"
    return Row(
        cells=[
            Lines([one.title, _kind(one)]),
            str(one.version),
            Code(codes) if codes else "Nowhere now",
            f"{one.added_by_name}, {day(one.added_at)}",
            state,
        ],
        url=addresses.evidence(slug, one.pk),
    )


def _kind(one: Evidence) -> str:
    if one.file is None:
        return f"Reference, {one.tool} {one.identifier}"
    return f"{size_in_words(one.file.size)}, SHA-256 {short_hash(one.file.sha256)}"


def detail_page(
    piece: Evidence,
    *,
    versions: Iterable[EvidenceVersion],
    uses: Iterable[EvidenceUse],
    parts: Mapping[UUID, Part],
    now: datetime,
) -> SectionsPage:
    """Return one piece with its versions and its uses."""
    slug = piece.organisation.slug
    library = Link("Evidence", addresses.library(slug))
    return SectionsPage(
        head=Head(title=piece.title, crumbs=[library, Link(piece.title)]),
        facts=_facts(piece),
        sections=[
            Section(
                title="Versions",
                note="Nothing is overwritten: what was submitted keeps the version it cited.",
                table=Table(
                    caption="Versions",
                    columns=[
                        Column(label="Version"),
                        Column(label="What"),
                        Column(label="Added"),
                        Column(label="State"),
                    ],
                    rows=[_version(slug, one, now) for one in versions],
                ),
            ),
            Section(
                title="Cited in",
                table=Table(
                    caption="Answers that cite it",
                    columns=[Column(label="Question"), Column(label="Part")],
                    rows=[_use(slug, use, parts[use.part_id]) for use in uses],
                ),
                empty=Empty(
                    title="Cited nowhere now",
                    text="It was taken away from its answers. It can be cited again.",
                ),
            ),
        ],
    )


def _facts(piece: Evidence) -> list[Fact]:
    if piece.file is None:
        link: Words = Link(piece.link, piece.link) if piece.link else "None"
        return [
            Fact(label="Held in", value=piece.tool),
            Fact(label="Identifier", value=Code(piece.identifier)),
            Fact(label="As of", value=day(piece.as_of)),
            Fact(label="Link", value=link),
        ]
    return [
        Fact(label="Size", value=size_in_words(piece.file.size)),
        Fact(label="Kind", value=piece.file.media_type),
        Fact(label="SHA-256", value=Hash(piece.file.sha256)),
        Fact(label="Scan", value=scan_status(piece.file)),
    ]


def _version(slug: str, one: EvidenceVersion, now: datetime) -> Row:
    stored = one.file
    what: Words = f"{one.content.get('title', '')}"
    if stored:
        link = Link(stored.name, addresses.stored_file(slug, stored.pk))
        what = Lines([link, [f"{size_in_words(stored.size)}, SHA-256 ", Hash(stored.sha256)]])
    return Row(
        cells=[
            f"Version {one.number}",
            what,
            f"{one.added_by_name}, {since(one.added_at, now)}",
            scan_status(stored) if stored else f"As of {one.content.get('as_of') or 'no date'}",
        ]
    )


def _use(slug: str, use: EvidenceUse, part: Part) -> Row:
    question = bank.of_part(part).question(use.question)
    held = part.qualification
    return Row(
        cells=[
            f"{question.code} {question.title}",
            held.get_role_display() if held else "The organisation",
        ],
        url=addresses.question(slug, part, question.section, question.code),
    )
