"""Samples of pictures 04 and 05: a queue, an answer under review. Names are invented."""

from __future__ import annotations

from foundation.ui import pages
from foundation.ui.blocks import (
    Action,
    Evidence,
    Filter,
    FilterOption,
    Message,
    Tab,
    Thread,
    VerdictBar,
    VerdictChoice,
)
from foundation.ui.gallery.comparison import changes
from foundation.ui.gallery.frame import bodies
from foundation.ui.parts import (
    Bare,
    Clock,
    DateLink,
    Deleted,
    Inserted,
    Link,
    Mark,
    Quiet,
    Status,
    Strong,
    Ticks,
)
from foundation.ui.ticks import clock_days


def _load(name: str, hours: int, over: int = 0) -> pages.LoadDay:
    kinds = ["done"] * (hours - over) + ["over"] * over + ["blank"] * max(0, 6 - hours)
    said = Status(f"{over} h over, leave pm", "at_risk") if over else f"{hours} of 6 h"
    return pages.LoadDay(name=name, ticks=Ticks(kinds), text=said)


def _row(
    left: Status | Bare,
    participant: str,
    role: str,
    stage: str,
    to_read: str,
    held: tuple[str, str],
    days: str,
    due: str,
    binds: str,
    opinions: tuple[str, str, str],
    first: bool = False,
) -> pages.QueueRow:
    return pages.QueueRow(
        left=left,
        participant=participant,
        url=f"#{participant}",
        role=role,
        stage=stage,
        to_read=to_read,
        held_by=held[0],
        held_for=held[1],
        clock=Clock(days, left.text if isinstance(left, Bare) else left.word),
        due=DateLink(due, url="#why"),
        binds=binds,
        marks=bodies(*opinions),
        first=first,
    )


def _calm(days: int) -> Bare:
    return Bare(f"{days} days")


def _rows() -> tuple[pages.QueueRow, ...]:
    yes, reading, unread, risk = "accepted", "reading", "not_read", "at_risk"
    return (
        _row(
            Status("4 days over", "overdue"),
            "Penhallow Power",
            "Supplier, Wave 4",
            "Initial",
            "14 of 78",
            ("BSC", "4 days"),
            clock_days(42, 0, over=4),
            "Fri 27 Feb",
            "cap",
            (reading, yes, yes),
            first=True,
        ),
        _row(
            Status("3 days", risk),
            "Oxmere Networks",
            "LDSO trio, Wave 1",
            "Final",
            "9 of 112",
            ("BSC", "today"),
            clock_days(20, 7),
            "Fri 6 Mar",
            "cap",
            (reading, reading, yes),
        ),
        _row(
            Status("3 days", risk),
            "Saltmarsh Energy",
            "Supplier, Wave 1",
            "Final, K",
            "3 of 90",
            ("BSC", "2 days"),
            clock_days(24, 3),
            "Fri 6 Mar",
            "rule",
            ("lapsed", yes, yes),
        ),
        _row(
            Status("6 days", risk),
            "Brackwater Data",
            "SDS, Wave 2",
            "Final",
            "21 of 84",
            ("BSC", "6 days"),
            clock_days(21, 6),
            "Mon 9 Mar",
            "rule",
            (reading, "-", unread),
        ),
        _row(
            _calm(8),
            "Northlight Data",
            "SDS, ADS, Wave 2",
            "Final",
            "31 of 131",
            ("BSC", "3 days"),
            clock_days(19, 8),
            "Wed 11 Mar",
            "rule",
            (reading, "-", reading),
        ),
        _row(
            _calm(14),
            "Calder & Wye Power",
            "Supplier, Wave 2",
            "Final",
            "26 of 92",
            ("BSC", "9 days"),
            clock_days(13, 14),
            "Tue 17 Mar",
            "rule",
            (unread, reading, unread),
        ),
        _row(
            Status("15 days", "paused"),
            "Hollin Bridge Supply",
            "Supplier, Wave 2",
            "Final",
            "18 of 92",
            ("Participant", "5 days"),
            clock_days(17, 15, paused=5),
            "Wed 18 Mar",
            "rule",
            ("asks", "asks", reading),
        ),
        _row(
            _calm(24),
            "Vale of Arrow Electricity Supply (Northern) plc",
            "Supplier, Wave 2",
            "Final",
            "33 of 92",
            ("BSC", "4 days"),
            clock_days(4, 24),
            "Fri 27 Mar",
            "rule",
            (unread, unread, unread),
        ),
    )


def queue() -> pages.QueuePage:
    """Picture 04."""
    menu = (
        FilterOption(label="All", url="#", current=True),
        FilterOption(label="QT Wave 1", url="#"),
        FilterOption(label="QT Wave 2", url="#"),
    )
    return pages.QueuePage(
        head=pages.Head(
            title="Eleven to read. Penhallow Power first.",
            lead="Its clock ran out four days ago and BSC is the only body still reading.",
            actions=(Action(text="Open Penhallow Power", url="#", kind="primary", arrow=True),),
            browser_title="My queue",
        ),
        load=(
            _load("Tue 3", 5),
            _load("Wed 4", 6),
            _load("Thu 5", 6, 3),
            _load("Fri 6", 6),
            _load("Mon 9", 3),
            _load("Tue 10", 1),
            _load("Wed 11", 2),
        ),
        load_note=[
            Strong("Thursday does not fit."),
            " Ines Okonjo read Hollin Bridge at Initial and has 6 hours free. ",
            Link("Ask her to take it", "#ask"),
        ],
        tabs=(
            Tab(label="By clock risk", url="#", count=11, current=True),
            Tab(label="Only what changed", url="#"),
            Tab(label="Waiting for participant", url="#", count=7),
            Tab(label="Plans to agree", url="#", count=4),
            Tab(label="Save this view", url="#", icon="plus"),
        ),
        filters=(
            Filter(label="Body: BSC", clear_url="#"),
            Filter(label="Reader: me", clear_url="#"),
            Filter(label="Route", options=menu),
            Filter(label="Role", options=menu),
            Filter(label="Stage", options=menu),
            Filter(label="Holder", options=menu),
        ),
        density=Link("Roomier rows", "#reading"),
        rows=_rows(),
        aside_title="Yours, not on a clock",
        aside=(
            pages.SideRow(
                status=Status("Plan proposed", "your_move"),
                text=[
                    Strong("F-31 Saltmarsh Energy"),
                    " ",
                    Quiet("reconciliation of rejected reads"),
                ],
                when="2 days with you",
            ),
            pages.SideRow(
                status=Status("Reopening asked", "your_move"),
                text=[
                    Strong("Brackwater Data, section J"),
                    " ",
                    Quiet("LWI-22 replaced after test"),
                ],
                when="1 day with you",
            ),
            pages.SideRow(
                status=Status("9 drafts to release", "draft"),
                text=[Strong("Comments by Ines Okonjo"), " ", Quiet("on Calder & Wye Power")],
                when="since 09:30",
            ),
        ),
        ahead_title="Squeeze ahead",
        ahead=[
            Strong("9 Wave 2 Finals may arrive by Friday."),
            " If all do, BSC has 214 hours of reading in four weeks and 176 hours of people. ",
            Link("See the forecast", "#forecast"),
        ],
    )


def question() -> pages.ReviewQuestion:
    """Picture 05."""
    return pages.ReviewQuestion(
        head=pages.Head(
            crumbs=(
                Link("Hollin Bridge Supply", "#"),
                Link("H Systems", "#"),
                Link("H03"),
            ),
            title="Fault handling",
        ),
        code="H03",
        question="Describe how faults in the in-scope systems are found, contained and put right"
        " in live operation.",
        guidance=Link("Guidance and criterion", "#guidance"),
        tabs=(
            Tab(label="What changed", url="#", current=True),
            Tab(label="Final", url="#"),
            Tab(label="Initial", url="#"),
            Tab(label="Side by side", url="#"),
        ),
        compared="Initial 10 Sep 2025 → Final 13 Feb 2026",
        summary=[
            Inserted("61 words added"),
            Deleted("17 removed"),
            "2 of 5 paragraphs changed, 1 file new, 1 replaced",
        ],
        changes=changes(),
        evidence=pages.EvidenceList(
            title="Evidence that changed",
            note="4 unchanged, not shown",
            items=(
                Evidence(
                    name="LWI-114 Partial restart, v3.0.pdf",
                    url="#",
                    note=["3 of 12 pages differ. ", Link("Compare pages 4, 5 and 9", "#")],
                    status=Status("Replaces v2.1", "new"),
                ),
                Evidence(
                    name="ADO 48213 QT-S-0417 Loss of inbound flow",
                    url="#",
                    note="Passed on the third run, 18 Feb. Result as of 27 Feb",
                    status=Status("New at Final", "new"),
                    reference=True,
                ),
            ),
        ),
        opinions=(
            pages.Opinion(
                mark=Mark("BSC"),
                status=Status("Lapsed by edit", "lapsed"),
                note="You accepted version 9 at Initial",
            ),
            pages.Opinion(
                mark=Mark("REC"),
                status=Status("", "asks_for_more"),
                note="Owen Pryce, version 12, 24 Feb",
            ),
            pages.Opinion(
                mark=Mark("DIP"), status=Status("", "reading"), note="Katarzyna Zielińska"
            ),
        ),
        same_ask=pages.SameAsk(
            title="REC already asks about this",
            text=[
                "“Eight hours against four: how long do estimated volumes stand, and who approves"
                " them?” ",
                Quiet("Owen Pryce, 24 Feb"),
            ],
            actions=(
                Action(text="Join the ask", url="#", kind="primary", icon="merge", small=True),
                Action(text="Ask separately", url="#", kind="quiet", small=True),
            ),
        ),
        threads=(
            Thread(
                subject="Notes between bodies",
                status=Status("Never shown to participants", "locked"),
                messages=(
                    Message(
                        author="Katarzyna Zielińska",
                        mark=Mark("DIP"),
                        when="27 Feb",
                        text="No DIP concern in the bridge itself. Certificate handling is fine.",
                    ),
                ),
                internal=True,
            ),
        ),
        verdict=VerdictBar(
            title="BSC on H03, version 12",
            url="#verdict",
            choices=(
                VerdictChoice(label="Accept", value="accept", key="A", shape="check"),
                VerdictChoice(label="Ask for more", value="ask", key="M", shape="diamond"),
                VerdictChoice(label="Observation", value="observation", key="O", icon="flag"),
                VerdictChoice(label="Finding", value="finding", key="F", icon="flag", url="#f"),
            ),
            drafts=Link("9 drafts to release", "#drafts"),
            next=Action(text="Next: H06", url="#h06", arrow=True),
        ),
        previous_url="#g04",
        next_url="#h06",
    )
