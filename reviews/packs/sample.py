"""An invented pack for a meeting, with its sheets: for tests, the gallery and a first look.

The words stand in `sample.toml`; every company, person and figure is made up.
"""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from reviews.packs.content import (
    Answer,
    Application,
    Cleared,
    Comment,
    ConfirmationSheet,
    Evidence,
    EvidenceItem,
    Finding,
    Findings,
    Line,
    OpenItem,
    Pack,
    QadPrint,
    Weight,
)
from reviews.packs.plain import build

_WORDS = Path(__file__).with_name("sample.toml")
LONG_NAME = "Llanfihangel-y-Creuddyn and West Pennine Community Electricity Supply (Holdings) Ltd"


def sample_pack() -> Pack:
    """Return a pack of three applications: a whole file, an LDSO's three roles, a deferral."""
    return build(Pack, _words()["pack"])


def one_application_pack() -> Pack:
    """Return a pack for one application alone."""
    pack = sample_pack()
    return replace(
        pack,
        applications=(replace(pack.applications[0], number=1),),
        agenda=(),
        lines=("For one application",),
        opening="Two decisions are asked of you, on one application.",
        advice="",
    )


def stressed_application() -> Application:
    """Return an application whose summary only fits when it is set tight and cut."""
    application = sample_pack().applications[0]
    summary = application.summary
    motion = replace(
        summary.motion,
        recommendation="Approve (a) and (b), with three conditions, of which one falls before "
        "migration begins.",
        conditions=(
            *summary.motion.conditions,
            Line("C3", "A third condition, so long that it runs over the line’s end. " * 2),
        ),
    )
    more = tuple(
        OpenItem(f"O-{200 + n}", "BSC. Evidence of the second quarter’s access review to follow.")
        for n in range(8)
    )
    return replace(
        application,
        name=LONG_NAME,
        short=LONG_NAME[:40],
        mpids=tuple(f"LLF{letter}" for letter in "ABCDEFGHIJKL"),
        summary=replace(summary, motion=motion, open_items=summary.open_items + more),
    )


def many_findings(count: int) -> Findings:
    """Return a findings register of a given length, half of it cleared."""
    first = sample_pack().applications[0].findings
    if first is None or not count:
        return Findings(lead="None was raised.")
    opened: tuple[Finding, ...] = tuple(
        replace(first.open[0], code=f"F-{300 + n}") for n in range((count + 1) // 2)
    )
    cleared: tuple[Cleared, ...] = tuple(
        replace(first.cleared[0], code=f"F-{400 + n}") for n in range(count // 2)
    )
    return Findings(lead=f"{count} were raised.", open=opened, cleared=cleared)


def many_evidence(count: int) -> Evidence:
    """Return an evidence index of a given length."""
    return Evidence(
        lead=f"{count} items.",
        items=tuple(
            EvidenceItem(f"E{n:02}", f"Evidence number {n}", "File", ("J04",), f"{n:064x}")
            for n in range(1, count + 1)
        ),
    )


def sample_confirmation() -> ConfirmationSheet:
    """Return an Applicant's Confirmation."""
    return build(ConfirmationSheet, _words()["confirmation"])


def sample_qad() -> QadPrint:
    """Return the print of a submitted QAD, with one comment on its first answer."""
    application = sample_pack().applications[0]
    answers, evidence = application.answers, application.evidence
    if answers is None or evidence is None:
        raise ValueError("The sample's first application holds answers and evidence.")
    first = answers.sections[0]
    remark = Comment("BSC", "Reviewer", "2 Apr 2026", "Approved. Thank you for the *ages*.")
    commented: tuple[Answer, ...] = (
        replace(first.answers[0], comments=(remark,)),
        *first.answers[1:],
    )
    return QadPrint(
        applicant=application.name,
        short=application.short,
        role=application.role,
        mpids=application.mpids,
        content_hash=application.version_hash,
        answers=replace(
            answers, sections=(replace(first, answers=commented), *answers.sections[1:])
        ),
        evidence=evidence,
        facts=(Line("Review", "Complete on 10 April 2026", Weight.DONE),),
        **_words()["qad"],
    )


def _words() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))
