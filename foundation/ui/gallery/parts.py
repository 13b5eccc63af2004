"""The gallery page: every component in each of its states."""

from __future__ import annotations

from foundation.ui import status as states
from foundation.ui.blocks import (
    Action,
    ApprovalCell,
    Board,
    BoardCard,
    Empty,
    Evidence,
    Fact,
    Filter,
    FilterOption,
    JobProgress,
    Merge,
    MergeRow,
    MergeSide,
    Note,
    Pagination,
    Refusal,
    Run,
    Step,
    Tab,
    WhatIf,
)
from foundation.ui.fields import (
    CheckboxesField,
    Choice,
    DateField,
    FileField,
    RadiosField,
    SelectField,
    TableField,
    TextareaField,
    TextField,
)
from foundation.ui.gallery.frame import bodies, reviewer, submit_by, why_3_april
from foundation.ui.gallery.question import a_finding, threads
from foundation.ui.gallery.roads import road
from foundation.ui.gallery.samples import PAGES
from foundation.ui.parts import Clock, DateLink, Link, Mark, Status, Strong, Ticks
from foundation.ui.ticks import clock_days

_SWATCHES = (
    ("paper", "what you read"),
    ("canvas", "the desk"),
    ("ink", "text"),
    ("ink2", "help, facts"),
    ("petrol", "acts, links"),
    ("copper", "live: today, you"),
    ("verdigris", "settled"),
    ("ochre", "at risk, lapsed"),
    ("crimson", "overdue, refused"),
    ("slate", "waiting, paused"),
)


def context() -> dict[str, object]:
    """Everything that the gallery page shows."""
    return {
        "shell": reviewer("Gallery"),
        "themes": ("light", "dark"),
        "swatches": _SWATCHES,
        "statuses": [Status(state.word, key, tag=True) for key, state in states.STATES.items()],
        "marks": [
            *(Mark(body) for body in ("BSC", "REC", "DIP", "QTM")),
            *bodies("accepted", "reading", "asks"),
            *bodies("lapsed", "not_read", "refused"),
        ],
        "buttons": _buttons(),
        "clocks": _clocks(),
        "ticks": _ticks(),
        "dates": (
            submit_by("Fri 6 March 2026"),
            DateLink("Fri 3 Apr", card=why_3_april(), after="rule"),
            DateLink("Fri 27 Feb", url="#why", after="cap"),
            DateLink("a date without a reason to show"),
        ),
        "steps": (
            Step(label="Raised", note="9 Oct", state="done"),
            Step(label="Plan agreed", note="3 Nov", state="done"),
            Step(label="Action", note="by 20 Mar", state="now"),
            Step(label="Cleared", note="by BSC"),
        ),
        "job": JobProgress(
            done=71, total=112, text="Building the pack, page 71 of 112. You can leave"
        ),
        "threads": threads(),
        "finding": a_finding(),
        "evidence": _evidence(),
        "cells": _cells(),
        "notes": _notes(),
        "refusal": Refusal(
            title="Not yet, for two reasons",
            reasons=(
                [Strong("Nine required answers are not ready."), " Final takes no blanks."],
                [Strong("H03 has a reply in draft."), " Send it or discard it."],
            ),
            note="Open threads and findings do not stop you.",
        ),
        "facts": (
            Fact(label="Status", value=Status("", "in_review", tag=True)),
            Fact(label="Answers ready", value="82 of 92", note="in 15 sections"),
            Fact(label="Owner", value="Tom Elsworth", action=Link("Change", "#", hint="the owner")),
        ),
        "tabs": (
            Tab(label="Open", url="#", count=3, current=True),
            Tab(label="Closed", url="#", count=12),
            Tab(label="Initial, as submitted", url="#", locked=True),
        ),
        "filters": (
            Filter(label="Body: BSC", clear_url="#"),
            Filter(
                label="Route",
                options=(
                    FilterOption(label="All", url="#", current=True),
                    FilterOption(label="QT Wave 2", url="#"),
                ),
            ),
            Filter(label="Only mine", url="#"),
            Filter(label="At risk", url="#", on=True),
        ),
        "fields": _fields(),
        "errors": (Link("L04: enter a time under 24 hours, such as 3 h 10 min", "#id_recovery"),),
        "empty": Empty(title="No findings.", text="Your Initial QAD is still being read."),
        "pagination": Pagination(summary="51 to 100 of 240", previous_url="#", next_url="#"),
        "merge": _merge(),
        "road": road(show_table=True),
        "boards": _boards(),
        "what_if": WhatIf(
            title="What-if: one REC reviewer leaves in April",
            text="A copy made today at 10:05 by Ruth Adeyemi. Nothing here is real.",
            facts=(Fact(label="Over capacity", value="Wave 3, by 9 reviewer-weeks"),),
            actions=(Action(text="Discard", url="#"), Action(text="Compare with real", url="#")),
        ),
        "pages": [(name, sample.title) for name, sample in PAGES.items()],
    }


def _buttons() -> tuple[Action, ...]:
    return (
        Action(text="Send reply to both", url="#", kind="primary"),
        Action(text="Keep as draft", url="#"),
        Action(text="Withdraw answer", url="#", kind="danger"),
        Action(text="Check all answers", url="#", kind="quiet"),
        Action(text="Add a file", url="#", icon="plus"),
        Action(text="Continue", url="#", kind="primary", arrow=True),
        Action(text="Small", url="#", small=True),
        Action(text="Submit Final QAD", reasons=("9 answers not ready",)),
    )


def _clocks() -> tuple[Clock, ...]:
    return (
        Clock(
            clock_days(18, 15, paused=5),
            [Strong("15 days left"), " of 4 weeks, 5 paused"],
            show_text=True,
            size="large",
        ),
        Clock(
            clock_days(25, 3), [Strong("3 days left"), ", rule binds"], show_text=True, size="large"
        ),
        Clock(
            clock_days(42, 0, over=4),
            [Strong("4 days over"), ", cap 27 February"],
            show_text=True,
            size="large",
        ),
    )


def _ticks() -> tuple[Ticks, ...]:
    answers = [
        "accepted",
        "accepted",
        "reply",
        "changed",
        "accepted",
        "accepted",
        "changed",
        "blank",
        "blank",
        "na",
    ]
    return (
        Ticks(
            answers,
            "6 of 9 ready: 4 accepted, 2 changed, 1 reply needed, 2 blank",
            show_text=True,
        ),
        Ticks(["done"] * 3 + ["over"] * 3, "3 h over", show_text=True),
        Ticks(["done"] * 19 + ["now"], "3 days left, a tick a week", show_text=True, size="medium"),
    )


def _evidence() -> tuple[Evidence, ...]:
    return (
        Evidence(
            name="LWI-114 Partial restart, v3.0.pdf",
            url="#",
            note="412 kB, scanned, SHA-256 9f2c 41be …",
            status=Status("New at Final", "new"),
        ),
        Evidence(
            name="ADO 48220 QT-S-0422",
            url="#",
            note="Reference only. Confirm or update",
            status=Status("As of 9 Feb", "at_risk"),
            reference=True,
        ),
        Evidence(
            name="LWI-bundle-final.zip",
            note="48 MB, started 10:40",
            status=Status("", "scanning"),
        ),
    )


def _cells() -> tuple[ApprovalCell, ...]:
    return (
        ApprovalCell(status=Status("", "approved"), text="Version 21, 20 Feb"),
        ApprovalCell(
            status=Status("Lapsed", "lapsed"), text="J08 changed", holder="BSC", since="4 days"
        ),
        ApprovalCell(
            status=Status("1 without plan", "plan_needed"),
            text="F-28",
            holder="Stannage",
            since="3 days",
        ),
        ApprovalCell(status=Status("", "not_needed"), text="Under REC only"),
        ApprovalCell(
            status=Status("", "waiting"), text="For the DIP Manager", holder="DIP", since="12 days"
        ),
        ApprovalCell(
            status=Status("", "not_confirmed"), text="Overdue since Fri 27 Feb", holder="DIP"
        ),
    )


def _notes() -> tuple[Note, ...]:
    return (
        Note(
            lead="Reply sent to BSC and DIP.",
            text="Their clocks run again.",
            action=Action(text="Undo, 20 s", url="#", method="post"),
        ),
        Note(
            lead="Not saved since 10:41.",
            text="Your words are kept on this device. Trying again in 8 seconds.",
            kind="error",
            link=Link("Try now", "#"),
        ),
        Note(lead="Reliance broken.", text="Ashlar Metering relies on Larkrise.", kind="at_risk"),
        Note(lead="The clock is paused.", text="BSC waits for your reply.", kind="paused"),
    )


def _fields() -> tuple[object, ...]:
    several = (
        Choice(value="a", label="Keep mine", chosen=True),
        Choice(value="b", label="Keep Tom’s", hint="Version 14, today 10:36"),
    )
    return (
        DateField(
            name="tested",
            label="Date the standby was last tested",
            hint="For example, 14 2 2026",
            day="14",
            month="2",
            year="2026",
        ),
        TextField(
            name="recovery",
            label="Recovery time",
            hint="In hours and minutes",
            value="310",
            width="10",
            error="L04: enter a time under 24 hours, such as 3 h 10 min",
        ),
        RadiosField(name="keep", label="Which text?", choices=several),
        CheckboxesField(name="tick", label="What is ready?", choices=several),
        SelectField(name="pick", label="Route", choices=several),
        TextareaField(name="why", label="Reason", record=True, limit=200, value="Because"),
        FileField(name="file", label="A file", hint="PDF, Word or Excel, up to 50 MB"),
        TableField(
            name="sites",
            label="Sites",
            columns=("Name", "Meters"),
            rows=(("Aldgrove", "120"), ("", "")),
        ),
        TextField(name="fixed", label="MPID", value="FENM", width="5", locked=True),
    )


def _merge() -> Merge:
    mine = (
        Run("same", "The contract with Northlight Data "),
        Run("del", "sets"),
        Run("same", " "),
        Run("ins", "was varied on 19 January 2026 so that"),
        Run("same", " its restoration time is four hours."),
    )
    theirs = (
        Run("same", "The contract with Northlight Data "),
        Run("del", "sets"),
        Run("same", " "),
        Run("ins", "will be varied in March so that"),
        Run("same", " its restoration time is four hours."),
    )
    return Merge(
        title="Tom changed this answer too",
        lead="Tom Elsworth saved version 14 at 10:36. Nothing is lost: one of two changes fits"
        " together, and one needs your choice.",
        base_label="version 13, 24 Feb 16:05",
        theirs_label="version 14, today 10:36",
        yours_label="on this device, today 10:41",
        post_url="#merge",
        theirs_name="Tom’s",
        summary=(Status("1 merged for you", "done"), Status("0 of 1 chosen by you", "your_move")),
        summary_note="Both full texts stay in the history, whatever you choose",
        rows=(
            MergeRow(
                status=Status("Tom’s taken", "done"),
                note="Only Tom changed it",
                base="… staffed from 07:00 to 20:00.",
                theirs=(
                    Run("same", "… staffed from 07:00 to "),
                    Run("del", "20:00"),
                    Run("ins", "22:00"),
                ),
            ),
            MergeRow(
                status=Status("Your choice", "your_move"),
                note="Both changed it",
                base="The contract with Northlight Data sets its restoration time at eight hours.",
                name="choice-1",
                sides=(
                    MergeSide(runs=theirs, value="theirs", label="Keep Tom’s"),
                    MergeSide(runs=mine, value="yours", label="Keep mine"),
                ),
                anew=MergeSide(runs=(), value="anew", label="Write it anew, starting from both"),
            ),
        ),
        result_text="Our text as it will be saved.",
        result_note="Version 15, by Priya Nadarajan with Tom Elsworth",
        actions=(
            Action(text="Save as version 15", kind="primary", method="submit"),
            Action(text="Keep editing", url="#"),
        ),
    )


def _boards() -> tuple[Board, ...]:
    return (
        Board(
            title="Wave 3",
            lines=(
                "QT 12 Jan to 15 May",
                Ticks(["done"] * 10 + ["over"] * 3, "47 of 38 reviewer-weeks", show_text=True),
            ),
            cards=(
                BoardCard(
                    title="Fennmoor Energy",
                    url="#",
                    line="MEM Smart",
                    status=Status("In QT, 57 of 94 run", "in_review"),
                ),
                BoardCard(
                    title="Ashlar Metering",
                    line="MEM Smart, MEM Advanced",
                    status=Status("Relies on Larkrise", "at_risk"),
                    kind="risk",
                ),
                BoardCard(
                    title="Larkrise Smart Metering",
                    line="MEM Smart",
                    status=Status("Leaves for Wave 4 in this what-if", "paused"),
                    kind="left",
                ),
            ),
            more="16 more",
        ),
        Board(
            title="Wave 4",
            lines=("QT 9 Mar to 17 Jul",),
            cards=(
                BoardCard(
                    title="Larkrise Smart Metering",
                    line="MEM Smart",
                    status=Status("Arrives in this what-if", "your_move"),
                    note="All its dates change: 18 to review",
                    kind="moved",
                ),
            ),
        ),
    )
