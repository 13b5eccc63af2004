"""Section A of a pack: the one page that a decision is taken from."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from foundation.clock.moments import LONDON
from participants.enums import Body
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from participants.models import Qualification
from reviews.assembly.dossier import Dossier, Paper
from reviews.assembly.findings import current_plan, items
from reviews.enums import ApprovalState, Outcome, ThreadState
from reviews.models import Decision
from reviews.packs.content import Criterion, DateRow, MatrixRow, Motion, OpenItem, Summary
from reviews.packs.sections import Line, Mark, Weight
from reviews.qualified.criteria import MET, NOT_MET, criteria
from reviews.qualified.facts import Facts
from reviews.qualified.missing import before_decision
from waves.models import Obligation

BODIES = (Body.BSC, Body.REC, Body.DIP)
REASONS = 3  # of "Why not today"; the one page of the summary has no room for all
# Steps of the timetable that the page shows, with the event that met each.
STEPS = (
    ("initial_qad_window", "Initial QAD submitted", "initial_submitted_at"),
    ("initial_qad_review_complete", "Initial review complete", "initial_reviewed_at"),
    ("final_qad_window", "Final QAD submitted", "final_submitted_at"),
    ("final_qad_review_complete", "Final review complete", "content_agreed_at"),
    ("qad_signoff_deadline", "Signed off", "signed_off_at"),
    ("qualification_decision", "Decision", "qualified_at"),
)


def summary_of(
    dossier: Dossier, facts: Sequence[Facts], *, body: str, recommendation: str, today: date
) -> Summary:
    """Return section A; nothing is recommended for anybody who was not asked."""
    return Summary(
        motion=_motion(dossier, body, recommendation, _lacking(facts, body)),
        criteria=tuple(_criteria(facts, body)),
        matrix=tuple(_matrix(dossier, today)),
        dates=tuple(_dates(dossier)),
        open_items=tuple(_open_items(dossier)),
        open_words=_open_words(dossier),
    )


def _motion(dossier: Dossier, body: str, recommendation: str, lacking: list[str]) -> Motion:
    conditions = [
        Line(f"C{number}", said) for number, said in enumerate(_conditions(dossier, body), start=1)
    ]
    return Motion(
        questions=tuple(_questions(dossier, body)),
        recommendation=recommendation or "No recommendation has been recorded.",
        conditions=tuple(conditions),
        why_not_today=_why_not(lacking),
    )


def _questions(dossier: Dossier, body: str) -> Iterator[str]:
    """What the chair reads out: one question for every role that this body decides still."""
    approved = _approved(dossier, body)
    asked = [each for each in _deciding(dossier, body) if each.pk not in approved]
    noun = "MPID" if len(dossier.codes) == 1 else "MPIDs"
    if asked:
        yield (
            f"Is {dossier.organisation.legal_name} MHHS Qualified under the"
            f" {GOVERNING_BODIES[body].governs_under} as"
            f" {_listed([MARKET_ROLES[each.role].label for each in asked])},"
            f" for {noun} {', '.join(dossier.codes)}?"
        )
    if approved:
        roles = [MARKET_ROLES[q.role].short_label for q in dossier.group if q.pk in approved]
        days = sorted({row.decided_on for row in approved.values()})
        said = f"{_listed(roles)}: approved on {_listed([f'{d:%-d %B %Y}' for d in days])}"
        yield f"{said}; the roles of the trio take effect together." if dossier.trio else f"{said}."


def _lacking(facts: Sequence[Facts], body: str) -> list[str]:
    """What stands in the way; of the trio, with the role that it concerns."""
    said = {each.role: [lack.what for lack in before_decision(each, body)] for each in facts}
    every = set.intersection(*(set(whats) for whats in said.values()))
    return [
        what if len(said) == 1 or what in every else f"{MARKET_ROLES[role].short_label}: {what}"
        for role, whats in said.items()
        for what in whats
    ]


def _why_not(lacking: Sequence[str]) -> str:
    """What is in the way, as sentences; the page has room for the first few."""
    reasons = [said if said.endswith((".", "?", "!")) else f"{said}." for said in lacking]
    reasons = list(dict.fromkeys(reasons))
    more = len(reasons) - REASONS
    if more > 0:
        reasons = [*reasons[:REASONS], f"And {more} more; the sections behind name them."]
    return " ".join(reasons)


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _deciding(dossier: Dossier, body: str) -> list[Qualification]:
    return [q for q in dossier.group if body in MARKET_ROLES[q.role].deciding_bodies]


def _approved(dossier: Dossier, body: str) -> dict[UUID, Decision]:
    """Return the body's last decision on each role of the application that it has approved."""
    last = {row.qualification_id: row for row in dossier.decisions if row.body == body}
    return {key: row for key, row in last.items() if row.outcome == Outcome.APPROVED}


def _conditions(dossier: Dossier, body: str) -> list[str]:
    return [
        said if isinstance(said, str) else said.get("text", "")
        for decision in dossier.decisions
        if decision.body == body
        for said in decision.conditions
    ]


def _criteria(facts: Sequence[Facts], body: str):
    """One row a criterion; of the trio, the weakest of the three speaks."""
    by_facts = [criteria(each, deciding=body) for each in facts]
    for rows in zip(*by_facts, strict=True):
        weakest = next((row for row in rows if row.state == NOT_MET), rows[0])
        if weakest.state == NOT_MET:
            mark = Mark("Not met", Weight.STOP)
            because = f"{weakest.because} Held by {weakest.holder}"
            if weakest.since:
                because += f" since {weakest.since.astimezone(LONDON):%-d %b %Y}"
            yield Criterion(weakest.title, mark, because + ".")
        elif weakest.state == MET:
            yield Criterion(weakest.title, Mark("Met", Weight.DONE), weakest.because)
        else:
            yield Criterion(weakest.title, Mark("Not needed"), weakest.because)


def _matrix(dossier: Dossier, today: date):
    given = {(each.part_id, each.body): each for each in dossier.approvals}
    governing = {body for each in dossier.group for body in MARKET_ROLES[each.role].bodies}
    for paper in dossier.papers:
        roles = [paper.qualification] if paper.qualification else dossier.group
        bodies = {b for each in roles for b in MARKET_ROLES[each.role].bodies} & governing
        sha256 = paper.version.sha256 if paper.version else ""
        cells = tuple(
            _approval(given.get((paper.part.pk, body)), sha256)
            if body in bodies
            else Mark("Not governed")
            for body in BODIES
        )
        yield MatrixRow(_part(paper), cells)
    yield MatrixRow("Decision", tuple(_decision(dossier, body) for body in BODIES))


def _part(paper: Paper) -> str:
    if paper.qualification is None:
        return paper.label
    return f"{MARKET_ROLES[paper.qualification.role].short_label} role"


def _approval(row, sha256: str) -> Mark:
    if row is None:
        return Mark("Not yet", Weight.STOP)
    if row.status == ApprovalState.APPROVED and row.covers_sha256 == sha256:
        return Mark(f"Approved {_day(row.at)}", Weight.DONE)
    if row.status == ApprovalState.FURTHER_SUBMISSION:
        return Mark(f"Asks for more {_day(row.at)}", Weight.STOP)
    return Mark("Approval lapsed", Weight.STOP)


def _decision(dossier: Dossier, body: str) -> Mark:
    deciding = _deciding(dossier, body)
    if not deciding:
        return Mark("Not a decider")
    approved = _approved(dossier, body)
    if 0 < len(approved) < len(deciding):
        return Mark(f"Approved {len(approved)} of {len(deciding)}, asked", Weight.READ)
    keys = {each.pk for each in deciding}
    taken = [row for row in dossier.decisions if row.body == body and row.qualification_id in keys]
    if not taken:
        return Mark("Asked", Weight.READ)
    last = taken[-1]
    when = f"{last.decided_on:%-d %b %Y}"
    if last.outcome == Outcome.DEFERRED:
        return Mark(f"Asked again, deferred {when}", Weight.READ)
    weight = Weight.DONE if last.outcome == Outcome.APPROVED else Weight.STOP
    return Mark(f"{last.get_outcome_display()} {when}", weight)


def _dates(dossier: Dossier):
    for activity, step, field in STEPS:
        last = _last_to_reach(dossier.group, field)
        rows = [
            row
            for row in dossier.obligations
            if row.activity == activity and row.qualification_id == last.pk
        ]
        if not rows:
            continue
        row = max(rows, key=lambda each: each.due_on)
        happened = getattr(last, field)
        actual = happened.astimezone(LONDON).date() if happened else "not yet"
        yield DateRow(
            step=step,
            planned=row.due_on,
            actual=actual,
            why=_why(row),
            soft=True,
            late=_late(row, happened),
        )


def _last_to_reach(group: Sequence[Qualification], field: str) -> Qualification:
    """Return the role of the trio that speaks for the three: the one that is behind."""
    behind = [each for each in group if getattr(each, field) is None]
    return behind[0] if behind else max(group, key=lambda each: getattr(each, field))


def _why(row: Obligation) -> str:
    binds = row.reason.get("binds") or ""
    words = {
        "cap": "The cap binds",
        "rule": "The rule binds; the cap is later",
        "both": "Rule and cap fall together",
        "fixed": "A fixed date",
        "late": "Late submission: the full period counts",
        "floor": "Not before M10 Ready",
    }
    return words.get(binds, "On the timetable")


def _late(row: Obligation, happened: datetime | None) -> str:
    if happened is None or happened < row.due_at:
        return ""
    days = (happened.astimezone(LONDON).date() - row.due_on).days
    return f"{days} day late" if days == 1 else f"{days} days late"


def _open_items(dossier: Dossier):
    for thread in items(dossier):
        if thread.status == ThreadState.CLEARED:
            continue
        plan = current_plan(dossier, thread)
        until = (
            f" Plan by {plan.due_on:%-d %B %Y}." if plan and plan.agreed_at else " No agreed plan."
        )
        yield OpenItem(thread.reference, f"{Body(thread.body).label}. {thread.subject}.{until}")


def _open_words(dossier: Dossier) -> str:
    still_open = [t for t in items(dossier) if t.status != ThreadState.CLEARED]
    if not still_open:
        return "nothing is open"
    planned = sum(1 for thread in still_open if current_plan(dossier, thread))
    return f"{len(still_open)} open, {planned or 'none'} with a plan"


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%-d %b %Y}"
