"""What applicability depends on, gathered from rows: one part's Facts and its questions."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any
from uuid import UUID

from participants.enums import Entrant
from participants.models import Organisation, Qualification
from submissions import bank
from submissions.applicability import AskedQuestion, Facts, questions_for
from submissions.models import Part


def facts_of(
    part: Part,
    organisation: Organisation,
    qualifications: Iterable[Qualification],
    chosen: Mapping[str, Any],
) -> Facts:
    """Return the facts of a part; ``qualifications`` are all of the organisation's.

    Whether an exemption is sought and what reliance is placed is what the organisation answers
    (C01, Q01, S01): the conditions look at ``chosen``, and the facts of these names stay as they
    are by default until a record beside the answers says more.
    """
    held = list(qualifications)
    own = next((each for each in held if each.pk == part.qualification_id), None)
    return Facts(
        role=own.role if own else None,
        all_roles=tuple(dict.fromkeys(each.role for each in held)),
        routes=(own.route,) if own else tuple(dict.fromkeys(each.route for each in held)),
        mpids_split=own.mpids_split if own else any(each.mpids_split for each in held),
        bsc_party=organisation.is_bsc_party,
        uses_dcp=organisation.uses_dcp,
        retrieval=own.retrieval if own else "",
        delegate_signs=part.delegate_signs,
        paper=organisation.entrant == Entrant.NEW_MHHS_ONLY,
        answers=chosen,
    )


def choices_in(values: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the chosen values of choice answers, from answer values by question code."""
    return {
        code: [*([value["choice"]] if value.get("choice") else []), *value.get("choices", [])]
        for code, value in values.items()
        if value.get("choice") or value.get("choices")
    }


def asked(part: Part, facts: Facts) -> tuple[AskedQuestion, ...]:
    """Return the questions that belong to a part as they stand at its stage.

    What is put depends on few things, and many parts are alike in all of them: it is worked out
    once for each set of them.
    """
    deciding = _deciding(part.template_id)
    chosen = {code: frozenset(facts.chosen(code)) for code in deciding if facts.chosen(code)}
    plain = tuple(getattr(facts, name) for name in _PLAIN)
    return _asked(part.template_id, part.stage, plain, frozenset(chosen.items()))


_PLAIN = tuple(each.name for each in fields(Facts) if each.name != "answers")


@lru_cache(maxsize=512)
def _asked(
    template_id: UUID, stage: str, plain: tuple[Any, ...], chosen: frozenset[tuple]
) -> tuple[AskedQuestion, ...]:
    facts = Facts(**dict(zip(_PLAIN, plain, strict=True)), answers=dict(chosen))
    return questions_for(bank.of(template_id), facts, stage)


@lru_cache(maxsize=16)
def _deciding(template_id: UUID) -> frozenset[str]:
    """Return the questions whose answers decide whether others are asked."""
    conditions = [each for question in bank.of(template_id).questions for each in question.when]
    clauses = [clause for each in conditions for clause in each.clauses]
    return frozenset(clause.code for clause in clauses if clause.looks_at_answer)
