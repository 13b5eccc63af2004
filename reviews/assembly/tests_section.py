"""Section B of a pack: what the completion reports say, in figures."""

from collections.abc import Mapping

from foundation.clock.moments import LONDON
from reviews.assembly.dossier import Dossier
from reviews.packs.sections import DefectRow, TestRow, Tests
from waves.models import CompletionReport
from waves.report_summary import open_defects


def tests_of(dossier: Dossier) -> Tests:
    """Return section B from the newest report of each kind."""
    newest: dict[str, CompletionReport] = {}
    for report in dossier.reports:
        newest[report.kind] = report
    rows, defects = [], []
    for report in newest.values():
        summary = report.summary or {}
        rows.append(
            TestRow(
                stage=report.get_kind_display(),
                planned=summary.get("planned"),
                run=summary.get("run"),
                passed=summary.get("passed"),
                note=_note(report, summary),
            )
        )
        counts = open_defects(summary)
        if counts is not None:
            agreed = "work-off plans agreed" if report.work_off_agreed else "plans not agreed yet"
            defects.append(DefectRow(report.get_kind_display(), counts, agreed))
    lead = (
        "The figures are those of the completion reports; the tests stay in the test tool."
        if rows
        else "No completion report has been received."
    )
    return Tests(lead=lead, rows=tuple(rows), defects=tuple(defects))


def _note(report: CompletionReport, summary: Mapping[str, int]) -> str:
    planned, passed = summary.get("planned"), summary.get("passed")
    on = report.received_at.astimezone(LONDON)
    said = f"report of {on:%-d %b %Y}"
    if planned is not None and passed is not None:
        missed = planned - passed
        said = f"{missed} not passed; {said}" if missed > 0 else f"All passed; {said}"
    if report.sufficiency_confirmed_at:
        confirmed = report.sufficiency_confirmed_at.astimezone(LONDON)
        said += f", found sufficient {confirmed:%-d %b %Y}"
    return said
