"""Sample of picture 03: a question being answered, and the same one locked."""

from __future__ import annotations

from foundation.ui import pages
from foundation.ui.blocks import (
    Action,
    Change,
    Evidence,
    Fact,
    Finding,
    Message,
    Reply,
    Run,
    Step,
    Thread,
)
from foundation.ui.editor import Editor
from foundation.ui.fields import CheckField
from foundation.ui.gallery.answers import H03, WORDS
from foundation.ui.gallery.frame import bodies
from foundation.ui.parts import Link, Mark, Quiet, Status, Strong


def _evidence() -> pages.EvidenceList:
    new = Status("New at Final", "new")
    return pages.EvidenceList(
        note="5 items, 2 new since Initial",
        items=(
            Evidence(
                name="LWI-114 Partial restart of inbound flows, v3.0.pdf",
                url="#",
                note="412 kB, added by Tom Elsworth 24 Feb, scanned, SHA-256 9f2c 41be …",
                status=new,
            ),
            Evidence(
                name="Northlight Data contract variation 19-01-2026.pdf",
                url="#",
                note="1.1 MB, added by Priya Nadarajan 2 Mar, scanned, SHA-256 07aa e310 …",
                status=new,
            ),
            Evidence(
                name="Service desk procedure SD-02, v5.1.pdf",
                url="#",
                note=["2.3 MB, replaces v4.8 (seen at Initial, ", Link("compare", "#"), ")"],
                status=Status("Seen by BSC, REC", "accepted"),
            ),
            Evidence(
                name="ADO 48213 QT-S-0417 Loss of inbound flow",
                url="#",
                note="Reference only. The evidence stays in the test tool (QA&P 10.2)",
                status=Status("Passed, as of 18 Feb", "accepted"),
                reference=True,
            ),
            Evidence(
                name="ADO 48220 QT-S-0422 Certificate rejected",
                url="#",
                note="Reference only. Confirm the result still stands, or update it",
                status=Status("As of 9 Feb, older than report", "at_risk"),
                reference=True,
            ),
        ),
        actions=(
            Action(text="Add a file", url="#", icon="plus"),
            Action(text="Point to a test or link", url="#", icon="chain"),
            Action(text="From the library (86)", url="#", kind="quiet"),
        ),
    )


def threads() -> tuple[Thread, ...]:
    """A merged ask that waits for the reader, and one that is closed."""
    return (
        Thread(
            subject="One ask, two bodies",
            marks=(Mark("BSC"), Mark("DIP")),
            status=Status("Your reply", "your_reply"),
            messages=(
                Message(
                    author="Ruth Adeyemi",
                    mark=Mark("BSC"),
                    when="26 Feb 11:20",
                    text="Restoration at Northlight Data was eight hours at Initial and yours is"
                    " four. Which applies, and where is it agreed?",
                ),
                Message(
                    author="Katarzyna Zielińska",
                    mark=Mark("DIP"),
                    note="joined",
                    when="Today 08:50",
                    text="Please add what happens when a certificate is rejected outside desk"
                    " hours.",
                ),
            ),
            reply=Reply(
                url="#reply",
                button="Send reply to both",
                note="Answers version 14. Due Thu 5 Mar",
                value="Both are now in the answer: see “Services supplied by others” and the third"
                " point under “Connection to the DIP”.",
            ),
        ),
        Thread(
            subject="On-call cover",
            marks=(Mark("REC"),),
            status=Status("Closed by REC", "closed"),
            messages=(
                Message(
                    author="Owen Pryce",
                    mark=Mark("REC"),
                    when="2 Oct 2025",
                    text="Who is on call at weekends?",
                ),
                Message(
                    author="Priya Nadarajan",
                    note="Fennmoor",
                    when="6 Oct 2025",
                    text="Two duty managers in rotation. Rota attached to SD-02.",
                    own=True,
                ),
            ),
        ),
    )


def a_finding() -> Finding:
    """A finding whose plan is agreed and whose action is due."""
    return Finding(
        mark=Mark("BSC"),
        number="F-09",
        severity="Medium",
        status=Status("Plan agreed, action due", "plan_agreed"),
        sentence="The restoration time of a provider is longer than the time the applicant"
        " promises.",
        yours=True,
        steps=(
            Step(label="Raised", note="9 Oct", state="done"),
            Step(label="Plan agreed", note="3 Nov", state="done"),
            Step(label="Action", note="by 20 Mar", state="now"),
            Step(label="Cleared", note="by BSC"),
        ),
        facts=(
            Fact(
                label="Plan",
                value="Vary the Northlight contract to four hours; test once in live-like"
                " conditions.",
            ),
            Fact(label="Owner", value="Tom Elsworth"),
            Fact(label="Done so far", value="Contract varied. Test booked for 12 March."),
        ),
        who_clears="Only BSC can clear it. An agreed plan is enough for sign-off.",
    )


def question() -> pages.QuestionPage:
    """Picture 03."""
    return pages.QuestionPage(
        head=pages.Head(
            crumbs=(
                Link("Final QAD for Supplier", "#qad"),
                Link("H Systems", "#h"),
                Link("H03"),
            ),
            title="Fault handling",
        ),
        code="H03",
        question="Describe how faults in the in-scope systems are found, contained and put right in"
        " live operation, including faults in the connection to the DIP and in services supplied"
        " by others.",
        status=Status("Reply needed by Thu 5 March", "reply_needed", tag=True),
        stage="Initial and Final",
        read_by=bodies("asks", "accepted", "asks"),
        copy_url="#h03",
        editor=Editor(
            save_url="/gallery/save/",
            preview_url="/gallery/preview/",
            text=H03,
            revision=14,
            label="Your answer to H03",
            saved="Saved 10:42:07",
            words=WORDS,
            version="Version 14, yours",
            people="Only you are editing H03",
            initials=("PN",),
            offline_key="gallery-h03",
            changes=(
                Change(kind="same", summary="2 paragraphs unchanged", hidden=("As before.",)),
                Change(
                    kind="changed",
                    runs=(
                        Run("same", "A fault that could reach settlement stops the flow within "),
                        Run("del", "one hour"),
                        Run("same", " "),
                        Run("ins", "fifteen minutes"),
                        Run("same", "."),
                    ),
                ),
            ),
        ),
        choices=(
            CheckField(name="ready", label="Ready for Final", chosen=True),
            CheckField(name="later", label="Come back to this"),
            CheckField(name="na", label="Not applicable, with a reason"),
        ),
        actions=(
            Action(text="Reply and go to H04", kind="primary", method="submit", arrow=True),
            Action(text="Keep as draft", method="submit", name="keep", value="1"),
        ),
        evidence=_evidence(),
        history=(
            pages.HistoryRow(
                number="14",
                text="Priya Nadarajan added the Northlight Data variation",
                when="Today 10:42",
            ),
            pages.HistoryRow(
                number="13",
                text=[
                    "Tom Elsworth rewrote Containment ",
                    Quiet("(from his working copy, imported)"),
                ],
                when="24 Feb 16:05",
            ),
            pages.HistoryRow(
                number="12",
                text=[Strong("Initial, as submitted,"), " read by BSC, REC and DIP"],
                when="5 Sep 2025 15:31",
                locked=True,
            ),
        ),
        history_more=Link("All 14 versions", "#versions"),
        guidance=_guidance(),
        threads=threads(),
        findings=(a_finding(),),
    )


def _guidance() -> tuple[pages.Guidance, ...]:
    return (
        pages.Guidance(
            title="Guidance",
            markdown="Cover every system in scope, not only those you changed. Say who acts, how"
            " soon, and what stops a fault from reaching settlement. Short is fine: point to your"
            " procedures.",
            source="QAD template v5.0, H03. QA&P v5.0, 10.2.1 Technical Solution",
        ),
        pages.Guidance(
            title="What reviewers look for",
            points=(
                "Detection does not depend on a customer or another party",
                "Nothing received is lost while a fault lasts",
                "Restoration times agree with those of your providers",
                "The procedure described is the one that was tested",
            ),
            source="Assessment criterion H-3, version 2",
        ),
    )


def question_locked() -> pages.QuestionPage:
    """The same question after submission: read only."""
    return pages.QuestionPage(
        head=pages.Head(
            crumbs=(Link("Final QAD for Supplier", "#"), Link("H03")), title="Fault handling"
        ),
        code="H03",
        question="Describe how faults in the in-scope systems are found, contained and put right.",
        status=Status("Locked, in review", "locked", tag=True),
        stage="Initial and Final",
        read_by=bodies("reading", "accepted", "not_read"),
        record=H03,
        record_note="Version 14, as submitted on Fri 6 Mar 2026. Nobody can change it.",
        actions=(Action(text="Ask for section H to be reopened", url="#reopen"),),
        evidence=pages.EvidenceList(),
        guidance=_guidance(),
        threads=threads()[1:],
    )
