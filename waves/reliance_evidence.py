"""PURE: when the testing relied upon has passed (R48, X25): agreed early, shown later."""

from collections.abc import Collection

from waves.reliance import PIT_STAGES

# What stands with the one who relies, so that its gates need not know on whom it relies (R10).
PIT_PASSED, TESTS_PASSED = "relied_on_pit_passed", "relied_on_tests_passed"
_SIT, _QT, _PIT = "sit_exit", "qt_exit", "pit_exit"


def passed(stages: Collection[str], happened: Collection[str]) -> bool:
    """Whether a party has passed all the testing that is relied on.

    A party that left SIT through its gate had its PIT assured by the Programme before (R59).
    """
    return all(_passed(each, happened) for each in stages)


def _passed(stage: str, happened: Collection[str]) -> bool:
    if stage in PIT_STAGES:
        return bool({_PIT, _SIT} & set(happened))
    return (_SIT if stage == "SIT" else _QT) in happened


def covers(stages: Collection[str]) -> list[str]:
    """Return which gates rest on it: "PIT", "TESTS" (SIT or QT), or both."""
    return sorted({"PIT" if each in PIT_STAGES else "TESTS" for each in stages})


def waits(kind: str, is_own: bool, stages: Collection[str], happened: Collection[str]) -> list[str]:
    """Return which of "PIT" and "TESTS" a reliance still waits for.

    Testing on behalf is shown by the organisation's own reports, and an MPID of the same
    organisation passes with its own gates: neither waits for anybody else.
    """
    if kind != "RELIANCE" or is_own:
        return []
    known = {"PIT": PIT_PASSED, "TESTS": TESTS_PASSED}
    return [each for each in covers(stages) if known[each] not in happened]
