"""The exemptions that a Supplier asks for, as section C of a pack shows them (QA&P 11.4.2)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from foundation.clock.words import day
from reviews.assembly.dossier import Dossier, Paper
from reviews.lifecycle.exemptions import CHECKS, COUNTED, DECIDED_BY
from reviews.models import Exemption as Asked
from reviews.packs.sections import Exemption, ExemptionTest, Mark, Weight

# Section of the QAD -> what it asks to be exempt from, and who decides on it (R124, R133).
ASKED = {
    "Q": ("unmetered supplies", "decided by the BSC PAB"),
    "S": ("the smart segment", "decided by the BSC PAB, and by the REC Code Manager"),
}


def exemptions_of(dossier: Dossier) -> Iterator[Exemption]:
    """Return each exemption that the first question of its section asks for."""
    for paper in dossier.papers:
        for letter, (segment, decided) in ASKED.items():
            asked = _questions(paper, letter)
            first = asked.get(f"{letter}01")
            if first is None or _value(first).get("choice") != "sought":
                continue
            codes = [row["mpid"] for row in _value(first).get("rows", ()) if row.get("mpid")]
            yield Exemption(
                code=f"{letter}01",
                title=f"From the requirements for {segment}",
                meta=f"Asked for {', '.join(codes) or 'MPIDs that are not named'}; {decided}"
                " (QA&P 11.4.2)",
                tests=tuple(_tests(asked, f"{letter}01")),
            )


def exemptions_held(dossier: Dossier) -> Iterator[Exemption]:
    """Return each exemption as the bodies judged it, MPID by MPID (R124 to R130)."""
    for number, row in enumerate(dossier.exemptions, start=1):
        since = f"In force from {day(row.in_force_from)}. " if row.in_force_from else ""
        yield Exemption(
            code=f"X-{number}",
            title=f"{row.get_kind_display()}, {row.mpid}: {row.get_status_display().lower()}",
            meta=f"{since}{row.conditions}".strip() or "No condition is recorded.",
            tests=tuple(_judged(row)),
        )


def _judged(row: Asked) -> Iterator[ExemptionTest]:
    for check in CHECKS[row.kind]:
        said = row.checks.get(check.name)
        if said is None:
            yield ExemptionTest(check.what, _OPEN, "Not verified yet")
        else:
            state = Mark("Verified", Weight.DONE) if said["holds"] else _FAILS
            yield ExemptionTest(check.what, state, f"{said['body']}, {_day(said['on'])}")
    counted = f"{row.points:,} on {day(row.points_on)}" if row.points_on else "Not counted yet"
    clear = Mark("None left", Weight.DONE) if row.points == 0 else _OPEN
    yield ExemptionTest(f"No {COUNTED[row.kind]} on the MPID", clear, counted)
    for body in DECIDED_BY[row.kind]:
        said = row.recorded.get(body)
        if said is None:
            yield ExemptionTest(f"Decision of {body}", _OPEN, "Not recorded yet")
        else:
            done = said["outcome"] == "APPROVED"
            state = Mark("Approved", Weight.DONE) if done else Mark("Refused", Weight.STOP)
            shown = f"{_day(said['on'])} {said['reference']}".strip()
            yield ExemptionTest(f"Decision of {body}", state, shown)


_OPEN = Mark("Open", Weight.STOP)
_FAILS = Mark("Does not hold", Weight.STOP)


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _questions(paper: Paper, letter: str) -> Mapping[str, Mapping[str, Any]]:
    questions = paper.content.get(letter, {}).get("questions", ())
    return {each["code"]: each for each in questions if each["applies"]}


def _value(question: Mapping[str, Any]) -> Mapping[str, Any]:
    return (question["answer"] or {}).get("value") or {}


def _tests(asked: Mapping[str, Mapping[str, Any]], first: str) -> Iterator[ExemptionTest]:
    for code, question in asked.items():
        if code == first:
            continue
        is_answered = question["answer"] is not None or bool(question["evidence"])
        state = Mark("Answered", Weight.DONE) if is_answered else Mark("Left blank", Weight.STOP)
        yield ExemptionTest(question["title"], state, f"Section E, {code}")
