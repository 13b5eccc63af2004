"""PURE: what a test completion report says in figures, and what cannot be true of it."""

from collections.abc import Iterator, Mapping
from typing import Any

FIGURES = {
    "planned": "Tests planned",
    "run": "Tests run",
    "passed": "Tests passed",
    "open_1": "Open defects, severity 1",
    "open_2": "Open defects, severity 2",
    "open_3": "Open defects, severity 3",
    "open_4": "Open defects, severity 4",
    "work_off": "Work-off items",
}


def clean(summary: Mapping[str, Any]) -> dict[str, int]:
    """Return the known figures that were given, as whole numbers."""
    return {name: int(summary[name]) for name in FIGURES if summary.get(name) not in (None, "")}


def open_defects(summary: Mapping[str, Any]) -> tuple[int, int, int, int] | None:
    """Return the open defects by severity 1 to 4, or None where the report gave no count."""
    names = ("open_1", "open_2", "open_3", "open_4")
    if not any(name in summary for name in names):
        return None
    first, second, third, fourth = (int(summary.get(name, 0)) for name in names)
    return first, second, third, fourth


def problems(summary: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with the figures, by name; empty when they can be taken."""
    return dict(_problems(summary))


def objections(kind: str, figures: Mapping[str, int], *, excepted: int = 0) -> tuple[str, ...]:
    """Return why testing cannot be called complete on these figures (R73, QA&P 10.7).

    QT ends with no open defect of severity 1 or 2, and with every planned test run but for those
    that every body ``excepted`` before. PIT allows exceptions that were agreed (R61, X20), so its
    figures object to nothing.
    """
    return tuple(_objections(figures, excepted)) if kind == "QT" else ()


def _objections(figures: Mapping[str, int], excepted: int) -> Iterator[str]:
    severe = figures.get("open_1", 0) + figures.get("open_2", 0)
    if severe:
        yield (
            f"The report shows {severe} open defects of severity 1 or 2. QT is complete only when"
            " none is open (QA&P 10.7)."
        )
    planned, run = figures.get("planned", 0), figures.get("run")
    left = planned - run if run is not None else 0
    if left > excepted:
        agreed = f"exceptions are agreed for {excepted}" if excepted else "no exception is agreed"
        yield (
            f"The report shows {left} of {planned} planned tests not run, and {agreed}. QT is"
            " complete when every test is run, or every body agreed to leave it out: propose an"
            " exception that names the tests first (QA&P 10.7)."
        )


def _problems(summary: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in FIGURES:
        value = summary.get(name)
        if value not in (None, "") and not (str(value).isascii() and str(value).isdigit()):
            yield name, f"{FIGURES[name]}: enter a whole number, such as 12."
            return
    figures = clean(summary)
    if figures.get("run", 0) > figures.get("planned", figures.get("run", 0)):
        yield "run", "More tests were run than planned. Check both figures."
    if figures.get("passed", 0) > figures.get("run", figures.get("passed", 0)):
        yield "passed", "More tests passed than were run. Check both figures."
