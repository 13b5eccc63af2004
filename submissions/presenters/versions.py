"""Versions as pages: the list of what was submitted, and one version with its hash."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse

from foundation.clock.words import instant
from foundation.ui.blocks import Empty, Fact, Tab
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import Code, Link, Status, Words
from participants.models import Organisation
from participants.pages.general import Section, SectionsPage
from submissions.enums import Stage
from submissions.models import Part, Version
from submissions.presenters import addresses
from submissions.presenters.answers import AnswersPage, compared_sections, frozen_sections
from submissions.presenters.evidence import Hash, short_hash
from submissions.presenters.states import count_of
from submissions.versions import canonical, digest, manifest_digest

Pair = tuple[Version, Mapping[str, Mapping[str, Any]]]  # a version with its content


def all_versions(
    place: Organisation, parts: Sequence[Part], versions: Mapping[UUID, Sequence[Version]]
) -> SectionsPage:
    """Return the versions of some parts, newest first."""
    return SectionsPage(
        head=Head(
            title="Submitted versions",
            lead="Each is frozen as it was submitted. Approvals and signatures point here.",
            crumbs=[Link("QAD", addresses.qad(place.slug)), Link("Versions")],
        ),
        sections=[_section(place.slug, one, versions.get(one.pk, ())) for one in parts]
        or [Section(title="Versions", empty=_nothing())],
    )


def _nothing() -> Empty:
    return Empty(title="Nothing was submitted yet", text="The first submission makes version 1.")


def _section(slug: str, part: Part, rows: Sequence[Version]) -> Section:
    if not rows:
        return Section(title=name_of(part), note="Nothing was submitted yet.")
    return Section(
        title=name_of(part),
        table=Table(
            caption="Versions",
            columns=[
                Column(label="Version"),
                Column(label="Stage"),
                Column(label="What"),
                Column(label="Changed", align="end"),
                Column(label="Submitted"),
                Column(label="SHA-256"),
            ],
            rows=[_row(slug, part, row) for row in rows],
        ),
    )


def name_of(part: Part) -> str:
    """Return whose part it is, in words."""
    return part.qualification.get_role_display() if part.qualification else "The organisation"


def _row(slug: str, part: Part, row: Version) -> Row:
    held = [entry["section"] for entry in row.manifest]
    letters = f"{'Section' if len(held) == 1 else 'Sections'} {', '.join(held)}"
    return Row(
        cells=[
            f"Version {row.number}",
            Stage(row.stage).label,
            "The whole part" if row.is_whole else letters,
            count_of(len(row.changed), "answer") if row.number > 1 else "All new",
            f"{instant(row.submitted_at)}, {row.submitted_by_name}",
            Code(short_hash(row.sha256)),
        ],
        url=reverse("submissions:version", args=[slug, part.pk, row.number]),
    )


def version_page(
    part: Part, version: Version, content: Mapping[str, Mapping[str, Any]]
) -> AnswersPage:
    """Return one version, read from its frozen sections, with its hash proved anew."""
    slug = part.organisation.slug
    return AnswersPage(
        head=Head(
            title=f"{name_of(part)}, version {version.number}",
            lead=f"{Stage(version.stage).label} stage, as submitted on"
            f" {instant(version.submitted_at)} by {version.submitted_by_name}.",
            crumbs=[
                Link("QAD", addresses.qad(slug)),
                Link("Versions", addresses.versions(slug, part)),
                Link(f"Version {version.number}"),
            ],
        ),
        facts=[
            Fact(label="SHA-256", value=Hash(version.sha256)),
            Fact(label="Proof", value=_proof(version, content)),
            Fact(label="Changed since the version before", value=_changed(version)),
        ],
        sections=frozen_sections(part, content, _marked(version), slug),
        tabs=version_tabs(part, version),
        footnote="A version never changes. A later submission makes the next one.",
    )


def compared_page(page: AnswersPage, part: Part, before: Pair, after: Pair) -> AnswersPage:
    """Return the page of a version with what differs from an earlier one in place of its text."""
    slug, (old, was), (new, now) = part.organisation.slug, before, after
    return replace(
        page,
        tabs=version_tabs(part, new, old),
        sections=compared_sections(part, was, now, slug, old.number),
        nothing=f"Nothing differs from version {old.number}.",
    )


def version_tabs(part: Part, version: Version, against: Version | None = None) -> list[Tab]:
    """Return the readings of a version: as it was submitted, and beside each one before it."""
    if version.number == 1:
        return []
    url = reverse("submissions:version", args=[part.organisation.slug, part.pk, version.number])
    chosen = against.number if against else 0
    numbers = sorted({version.number - 1, 1, chosen} - {0}, reverse=True)
    return [
        Tab(label="As submitted", url=url, current=not chosen),
        *(
            Tab(
                label=f"Changed since version {number}",
                url=f"{url}?against={number}",
                current=number == chosen,
            )
            for number in numbers
        ),
    ]


def _marked(version: Version) -> set[str]:
    return set(version.changed) if version.number > 1 else set()  # at first all is new


def _proof(version: Version, content: Mapping[str, Any]) -> Status:
    hashes = [
        {"section": letter, "sha256": digest(canonical(held))} for letter, held in content.items()
    ]
    if manifest_digest(hashes) == version.sha256:
        return Status("What you read has this hash", "check")
    return Status("What is stored does not have this hash", "error")


def _changed(version: Version) -> Words:
    if version.number == 1:
        return "The first version"
    return ", ".join(version.changed) or "Nothing"
