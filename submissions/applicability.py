"""PURE: which questions an organisation, role and route must answer, at which stage, and who reads.

Every "not asked" has its reason in words. A part of a QAD is either the organisation's (``role`` is
None) or one qualification's (QA&P 10.2, 10.2.1, 10.3).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from participants.market_roles import CODE_BODIES, MARKET_ROLES, reviewing_bodies
from submissions.conditions import NAMED, Clause
from submissions.template_types import BY_ROLE, Question, Template
from waves.routes import ROUTES

INITIAL, FINAL = "INITIAL", "FINAL"

# By when an answer has to be there; empty means that it need not be.
SUBMISSION, SIGN_OFF = "SUBMISSION", "SIGN_OFF"

Answers = Mapping[str, str | Collection[str]]


@cache
def _bodies_of(roles: tuple[str, ...]) -> tuple[str, ...]:
    return reviewing_bodies(roles)  # asked for once a question, and there are few sets of roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What applicability depends on; ``role`` is None for the organisation's part.

    ``routes`` are those of the part: one for a role, all of the organisation's for its own part.
    ``answers`` holds the chosen values of choice questions by question code.
    """

    role: str | None
    all_roles: tuple[str, ...]
    routes: tuple[str, ...]
    mpids_split: bool = False
    bsc_party: bool = True
    uses_dcp: bool = False
    retrieval: str = ""
    exemptions: Collection[str] = frozenset()
    delegate_signs: bool = False
    reliance_partial: bool = False
    reliance_same_org: bool = False
    paper: bool = False
    answers: Answers = field(default_factory=lambda: MappingProxyType({}))

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that the part speaks for."""
        return self.all_roles if self.role is None else (self.role,)

    @property
    def scope(self) -> str:
        """The scope of the questions that belong to the part."""
        return "ORGANISATION" if self.role is None else "ROLE"

    @property
    def bodies(self) -> tuple[str, ...]:
        """Every body that has to do with the part; for the organisation, with any role (R7)."""
        return _bodies_of(tuple(self.roles))

    @property
    def report_may_follow(self) -> bool:
        """Whether the test report may come after the Final submission on every route (R85)."""
        return bool(self.routes) and all(ROUTES[code].final_before_report for code in self.routes)

    def chosen(self, code: str) -> frozenset[str]:
        """Return the values chosen in an answer; empty while it is not given."""
        values = self.answers.get(code, ())
        return frozenset([values] if isinstance(values, str) and values else values)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a question applies, and why it does not."""

    applies: bool
    because: str = ""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a part at a stage: whether it is put now, who reads it, when it is needed."""

    question: Question
    applies: bool
    is_open: bool
    because: str
    reviewers: tuple[str, ...]
    required_for: str

    @property
    def code(self) -> str:
        """The code of the question."""
        return self.question.code

    @property
    def mandatory(self) -> bool:
        """Whether the part cannot be submitted at this stage without an answer (R80, R87)."""
        return self.required_for == SUBMISSION


APPLIES = Verdict(True)

_FACTS: Mapping[str, Callable[[Facts], bool]] = MappingProxyType(
    {
        "mpids_split": lambda facts: facts.mpids_split,
        "role_is_ldso": lambda facts: facts.role == "LDSO",
        "reliance_partial": lambda facts: facts.reliance_partial,
        "reliance_same_org": lambda facts: facts.reliance_same_org,
        "not_bsc_party": lambda facts: not facts.bsc_party,
        "uses_dcp": lambda facts: facts.uses_dcp,
        "ums_exemption": lambda facts: "UMS" in facts.exemptions,
        "smart_exemption": lambda facts: "SMART" in facts.exemptions,
        "sds_uses_mdr": lambda facts: facts.retrieval in ("MDR", "BOTH"),
        "delegate_signs": lambda facts: facts.delegate_signs,
        "paper_only": lambda facts: False,  # the paper bank is not kept here (R23)
    }
)


def readers(question: Question, facts: Facts) -> tuple[str, ...]:
    """Return the bodies that read the answer, in the order BSC, REC, DIP (R7, R8)."""
    named = CODE_BODIES if question.reviewers == BY_ROLE else question.reviewers
    reading = (*named, "DIP") if question.dip else named
    return tuple(body for body in facts.bodies if body in reading)


def belongs(question: Question, facts: Facts) -> Verdict:
    """Return whether a part has the question at all: by scope, role, route and reader (R6, R18)."""
    if facts.paper:
        return Verdict(False, "A new entrant for MHHS alone answers on paper (QA&P 9.1.2, 9.3.2).")
    if question.scope != facts.scope:
        where = "once for the organisation" if facts.role else "for each market role"
        return Verdict(False, f"This is answered {where}.")
    if not set(facts.roles) & set(question.roles):
        return Verdict(False, f"This is asked of {_role_labels(question.roles)} only.")
    if question.routes != "ALL" and not any(
        ROUTES[code].carries(question.routes) for code in facts.routes
    ):
        return Verdict(False, f"This is asked {_ON_ROUTES[question.routes]} only.")
    if not readers(question, facts):
        return Verdict(False, "No body that reads this question governs the role.")
    return APPLIES


def applies(question: Question, facts: Facts) -> Verdict:
    """Return whether a part has to answer the question, with the reason if not."""
    verdict = belongs(question, facts)
    if not verdict.applies:
        return verdict
    for condition in question.when:
        reasons = [_objection(clause, facts) for clause in condition.clauses]
        if all(reasons):
            return Verdict(False, _plainest(condition.clauses, reasons))
    return APPLIES


def questions_for(template: Template, facts: Facts, stage: str) -> tuple[AskedQuestion, ...]:
    """Return the questions that belong to a part, in order, as they stand at a stage.

    What belongs but does not apply is there with its reason; what belongs to other roles, routes or
    bodies is not there at all (R6).
    """
    return tuple(
        _asked(question, facts, stage)
        for question in template.questions
        if belongs(question, facts).applies
    )


def blanks(asked: Iterable[AskedQuestion], answered: Collection[str], by: str) -> tuple[str, ...]:
    """Return the codes of questions still needed for a submission, or by sign-off (R85, R87).

    At sign-off everything that was needed for the submission is needed as well.
    """
    needed = (SUBMISSION,) if by == SUBMISSION else (SUBMISSION, SIGN_OFF)
    return tuple(
        one.code for one in asked if one.required_for in needed and one.code not in answered
    )


def _asked(question: Question, facts: Facts, stage: str) -> AskedQuestion:
    verdict = applies(question, facts)
    is_open = verdict.applies and (stage == FINAL or question.is_asked_initially)
    because = verdict.because
    if verdict.applies and not is_open:
        because = "Required at the Final stage."
    required_for = ""
    if is_open and stage == FINAL and question.mandatory:
        required_for, because = _required(question, facts)
    return AskedQuestion(
        question, verdict.applies, is_open, because, readers(question, facts), required_for
    )


def _required(question: Question, facts: Facts) -> tuple[str, str]:
    """By when a relevant answer has to be there at the Final stage, and why if not at once."""
    if question.has("at_sign_off"):
        return SIGN_OFF, "Given at sign-off, not before."
    follows = question.has("test_report") or question.has("with_test_report")
    if follows and facts.report_may_follow:
        return SIGN_OFF, (
            "On this route it may follow the Final submission, but has to be here before sign-off "
            "(QA&P 10.1, 10.6)."
        )
    return SUBMISSION, ""


def _objection(clause: Clause, facts: Facts) -> str:
    """Why a clause does not hold; empty when it does."""
    if not clause.looks_at_answer:
        return "" if _FACTS[clause.name](facts) else NAMED[clause.name]
    chosen = facts.chosen(clause.code)
    if not chosen:
        return f"It depends on {clause.code}, which is not answered yet."
    if (clause.value in chosen) == (clause.operator == "="):
        return ""
    return f"Your answer to {clause.code} makes it unnecessary."


def _plainest(clauses: Iterable[Clause], reasons: Iterable[str]) -> str:
    """Of alternatives that all fail, the reason about an answer: the reader can act on it."""
    pairs = tuple(zip(clauses, reasons, strict=True))
    about_answers = [reason for clause, reason in pairs if clause.looks_at_answer]
    return about_answers[0] if about_answers else pairs[0][1]


_ON_ROUTES: Mapping[str, str] = MappingProxyType(
    {
        "SIT": "on the SIT routes",
        "QT": "of those who take Qualification Testing",
        "LDSO": "on the Non-SIT LDSO route",
        "WV": "in the Qualification Waves",
    }
)


def _role_labels(roles: Iterable[str]) -> str:
    labels = [MARKET_ROLES[code].label for code in roles]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
