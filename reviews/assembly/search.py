"""What a search finds for its reader: everything inside their rights, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.tenancy.actor import Actor
from participants import queries as people
from participants.enums import REVIEWING_BODIES
from participants.models import Organisation
from participants.roles import governed_roles, holds
from reviews import queries
from reviews.queries import searching as said
from reviews.visibility import sees_question
from submissions import bank, searching
from submissions.applicability import Facts, readers

MOST = 50  # of each kind; who wants more says more exactly what


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, the best of each kind first, and how many there are of each."""

    text: str
    organisations: Sequence[Organisation] = ()
    answers: Sequence[searching.FoundAnswer] = ()
    threads: Sequence[said.FoundThread] = ()
    evidence: Sequence[searching.FoundEvidence] = ()
    counts: dict[str, int]


def find(actor: Actor, text: str, place: Organisation | None = None) -> Found:
    """Search what the actor may read, of one organisation or of all.

    Participants search their living answers and evidence; bodies what was submitted to them.
    """
    if not text:
        return Found(text="", counts={})
    if actor.is_participant:
        return _own(actor, text)
    found = {} if place else {"organisations": _organisations(actor, text)}
    counts = {key: len(rows) for key, rows in found.items()}
    if actor.body in REVIEWING_BODIES and holds(actor, "qad.read"):
        parts = queries.parts(actor)
        if place:
            parts = parts.filter(organisation=place)
        reads = _Reading(actor)
        found["answers"], counts["answers"] = searching.submitted(text, parts, reads, MOST)
        key = place.pk if place else None
        found["threads"], counts["threads"] = said.threads(actor, text, MOST, key)
    return Found(text=text, counts=counts, **found)


def _own(actor: Actor, text: str) -> Found:
    answers, evidence = searching.living(text, MOST + 1), searching.evidence(text, MOST + 1)
    threads, count = said.threads(actor, text, MOST)
    counts = {"answers": len(answers), "threads": count, "evidence": len(evidence)}
    return Found(
        text=text,
        answers=answers[:MOST],
        threads=threads,
        evidence=evidence[:MOST],
        counts=counts,
    )


def _organisations(actor: Actor, text: str) -> list[Organisation]:
    return list(people.search(people.organisations(actor), text)[: MOST + 1])


class _Reading:
    """Whether a body reads the answer to a question of a part that it has to do with (R7, R8)."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._roles = tuple(governed_roles(actor.body))

    def __call__(self, found: searching.FoundAnswer) -> bool:
        try:
            question = bank.of(found.template).question(found.question)
        except KeyError:
            return False
        facts = Facts(role=found.role, all_roles=self._roles, routes=())
        return sees_question(self._actor, readers(question, facts))
