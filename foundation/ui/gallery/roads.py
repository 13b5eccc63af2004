"""Sample road of two qualifications. All dates are those of the examples."""

from __future__ import annotations

from datetime import date

from foundation.ui.parts import DateLink, Strong
from foundation.ui.road import DateRow, Lane, Milestone, Road, Stretch


def _stretch(start: date, end: date, label: str, state: str = "done") -> Stretch:
    return Stretch(start=start, end=end, label=label, state=state)


def _point(
    on: date, title: str, note: str = "", kind: str = "date", side: str = "middle"
) -> Milestone:
    return Milestone(on=on, title=title, note=note, kind=kind, side=side)


def _row(lane: str, on: str, what: str, state: str = "date", left: str = "") -> DateRow:
    return DateRow(
        date=DateLink(on, url="#why"),
        what=Strong(what) if state == "yours" else what,
        lane=lane,
        state=state,
        left=left,
        yours=state == "yours",
    )


_SUPPLIER = Lane(
    name="Supplier",
    note="QT Wave 2",
    stretches=(
        _stretch(date(2025, 6, 9), date(2025, 9, 5), "Initial QAD"),
        _stretch(date(2025, 9, 8), date(2025, 10, 14), "Review"),
        _stretch(date(2025, 10, 20), date(2026, 2, 20), "Qualification Testing"),
        _stretch(date(2026, 3, 9), date(2026, 4, 3), "Review", "ahead"),
        _stretch(date(2026, 4, 20), date(2026, 5, 20), "Decision", "ahead"),
    ),
    milestones=(
        _point(date(2025, 9, 5), "Submitted 5 Sep", kind="done"),
        _point(date(2025, 10, 14), "Feedback 14 Oct", kind="done", side="start"),
        _point(date(2026, 2, 20), "QT exit", "20 Feb", "done", "end"),
        _point(date(2026, 3, 6), "Final QAD", "Fri 6 Mar", "yours", "start"),
        _point(date(2026, 4, 20), "Sign", "20 Apr"),
        _point(date(2026, 5, 20), "Decision", "20 May"),
    ),
)

_MEM = Lane(
    name="MEM Smart",
    note="QT Wave 3",
    stretches=(
        _stretch(date(2025, 8, 11), date(2025, 10, 31), "Initial QAD"),
        _stretch(date(2025, 11, 3), date(2025, 12, 9), "Review"),
        _stretch(date(2026, 1, 12), date(2026, 5, 15), "Qualification Testing", "running"),
        _stretch(date(2026, 5, 22), date(2026, 6, 19), "Review", "ahead"),
        _stretch(date(2026, 6, 26), date(2026, 7, 26), "Decision", "ahead"),
    ),
    milestones=(
        _point(date(2025, 10, 31), "Submitted 31 Oct", kind="done"),
        _point(date(2025, 12, 9), "Feedback 9 Dec", kind="done", side="start"),
        _point(date(2026, 5, 15), "QT ends", "15 May", "gate", "end"),
        _point(date(2026, 5, 22), "Final", "22 May", side="start"),
        _point(date(2026, 6, 26), "Sign", "26 Jun", side="start"),
        _point(date(2026, 7, 26), "Decision", "26 Jul"),
    ),
)


def road(show_table: bool = False) -> Road:
    """Two qualifications, as on the home page; with the table, as on the road's own page."""
    supplier, mem = "Supplier, QT Wave 2", "MEM Smart, QT Wave 3"
    return Road(
        first=date(2025, 6, 1),
        last=date(2026, 9, 1),
        today=date(2026, 3, 3),
        lanes=(_SUPPLIER, _MEM),
        rows=(
            _row(supplier, "20 Feb", "QT exit confirmed", "done"),
            _row(supplier, "Fri 6 Mar", "Submit Final QAD", "yours", "3 days"),
            _row(supplier, "Fri 3 Apr", "Review complete"),
            _row(supplier, "Mon 20 Apr", "Director signs"),
            _row(supplier, "Wed 20 May", "Decisions"),
            _row(mem, "9 Dec", "Initial feedback", "done"),
            _row(mem, "Fri 15 May", "Qualification Testing ends"),
            _row(mem, "Fri 22 May", "Submit Final QAD"),
            _row(mem, "Fri 26 Jun", "Director signs"),
        ),
        note="Dates to come assume each step ends on its last day. They are indicative"
        " (QA&P v5.0, Appendix C).",
        show_table=show_table,
    )
