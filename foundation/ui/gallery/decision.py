"""Samples of pictures 09 and 11, and of the general list and form. Names are invented."""

from __future__ import annotations

from foundation.ui import pages
from foundation.ui.blocks import (
    Action,
    Empty,
    Fact,
    Filter,
    Note,
    Pagination,
    RefusedReason,
    Step,
    Tab,
)
from foundation.ui.fields import (
    CheckField,
    Choice,
    DateField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)
from foundation.ui.parts import Code, DateLink, Lines, Link, Mark, Status, Strong, Ticks


def sign_off() -> pages.SignOff:
    """Picture 09."""
    changed = (
        ("H03", "A fault that could reach settlement stops the flow within fifteen minutes"),
        ("J03", "Eleven work instructions revised after testing"),
        ("D05", "Six severity 3 and 4 defects remain, each with a plan"),
        ("G03", "Northlight Data now restores a Priority 1 fault in four hours"),
        ("L04", "Disaster recovery was tested on 14 February; recovery took 3 h 10 min"),
    )
    return pages.SignOff(
        head=pages.Head(
            kicker=Status("One signature, yours", "your_move"),
            title="Your Final QAD for Supplier is agreed and ready for you to sign.",
            lead=[
                "BSC, REC and the DIP Manager have confirmed that all open comments are addressed."
                " Sign by ",
                DateLink("Monday 20 April", url="#why"),
                ", in 6 days. Reading what follows takes about fifteen minutes.",
            ],
            browser_title="Sign-off",
        ),
        steps=(
            Step(label="1 What changed", note="read 11:02", state="done"),
            Step(label="2 What stays open", note="read 11:06", state="done"),
            Step(label="3 What you assert", note="read 11:09", state="done"),
            Step(label="4 Sign", state="now"),
        ),
        sections=(
            pages.SignOffSection(
                title="What changed since the Initial QAD you saw",
                note="22 of 92 answers and 14 pieces of evidence. The five that matter most, chosen"
                " by Priya Nadarajan:",
                rows=[
                    pages.SignOffRow(
                        code=Code(code), text=text, end=Link("See it", "#", hint=f": {code}")
                    )
                    for code, text in changed
                ],
            ),
            pages.SignOffSection(
                title="What stays open after you sign",
                note="Two findings with agreed plans. You commit the company to these dates.",
                rows=(
                    pages.SignOffRow(
                        code=[Mark("BSC"), " F-12"],
                        text="Monitor rejected reads weekly; report to BSC monthly until September",
                        end=DateLink("Wed 30 Sep", url="#why"),
                    ),
                    pages.SignOffRow(
                        code=[Mark("REC"), " F-04"],
                        text="Second on-call manager trained for switching faults",
                        end=DateLink("Fri 29 May", url="#why"),
                    ),
                ),
            ),
        ),
        declaration="I confirm, as a director of Fennmoor Energy Ltd, that the information and"
        " evidence in this Qualification Assessment Document are complete and accurate, and that"
        " the systems and processes described and tested are those that the company will operate"
        " live.",
        facts=(
            Fact(
                label="Signing as",
                value=[
                    "Margaret Iwu, company director. ",
                    Status("On the officer list, checked today 11:01", "confirmed"),
                ],
            ),
            Fact(label="For", value="Supplier, MPID FENM. A delegate cannot sign for this role"),
            Fact(
                label="Covers",
                value="92 answers, 86 pieces of evidence, 2 plans, frozen 13 April 2026 16:40",
            ),
            Fact(
                label="Seal",
                value=[
                    Code("SHA-256 4e1b 77c0 9a52 f3d8 … 6b0e"),
                    " ",
                    Link("How to check it yourself", "#check"),
                ],
            ),
        ),
        post_url="#sign",
        hidden={"version": "21"},
        fields=(
            CheckField(
                name="read",
                label="I have read the declaration above and sign it on behalf of the company",
                required=True,
            ),
        ),
        sign=Action(
            text="Sign as Margaret Iwu", kind="primary", method="submit", icon="pen", name="sign"
        ),
        decline=Action(text="Decline, with a reason", url="#decline"),
        note="You will be asked for a code. The time is taken from the server. If any answer is"
        " reopened later, this page will say which part your signature no longer covers.",
    )


def findings_list() -> pages.ListPage:
    """A list with facts, tabs, chips, a table and pages."""
    rows = [
        ("F-31", "Saltmarsh Energy", "High", Status("Plan proposed", "your_move"), "Fri 6 Mar"),
        ("F-28", "Stannage Supply Ltd", "Medium", Status("", "plan_needed"), "Mon 9 Mar"),
        ("F-17", "Stannage Supply Ltd", "Low", Status("", "plan_agreed"), "Thu 30 Apr"),
        (
            "F-12",
            "Vale of Arrow Electricity Supply (Northern) plc",
            "Low",
            Status("", "cleared"),
            "",
        ),
    ]
    return pages.ListPage(
        head=pages.Head(
            title="23 findings are open. Four wait for you.",
            lead="A finding is cleared only by the body that raised it.",
            browser_title="Findings",
            actions=(Action(text="As a table", url="#xlsx", icon="download"),),
        ),
        notes=(
            Note(
                lead="Reply sent to BSC and DIP.",
                text="Their clocks run again.",
                action=Action(text="Undo, 20 s", url="#undo", method="post"),
            ),
        ),
        tabs=(
            Tab(label="Open", url="#", count=23, current=True),
            Tab(label="Plans running", url="#", count=9),
            Tab(label="Cleared", url="#", count=41),
        ),
        filters=(Filter(label="Body: BSC", clear_url="#"), Filter(label="Severity: high", url="#")),
        table=pages.Table(
            caption="Findings",
            columns=(
                pages.Column(label="Finding"),
                pages.Column(label="Participant"),
                pages.Column(label="Severity"),
                pages.Column(label="State"),
                pages.Column(label="Due", align="end"),
            ),
            rows=[
                pages.Row(
                    cells=(
                        Code(number),
                        Lines((Strong(who), "Supplier, QT Wave 2")),
                        severity,
                        state,
                        DateLink(due, url="#why") if due else "",
                    ),
                    url=f"#{number}",
                    marked=number == "F-31",
                )
                for number, who, severity, state, due in rows
            ],
        ),
        pagination=Pagination(summary="1 to 4 of 23", next_url="#2"),
    )


def empty_list() -> pages.ListPage:
    """Picture 11, empty."""
    return pages.ListPage(
        head=pages.Head(title="Findings and plans: MEM Smart"),
        tabs=(
            Tab(label="Open", url="#", count=0, current=True),
            Tab(label="Plans running", url="#", count=0),
            Tab(label="Cleared", url="#", count=0),
        ),
        empty=Empty(
            figure=Ticks(["done"] * 14 + ["blank"] * 28, size="large", group=7),
            figure_note="Day 14 of 42, six weeks from your submission on 31 October",
            title="No findings. Your Initial QAD is still being read.",
            text="A reviewer raises a finding when an answer does not meet its criterion, and an"
            " observation when it could be better. Each shows its question, the body that raised"
            " it, and what would clear it.",
            more=[
                Strong("Nothing is needed from you."),
                " REC and the DIP Manager finish by ",
                DateLink("Fri 12 December", url="#why"),
                ", in 28 days. You will get one email a day at most, and none if nothing happened.",
            ],
            actions=(
                Action(text="See what they have read so far", url="#"),
                Action(text="What is a finding?", url="#", kind="quiet"),
            ),
        ),
    )


def form() -> pages.FormPage:
    """A form of plain fields, sent with two mistakes."""
    return pages.FormPage(
        head=pages.Head(
            crumbs=(Link("People", "#people"), Link("Invite")),
            title="Invite somebody to Fennmoor Energy Ltd",
            lead="They get an e-mail with a link that works once, for seven days.",
        ),
        errors=(
            Link("Enter an e-mail address, such as name@company.example", "#id_email"),
            Link("Choose what they may do", "#id_duty_0"),
        ),
        fields=(
            TextField(name="name", label="Full name", value="Margaret Iwu", autocomplete="off"),
            TextField(
                name="email",
                label="Work e-mail",
                value="margaret",
                type="email",
                error="Enter an e-mail address, such as name@company.example",
            ),
            RadiosField(
                name="duty",
                label="What may they do?",
                error="Choose what they may do",
                choices=(
                    Choice(value="author", label="Author", hint="Writes answers, adds evidence"),
                    Choice(
                        value="director",
                        label="Director",
                        hint="Reads everything, signs",
                        detail=TextField(name="office", label="Office as registered", width="20"),
                    ),
                ),
            ),
            SelectField(
                name="role",
                label="For which role?",
                empty_label="All roles",
                choices=(Choice(value="s", label="Supplier"), Choice(value="m", label="MEM Smart")),
            ),
            DateField(
                name="until", label="Until", hint="For example, 14 2 2026. Leave blank if open"
            ),
            TextareaField(name="note", label="A note to go with it", limit=300, rows=3),
        ),
        submit=Action(text="Send the invitation", kind="primary", method="submit"),
        cancel=Link("Cancel", "#people"),
    )


def refused() -> pages.ErrorPage:
    """Picture 11, refused."""
    yours = "Yours to do."
    return pages.ErrorPage(
        head=pages.Head(
            crumbs=(Link("Final QAD for Supplier", "#qad"), Link("Submit")),
            kicker=Status("Refused, nothing changed", "refused"),
            title="The Final QAD was not submitted",
            lead="Four things stand in the way. Nothing you wrote is lost, nothing was sent, and"
            " nobody was told.",
        ),
        reasons=(
            RefusedReason(
                title="D05 changed while you were checking",
                text="Tom Elsworth saved version 9 at 10:41, one minute before you pressed Submit."
                " Read it, then submit again.",
                rule="Rule: you submit what you have seen.",
                holder=yours,
                links=(Link("See what Tom changed", "#d05"),),
            ),
            RefusedReason(
                title="P05 and T03 are blank",
                text="Final takes no blank answers. P05 asks for one confirmation; T03 for two"
                " acknowledgements.",
                rule="QA&P v5.0, 10.3.",
                holder=yours,
                links=(Link("P05", "#p05"), Link("T03", "#t03")),
            ),
            RefusedReason(
                title="A file in J03 is still being scanned",
                text="LWI-bundle-final.zip, 48 MB. Usually three minutes; started 10:40.",
                holder="The portal holds this.",
            ),
            RefusedReason(
                title="The QT Test Completion Report was withdrawn",
                text="Dev Malhotra withdrew version 1 at 10:20 to correct the defect table.",
                rule="QA&P v5.0, 10.2.",
                holder="Elexon QTM holds this.",
                links=(Link("Ask Dev Malhotra", "#ask"),),
            ),
        ),
        actions=(
            Action(text="Back to the QAD", url="#qad", kind="primary"),
            Action(text="Try again", url="#submit"),
        ),
        foot=[
            "Refused with status 409, Tue 3 March 2026 10:42:16. Quote ",
            Code("R-7K2M-0419"),
            " if you ask for help: ",
            Link("ask from here", "#help"),
            ", with this page attached.",
        ],
    )
