"""Reading timetables: versions, drafts, and what another timetable would move."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, QuerySet

from participants.enums import ENDED
from participants.models import Qualification
from waves import models
from waves.clocks import spans_from_json
from waves.enums import DraftState
from waves.happenings import as_events, holders_of, instants
from waves.impact import Held, Impact, Party, impact
from waves.models import CompletionReport, Obligation, TimetableDraft
from waves.timetable import Timetable

_HELD = ("qualification_id", "activity", "body", "label", "state", "due_on", "met_at", "spans")


def versions() -> list[models.Timetable]:
    """Return every published version without its text, the newest first."""
    rows = models.Timetable.objects.order_by("-published_at", "-pk")
    return list(rows.defer("csv", "header"))


def drafts() -> QuerySet[TimetableDraft]:
    """Return every draft, those that are open first."""
    rows = TimetableDraft.objects.select_related("based_on").order_by("-changed_at", "pk")
    return rows.defer("based_on__csv", "based_on__header")


def open_drafts() -> list[TimetableDraft]:
    """Return the drafts that are still written on, without their text."""
    return list(drafts().filter(status=DraftState.DRAFT).defer("csv", "header"))


def followers() -> dict[UUID, int]:
    """Return how many running duties follow each version, by its id."""
    rows = Obligation.objects.filter(state__in=("RUNNING", "PAUSED")).values("timetable_id")
    return {row["timetable_id"]: row["n"] for row in rows.annotate(n=Count("pk")).order_by()}


def live_by_route() -> dict[str, int]:
    """Return how many live qualifications are on each route."""
    rows = Qualification.objects.exclude(status__in=ENDED).values("route")
    return {row["route"]: row["n"] for row in rows.annotate(n=Count("pk")).order_by()}


def impact_of(timetable: Timetable, at: datetime) -> Impact:
    """Return what a timetable would move, in three statements however many there are."""
    return impact(_parties(), timetable, at)


def _parties() -> Iterable[Party]:
    rows = Qualification.objects.exclude(status__in=ENDED).annotate(
        organisation_name=F("organisation__name"), organisation_slug=F("organisation__slug")
    )
    live = list(rows.order_by("organisation__name", "organisation_id", "created_at", "pk"))
    keys = [each.pk for each in live]
    reports: dict[UUID, list[CompletionReport]] = {}
    for report in CompletionReport.objects.filter(qualification_id__in=keys):
        reports.setdefault(report.qualification_id, []).append(report)
    held = _held(keys)
    for each in live:
        happened = instants(each, reports.get(each.pk, ()))
        yield Party(
            qualification=each.pk,
            organisation_id=each.organisation_id,
            organisation=each.organisation_name,
            slug=each.organisation_slug,
            role=each.role,
            route=each.route,
            ended=each.status in ENDED,
            final_is_open=each.final_opened_at is not None,
            happened=happened,
            events=as_events(happened),
            holders=holders_of(each),
            held=held.get(each.pk, ()),
        )


def _held(keys: Sequence[UUID]) -> dict[UUID, list[Held]]:
    found: dict[UUID, list[Held]] = {}
    rows = Obligation.objects.filter(qualification_id__in=keys).order_by("due_on", "activity")
    for key, *plain, spans in rows.values_list(*_HELD):
        found.setdefault(key, []).append(Held(*plain, spans=spans_from_json(spans)))
    return found


@dataclass(frozen=True, slots=True)
class OwnMove:
    """One date of an organisation that a published timetable moved."""

    obligation: Obligation
    due: str
    until: datetime
    version: str


def own_moves(organisation_id: UUID) -> list[OwnMove]:
    """Return the dates of an organisation that timetables moved, the latest first."""
    rows = Obligation.objects.filter(
        organisation_id=organisation_id, reason__was__contains=[{"why": "timetable"}]
    )
    found = [
        OwnMove(row, was["due"], datetime.fromisoformat(was["until"]), was.get("version", ""))
        for row in rows.select_related("qualification").order_by("due_on", "pk")
        for was in row.reason["was"]
        if was.get("why") == "timetable"
    ]
    return sorted(found, key=lambda each: each.until, reverse=True)
