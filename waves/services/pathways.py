"""Changing the road of a qualification along a pathway of Appendix B: one act, one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from participants import queries as people
from participants.enums import Route
from participants.models import Mpid, Qualification, QualificationMpid
from waves.enums import CheckState
from waves.models import EntryCheck, Milestone
from waves.notices import pathways as notices
from waves.pathways import ENDURING, NEW_ENTRANT, OWN_RELIANCE, PATHWAYS, natural, objections, redo
from waves.queries.pathways import case_of, fingerprint
from waves.services import board, milestones, ordering, pre_qualifying, roads


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A pathway as it was chosen: where to, which MPIDs go, and what was said for it."""

    number: int
    route: str
    because: str
    authority: str
    override: bool = False
    mpids: Sequence[Mpid] = ()
    is_identical: bool | None = None


@transaction.atomic
def take(
    *,
    qualification: Qualification,
    route: str = "",
    because: str,
    authority: str = "",
    pathway: int | None = None,
    override: bool = False,
    mpids: Sequence[Mpid] = (),
    is_identical: bool | None = None,
    seen: str = "",
    actor: Actor,
    at: datetime,
) -> list[Qualification]:
    """Carry out a pathway and return the qualifications that it moved or made.

    What was done stays done, dates follow, what must be redone is opened again, dependants are
    flagged to the bodies. ``seen`` is the fingerprint of what was shown before it was confirmed.
    """
    ordering.hold_board()
    group = milestones.group_of(qualification)
    chosen = next(each for each in group if each.pk == qualification.pk)
    policy.require(actor, "route.change", chosen)
    if seen and seen != fingerprint(chosen):
        raise Refused("Somebody changed it while you looked. Look at before and after again.")
    choice = _choice(chosen, pathway, route, because, authority, override, mpids, is_identical)
    before = chosen.route
    moved = _carry_out(chosen, group, choice, actor, at)
    record(
        "qualification.pathway_taken",
        subject=chosen,
        actor=actor,
        at=at,
        because=choice.because,
        pathway=choice.number,
        authority=choice.authority,
        before=before,
        after=choice.route,
        made=[each.pk for each in moved if each.pk not in {one.pk for one in group}],
    )
    return moved


def _choice(
    chosen: Qualification,
    pathway: int | None,
    route: str,
    because: str,
    authority: str,
    override: bool,
    mpids: Sequence[Mpid],
    is_identical: bool | None,
) -> Choice:
    """Return what was chosen, or raise Invalid or Refused with every reason."""
    problems = {}
    if route and route not in Route.values:
        problems["route"] = "Choose one of the routes of Appendix C."
    if not because.strip():
        problems["because"] = "Say why the route changes; the organisation is told."
    if not authority.strip():
        problems["authority"] = "Say who decided it, or where that is minuted."
    if pathway is not None and pathway not in PATHWAYS:
        problems["pathway"] = "Choose one of the pathways."
    elif not route and not (pathway is not None and PATHWAYS[pathway].stays):
        problems["route"] = "Choose the route that it takes."
    if problems:
        raise Invalid(problems)
    to = chosen.route if pathway is not None and PATHWAYS[pathway].stays else route
    case = case_of(chosen, to=to, moved=len(mpids), is_identical=is_identical, override=override)
    number = natural(case) if pathway is None else pathway
    if reasons := objections(number, case):
        raise Refused(reasons)
    return Choice(
        number=number,
        route=to,
        because=because.strip(),
        authority=authority.strip(),
        override=override,
        mpids=tuple(mpids),
        is_identical=is_identical,
    )


def _carry_out(
    chosen: Qualification,
    group: Sequence[Qualification],
    choice: Choice,
    actor: Actor,
    at: datetime,
) -> list[Qualification]:
    if choice.number == ENDURING:
        places = board.to_enduring(qualification=chosen, because=choice.because, actor=actor, at=at)
        return [place.qualification for place in places]
    if PATHWAYS[choice.number].splits:
        return [*group, *_split(chosen, group, choice, actor, at)]
    if choice.number == NEW_ENTRANT:
        Qualification.objects.filter(pk__in=[each.pk for each in group]).update(is_new_entrant=True)
    before = chosen.route
    moved = roads.change_route(
        qualification=chosen,
        route=choice.route,
        because=choice.because,
        override=choice.override,
        capability="route.change",
        actor=actor,
        at=at,
    )
    pre_qualifying.carry_over(organisation=chosen.organisation, held=moved, actor=actor, at=at)
    _open_again(moved, chosen, before, choice, actor, at)
    return moved


def _open_again(
    moved: Sequence[Qualification],
    chosen: Qualification,
    before: str,
    choice: Choice,
    actor: Actor,
    at: datetime,
) -> None:
    """Take back what does not count on the new road, and say so (R41)."""
    again = redo(before, choice.route)
    if not again.words:
        return
    because = f"To be done again after {Route(before).label}."
    rows = Milestone.objects.filter(
        qualification=chosen, event__in=[str(each) for each in again.events], undone_at=None
    )
    for row in rows.select_related("qualification").order_by("pk"):
        milestones.undo_milestone(milestone=row, because=because, actor=actor, at=at)
    checks = EntryCheck.objects.select_for_update(no_key=True, of=("self",)).filter(
        qualification__in=moved, criterion__in=again.criteria
    )
    for check in checks.exclude(state=CheckState.OPEN).order_by("pk"):
        check.state, check.note = CheckState.OPEN, because
        check.checked_at, check.checked_by_name = at, actor.name
        check.save(update_fields=["state", "note", "checked_at", "checked_by_name"])
        record("entry_check.opened_again", subject=check, actor=actor, at=at, because=because)
    fresh = next(each for each in moved if each.pk == chosen.pk)
    members = people.member_recipients(chosen.organisation_id)
    notices.to_do_again(fresh, again.words, members=members, at=at)


def _split(
    chosen: Qualification,
    group: Sequence[Qualification],
    choice: Choice,
    actor: Actor,
    at: datetime,
) -> list[Qualification]:
    """Give some MPIDs a qualification of their own; the others stay where they are (R22, R56)."""
    for each in group:
        each.mpids_split = True
        each.save(update_fields=["mpids_split"])
    gone = QualificationMpid.objects.filter(qualification__in=group, mpid__in=choice.mpids)
    gone.delete()
    made = roads.open_qualification(
        organisation=chosen.organisation,
        role=chosen.role,
        route=choice.route,
        mpids=list(choice.mpids),
        override_reason=choice.because if choice.override else "",
        is_new_entrant=chosen.is_new_entrant,
        mpids_split=True,
        retrieval=chosen.retrieval,
        actor=actor,
        at=at,
    )
    codes = sorted(mpid.code for mpid in choice.mpids)
    record(
        "qualification.split",
        subject=chosen,
        actor=actor,
        at=at,
        because=choice.because,
        mpids=codes,
        made=[each.pk for each in made],
    )
    first = next(each for each in made if each.role == chosen.role)
    notices.split(
        chosen,
        first,
        codes,
        because=choice.because,
        relies=choice.number == OWN_RELIANCE,
        members=people.member_recipients(chosen.organisation_id),
        at=at,
    )
    return made
