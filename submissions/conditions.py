"""PURE: the closed grammar in which a template says when a question is asked.

A condition is one clause or several joined by " or ". A clause is a named fact (``mpids_split``)
or looks at the choices of another answer: ``answer:C01 = partial``, ``answer:C01 != none``. A
question may carry several conditions; it is asked when all of them hold.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# Each named fact with the sentence a reader gets when it does not hold.
NAMED: Mapping[str, str] = MappingProxyType(
    {
        "mpids_split": "All MPIDs of this role are tested together.",
        "role_is_ldso": "This is asked of LDSOs only.",
        "reliance_partial": "No partial reliance is placed on others' testing.",
        "reliance_same_org": "No reliance is placed on testing of your own other MPIDs.",
        "not_bsc_party": "Your organisation is a BSC Party.",
        "uses_dcp": "Your organisation uses no DIP connection provider.",
        "ums_exemption": "No exemption for unmetered supplies is sought.",
        "smart_exemption": "No exemption for the smart segment is sought.",
        "sds_uses_mdr": "This Smart Data Service uses no Meter Data Retriever.",
        "delegate_signs": "A company director signs for this role, not a delegate.",
        "paper_only": "This is asked only on paper, never in the portal.",
    }
)

_ANSWER = re.compile(r"answer:(?P<code>\S+)\s+(?P<operator>!?=)\s+(?P<value>\S+)")


@dataclass(frozen=True, slots=True)
class Clause:
    """One named fact, or one look at the choices of another answer."""

    name: str = ""
    code: str = ""
    operator: str = ""
    value: str = ""

    @property
    def looks_at_answer(self) -> bool:
        """Whether the clause depends on another question's answer."""
        return bool(self.code)

    def __str__(self) -> str:
        return self.name or f"answer:{self.code} {self.operator} {self.value}"


@dataclass(frozen=True, slots=True)
class Condition:
    """Clauses of which one has to hold."""

    clauses: tuple[Clause, ...]

    def __str__(self) -> str:
        return " or ".join(str(clause) for clause in self.clauses)


def parse_condition(text: str) -> Condition:
    """Read a condition, or raise ValueError with a sentence that says what is wrong."""
    return Condition(tuple(_clause(part.strip()) for part in text.split(" or ")))


def _clause(text: str) -> Clause:
    if text in NAMED:
        return Clause(name=text)
    if found := _ANSWER.fullmatch(text):
        return Clause(**found.groupdict())
    if text.startswith("answer:"):
        raise ValueError(f"“{text}” is not a condition; write “answer:C01 = value” or “!=”.")
    raise ValueError(f"“{text}” is not a known condition; the known ones are {', '.join(NAMED)}.")
