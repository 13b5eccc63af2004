"""Everything that somebody reads before signing, gathered once (R105, picture of the sign-off)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from foundation.tenancy.actor import Actor
from participants import policy
from participants.market_roles import MARKET_ROLES, delegate_objections
from participants.models import Membership, Qualification
from reviews import facts
from reviews.assembly.coverage import lost_of
from reviews.coverage import Lost
from reviews.enums import Capacity, LetterState, SignOffState
from reviews.models import DelegationLetter, SignOff
from reviews.qualified import SCOPES, Facts, Lack, before_signature
from reviews.queries import signing as queries_signing
from reviews.services.signing_content import SigningContent, content_to_sign
from submissions import bank, queries
from submissions.enums import Stage
from submissions.models import Version
from submissions.template_types import Template
from submissions.versions import changed_questions
from waves.models import Obligation

Question = Mapping[str, Any]
Content = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A question where it was frozen: enough to name it and to lead there."""

    code: str
    title: str
    section: str
    part_id: UUID
    version: int
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What the Final says that the Initial did not, and how much there is in all."""

    changed: Sequence[Spot] = ()
    new: Sequence[Spot] = ()
    declared: Sequence[Spot] = ()
    answers: int = 0
    evidence: int = 0
    new_evidence: int = 0
    has_initial: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One qualification as it is put before whoever signs."""

    qualification: Qualification
    facts: Facts
    content: SigningContent
    signer: "Signer"
    compared: Compared
    versions: Mapping[str, Version]
    lacks: Sequence[Lack]
    due: Obligation | None
    signatories: Sequence[Membership]
    letter: DelegationLetter | None
    earlier: SignOff | None = None  # the last signature, where it is void
    lost: Lost = Lost()  # what of the QAD as it stands that one no longer covers


@dataclass(frozen=True, slots=True)
class Signer:
    """Whether the reader may sign, in which capacity, and why not otherwise (R105, R106)."""

    name: str
    capacity: str = ""
    why_not: str = ""
    lacks_letter: bool = False

    @property
    def may_sign(self) -> bool:
        """Whether the reader may sign at all."""
        return bool(self.capacity)


def reading_of(qualification: Qualification, actor: Actor) -> Reading:
    """Gather what is read before signing, for one reader."""
    known = facts.of_qualification(qualification)
    scopes = {part.id: scope for scope, part in known.parts.items()}
    by_stage = queries_signing.versions_by_stage(scopes)
    newest = _newest(by_stage.values())
    letter = _letter(qualification)
    signer = signer_of(actor, qualification, letter)
    earlier = _earlier(qualification, known)
    return Reading(
        qualification=qualification,
        facts=known,
        content=content_to_sign(qualification, signer.capacity or Capacity.DIRECTOR),
        signer=signer,
        compared=_compared(scopes, by_stage),
        versions={scopes[key]: version for key, version in newest.items()},
        lacks=before_signature(known),
        due=queries_signing.due([qualification.pk], queries_signing.SIGN_BY).get(qualification.pk),
        signatories=queries_signing.signatories(qualification.organisation_id),
        letter=letter,
        earlier=earlier,
        lost=lost_of(qualification, earlier) if earlier else Lost(),
    )


def _earlier(qualification: Qualification, known: Facts) -> SignOff | None:
    """The void signature of a QAD that was signed before; most were not."""
    if known.sign_off is None or known.sign_off.status != SignOffState.VOID:
        return None
    return queries_signing.signatures(qualification).first()


def _newest(versions: Iterable[Version]) -> dict[UUID, Version]:
    return {each.part_id: each for each in sorted(versions, key=lambda each: each.number)}


def _letter(qualification: Qualification) -> DelegationLetter | None:
    if not MARKET_ROLES[qualification.role].delegate_allowed:
        return None
    return queries_signing.letter_for(qualification)


def signer_of(
    actor: Actor, qualification: Qualification, letter: DelegationLetter | None
) -> Signer:
    """Return as what somebody would sign; the service asks the same again when they do."""
    if not actor.is_participant:
        return Signer(actor.name, why_not="The organisation signs; the bodies read what it signs.")
    if not policy.may(actor, "qad.sign", qualification):
        return Signer(actor.name, why_not="You are not named as a director or delegate.")
    if "DIRECTOR" in actor.duties:
        return Signer(actor.name, Capacity.DIRECTOR)
    against = delegate_objections(qualification.role)
    if against:
        return Signer(actor.name, why_not=" ".join(against))
    if letter is None or letter.delegate_id != actor.person_id:
        why_not = "No letter of delegated authority names you."
        return Signer(actor.name, why_not=why_not, lacks_letter=True)
    if letter.status != LetterState.ACCEPTED:
        why_not = "Your letter of delegated authority is not accepted yet."
        return Signer(actor.name, why_not=why_not, lacks_letter=True)
    return Signer(actor.name, Capacity.DELEGATE)


def _compared(scopes: Mapping[UUID, str], versions: Mapping[tuple[UUID, str], Version]) -> Compared:
    final = {key: each for (key, stage), each in versions.items() if stage == Stage.FINAL}
    if not final:
        return Compared()
    initial = {key: each for (key, stage), each in versions.items() if stage == Stage.INITIAL}
    content = queries.all_frozen(versions.values())
    template = bank.of_part(next(iter(final.values())).part)
    lines = [
        line
        for key in sorted(final, key=lambda each: SCOPES.index(scopes[each]))
        for line in _lines(
            template,
            final[key],
            content[final[key].pk],
            content[initial[key].pk] if key in initial else {},
        )
    ]
    return Compared(
        changed=[line.spot for line in lines if line.differs and line.is_old],
        new=[line.spot for line in lines if line.differs and not line.is_old],
        declared=[line.spot for line in lines if line.spot.statement],
        answers=len(lines),
        evidence=sum(line.evidence for line in lines),
        new_evidence=sum(line.new_evidence for line in lines),
        has_initial=bool(initial),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    spot: Spot
    differs: bool
    is_old: bool
    evidence: int
    new_evidence: int


def _lines(
    template: Template, version: Version, after: Content, before: Content
) -> Iterator[_Line]:
    for letter in sorted(after):
        earlier = {each["code"]: each for each in before.get(letter, {}).get("questions", ())}
        changed = set(changed_questions(before.get(letter), after[letter]))
        for question in after[letter]["questions"]:
            if question["applies"] and _is_given(question):
                old = earlier.get(question["code"])
                yield _Line(
                    spot=_spot(template, question, letter, version),
                    differs=question["code"] in changed,
                    is_old=_is_given(old),
                    evidence=len(question["evidence"]),
                    new_evidence=len(_pieces(question) - _pieces(old)),
                )


def _spot(template: Template, question: Question, letter: str, version: Version) -> Spot:
    is_declared = question["answer"] and question["answer"].get("value", {}).get("declared")
    return Spot(
        code=question["code"],
        title=question["title"],
        section=letter,
        part_id=version.part_id,
        version=version.number,
        statement=template.question(question["code"]).statement if is_declared else "",
    )


def _is_given(question: Question | None) -> bool:
    return question is not None and bool(question["answer"] or question["evidence"])


def _pieces(question: Question | None) -> set[tuple[str, int]]:
    return {(each["id"], each["version"]) for each in question["evidence"]} if question else set()
