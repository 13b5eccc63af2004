"""Qualified yet? The matrix of one organisation, its criteria, and all that is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, ApprovalCell, Empty, Filter
from foundation.ui.counting import joined, number, opened
from foundation.ui.pages import (
    Head,
    ListPage,
    MatrixBand,
    MatrixColumn,
    MatrixRow,
    QualifiedMatrix,
)
from foundation.ui.parts import Link, Mark, Status, Strong, Ticks, Words
from participants.access.addresses import address
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation
from participants.pages.general import Section
from reviews.pages.desk.lacking import section
from reviews.pages.desk.places import Setting, anchor
from reviews.pages.desk.words import ago
from reviews.qualified import Cell, Facts, Line, bands, missing, own_missing, verdict
from waves.routes import ROUTES

FOOTNOTE = (
    "“Qualified” means all of QA&P v5.0, 11.3: accession in the role, all approvals, every finding"
    " and observation cleared or planned, and decisions by all bodies that govern the role."
    " Passing QT alone is not Qualified."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifiedPage(QualifiedMatrix):
    """``reviews/qualified.html``: the matrix, and each qualification's criteria beneath."""

    sections: Sequence[tuple[str, Section]] = ()  # each with the mark that cells lead to


def nothing_page(organisation: Organisation, crumbs: Sequence[Link]) -> ListPage:
    """Return the page of an organisation that seeks no qualification the reader may see."""
    return ListPage(
        head=Head(title="Qualified yet?", lead=organisation.legal_name, crumbs=crumbs),
        empty=Empty(
            title="No market role is sought yet.",
            text="A code body opens a qualification for each market role; what it needs, and who"
            " holds it, stands here from then on.",
        ),
    )


def qualified_page(
    organisation: Organisation,
    known: Sequence[Facts],
    *,
    actor: Actor,
    today: date,
    only_missing: bool,
    crumbs: Sequence[Link],
) -> QualifiedPage:
    """Return what each qualification of an organisation still needs, and of whom."""
    columns = sorted(known, key=_place)
    setting = Setting(organisation, actor, today)
    count = sum(len(own_missing(each)) for each in columns)
    return QualifiedPage(
        head=Head(
            title=title(columns),
            lead=f"{organisation.legal_name}. Cells that are not settled say what is missing and"
            " who holds it.",
            crumbs=crumbs,
            browser_title=f"Qualified yet? {organisation.name}",
            actions=[Action(text="Every date", url=_road(organisation.slug))],
        ),
        columns=[_column(setting, each) for each in columns],
        verdicts=[cell for group in _groups(columns) for cell in _verdicts(setting, group)],
        bands=_bands(setting, columns),
        footnote=FOOTNOTE,
        filters=[_toggle(count, only_missing)],
        only_missing=only_missing,
        sections=[(anchor(each), section(setting, each)) for each in columns],
    )


def _road(slug: str) -> str:
    return address("waves:road", slug)


def _place(facts: Facts) -> tuple:
    """The order of the columns: the trio stays together, at the end."""
    return (str(facts.trio or ""), list(MARKET_ROLES).index(facts.role), facts.created_at)


def _groups(columns: Sequence[Facts]) -> list[list[Facts]]:
    """Columns that are decided together: one, or those of a trio."""
    keyed = groupby(columns, key=lambda each: each.trio or each.id)
    return [list(group) for _, group in keyed]


def _toggle(count: int, only_missing: bool) -> Filter:
    url = "?" if only_missing else "?only=missing"
    return Filter(label=f"Only what is missing ({count})", url=url, on=only_missing)


# --- the sentence -------------------------------------------------------------------------


def title(known: Sequence[Facts]) -> str:
    """Return how far the organisation is, and which role is nearest."""
    live = [each for each in known if each.status != Where.WITHDRAWN]
    done = [each for each in live if each.status == Where.QUALIFIED]
    if not live:
        return "Qualified yet? Withdrawn."
    if len(done) == len(live):
        return _all_done(live)
    said = "Not yet." if len(live) == 1 else f"{opened(number(len(done)))} of {number(len(live))}."
    ahead = [each for each in live if each.status != Where.NOT_APPROVED]
    steps = [(_steps(group), group) for group in _groups(ahead) if _steps(group)]
    if not steps:
        return f"Qualified yet? {said}"
    count, nearest = min(steps, key=lambda pair: pair[0])
    verb, noun = "is" if len(nearest) == 1 else "are", "step" if count == 1 else "steps"
    names = joined([_name(each) for each in nearest])
    return f"Qualified yet? {said} {names} {verb} {number(count)} {noun} away."


def _steps(group: Sequence[Facts]) -> int:
    """What is missing before those that go together are Qualified."""
    return sum(len(own_missing(each)) for each in _whole(group))


def _whole(group: Sequence[Facts]) -> list[Facts]:
    """The whole trio, also where the reader sees only some of it."""
    return [group[0], *group[0].mates] if group[0].trio else list(group)


def _all_done(live: Sequence[Facts]) -> str:
    if len(live) == 1:
        return f"MHHS Qualified as {live[0].label}."
    return f"MHHS Qualified in all {number(len(live))} roles."


def _name(facts: Facts) -> str:
    return MARKET_ROLES[facts.role].short_label


# --- heads --------------------------------------------------------------------------------


def _column(setting: Setting, facts: Facts) -> MatrixColumn:
    entrant = ", new entrant" if facts.is_new_entrant else ""
    locked = facts.trio is not None
    return MatrixColumn(
        role=_name(facts) if locked else facts.label,
        note=f"{ROUTES[facts.route].short_label}{entrant}",
        entity="The three go together" if locked else setting.organisation.name,
        entity_code="" if locked else " ".join(facts.mpids[:2]),
        url=setting.part_url(facts),
        locked=locked,
    )


def _verdicts(setting: Setting, group: Sequence[Facts]) -> Iterator[ApprovalCell]:
    first = group[0]
    if first.trio is not None:
        yield _trio_verdict(group)
        return
    cell = verdict(first).cell
    yield ApprovalCell(
        status=Status(cell.word, cell.state),
        text=cell.text,
        holder=setting.holder(cell.holder),
        locked=cell.state == "locked",
        url=setting.list_url(first) if missing(first) else "",
    )


def _trio_verdict(group: Sequence[Facts]) -> ApprovalCell:
    """LDSO, SMRA / ERDA and UMSO have one answer: it comes true at one moment (R14)."""
    read = verdict(group[0])
    taken, needed = read.decisions_taken, read.decisions_needed
    if read.cell.state != "locked":
        status = Status(read.cell.word, read.cell.state)
        return ApprovalCell(status=status, text=read.cell.text, span=len(group))
    lacking = [each for each in _whole(group) if own_missing(each)]
    names = joined([_name(each) for each in sorted(lacking, key=_place)])
    holds: list[Words] = [Strong(f"{names} hold{'s' if len(lacking) == 1 else ''}.")]
    return ApprovalCell(
        status=Status(read.cell.word, "locked"),
        text=[
            f"{taken} of {needed} decisions. The three take effect on the same day; the first ones"
            " wait for the last. ",
            *(holds if lacking else ()),
        ],
        figure=Ticks(["accepted"] * taken + ["blank"] * (needed - taken)),
        span=len(group),
        locked=True,
    )


# --- bands --------------------------------------------------------------------------------


def _bands(setting: Setting, columns: Sequence[Facts]) -> list[MatrixBand]:
    read = {each.id: bands(each) for each in columns}
    return [
        MatrixBand(
            heading=band.heading,
            mark=Mark(band.body) if band.body else None,
            rows=[
                MatrixRow(
                    title=line.title,
                    note=line.note,
                    cells=[
                        cell
                        for group in _groups(columns)
                        for cell in _cells(
                            setting, band.body, group, [read[f.id][at].lines[row] for f in group]
                        )
                    ],
                )
                for row, line in enumerate(band.lines)
            ],
        )
        for at, band in enumerate(next(iter(read.values())))
    ]


def _cells(
    setting: Setting, body: str, group: Sequence[Facts], lines: Sequence[Line]
) -> Iterator[ApprovalCell]:
    """The cells of a row; where a trio is confirmed alike, one cell says so for all."""
    cells = [line.cell for line in lines]
    if len(cells) > 1 and {each.state for each in cells} == {"confirmed"}:
        names = {2: "both", 3: "all three"}.get(len(cells), "all")
        status = Status(f"Confirmed for {names}", "confirmed")
        yield ApprovalCell(status=status, text=cells[0].text, span=len(cells))
        return
    for facts, line in zip(group, lines, strict=True):
        yield _cell(setting, body, facts, line.cell)


def _cell(setting: Setting, body: str, facts: Facts, cell: Cell) -> ApprovalCell:
    return ApprovalCell(
        status=Status(cell.word, cell.state),
        text=setting.told(facts, cell),
        holder=setting.holder(cell.holder),
        since=ago(cell.since, setting.today) if cell.holder else "",
        url=setting.url(facts, cell.leads_to, body),
    )
