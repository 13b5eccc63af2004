"""Creating organisations, their MPIDs and their qualifications: work of the code bodies (R2)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.ids import new_id
from foundation.tenancy.actor import Actor
from participants import notices, policy
from participants.enums import (
    ENDED,
    INITIAL_STATES,
    Body,
    Entrant,
    OrganisationKind,
    Retrieval,
    Role,
    Status,
)
from participants.market_roles import MARKET_ROLES, TRIO
from participants.models import Mpid, Organisation, Qualification, QualificationMpid
from participants.moves import lock


@transaction.atomic
def create_organisation(
    *,
    name: str,
    legal_name: str,
    company_number: str = "",
    kind: str = OrganisationKind.PARTICIPANT,
    entrant: str = Entrant.EXISTING,
    is_bsc_party: bool = True,
    uses_dcp: bool = False,
    actor: Actor,
    at: datetime,
    slug: str = "",
) -> Organisation:
    """Register a legal entity; Refused when one of this name or company number exists."""
    policy.require(actor, "organisation.create")
    name, company_number = name.strip(), company_number.strip()
    _refuse_known(name, company_number)
    organisation = Organisation.objects.create(
        slug=slug or _free_slug(name),
        name=name,
        legal_name=legal_name.strip(),
        company_number=company_number,
        kind=kind,
        entrant=entrant,
        is_bsc_party=is_bsc_party,
        uses_dcp=uses_dcp,
        created_at=at,
        created_by_body=actor.body or Body.BSC,
    )
    record("organisation.created", subject=organisation, actor=actor, at=at)
    return organisation


def _refuse_known(name: str, company_number: str, but: UUID | None = None) -> None:
    others = Organisation.objects.exclude(pk=but)
    reasons = []
    if others.filter(name__iexact=name).exists():
        reasons.append(f"There is an organisation called {name} already.")
    if company_number and others.filter(company_number__iexact=company_number).exists():
        reasons.append(
            f"There is an organisation with the company number {company_number} already."
        )
    if reasons:
        raise Refused(reasons)


def _free_slug(name: str) -> str:
    slug = slugify(name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    if slug not in taken:
        return slug
    return next(free for n in count(2) if (free := f"{slug}-{n}") not in taken)


CHANGEABLE = (
    "name",
    "legal_name",
    "company_number",
    "kind",
    "entrant",
    "is_bsc_party",
    "uses_dcp",
)


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, actor: Actor, at: datetime, because: str = "", **changes: Any
) -> Organisation:
    """Correct what is known of an organisation; its address in the portal stays as it is."""
    organisation = lock(organisation)
    policy.require(actor, "organisation.create", organisation)
    if unknown := changes.keys() - set(CHANGEABLE):
        raise ValueError(f"{', '.join(sorted(unknown))} of an organisation cannot be changed")
    changed = {name for name, value in changes.items() if getattr(organisation, name) != value}
    for field, value in changes.items():
        setattr(organisation, field, value)
    _refuse_known(organisation.name, organisation.company_number, but=organisation.pk)
    _refuse_against_its_qualifications(organisation, changed)
    organisation.save(update_fields=list(changes))
    record(
        "organisation.changed",
        subject=organisation,
        actor=actor,
        at=at,
        because=because,
        fields=sorted(changes),
    )
    return organisation


# With the bodies nothing can be answered, so nothing further may be asked meanwhile (R87, R88).
WITH_THE_BODIES = (
    Status.FINAL_SUBMITTED,
    Status.FINAL_REVIEW,
    Status.CONTENT_AGREED,
    Status.SIGNED_OFF,
)


def _refuse_against_its_qualifications(organisation: Organisation, changed: Collection[str]):
    """Refuse what the organisation cannot become while it has the qualifications that it has."""
    held = Qualification.objects.filter(organisation=organisation).exclude(status=Status.WITHDRAWN)
    reasons = []
    if "kind" in changed and organisation.kind == OrganisationKind.THIRD_PARTY and held.exists():
        reasons.append("A third party is never qualified, and this organisation is (QA&P 6.14).")
    if "entrant" in changed and organisation.entrant == Entrant.NEW_MHHS_ONLY:
        if held.filter(role__in=TRIO).exists():
            reasons.append("A new LDSO needs legacy and MHHS arrangements both (R24).")
        if held.exclude(status=Status.INITIAL_DRAFT).exists():
            reasons.append("Its QAD was submitted in the portal, and cannot move to paper now.")
    asks_more = ("is_bsc_party" in changed and not organisation.is_bsc_party) or (
        "uses_dcp" in changed and organisation.uses_dcp
    )
    locked = [each.role for each in held.filter(status__in=WITH_THE_BODIES)] if asks_more else []
    if locked:
        roles = ", ".join(sorted(MARKET_ROLES[role].label for role in locked))
        reasons.append(
            "This asks for an access agreement in section P (QA&P 10.2), which is locked with the"
            f" Final QAD of {roles}. Next: the applicant asks under Reopening for section P, a body"
            " that reads it grants that, and then this can be recorded."
        )
    if reasons:
        raise Refused(reasons)


@transaction.atomic
def add_mpids(
    *, organisation: Organisation, codes: Iterable[str], actor: Actor, at: datetime
) -> list[Mpid]:
    """Give an organisation MPIDs; Invalid for a code of the wrong shape, Refused for one in use."""
    policy.require(actor, "qualification.create")
    codes = [code.strip().upper() for code in codes]
    wrong = [code for code in codes if not (len(code) == 4 and code.isalnum() and code.isascii())]
    if wrong:
        raise Invalid({"mpids": f"An MPID has four letters or digits; {', '.join(wrong)} has not."})
    taken = Mpid.objects.filter(code__in=codes).values_list("code", flat=True)
    if taken:
        raise Refused(f"In use already: {', '.join(sorted(taken))}.")
    made = [Mpid(organisation=organisation, code=code) for code in dict.fromkeys(codes)]
    Mpid.objects.bulk_create(made)
    record("mpid.added", subject=organisation, actor=actor, at=at, mpids=codes)
    return made


@transaction.atomic
def add_qualification(
    *,
    organisation: Organisation,
    role: str,
    route: str,
    mpids: Sequence[Mpid],
    route_objections: Sequence[str] = (),
    override_reason: str = "",
    is_new_entrant: bool = False,
    mpids_split: bool = False,
    retrieval: str = Retrieval.NONE,
    actor: Actor,
    at: datetime,
) -> list[Qualification]:
    """Open a qualification, or all three of the trio when one of them is asked for (R14).

    ``route_objections`` are what the route's rules say against it (R18): a code body may go
    against them with a reason. Refused where an MPID stands in the role already (R32), and for
    third parties, which are never qualified (R9).
    """
    organisation = lock(organisation)
    asked = Qualification(organisation=organisation, role=role)
    policy.require(actor, "qualification.create", asked)  # a body opens what it governs
    _refuse_unfit(organisation, role, retrieval, mpids)
    if route_objections and not override_reason.strip():
        raise Refused([*route_objections, "A code body may go against this with a reason."])
    roles = TRIO if role in TRIO else (role,)
    _refuse_taken(mpids, roles)
    _refuse_second_of(organisation, role, mpids_split)
    if mpids_split:
        _split_the_first(organisation, roles, actor, at)
    trio = new_id() if role in TRIO else None
    made = [
        _open(organisation, each, route, trio, is_new_entrant, mpids_split, retrieval, at)
        for each in roles
    ]
    _give_mpids(made, mpids)
    for each in made:
        record(
            "qualification.created",
            subject=each,
            actor=actor,
            at=at,
            because=override_reason,
            role=each.role,
            route=route,
            mpids=[mpid.code for mpid in mpids],
        )
    return made


def _give_mpids(qualifications: Sequence[Qualification], mpids: Sequence[Mpid]) -> None:
    QualificationMpid.objects.bulk_create(
        QualificationMpid(
            organisation_id=each.organisation_id, qualification=each, mpid=mpid, role=each.role
        )
        for each in qualifications
        for mpid in mpids
    )


def _open(organisation, role, route, trio, is_new_entrant, mpids_split, retrieval, at):
    return Qualification.objects.create(
        organisation=organisation,
        role=role,
        route=route,
        trio=trio,
        status=Status.INITIAL_DRAFT,
        status_since=at,
        is_new_entrant=is_new_entrant,
        mpids_split=mpids_split,
        retrieval=retrieval if role == Role.SDS else Retrieval.NONE,
        created_at=at,
    )


def _refuse_unfit(organisation: Organisation, role: str, retrieval: str, mpids: Sequence[Mpid]):
    reasons = []
    if organisation.kind == OrganisationKind.THIRD_PARTY:
        reasons.append("A third party is never qualified; the participant stays accountable.")
    if role in TRIO and organisation.entrant == Entrant.NEW_MHHS_ONLY:
        reasons.append("A new LDSO needs legacy and MHHS arrangements both (R24).")
    if retrieval and role != Role.SDS:
        reasons.append(f"{MARKET_ROLES[role].label} has no data retrieval of its own.")
    if not mpids:
        reasons.append("Name at least one MPID.")
    if any(mpid.organisation_id != organisation.pk for mpid in mpids):
        reasons.append("An MPID belongs to another organisation.")
    if reasons:
        raise Refused(reasons)


def _refuse_taken(mpids: Sequence[Mpid], roles: Sequence[str]) -> None:
    places = QualificationMpid.objects.filter(mpid__in=mpids, role__in=roles)
    places.filter(qualification__status=Status.WITHDRAWN).delete()  # free for the new bid (R32)
    taken = [f"{code} as {role}" for code, role in places.values_list("mpid__code", "role")]
    if taken:
        raise Refused(f"Being qualified already: {', '.join(sorted(taken))}.")


def _refuse_second_of(organisation: Organisation, role: str, mpids_split: bool) -> None:
    """R22: the MPIDs of a role go together, unless a code body lets them be split."""
    same = Qualification.objects.filter(organisation=organisation, role=role)
    if not mpids_split and same.exclude(status=Status.WITHDRAWN).exists():
        raise Refused(
            f"The organisation has a qualification as {MARKET_ROLES[role].label}. MPIDs of one role"
            " go together; if they may go at different times, say so (QA&P 11.4.1)."
        )


def _split_the_first(
    organisation: Organisation, roles: Sequence[str], actor: Actor, at: datetime
) -> None:
    """R22, R119: whoever was alone in the role is split from now on, and has to assert the rest.

    The split asks more of it, so it must be able to answer (R87, R88).
    """
    rows = Qualification.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    rows = rows.filter(organisation=organisation, role__in=roles, mpids_split=False)
    first = list(rows.exclude(status__in=ENDED))
    if locked := [each for each in first if each.status in WITH_THE_BODIES]:
        raise Refused(
            "The split asks a Management Assertion of the qualification as"
            f" {MARKET_ROLES[locked[0].role].label} that is there, and its Final QAD is with the"
            " bodies. Have its section on MPIDs reopened first (QA&P 11.3, 11.4.1)."
        )
    for each in first:
        each.mpids_split = True
        each.save(update_fields=["mpids_split"])
        record("qualification.mpids_split", subject=each, actor=actor, at=at, role=each.role)
    if first:
        notices.mpids_split(organisation, first[0], at=at)


@transaction.atomic
def change_retrieval(
    *, qualification: Qualification, retrieval: str, actor: Actor, at: datetime
) -> Qualification:
    """Say how a Smart Data Service gets its data (R16, R17); it decides what is asked.

    Refused while nothing that is asked could be answered: with the bodies, and at the end (R144).
    """
    locked = lock(qualification)
    policy.require(actor, "qualification.create", locked)
    if locked.role != Role.SDS:
        raise Refused("Only a Smart Data Service has data retrieval.")
    if locked.status not in (*INITIAL_STATES, Status.FINAL_DRAFT, Status.FINAL_REOPENED):
        raise Refused(
            f"The QAD is {locked.get_status_display().lower()}. What it asks about data retrieval"
            " can change only while it can be answered."
        )
    locked.retrieval = retrieval
    locked.save(update_fields=["retrieval"])
    record("qualification.retrieval_changed", subject=locked, actor=actor, at=at, to=retrieval)
    return locked
