"""PURE: every act on a row of testing: who may, in which states, with what it is asked.

Pages, the API and the buttons are made from these rows.
"""

from dataclasses import dataclass

from foundation.lifecycle import Move
from waves.lifecycle import testing as moves


@dataclass(frozen=True, slots=True, kw_only=True)
class TestingAct:
    """One act on a deliverable, a plan, a work-off plan or a defect."""

    thing: str
    slug: str
    label: str
    capability: str
    sources: tuple[str, ...] = ()
    asks: tuple[str, ...] = ("note",)
    needed: bool = False
    done: str = "Recorded. Everybody concerned is told."

    def is_open(self, status: str) -> bool:
        """Whether the act can be begun in this state."""
        return not self.sources or status in self.sources


def _of(thing: str, slug: str, move: Move, **more) -> TestingAct:
    return TestingAct(
        thing=thing,
        slug=slug,
        label=move.label,
        capability=move.capability,
        sources=move.sources,
        **more,
    )


ACTS = {
    (act.thing, act.slug): act
    for act in (
        _of("deliverable", "assure", moves.ASSURE_DELIVERABLE),
        _of("deliverable", "return", moves.RETURN_DELIVERABLE, needed=True),
        _of("plan", "agree", moves.APPROVE_PLAN),
        _of("plan", "return", moves.RETURN_PLAN, needed=True),
        _of("work-off", "review", moves.REVIEW),
        _of("work-off", "return", moves.SEND_BACK, needed=True),
        _of("work-off", "agree", moves.AGREE_ALL),
        _of("work-off", "disagree", moves.DISAGREE, needed=True),
        _of("work-off", "done", moves.FINISH, asks=("evidence",), needed=True),
        TestingAct(
            thing="defect",
            slug="assess",
            label="Write the impact assessment",
            capability=moves.WRITE,
            asks=("impact",),
            needed=True,
            done="The impact assessment is kept.",
        ),
    )
}


def acts_on(thing: str, status: str) -> list[TestingAct]:
    """Return the acts that are open on a thing in its state."""
    return [act for (of, _), act in ACTS.items() if of == thing and act.is_open(status)]
