"""Two people saving one submission at the same moment, with real commits."""

import threading

import pytest
from django.db import connection

from foundation.clock import moments
from foundation.errors import Refused
from foundation.tenancy.acting import acting_as
from tests import factories
from tests.waves.joining.conftest import NOW, Joiner
from waves.services import pre_qualifying


@pytest.fixture
def joiner(committed):
    with moments.at(NOW):
        yield Joiner()


def at_once(joiner: Joiner, revision: int, *texts: str) -> list[str]:
    """Save texts from one revision in threads that start together; return what came of each."""
    gate, found = threading.Barrier(len(texts)), []

    def run(text: str, actor) -> None:
        try:
            gate.wait(timeout=10)
            with moments.at(NOW), acting_as(actor):
                pre_qualifying.save(
                    organisation=joiner.organisation,
                    said={"pit_approach": text},
                    revision=revision,
                    actor=actor,
                    at=NOW,
                )
            found.append(text)
        except Refused as refusal:
            found.append(refusal.detail["theirs"]["pit_approach"])
        finally:
            connection.close()

    actors = [factories.member_actor(joiner.organisation) for _ in texts]
    runners = [threading.Thread(target=run, args=each) for each in zip(texts, actors, strict=True)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(timeout=60)
    return found


def test_of_two_first_saves_one_is_kept_and_the_other_meets_it(joiner):
    found = at_once(joiner, 0, "Mine.", "Yours.")

    kept = joiner.fresh()
    assert (kept.revision, found) == (1, [kept.pit_approach] * 2)


def test_of_several_saves_of_one_revision_one_is_kept(joiner):
    joiner.saves(0, pit_approach="First.")
    found = at_once(joiner, 1, "A.", "B.", "C.", "D.")

    kept = joiner.fresh()
    assert (kept.revision, found) == (2, [kept.pit_approach] * 4)
