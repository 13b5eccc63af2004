"""Sample of picture 02: the task list of a QAD. All names are invented."""

from __future__ import annotations

from foundation.ui import pages
from foundation.ui.blocks import Action, Fact, Refusal, Tab
from foundation.ui.gallery.frame import bodies, submit_by, why_3_april
from foundation.ui.parts import DateLink, Link, Quiet, Status, Strong, Ticks

_KINDS = {"a": "accepted", "c": "changed", "r": "reply", "d": "draft", "b": "blank", "n": "na"}


def _section(
    letter: str,
    title: str,
    ticks: str,
    ready: str,
    status: Status,
    opinions: tuple[str, str, str] = ("accepted", "accepted", "accepted"),
    changed: str = "",
    opened: str = "",
    note: str = "",
) -> pages.SectionRow:
    return pages.SectionRow(
        letter=letter,
        title=title,
        url=f"#{letter}",
        note=note,
        ticks=Ticks([_KINDS[kind] for kind in ticks]),
        ready=ready,
        changed=changed,
        open=opened,
        marks=bodies(*opinions),
        status=status,
    )


_NOT_READY = ("L05", "P05", "D04", "D05", "D06", "D10", "J03", "T01", "T03")


def task_list() -> pages.QadTaskList:
    """Picture 02."""
    ready, accepted = Status("", "ready"), Status("Accepted at Initial", "accepted")
    blank = Status("1 blank", "draft")
    yes, reading, unread = "accepted", "reading", "not_read"
    organisation = (
        _section(
            "A", "Applicant and scope", "aaaaaacaaaan", "11 of 11", ready, (yes, yes, reading), "1"
        ),
        _section("E", "People", "aaaa", "4 of 4", accepted),
        _section("F", "Internal resources", "acaa", "4 of 4", ready, (yes, reading, yes), "1"),
        _section(
            "G",
            "External resources",
            "aacac",
            "5 of 5",
            ready,
            (yes, "asks", reading),
            "2",
            "1 thread",
        ),
        _section("L", "Change risk", "aaacb", "4 of 5", blank, (yes, yes, reading), "1"),
        _section("M", "Testing policies", "aaa", "3 of 3", accepted),
        _section(
            "N",
            "Information security and data protection",
            "accaaaa",
            "7 of 7",
            ready,
            (yes, yes, reading),
            "2",
            note="Owned by the DIP Manager",
        ),
        _section(
            "P",
            "DIP User requirements",
            "cnb",
            "1 of 2",
            blank,
            ("-", "-", reading),
            "1",
            note="Owned by the DIP Manager",
        ),
    )
    supplier = (
        _section(
            "B", "Pre-integration testing", "aaaaaaaaaccacacncn", "15 of 15", ready, changed="4"
        ),
        _section(
            "C", "Placing Reliance", "aaaaannacn", "7 of 7", ready, changed="1", opened="1 thread"
        ),
        _section(
            "D",
            "QT completion",
            "cbddcccb",
            "4 of 8",
            Status("4 not ready", "draft"),
            (unread, unread, unread),
            note="New at Final",
        ),
        _section(
            "H",
            "Systems",
            "aaracaca",
            "7 of 8",
            Status("", "reply_needed"),
            ("asks", yes, "asks"),
            "3",
            "1 thread",
            "H03: BSC and DIP ask together, by Thu 5 Mar",
        ),
        _section(
            "J",
            "Procedures and operational controls",
            "aabccca",
            "6 of 7",
            blank,
            (yes, reading, yes),
            "3",
            "1 thread",
        ),
        _section(
            "K",
            "Code obligations",
            "ccac",
            "4 of 4",
            Status("", "plan_needed"),
            ("asks", yes, yes),
            "3",
            "1 finding",
            "Finding F-12, raised by BSC",
        ),
        _section(
            "Q",
            "Unmetered exemption",
            "nnn",
            "",
            Status("", "not_applicable"),
            ("-", "-", "-"),
            note="You did not ask for it in A02",
        ),
        _section(
            "S",
            "Smart exemption",
            "nnnnnnnn",
            "",
            Status("", "not_applicable"),
            ("-", "-", "-"),
            note="You did not ask for it in A02",
        ),
        _section(
            "T",
            "Declarations",
            "bbn",
            "0 of 2",
            Status("", "not_started"),
            (unread, unread, unread),
            note="The director gives T05 at sign-off",
        ),
    )
    links = [Link(code, f"#{code}") for code in _NOT_READY]
    listed = [piece for link in links for piece in (link, ", ")][:-1]
    return pages.QadTaskList(
        head=pages.Head(
            crumbs=(Link("Fennmoor Energy Ltd", "#org"), Link("QAD")),
            title="Final QAD for Supplier",
            lead="QT Wave 2. Re-versioned from Initial on 23 February 2026, when your QT Test"
            " Completion Report was first opened with the QAD.",
            actions=(
                Action(text="Working copy (Word)", url="#word", icon="download"),
                Action(text="Print", url="#print", icon="print"),
            ),
        ),
        facts=(
            Fact(label="Status", value=Status("Final, in draft", "draft", tag=True)),
            Fact(label="Submit by", value=submit_by("Fri 6 March 2026"), note="3 days"),
            Fact(label="Answers ready", value="82 of 92", note="in 15 sections"),
            Fact(label="Changed since Initial", value="22 answers"),
            Fact(label="Waiting for your reply", value="2 threads, 1 finding"),
        ),
        tabs=(
            Tab(label="All sections", url="#", current=True),
            Tab(label="Blank", url="#", count=9),
            Tab(label="Changed", url="#", count=22),
            Tab(label="With open threads", url="#", count=5),
            Tab(label="Initial, as submitted 5 Sep 2025", url="#", locked=True),
        ),
        groups=(
            pages.SectionGroup(heading="The organisation", sections=organisation),
            pages.SectionGroup(heading="Supplier", sections=supplier),
        ),
        submit=pages.SubmitPanel(
            title="Submit the Final QAD",
            text=[
                "All answers then lock. BSC, REC and the DIP Manager have four weeks to review: if"
                " you submit on Friday 6 March, until ",
                DateLink("Friday 3 April", card=why_3_april()),
                ". To change a locked answer you ask for its section to be reopened.",
            ],
            action=Action(text="Submit Final QAD", reasons=("Two reasons stand beside it.",)),
            also=Link("Check all answers", "#check"),
            refusal=Refusal(
                title="Not yet, for two reasons",
                reasons=(
                    [
                        Strong("Nine required answers are not ready."),
                        " Final takes no blanks: ",
                        *listed,
                        ". ",
                        Quiet("Yours to write; Tom Elsworth holds D05 and D06."),
                    ],
                    [
                        Strong("H03 has a reply in draft."),
                        " Send it or discard it. ",
                        Quiet("Yours."),
                    ],
                ),
                note="Open threads and findings do not stop you. Reviewers will see them with your"
                " Final.",
            ),
        ),
    )
