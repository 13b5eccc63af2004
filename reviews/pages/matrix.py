"""Qualified yet? The matrix of one organisation, and the list of all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.urls import reverse

from foundation.clock.words import day, days
from foundation.ui.blocks import ApprovalCell, Empty, Filter, Pagination
from foundation.ui.pages import (
    Column,
    Head,
    ListPage,
    MatrixBand,
    MatrixColumn,
    MatrixRow,
    QualifiedMatrix,
    Row,
    Table,
)
from foundation.ui.parts import Lines, Link, Mark, Quiet, Status, Ticks, Words
from participants.access.addresses import address
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.pages.statuses import qualification_status
from reviews.qualified import Cell, Facts, bands, first_of, missing, verdict
from waves.routes import ROUTES

FOOTNOTE = (
    "“Qualified” means all of QA&P v5.0, 11.3: accession in the role, all approvals, every finding"
    " and observation cleared or planned, and decisions by all bodies that govern the role."
    " Passing QT alone is not Qualified."
)
_COUNTS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_SETTLED = ("verdigris",)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a matrix stands: whose it is, and when it is read."""

    organisation: Organisation
    now: datetime
    only_missing: bool = False

    def address(self, facts: Facts, cell: Cell, body: str) -> str:
        """Return the page at which something can be done about a cell."""
        slug = self.organisation.slug
        ways: Mapping[str, Callable[[], str]] = {
            "review": lambda: address("reviews:qad", slug),
            "approvals": lambda: address("reviews:approvals", slug),
            "findings": lambda: f"{address('reviews:findings', slug)}?body={body}",
            "sign_off": lambda: address("reviews:sign_off_of", slug, facts.id),
            "decision": lambda: address("reviews:decisions_of", slug),
            "dip_user": lambda: address("reviews:gates", slug, facts.id),
        }
        return ways[cell.leads_to]() if cell.leads_to else ""


def matrix(setting: Setting, known: Sequence[Facts]) -> QualifiedMatrix:
    """Return the matrix of an organisation: what each qualification still needs, and of whom."""
    columns = sorted(known, key=lambda each: (str(each.trio or ""), _order(each)))
    lacking = sum(len(missing(each)) for each in columns)
    toggle = Filter(
        label=f"Only what is missing ({lacking})",
        url="?" if setting.only_missing else "?only=missing",
        on=setting.only_missing,
    )
    return QualifiedMatrix(
        head=Head(
            title=_title(columns),
            lead=f"{setting.organisation.legal_name}. Cells that are not settled say what is"
            " missing and who holds it.",
            browser_title=f"Qualified yet? {setting.organisation.name}",
        ),
        columns=[_column(setting, each) for each in columns],
        verdicts=_verdicts(setting, columns),
        bands=_bands(setting, columns),
        footnote=FOOTNOTE,
        filters=[toggle],
        only_missing=setting.only_missing,
    )


def _order(facts: Facts) -> int:
    return list(MARKET_ROLES).index(facts.role)


def _title(known: Sequence[Facts]) -> str:
    done = [each for each in known if each.status == Where.QUALIFIED]
    total = len(known)
    if not known:
        return "Qualified yet? No market role is sought."
    if len(done) == total:
        return "Qualified." if total == 1 else f"Qualified: all {total}."
    rest = [each for each in known if each not in done and each.status != Where.WITHDRAWN]
    nearest = min(rest, key=lambda each: len(missing(each)), default=None)
    count = _COUNTS[len(done)] if len(done) < len(_COUNTS) else str(len(done))
    said = "Not yet." if total == 1 else f"{count} of {total}."
    if nearest is None:
        return f"Qualified yet? {said}"
    steps = len(missing(nearest))
    label = MARKET_ROLES[nearest.role].short_label
    return f"Qualified yet? {said} {label} lacks {steps} thing{'s' if steps != 1 else ''}."


def _column(setting: Setting, facts: Facts) -> MatrixColumn:
    entrant = ", new entrant" if facts.is_new_entrant else ""
    return MatrixColumn(
        role=MARKET_ROLES[facts.role].short_label,
        note=f"{ROUTES[facts.route].short_label}{entrant}, {', '.join(facts.mpids)}",
        url=address("reviews:part", setting.organisation.slug, facts.parts["role"].id)
        if "role" in facts.parts
        else "",
        locked=facts.trio is not None,
    )


def _verdicts(setting: Setting, columns: Sequence[Facts]) -> list[ApprovalCell]:
    """One cell a qualification; the trio shares one, since it comes true at one moment (R14)."""
    found = []
    for trio, group in groupby(columns, key=lambda each: each.trio):
        held = list(group)
        if trio is None:
            found += [_cell(setting, each, verdict(each).cell) for each in held]
        else:
            found.append(_trio_cell(held))
    return found


def _trio_cell(held: Sequence[Facts]) -> ApprovalCell:
    read = verdict(held[0])
    cell = read.cell
    taken, needed = read.decisions_taken, read.decisions_needed
    if cell.state == "qualified":
        return ApprovalCell(
            status=Status(cell.word, cell.state), text=f"{cell.text}, all together", span=len(held)
        )
    lacking = [each for each in held if missing(each)]
    holding = [MARKET_ROLES[each.role].short_label for each in lacking]
    return ApprovalCell(
        status=Status(cell.word, cell.state),
        text=f"{taken} of {needed} decisions. The three take effect on the same day; the first"
        f" ones wait for the last. Missing: {', '.join(holding) or 'nothing'}.",
        span=len(held),
        locked=True,
        figure=Ticks(["accepted"] * taken + ["blank"] * (needed - taken), f"{taken} of {needed}"),
    )


def _bands(setting: Setting, columns: Sequence[Facts]) -> list[MatrixBand]:
    read = [bands(each) for each in columns]
    found = []
    for place, band in enumerate(read[0] if read else ()):
        rows = []
        for at, line in enumerate(band.lines):
            cells = [
                _cell(setting, each, own[place].lines[at].cell, band.body)
                for each, own in zip(columns, read, strict=True)
            ]
            rows.append(MatrixRow(title=line.title, note=line.note, cells=cells))
        mark = Mark(band.body) if band.body else None
        found.append(MatrixBand(heading=band.heading, rows=rows, mark=mark))
    return found


def _cell(setting: Setting, facts: Facts, cell: Cell, body: str = "") -> ApprovalCell:
    return ApprovalCell(
        status=Status(cell.word, cell.state),
        text=cell.text,
        holder=_holder(setting.organisation, cell.holder),
        since=_age(cell.since, setting.now) if cell.holder else "",
        url=setting.address(facts, cell, body),
        locked=cell.state == "locked",
    )


def _holder(organisation: Organisation, holder: str) -> str:
    return organisation.name if holder == "the participant" else holder


def _age(since: datetime | None, now: datetime) -> str:
    if since is None:
        return ""
    gone = max(0, (now.date() - since.date()).days)
    return days(gone) if gone else "today"


# --- all organisations


def all_page(
    held: Iterable[Qualification],
    known: Mapping[UUID, Facts],
    *,
    filters: Sequence[Filter],
    pagination: Pagination | None,
    now: datetime,
) -> ListPage:
    """Return the qualifications of every organisation: where each stands, and who holds it."""
    rows = [_all_row(each, known[each.pk], now) for each in held]
    return ListPage(
        head=Head(
            title="Qualified yet?",
            lead="Every qualification that you have to do with: where it stands, what comes next,"
            " and who holds it.",
        ),
        filters=filters,
        table=Table(
            caption="Qualifications of all organisations",
            columns=[
                Column(label="Organisation"),
                Column(label="Market role"),
                Column(label="Where it stands"),
                Column(label="Next"),
                Column(label="Held by"),
                Column(label="Missing", align="end"),
            ],
            rows=rows,
            compact=True,
        )
        if rows
        else None,
        empty=Empty(title="No qualification matches.", text="Take a filter off to see more."),
        pagination=pagination,
        footnote=FOOTNOTE,
    )


def _all_row(held: Qualification, facts: Facts, now: datetime) -> Row:
    lacks = missing(facts)
    what, holder = _next(facts, lacks, now)
    return Row(
        url=reverse("reviews:qualified", args=[facts.slug]),
        cells=[
            facts.organisation,
            Lines([MARKET_ROLES[facts.role].short_label, ROUTES[facts.route].short_label]),
            qualification_status(held.status),
            what,
            holder,
            str(len(lacks)) if lacks else "",
        ],
    )


def _next(facts: Facts, lacks: Sequence, now: datetime) -> tuple[Words, Words]:
    if not lacks:
        since = day(facts.qualified_at) if facts.qualified_at else ""
        return (f"Qualified since {since}" if since else ""), ""
    first = first_of(lacks)
    name = facts.organisation if first.holder == "PARTICIPANT" else first.holder_label
    return first.what, [name, " ", Quiet(_age(first.since, now))]


def back(slug: str) -> Link:
    """Return the way back to the matrix of an organisation."""
    return Link("Qualified yet?", reverse("reviews:qualified", args=[slug]))
