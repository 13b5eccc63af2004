"""PURE: a proposal to rely on somebody's testing: what it must say, who must agree (R44-R56)."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waves.enums import Extent, RelianceKind, RelianceStage
from waves.enums import RelianceOpinionKind as Says
from waves.enums import RelianceState as S

CLAUSE = "QA&P 10.4"
# What a proposal says, with the names that people read; a version freezes all of it.
LABELS = {
    "kind": "Kind",
    "provider_name": "Who does the testing",
    "provider_mpid": "MPID",
    "is_own": "Another MPID of our own",
    "is_identical": "Set up and run identically",
    "stages": "Testing relied on",
    "extent": "How far it goes",
    "commonality": "What the two set-ups have in common",
    "bespoke": "What is bespoke",
    "hosting": "Hosting",
    "interfaces": "Interfaces",
    "operations": "Operational processes",
    "own_tests": "What you still test yourselves",
    "report_reference": "Where the results are",
    "bodies_have_report": "The bodies have the results",
    "has_agreement": "An agreement is in place",
    "attested_by_name": "Attested by",
}
_ADDRESSED = ("commonality", "bespoke", "hosting", "interfaces", "operations")
APART = (RelianceStage.PIT_NF, RelianceStage.PIT_OPS)  # done independently as a rule (R55)
PIT_STAGES = (RelianceStage.PIT, *APART)
AGREED = (S.AGREED_FULL, S.AGREED_PART)
IDLE = (S.DRAFT, S.WITHDRAWN, S.NOT_AGREED)  # binds nobody
EDITABLE = (S.DRAFT, S.CLARIFICATION, S.CHANGE_DRAFT)
YES = (Says.AGREE, Says.AGREE_PART)


def problems(said: Mapping[str, Any]) -> dict[str, str]:
    """Return what a proposal still lacks, by field; empty when it can be submitted."""
    found = dict(_of_the_party(said))
    if not said.get("stages"):
        found["stages"] = "Choose which testing you rely on."
    if said.get("extent") not in Extent.values:
        found["extent"] = "Say whether you rely on it in full or in part."
    for name in _ADDRESSED:
        if not _text(said, name):
            found[name] = f"Write about this: {LABELS[name].lower()} ({CLAUSE})."
    return found | dict(_of_the_rest(said))


def _of_the_party(said: Mapping[str, Any]):
    if not _text(said, "provider_name"):
        yield "provider_name", "Name the party whose testing this is."
    mpid, is_reliance = _text(said, "provider_mpid"), said.get("kind") == RelianceKind.RELIANCE
    if is_reliance and not mpid:
        yield "provider_mpid", "Give the MPID that is tested; it is in the same role as yours."
    elif mpid and not re.fullmatch(r"[A-Z0-9]{4}", mpid):
        yield "provider_mpid", "An MPID has four letters or digits."
    if said.get("is_own") and not said.get("is_identical"):
        yield (
            "is_identical",
            "Reliance on an MPID of your own needs an identical set-up. With different systems"
            " this MPID has QT, a Pre-Qualification Submission and a wave of its own"
            " (QA&P Appendix B, Pathways 3 and 6).",
        )


def _of_the_rest(said: Mapping[str, Any]):
    is_reliance = said.get("kind") == RelianceKind.RELIANCE
    if not _text(said, "own_tests"):
        if not is_reliance:
            yield "own_tests", "Say how you test deployment and integration at your own side."
        elif said.get("extent") == Extent.PARTIAL:
            yield "own_tests", "Say which tests remain with you; the scope is agreed from it."
    if not said.get("is_own"):
        if not said.get("has_agreement"):
            yield "has_agreement", f"You need an agreement with this party first ({CLAUSE})."
        if not _text(said, "attested_by_name"):
            yield "attested_by_name", "Say who attests that the agreement is in place."
    if is_reliance and said.get("bodies_have_report") and not _text(said, "report_reference"):
        yield "report_reference", "Say where the results stand, so that your QAD can refer to them."
    if is_reliance and not said.get("bodies_have_report") and not said.get("has_file"):
        yield "file", "Add the report, as the bodies cannot read it otherwise."


def _text(said: Mapping[str, Any], name: str) -> str:
    return str(said.get(name) or "").strip()


def content_of(row: Any) -> dict[str, Any]:
    """Return what a proposal says, ready to be frozen as a version."""
    said = {name: getattr(row, name) for name in LABELS}
    file = row.file
    return said | {"file": {"name": file.name, "sha256": file.sha256} if file else None}


def sha256_of(content: Mapping[str, Any]) -> str:
    """Return the hash of a version's content."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of what differs between two versions, as people read them."""
    names = {**LABELS, "file": "Report"}
    return [label for name, label in names.items() if before.get(name) != after.get(name)]


def needs_a_word(stages: Collection[str], verdict: str, note: str) -> bool:
    """Whether an agreement must say why it goes so far: non-functional or operational PIT (R55)."""
    return verdict in YES and bool(set(APART) & set(stages)) and not note.strip()


@dataclass(frozen=True, slots=True)
class Opinions:
    """Who must agree to a version (R47), and what each has said; ``body`` speaks now."""

    needed: Sequence[str]
    said: Mapping[str, str]
    body: str = ""

    @property
    def left(self) -> list[str]:
        """Who has not spoken."""
        return [each for each in self.needed if each not in self.said]

    @property
    def outcome(self) -> S:
        """Where the proposal stands with these opinions: one refusal decides, all must agree."""
        verdicts = [self.said[each] for each in self.needed if each in self.said]
        if Says.NOT_AGREE in verdicts:
            return S.NOT_AGREED
        if Says.CLARIFY in verdicts:
            return S.CLARIFICATION
        if self.left:
            return S.IN_REVIEW
        return S.AGREED_PART if Says.AGREE_PART in verdicts else S.AGREED_FULL
