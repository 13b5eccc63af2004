"""Sample of picture 06: what each qualification of a group still needs. Names are invented."""

from __future__ import annotations

from foundation.ui import pages
from foundation.ui.blocks import Action, ApprovalCell, Filter
from foundation.ui.parts import Link, Mark, Status, Strong, Ticks, Words


def _cell(
    kind: str, word: str = "", text: Words = "", holder: str = "", since: str = "", span: int = 1
) -> ApprovalCell:
    return ApprovalCell(status=Status(word, kind), text=text, holder=holder, since=since, span=span)


def _columns() -> tuple[pages.MatrixColumn, ...]:
    supply, networks = ("Stannage Supply Ltd", "STNG"), ("Stannage Networks Ltd", "STNW")

    def column(role: str, note: str, entity: tuple[str, str], locked: bool = False):
        return pages.MatrixColumn(
            role=role, note=note, entity=entity[0], entity_code=entity[1], locked=locked
        )

    return (
        column("Supplier", "Wave 1", supply),
        column("Smart Data Service", "Wave 2", supply),
        column("MEM Smart", "Wave 3", supply),
        column("LDSO", "Wave 1, new entrant", networks, locked=True),
        column("SMRA / ERDA", "Wave 1", networks, locked=True),
        column("UMSO", "Wave 1", networks, locked=True),
    )


def _bsc() -> pages.MatrixBand:
    return pages.MatrixBand(
        mark=Mark("BSC"),
        heading="Elexon and the BSC PAB",
        rows=(
            pages.MatrixRow(
                title="Review",
                cells=(
                    _cell("approved", text="Version 21, 20 Feb"),
                    _cell(
                        "in_review",
                        text="14 of 31 changed answers read",
                        holder="BSC, Ines Okonjo",
                        since="6 days",
                    ),
                    _cell("not_needed", text="MEM is governed by the REC and DIP Rules"),
                    _cell("approved", text="Version 17, 12 Feb"),
                    _cell(
                        "lapsed",
                        text="J08 was changed on 26 Feb, after approval",
                        holder="BSC, Ruth Adeyemi",
                        since="4 days",
                    ),
                    _cell("approved", text="Version 17, 12 Feb"),
                ),
            ),
            pages.MatrixRow(
                title="Findings",
                cells=(
                    _cell("cleared", "All cleared or planned", "F-17: plan agreed, due 30 Apr"),
                    _cell(
                        "plan_needed",
                        "1 without plan",
                        "F-28: rejected reads not reprocessed",
                        "Stannage Supply",
                        "3 days",
                    ),
                    _cell("not_needed"),
                    _cell("cleared", "None open"),
                    _cell("cleared", "All cleared", "F-12 cleared 12 Feb"),
                    _cell("cleared", "None open"),
                ),
            ),
            pages.MatrixRow(
                title="Decision",
                note="BSC PAB",
                cells=(
                    _cell("in_pack", "", "Meeting of Thu 26 March", "PAB secretary", "4 days"),
                    _cell("not_due", text="After sign-off"),
                    _cell("not_needed"),
                    _cell("approved_held", text="PAB 331/04, until the trio is complete"),
                    _cell(
                        "cannot_be_decided",
                        text="BSC and REC approval missing",
                        holder="BSC and REC",
                    ),
                    _cell("approved_held", text="PAB 331/05, until the trio is complete"),
                ),
            ),
        ),
    )


def _rec() -> pages.MatrixBand:
    return pages.MatrixBand(
        mark=Mark("REC"),
        heading="REC Code Manager",
        rows=(
            pages.MatrixRow(
                title="Review",
                cells=(
                    _cell("approved", text="Version 21, 24 Feb"),
                    _cell("not_needed", text="SDS is governed by the BSC and DIP Rules"),
                    _cell("not_due", text="After the Final QAD, by Fri 22 May"),
                    _cell("approved", text="Version 17, 16 Feb"),
                    _cell(
                        "asks_for_more",
                        text="J08: switching requests on the same day",
                        holder="Stannage Networks",
                        since="1 day",
                    ),
                    _cell("not_needed", text="UMSO is governed by the BSC and DIP Rules"),
                ),
            ),
            pages.MatrixRow(
                title="Decision",
                note="Code Manager",
                cells=(
                    _cell("waiting", "", "For DIP User confirmation", "DIP Manager", "12 days"),
                    _cell("not_needed"),
                    _cell("not_due"),
                    _cell(
                        "waiting",
                        "",
                        "For SMRA, to decide both at once",
                        "REC, Owen Pryce",
                        "2 days",
                    ),
                    _cell(
                        "cannot_be_decided", text="REC approval missing", holder="Stannage Networks"
                    ),
                    _cell("not_needed"),
                ),
            ),
        ),
    )


def _dip() -> pages.MatrixBand:
    return pages.MatrixBand(
        mark=Mark("DIP"),
        heading="DIP Manager",
        rows=(
            pages.MatrixRow(
                title="DIP User",
                cells=(
                    _cell(
                        "not_confirmed",
                        text="Access agreement signed; confirmation overdue since Fri 27 Feb",
                        holder="DIP, K. Zielińska",
                        since="12 days",
                    ),
                    _cell("waiting", text="Same agreement as Supplier", holder="DIP Manager"),
                    _cell("waiting", text="Same agreement as Supplier", holder="DIP Manager"),
                    _cell(
                        "confirmed",
                        "Confirmed for all three",
                        "30 January 2026. Non-technical assurance complete",
                        span=3,
                    ),
                ),
            ),
        ),
    )


def _applicant() -> pages.MatrixBand:
    return pages.MatrixBand(
        heading="The applicant",
        rows=(
            pages.MatrixRow(
                title="Sign-off",
                cells=(
                    _cell("signed", text="H. Marchetti, director, 27 Feb"),
                    _cell("not_open", text="Opens when all bodies agree the content"),
                    _cell("not_open", text="A delegate may sign: letter not yet asked for"),
                    _cell("signed", text="L. Abara, director, 19 Feb"),
                    _cell(
                        "no_longer_covers",
                        "No longer covers J08",
                        "Changed after the signature of 19 Feb",
                        "L. Abara",
                    ),
                    _cell("signed", text="L. Abara, director, 19 Feb"),
                ),
            ),
        ),
    )


def matrix() -> pages.QualifiedMatrix:
    """Picture 06."""
    return pages.QualifiedMatrix(
        head=pages.Head(
            crumbs=(Link("Stannage Energy Group", "#"), Link("Qualified yet?")),
            title="Qualified yet? None of six. Supplier is three steps away.",
            lead="Stannage Energy Group, two legal entities. Cells that are not settled say what is"
            " missing and who holds it.",
            actions=(Action(text="Print", url="#print", icon="print"),),
            browser_title="Qualified yet?",
        ),
        filters=(Filter(label="Only what is missing (20)", url="#missing"),),
        columns=_columns(),
        verdicts=(
            _cell("not_yet", text="3 things missing"),
            _cell("not_yet", text="6 things missing"),
            _cell("not_yet", text="In Qualification Testing"),
            ApprovalCell(
                status=Status("Not yet: locked together", "locked"),
                figure=Ticks(["accepted"] * 2 + ["blank"] * 3),
                text=[
                    "2 of 5 decisions. The three take effect on the same day; the first ones wait"
                    " for the last. ",
                    Strong("SMRA holds."),
                ],
                span=3,
                locked=True,
            ),
        ),
        bands=(_bsc(), _rec(), _dip(), _applicant()),
        footnote="“Qualified” means all of QA&P v5.0, 11.3: accession in the role, all approvals,"
        " every finding and observation cleared or planned, and decisions by all bodies that govern"
        " the role. Passing QT alone is not Qualified.",
    )
