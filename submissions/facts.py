"""What applicability depends on, gathered from rows: one part's Facts and its questions."""

from collections.abc import Iterable, Mapping
from typing import Any

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
    """Return the facts of a part; ``qualifications`` are all of the organisation's."""
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
    """Return the questions that belong to a part as they stand at its stage."""
    return questions_for(bank.of_part(part), facts, part.stage)
