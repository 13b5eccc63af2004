"""Reading people, organisations and qualifications: every row goes through ``visible_to``."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from foundation.notices.outbox import Recipient
from foundation.tenancy.actor import Actor
from participants.enums import Body, Duty
from participants.models import (
    ApiToken,
    Invitation,
    Membership,
    Mpid,
    Organisation,
    Person,
    Qualification,
    QualificationMpid,
)
from participants.roles import roles_in_reach


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations that the actor may know of (R1, R7), by name.

    A code body sees those with a role it governs, and those that it created and that have none.
    """
    rows = Organisation.objects.order_by(Lower("name"), "pk")
    if actor.is_system:
        return rows
    if actor.is_participant:
        return rows.filter(pk=actor.organisation_id)
    if not actor.is_staff:
        own = Membership.objects.filter(person_id=actor.person_id, is_active=True)
        return rows.filter(pk__in=own.values("organisation_id"))
    if actor.body in {Body.DIP, Body.MHHSP}:
        return rows
    held = Qualification.objects.filter(organisation=OuterRef("pk"))
    governed = held.filter(role__in=roles_in_reach(actor))
    return rows.filter(Exists(governed) | (~Exists(held) & Q(created_by_body=actor.body)))


def qualifications(actor: Actor) -> QuerySet[Qualification]:
    """Return the qualifications that the actor may see, with their organisations (R7, R13)."""
    rows = Qualification.objects.select_related("organisation").order_by(
        Lower("organisation__name"), "role", "created_at", "pk"
    )
    if actor.is_staff:
        return rows.filter(role__in=roles_in_reach(actor))
    return rows


def of_organisation(actor: Actor, organisation_id: UUID) -> QuerySet[Qualification]:
    """Return one organisation's qualifications, as far as the actor may see them."""
    return qualifications(actor).filter(organisation_id=organisation_id)


def members(organisation_id: UUID) -> QuerySet[Membership]:
    """Return an organisation's memberships with their people, active ones first."""
    rows = Membership.objects.filter(organisation_id=organisation_id).select_related("person")
    return rows.order_by("-is_active", Lower("person__name"), "pk")


def open_invitations(organisation_id: UUID) -> QuerySet[Invitation]:
    """Return the invitations that wait to be accepted."""
    rows = Invitation.objects.filter(organisation_id=organisation_id)
    return rows.filter(accepted_at=None, withdrawn_at=None).order_by("-invited_at", "pk")


def mpids(organisation_id: UUID) -> QuerySet[Mpid]:
    """Return an organisation's MPIDs by code."""
    return Mpid.objects.filter(organisation_id=organisation_id).order_by("code")


def mpid_codes(qualification_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return the MPID codes of many qualifications in one statement."""
    from_places = QualificationMpid.objects.filter(
        qualification_id__in=list(qualification_ids)
    ).order_by("mpid__code")
    found: dict[UUID, list[str]] = {}
    for key, code in from_places.values_list("qualification_id", "mpid__code"):
        found.setdefault(key, []).append(code)
    return found


def with_codes(rows: QuerySet[Qualification]) -> QuerySet[Qualification]:
    """Return qualifications with their MPIDs by code as ``codes``, in the same statement."""
    places = QualificationMpid.objects.filter(qualification_id=OuterRef("pk"))
    return rows.annotate(codes=ArraySubquery(places.order_by("mpid__code").values("mpid__code")))


def search(
    rows: QuerySet[Organisation], text: str, *, by_mpid: bool = True
) -> QuerySet[Organisation]:
    """Narrow organisations to those whose name, company number or MPID holds the text.

    Before an organisation is chosen nobody reads MPIDs: then only its names are searched.
    """
    text = text.strip()
    if not text:
        return rows
    said = Q(name__icontains=text) | Q(legal_name__icontains=text) | Q(company_number__iexact=text)
    if by_mpid:
        said |= Q(pk__in=Mpid.objects.filter(code__istartswith=text).values("organisation_id"))
    return rows.filter(said)


def narrowed(
    rows: QuerySet[Organisation], actor: Actor, *, role: str = "", route: str = "", status: str = ""
) -> QuerySet[Organisation]:
    """Narrow organisations to those with a visible qualification of this kind."""
    wanted = {"role": role, "route": route, "status": status}
    asked = {field: value for field, value in wanted.items() if value}
    if not asked:
        return rows
    held = qualifications(actor).filter(organisation=OuterRef("pk"))
    for field, value in asked.items():
        held = held.filter(Q((field, value)))
    return rows.filter(Exists(held))


def mpid_roles(actor: Actor, organisation_id: UUID) -> dict[UUID, list[str]]:
    """Return the market roles in which MPIDs are being qualified, as far as the actor may see."""
    visible = qualifications(actor).order_by().filter(organisation_id=organisation_id)
    places = QualificationMpid.objects.filter(qualification__in=visible.values("pk"))
    found: dict[UUID, list[str]] = {}
    for key, role in places.order_by("role").values_list("mpid_id", "role"):
        found.setdefault(key, []).append(role)
    return found


def active_admins(organisation_id: UUID) -> int:
    """Return how many active master admins an organisation has."""
    rows = Membership.objects.filter(organisation_id=organisation_id, is_master_admin=True)
    return rows.filter(is_active=True, person__is_active=True).count()


def tokens(actor: Actor) -> QuerySet[ApiToken]:
    """Return the acting person's API tokens, living ones first."""
    rows = ApiToken.objects.filter(person_id=actor.person_id)
    return rows.order_by(F("revoked_at").asc(nulls_first=True), "-created_at", "pk")


def staff_of(body: str) -> QuerySet[Person]:
    """Return every staff account of a body, open ones first."""
    return Person.objects.filter(body=body).order_by("-is_active", Lower("name"), "pk")


def staff(body: str, duties: Iterable[str] = ()) -> QuerySet[Person]:
    """Return the active staff of a body, with any of the duties when given."""
    rows = Person.objects.filter(body=body, is_active=True).order_by(Lower("name"), "pk")
    wanted = list(duties)
    return rows.filter(duties__overlap=wanted) if wanted else rows


def staff_recipients(bodies: Iterable[str], duties: Iterable[str] = ()) -> list[Recipient]:
    """Return whom a notice to bodies goes to: their reviewers and leads unless duties are named."""
    wanted = list(duties) or [Duty.REVIEWER, Duty.LEAD]
    rows = Person.objects.filter(body__in=list(bodies), is_active=True, duties__overlap=wanted)
    return [Recipient(email, key) for key, email in rows.values_list("pk", "email")]


def member_recipients(
    organisation_id: UUID, *, directors: bool = False, delegates: bool = False
) -> list[Recipient]:
    """Return whom a notice to an organisation goes to: admins and authors, or its signatories."""
    rows = Membership.objects.filter(
        organisation_id=organisation_id, is_active=True, person__is_active=True
    )
    if directors or delegates:
        rows = rows.filter(Q(is_director=directors or None) | Q(is_delegate=delegates or None))
    else:
        rows = rows.filter(Q(is_master_admin=True) | Q(is_author=True))
    return [Recipient(email, key) for key, email in rows.values_list("person_id", "person__email")]
