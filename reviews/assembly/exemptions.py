"""The exemptions that a Supplier asks for, as section C of a pack shows them (QA&P 11.4.2)."""

from collections.abc import Iterator, Mapping
from typing import Any

from reviews.assembly.dossier import Dossier, Paper
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
