"""Opening the QAD: parts made on first opening, Final made exactly once (R83, R84, X5)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from foundation.audit.trail import record
from foundation.clock.moments import LONDON
from foundation.errors import Denied, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants.enums import INITIAL_STATES, Entrant, OrganisationKind, Status
from participants.models import Organisation, Qualification
from participants.moves import lock, perform
from submissions import bank, notices, queries
from submissions.enums import SectionState, Stage
from submissions.lifecycle import OPEN_FINAL, OpenFinalFacts
from submissions.models import Part, SectionProgress
from submissions.sheet import read
from waves import tables
from waves.routes import ROUTES
from waves.services.clocks import sync


def group_of(qualification: Qualification) -> list[Qualification]:
    """Return the rows, as they stand now, that go together: the trio, or the one alone (R14)."""
    rows = Qualification.objects.select_related("organisation").order_by("role")
    if qualification.trio is None:
        return list(rows.filter(pk=qualification.pk))
    return list(rows.filter(trio=qualification.trio))


@transaction.atomic
def open_qad(*, organisation: Organisation, actor: Actor, at: datetime) -> list[Qualification]:
    """Open the QAD as its owner: make missing parts, re-version what is armed; return the latter.

    Two simultaneous openings meet at the organisation's row and find the work done (R83).
    """
    policy.require(actor, "organisation.read", organisation)
    if actor.is_staff:
        raise Denied("Only the organisation itself opens its QAD; reading it changes nothing.")
    if not _something_to_do(organisation, at):
        return []
    organisation = lock(organisation)
    _refuse_paper(organisation)
    held = list(Qualification.objects.filter(organisation=organisation).order_by("role", "pk"))
    if not held:
        return []
    ensure_parts(organisation=organisation, qualifications=held, at=at, actor=actor)
    due = [each for each in held if each.status in INITIAL_STATES and _armed(each, held, at)]
    opened = [_to_final(each, actor=actor, at=at, by_body=False) for each in due]
    _open_what_is_newly_asked(organisation, at)
    return opened


@transaction.atomic
def open_final(*, qualification: Qualification, actor: Actor, at: datetime) -> Qualification:
    """Open the Final QAD as a code body, on a SIT route before the report (R85)."""
    policy.require(actor, "final.open", qualification)
    lock(qualification.organisation)
    group = group_of(qualification)
    if any(each.status not in INITIAL_STATES for each in group):
        raise Refused("The Final QAD is open already.")
    opened = [_to_final(each, actor=actor, at=at, by_body=True) for each in group]
    return next(each for each in opened if each.pk == qualification.pk)


@transaction.atomic
def ensure_parts(
    *,
    organisation: Organisation,
    qualifications: Sequence[Qualification],
    actor: Actor,
    at: datetime,
) -> None:
    """Make the parts and sections that are missing, by the template in force."""
    there = {part.qualification_id: part for part in queries.parts_of(organisation.pk)}
    missing = [q for q in (None, *qualifications) if (q.pk if q else None) not in there]
    if not missing:
        return
    template_id, template = bank.current()
    for qualification in missing:
        # A body may have opened the Final before the owner ever came here (R85).
        beside = [qualification] if qualification else qualifications
        is_final = any(each.final_opened_at for each in beside)
        part = Part.objects.create(
            organisation=organisation,
            qualification=qualification,
            template_id=template_id,
            stage=Stage.FINAL if is_final else Stage.INITIAL,
            final_opened_at=at if is_final else None,
            opened_at=at,
        )
        state = SectionState.OPEN_FINAL if is_final else SectionState.OPEN
        scope = "ROLE" if qualification else "ORGANISATION"
        SectionProgress.objects.bulk_create(
            SectionProgress(
                organisation=organisation, part=part, section=section.code, status=state, since=at
            )
            for section in template.sections
            if section.in_scope(scope)
        )
        record("part.opened", subject=part, actor=actor, at=at)


def _something_to_do(organisation: Organisation, at: datetime) -> bool:
    held = list(Qualification.objects.filter(organisation=organisation))
    made = set(
        Part.objects.filter(organisation=organisation).values_list("qualification_id", flat=True)
    )
    if not {each.pk for each in held} <= made:
        return True
    if any(each.status in INITIAL_STATES and _armed(each, held, at) for each in held):
        return True
    return (
        any(each.status == Status.FINAL_DRAFT for each in held) and _locked(organisation).exists()
    )


def _locked(organisation: Organisation) -> QuerySet[SectionProgress]:
    return SectionProgress.objects.filter(
        organisation=organisation, part__qualification=None, status=SectionState.LOCKED
    )


def _refuse_paper(organisation: Organisation) -> None:
    if organisation.entrant == Entrant.NEW_MHHS_ONLY:
        raise Refused("A new entrant for MHHS alone answers on paper (QA&P 9.1.2, 9.3.2).")
    if organisation.kind == OrganisationKind.THIRD_PARTY:
        raise Refused("A third party has no QAD of its own (QA&P 6.14).")


def _facts(qualification: Qualification, at: datetime, *, by_body: bool) -> OpenFinalFacts:
    route = ROUTES[qualification.route]
    return OpenFinalFacts(
        report_is_in=qualification.report_received_at is not None,
        may_open_without_report=route.final_before_report,
        window_is_open=route.final_before_report
        and _window_is_open(qualification.route, at.astimezone(LONDON).date()),
        by_body=by_body,
        initial_is_reviewed=qualification.status == Status.INITIAL_REVIEWED,
    )


def _armed(qualification: Qualification, held: Sequence[Qualification], at: datetime) -> bool:
    """The trio goes to Final only together: all three must be armed."""
    together = [
        each
        for each in held
        if each.pk == qualification.pk or (each.trio and each.trio == qualification.trio)
    ]
    return all(
        not OPEN_FINAL.objections(each.status, _facts(each, at, by_body=False)) for each in together
    )


def _window_is_open(route: str, today: date) -> bool:
    start = tables.current().timetable.cell("final_qad_window", route).start
    return start is not None and start <= today


def _to_final(
    qualification: Qualification, *, actor: Actor, at: datetime, by_body: bool
) -> Qualification:
    opened = perform(
        OPEN_FINAL,
        subject=qualification,
        facts=lambda row: _facts(row, at, by_body=by_body),
        actor=actor,
        at=at,
        final_opened_at=at,
    )
    parts = Part.objects.select_for_update(no_key=True, of=("self",)).filter(
        organisation_id=opened.organisation_id, stage=Stage.INITIAL
    )
    for part in parts:
        if part.qualification_id not in (None, opened.pk):
            continue
        part.stage, part.final_opened_at = Stage.FINAL, at
        part.save(update_fields=["stage", "final_opened_at"])
        SectionProgress.objects.filter(part=part).update(status=SectionState.OPEN_FINAL, since=at)
    sync(qualification=opened, actor=actor, at=at)
    notices.final_opened(opened, at=at)
    return opened


def _open_what_is_newly_asked(organisation: Organisation, at: datetime) -> None:
    """Open locked organisation sections in which a later qualification is asked something new.

    The organisation part may have been locked by an earlier qualification, to which a question of
    another route or role did not apply; without this nobody could answer it (R20, R87).
    """
    drafting = Qualification.objects.filter(organisation=organisation, status=Status.FINAL_DRAFT)
    locked = _locked(organisation)
    if drafting.exists() and locked.exists():
        wanted = {blank.section for blank in read(organisation).of(None).blanks()}
        locked.filter(section__in=wanted).update(status=SectionState.OPEN_FINAL, since=at)
