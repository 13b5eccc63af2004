"""Playing the timetable: version one stays in force; a planner has a draft of the next open."""

from datetime import date, datetime, timedelta

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from participants.enums import Duty
from qadportal.demo.play.cast import Cast
from waves import tables
from waves.models import TimetableDraft
from waves.services import drafting
from waves.timetable_file import cell_row

TITLE = "Wave 3 submits its Final two weeks later"
SOURCE = "QA&P v5.0, Appendix C, as changed by CR081"
REASON = "The test environment is closed from 27 April to 8 May 2026."
ROUTE = "QT_WAVE_3"
CHANGES = (
    ("final_qad_window", "end", date(2026, 6, 5)),
    ("final_qad_review_complete", "cap", date(2026, 7, 3)),
    ("qad_signoff_deadline", "start", date(2026, 7, 10)),
)


def draft_timetable(cast: Cast, now: datetime) -> None:
    """Keep one draft open, which moves the end of wave 3; nothing of it is in force."""
    at = now - timedelta(days=1, hours=2)
    with moments.at(at), acting_as(cast.having("BSC", Duty.PLANNER)) as actor:
        if TimetableDraft.objects.filter(title=TITLE).exists():
            return
        draft = drafting.make_draft(title=TITLE, source=SOURCE, reason=REASON, actor=actor, at=at)
        table = tables.of(draft.based_on_id).timetable
        for key, column, on in CHANGES:
            cell = table.cell(key, ROUTE)
            was = getattr(cell, column)
            words = {
                column: on.isoformat(),
                "raw_text": cell.raw_text.replace(f"{was:%d/%m/%Y}", f"{on:%d/%m/%Y}"),
                "note": f"{cell.note} Moved by CR081.".strip(),
                "clause": f"{cell.clause}; CR081",
            }
            draft = drafting.change_cell(
                draft=draft,
                key=key,
                route=ROUTE,
                values=cell_row(cell) | words,
                actor=actor,
                at=at,
            )
