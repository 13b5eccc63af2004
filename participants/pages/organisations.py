"""Organisations: the list of them, one with its MPIDs and qualifications, and their forms."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Filter, Pagination
from foundation.ui.fields import TextField
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Code, Lines, Link, Quiet, Words
from participants import policy
from participants.access.addresses import address
from participants.enums import Entrant, OrganisationKind, Retrieval, Role, Route
from participants.listing import Listed
from participants.market_roles import MARKET_ROLES
from participants.models import Mpid, Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from participants.pages.parts import Each
from participants.pages.statuses import qualification_status


def organisation_list(
    rows: Sequence[Listed],
    *,
    pagination: Pagination | None,
    filters: Sequence[Filter],
    search: str,
    actor: Actor,
) -> ListPage:
    """Return the list that staff find organisations in."""
    new = Action(text="New organisation", url=reverse("participants:new_organisation"))
    return ListPage(
        head=Head(
            title="Organisations",
            actions=[new] if policy.may(actor, "organisation.create") else [],
        ),
        table=Table(
            caption="Organisations",
            columns=[
                Column(label="Organisation"),
                Column(label="MPIDs"),
                Column(label="Qualifying as"),
                Column(label="Where it stands"),
            ],
            rows=[_row(each) for each in rows],
        ),
        filters=filters,
        search=TextField(name="q", label="Find by name or MPID", value=search, type="search"),
        empty=Empty(
            title="No organisation fits",
            text="Take a filter off, or look for a part of the name, or an MPID.",
        ),
        pagination=pagination,
    )


def _row(found: Listed) -> Row:
    legal = [Quiet(found.legal_name)] if found.legal_name != found.name else []
    roles = [_role_and_route(each["role"], each["route"]) for each in found.held]
    return Row(
        cells=[
            Lines([found.name, *legal]),
            _codes(found.codes),
            Each(roles) if roles else Quiet("Nothing yet"),
            Each([qualification_status(each["status"]) for each in found.held]),
        ],
        url=address("participants:organisation", found.slug),
    )


def _role_and_route(role: str, route: str) -> str:
    return f"{MARKET_ROLES[role].short_label}, {Route(route).label}"


def _codes(codes: Sequence[str]) -> Words:
    pieces: list[Words] = []
    for code in codes:
        pieces += [Code(code), " "]
    return pieces[:-1]


def organisation_page(
    organisation: Organisation,
    *,
    qualifications: Sequence[Qualification],
    mpid_codes: Mapping[UUID, Sequence[str]],
    mpids: Sequence[Mpid],
    mpid_roles: Mapping[UUID, Sequence[str]],
    actor: Actor,
) -> SectionsPage:
    """Return an organisation with what it holds."""
    edits = policy.may(actor, "organisation.create", organisation)
    change = Action(
        text="Correct these",
        url=reverse("participants:change_organisation", args=[organisation.slug]),
    )
    return SectionsPage(
        head=Head(
            title=organisation.name,
            browser_title=f"{organisation.name}: MPIDs and roles",
            crumbs=_crumbs(actor, organisation.name),
        ),
        sections=[
            _roles(organisation, qualifications, mpid_codes, actor),
            _mpids(organisation, mpids, mpid_roles, actor),
            Section(
                title="What is registered",
                facts=_registered(organisation),
                actions=[change] if edits else [],
            ),
        ],
    )


def _crumbs(actor: Actor, *after: str | Link) -> list[Link]:
    if not actor.is_staff:
        return []
    first = Link("Organisations", reverse("participants:organisations"))
    return [first, *(each if isinstance(each, Link) else Link(each) for each in after)]


def _roles(organisation, qualifications, mpid_codes, actor) -> Section:
    may_add = policy.may(actor, "qualification.create", organisation)
    url = address("waves:add_qualification", organisation.slug) if may_add else ""
    add = Action(text="Add a qualification", url=url)
    return Section(
        title="Qualifications",
        table=Table(
            caption="Qualifications",
            columns=[
                Column(label="Market role"),
                Column(label="Route"),
                Column(label="MPIDs"),
                Column(label="Where it stands"),
                Column(label="Since"),
            ],
            rows=[
                _qualification(organisation, each, mpid_codes.get(each.pk, ()), actor)
                for each in qualifications
            ],
        ),
        empty=Empty(
            title="No qualification yet",
            text="A code body adds the market roles in which the organisation is to qualify.",
        ),
        actions=[add] if url else [],
    )


def _qualification(organisation, qualification, codes, actor) -> Row:
    notes = []
    if qualification.trio:
        notes.append("Goes together with the other two of LDSO, SMRA / ERDA and UMSO")
    if qualification.role == Role.SDS:
        said = Retrieval(qualification.retrieval).label
        url = reverse("participants:retrieval", args=[organisation.slug, qualification.pk])
        may = policy.may(actor, "qualification.create", qualification)
        notes.append(Link(f"Data retrieval: {said}", url if may else ""))
    if qualification.mpids_split:
        notes.append("Some MPIDs of this role qualify at another time")
    return Row(
        cells=[
            Lines([qualification.get_role_display(), *notes]),
            qualification.get_route_display(),
            _codes(codes),
            qualification_status(qualification.status),
            day(qualification.status_since),
        ]
    )


def _mpids(organisation, mpids, roles, actor) -> Section:
    may_add = policy.may(actor, "qualification.create", organisation)
    add = Action(text="Add MPIDs", url=reverse("participants:add_mpids", args=[organisation.slug]))
    return Section(
        title="MPIDs",
        table=Table(
            caption="MPIDs",
            columns=[
                Column(label="MPID"),
                Column(label="Being qualified as"),
                Column(label="Note"),
            ],
            rows=[
                Row(
                    cells=[
                        Code(each.code),
                        ", ".join(MARKET_ROLES[r].short_label for r in roles.get(each.pk, ()))
                        or Quiet("Nothing yet"),
                        each.note,
                    ]
                )
                for each in mpids
            ],
        ),
        empty=Empty(title="No MPID yet", text="A code body adds them with the organisation."),
        actions=[add] if may_add else [],
    )


def _registered(organisation: Organisation) -> list[Fact]:
    return [
        Fact(label="Legal name", value=organisation.legal_name),
        Fact(label="Company number", value=organisation.company_number or Quiet("Not given")),
        Fact(label="What it is", value=OrganisationKind(organisation.kind).label),
        Fact(label="Comes into the market as", value=Entrant(organisation.entrant).label),
        Fact(label="BSC Party", value="Yes" if organisation.is_bsc_party else "No"),
        Fact(
            label="DIP Connection Provider", value="Used" if organisation.uses_dcp else "Not used"
        ),
        Fact(
            label="Registered",
            value=f"{day(organisation.created_at)} by {organisation.get_created_by_body_display()}",
        ),
    ]


def new_organisation(form: BaseForm) -> FormPage:
    """Return the form that registers an organisation."""
    back = reverse("participants:organisations")
    return FormPage(
        head=Head(title="New organisation", crumbs=[Link("Organisations", back), Link("New")]),
        form=form,
        submit=Action(text="Register it", kind="primary", method="submit"),
        cancel=Link("Cancel", back),
        note="Its MPIDs, its market roles and its master admin come next.",
    )


def of_organisation_form(
    organisation: Organisation, form: BaseForm, *, title: str, button: str, lead: Words = ""
) -> FormPage:
    """Return a form about an organisation, with the way back to its page."""
    back = reverse("participants:organisation", args=[organisation.slug])
    return FormPage(
        head=Head(title=title, lead=lead, crumbs=[Link(organisation.name, back), Link(title)]),
        form=form,
        submit=Action(text=button, kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )
