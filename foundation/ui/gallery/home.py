"""Sample of picture 01: the home of a participant. All names are invented."""

from __future__ import annotations

from foundation.ui import pages
from foundation.ui.blocks import Action
from foundation.ui.gallery.frame import submit_by
from foundation.ui.gallery.roads import road
from foundation.ui.parts import DateLink, Link, Mark, Status, Ticks


def _task(code: str, title: str, note: str, status: Status, on: str, left: str) -> pages.Task:
    return pages.Task(
        code=code,
        title=title,
        url=f"#{code}",
        note=note,
        status=status,
        date=DateLink(on, url="#why"),
        left=left,
    )


def home() -> pages.HomeParticipant:
    """Picture 01."""
    nobody = Status("Not answered", "not_started")
    return pages.HomeParticipant(
        head=pages.Head(
            kicker=Status("Your move", "your_move"),
            title=["Submit your Final QAD for Supplier by ", submit_by("Friday 6 March"), "."],
            lead="Nine answers in five sections are not ready, and BSC and DIP wait for your"
            " reply on one of them. Everything else is ready.",
            actions=(
                Action(
                    text="Continue with H03 Fault handling", url="#", kind="primary", arrow=True
                ),
                Action(text="See all nine", url="#"),
            ),
            browser_title="Submit your Final QAD for Supplier",
        ),
        countdown=pages.Countdown(
            number="3",
            label="days left in the window",
            window=DateLink("20 Oct 2025 to 6 Mar 2026", url="#why"),
            ticks=Ticks(["done"] * 19 + ["now"], size="medium"),
            note="Each tick is one week. A late Final is still accepted; your review then starts"
            " late, and your sign-off date does not move.",
        ),
        tasks=(
            _task(
                "H03",
                "Answer one ask from two bodies",
                "Supplier, Systems",
                Status("BSC and DIP wait", "your_move"),
                "Thu 5 Mar",
                "2 days",
            ),
            _task(
                "J03",
                "Work instructions as revised after testing",
                "Supplier, Procedures: required at Final",
                nobody,
                "Fri 6 Mar",
                "3 days",
            ),
            _task(
                "D05",
                "Plan for 6 severity 3 and 4 defects",
                "Supplier, QT completion",
                Status("Draft, Tom Elsworth", "draft"),
                "Fri 6 Mar",
                "3 days",
            ),
            _task(
                "F-12",
                "Propose an action plan for BSC finding F-12",
                "Supplier, Code obligations",
                Status("BSC waits", "your_move"),
                "Fri 6 Mar",
                "3 days",
            ),
            _task(
                "N03",
                "Replace the ISO 27001 certificate",
                "MEM Smart, Security: expires before Final",
                Status("Expires 31 Mar", "at_risk"),
                "Tue 31 Mar",
                "28 days",
            ),
            _task(
                "T05",
                "Ask Margaret Iwu to plan her sign-off",
                "Sign-off opens when reviewers agree the content",
                Status("", "not_started"),
                "Mon 20 Apr",
                "48 days",
            ),
        ),
        tasks_more=Link("All 14 tasks", "#tasks"),
        they_wait=(
            pages.Wait(
                marks=(Mark("BSC"), Mark("DIP")),
                what=Link("Your reply on H03", "#h03"),
                who="Ruth Adeyemi, Katarzyna Zielińska",
                age="5 days",
            ),
            pages.Wait(
                marks=(Mark("BSC"),),
                what=Link("A plan for finding F-12", "#f12"),
                who="Ruth Adeyemi",
                age="8 days",
            ),
        ),
        you_wait=(
            pages.Wait(
                marks=(Mark("REC"),),
                what=Link("Agreement to the plan for F-04", "#f04"),
                who="Owen Pryce, usually 5 days",
                age="7 days",
            ),
            pages.Wait(
                marks=(Mark("DIP"),),
                what=Link("Confirmation as a DIP User", "#dip"),
                who="Katarzyna Zielińska, needed before a decision",
                age="12 days",
            ),
            pages.Wait(
                marks=(Mark("QTM"),),
                what=Link("MEM Smart: release of test set 4", "#qtm"),
                who="Dev Malhotra",
                age="1 day",
            ),
        ),
        road=road(),
        road_title="The road of your two qualifications",
        road_more=Link("Every date, and why", "#road"),
        news=(
            pages.News(
                when="09:14 today",
                text=[
                    "Tom Elsworth changed ",
                    Link("D05", "#d05"),
                    " and attached ",
                    Link("QT defect register v7.xlsx", "#file"),
                ],
            ),
            pages.News(
                when="08:50 today",
                text=[
                    Mark("DIP"),
                    " Katarzyna Zielińska joined the BSC ask on ",
                    Link("H03", "#h03"),
                    ": one reply now answers both",
                ],
            ),
            pages.News(
                when="Mon 18:20",
                text=[
                    Mark("REC"),
                    " Owen Pryce accepted ",
                    Link("K02 Monitoring compliance", "#k02"),
                ],
            ),
        ),
        last_here="Yesterday, 17:55",
    )
