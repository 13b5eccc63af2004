"""The rail of the examples, and what several of them share."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from foundation.ui.parts import DateCard, DateLink, Link, Mark, Ruler, Status
from foundation.ui.shell import NavGroup, NavItem, Person, Place, Shell

MOMENT = datetime(2026, 3, 3, 10, 42, tzinfo=ZoneInfo("Europe/London"))
FENNMOOR = Place("Fennmoor Energy Ltd", ("Supplier, MEM Smart", "FENM · FNMS"))
PRIYA = Person("Priya Nadarajan", "Administrator and author", "#account", "#sign-out")
RUTH = Person("Ruth Adeyemi", "Lead reviewer, BSC", "#account", "#sign-out")
DESK = Place("BSC review team", ("Reviewer, Waves 1 to 4",))


def _items(current: str, *items: tuple[str, int | str | None]) -> list[NavItem]:
    return [NavItem(label, "#", count, label == current) for label, count in items]


def participant(current: str) -> Shell:
    """The rail of an organisation."""
    return Shell(
        place=FENNMOOR,
        back=None,
        groups=[
            NavGroup(
                None,
                _items(
                    current,
                    ("Home", None),
                    ("QAD", "10 to do"),
                    ("Findings and plans", 2),
                    ("Evidence", 86),
                    ("The road", None),
                    ("Reliance", None),
                    ("Sign-off", None),
                    ("Notices", 3),
                ),
            ),
            NavGroup(
                "This organisation",
                _items(current, ("People", 11), ("MPIDs", 2), ("History", None)),
            ),
        ],
        person=PRIYA,
        moment=MOMENT,
        search_url="#find",
    )


def reviewer(current: str) -> Shell:
    """The rail of a desk."""
    return Shell(
        place=DESK,
        back=None,
        groups=[
            NavGroup(
                None,
                _items(
                    current,
                    ("My queue", 11),
                    ("Team and load", None),
                    ("Findings", 23),
                    ("Approvals", 6),
                    ("Reopening requests", 1),
                ),
            ),
            NavGroup(
                "Planning",
                _items(
                    current,
                    ("Qualified yet?", None),
                    ("Wave board", None),
                    ("Reliance", None),
                    ("Timetable", None),
                ),
            ),
            NavGroup("Decisions", _items(current, ("PAB meetings", None), ("Registers", None))),
        ],
        person=RUTH,
        moment=MOMENT,
        search_url="#find",
    )


def section_rail() -> Shell:
    """The rail of a question page: the section's list of questions."""
    questions = [
        ("H01 In-scope architecture", "accepted", None),
        ("H02 Bespoke and shared elements", "accepted", None),
        ("H03 Fault handling", "reply_needed", 2),
        ("H04 Message replay", "ready", None),
        ("H05 Jeopardy management", "accepted", None),
        ("H06 Receiving, processing, sending and publishing data", "accepted", None),
        ("H07 Interfaces outside the design", "ready", 1),
        ("H09 Live environment", "accepted", None),
    ]
    return Shell(
        place=Place("H Systems", ("Supplier, QT Wave 2, Final in draft", "7 of 8 ready")),
        back=Link("All sections", "#sections"),
        groups=[
            NavGroup(
                None,
                [
                    NavItem(name, "#", count, name.startswith("H03"), state)
                    for name, state, count in questions
                ],
            )
        ],
        person=PRIYA,
        moment=MOMENT,
        legend=(
            Status("Accepted at Initial", "accepted"),
            Status("Ready for Final", "ready"),
            Status("Reply needed", "reply_needed"),
        ),
        presence=("Tom Elsworth is in H04",),
    )


def review_rail() -> Shell:
    """The rail of a review page: what still needs eyes."""
    questions = [
        ("G02 Subcontractors", "accepted", None),
        ("G04 DIP connection provider", "accepted", 2),
        ("H03 Fault handling", "reading", 3),
        ("H06 Data flows", "not_read", 1),
        ("H07 Interfaces outside", "not_read", 1),
        ("J03 Instructions after testing", "asks_for_more", 1),
        ("J05 Forward migration", "not_read", None),
        ("K01 Obligations mapped", "not_read", 1),
        ("L04 Disaster recovery", "not_read", 2),
    ]
    return Shell(
        place=Place("Hollin Bridge Supply", ("Supplier, Wave 2", "Final, under review")),
        back=Link("My queue", "#queue"),
        groups=[
            NavGroup(
                "Needs eyes: 18 of 92",
                [
                    NavItem(name, "#", count, name.startswith("H03"), state)
                    for name, state, count in questions
                ],
            )
        ],
        person=RUTH,
        moment=MOMENT,
        presence=("74 unchanged answers carry your Initial opinion.",),
    )


def director() -> Shell:
    """The rail of a director: one thing to do."""
    return Shell(
        place=Place("Fennmoor Energy Ltd", ("Supplier, Wave 2", "FENM")),
        back=None,
        groups=[
            NavGroup(
                None,
                _items("Sign-off", ("Sign-off", 1), ("The whole QAD", None), ("The road", None)),
            )
        ],
        person=Person("Margaret Iwu", "Company director", "#account", "#sign-out"),
        moment=datetime(2026, 4, 14, 11, 10, tzinfo=ZoneInfo("Europe/London")),
    )


def why_3_april() -> DateCard:
    """The card of the date on which the review of a Final QAD ends."""
    return DateCard(
        question="Why Friday 3 April?",
        status=Status("Forecast", "forecast"),
        what="BSC, REC and the DIP Manager complete the review of your Final QAD",
        ruler=Ruler(28, "6 Mar", "you submit", "3 Apr", "+ 28 days", 38, "13 Apr"),
        rule="Within 4 weeks of submission, or 13/04/2026, whichever is earlier",
        sum="6 March + 28 days = 3 April. Earlier than the cap: the rule binds",
        note="Good Friday. The rule counts calendar days and makes no allowance",
        clause=[Link("QA&P v5.0, Appendix C", "#clause"), ", QT Wave 2"],
        changed="27 Jun 2025: cap 10/04 became 13/04. Entered by Ruth Adeyemi, checked by Owen"
        " Pryce",
        moves_if="You submit earlier, or a body waits for you",
        links=(Link("Link to this date", "#l"), Link("Add to calendar", "#c"), Link("Ask", "#a")),
    )


def submit_by(text: str) -> DateLink:
    """The date by which the Final QAD is due, with its card."""
    return DateLink(
        text,
        card=DateCard(
            question="Why Friday 6 March?",
            status=Status("Printed", "confirmed"),
            what="You submit your Final QAD for Supplier",
            rule="The printed last day of the window for QT Wave 2",
            clause=[Link("QA&P v5.0, Appendix C", "#clause"), ", “submit Final QAD”"],
            changed="Never",
            moves_if="A newer timetable is published, or your wave place changes",
            links=(Link("Link to this date", "#l"), Link("Add to calendar", "#c")),
        ),
    )


def bodies(*opinions: str) -> list[Mark]:
    """BSC, REC and DIP with their opinions; "-" leaves a body out."""
    pairs = zip(("BSC", "REC", "DIP"), opinions, strict=True)
    return [Mark(body, opinion) for body, opinion in pairs if opinion != "-"]
