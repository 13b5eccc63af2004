"""Reading reliance: proposals with what the bodies said of them, and who relies on whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject, Lower

from foundation.tenancy.actor import Actor
from participants.enums import Status
from participants.models import Mpid, Qualification
from participants.roles import roles_in_reach
from waves.enums import RelianceKind
from waves.models import Reliance, RelianceLink, RelianceOpinion, RelianceVersion
from waves.order import Reliant, dependants
from waves.queries.board import OVER, edges
from waves.reliance import IDLE


def dependants_of(qualification_ids: Iterable[UUID]) -> dict[UUID, tuple[Reliant[UUID], ...]]:
    """Return who relies on each of these, through others too, the nearest first (R34).

    For staff and the portal: participants never learn who else is concerned (R10). Keys are
    qualifications; ``chain`` of each begins with the one who relies.
    """
    found = edges()
    return {key: dependants(key, found) for key in qualification_ids}


def proposals(actor: Actor) -> QuerySet[Reliance]:
    """Return the proposals that the actor may see, each with its ``words``, in one statement.

    ``words`` is what the bodies say of the newest version.
    """
    rows = Reliance.objects.select_related("qualification__organisation", "file").annotate(
        words=_words()
    )
    if actor.is_staff:
        submitted = RelianceVersion.objects.filter(reliance_id=OuterRef("pk"))
        rows = rows.filter(Exists(submitted), qualification__role__in=roles_in_reach(actor))
    return rows.order_by(Lower("qualification__organisation__name"), "created_at", "pk")


def _words() -> ArraySubquery:
    rows = RelianceOpinion.objects.filter(
        version__reliance_id=OuterRef("pk"), version__number=OuterRef("revision")
    )
    return ArraySubquery(
        rows.order_by("at", "body").values(
            found=JSONObject(
                body=F("body"), verdict=F("verdict"), note=F("note"), name=F("by_name"), at=F("at")
            )
        )
    )


def own(actor: Actor, organisation_id: UUID) -> QuerySet[Reliance]:
    """Return an organisation's proposals, as far as the actor may see them."""
    return proposals(actor).filter(organisation_id=organisation_id)


def versions(reliance: Reliance) -> list[RelianceVersion]:
    """Return every version, the newest first; none is lost (R52)."""
    rows = RelianceVersion.objects.filter(reliance=reliance).prefetch_related("opinions")
    return list(rows.order_by("-number"))


def desk(actor: Actor) -> QuerySet[Reliance]:
    """Return what staff see of all proposals: with ``linked``, who the party is, in one go."""
    links = RelianceLink.objects.filter(reliance_id=OuterRef("pk"), ended_at=None)
    linked = links.values(
        found=JSONObject(
            organisation=F("provider_organisation__name"),
            provider=F("provider_id"),
            route=F("provider__route"),
            role=F("provider__role"),
        )
    )
    return proposals(actor).annotate(linked=ArraySubquery(linked))


def link_of(reliance: Reliance) -> RelianceLink | None:
    """Return who the party relied on is, as the bodies found; for staff alone (R10)."""
    rows = RelianceLink.objects.filter(reliance=reliance, ended_at=None)
    return rows.select_related("provider_organisation", "provider__organisation").first()


@dataclass(frozen=True, slots=True)
class Edge:
    """One arrow of the net: who relies on whom, on which testing, and how it stands."""

    reliance: Reliance
    relying: Qualification
    provider: Qualification

    @property
    def pair(self) -> tuple[UUID, UUID]:
        """The two, as the rules take them."""
        return self.relying.pk, self.provider.pk


def net(actor: Actor) -> list[Edge]:
    """Return every arrow that binds a wave and that the actor may see, in one statement."""
    rows = (
        RelianceLink.objects.filter(
            ended_at=None, provider__isnull=False, reliance__kind=RelianceKind.RELIANCE
        )
        .exclude(reliance__status__in=IDLE)
        .exclude(reliance__qualification__status__in=OVER)
        .exclude(provider__status__in=OVER)
        .select_related("reliance__qualification__organisation", "provider__organisation")
    )
    if actor.is_staff:
        rows = rows.filter(provider__role__in=roles_in_reach(actor))
    found = rows.order_by(Lower("provider__organisation__name"), "provider_id", "pk")
    return [
        Edge(each.reliance, each.reliance.qualification, each.provider)
        for each in found
        if each.reliance.qualification_id != each.provider_id
    ]


def candidates(reliance: Reliance) -> list[Qualification]:
    """Return who the typed party may be: the same role, the likeliest first (R48)."""
    rows = (
        Qualification.objects.filter(role=reliance.qualification.role)
        .exclude(pk=reliance.qualification_id)
        .exclude(status__in=(Status.WITHDRAWN, Status.NOT_APPROVED))
        .select_related("organisation")
        .order_by(Lower("organisation__name"), "pk")
    )
    likely = set(
        Mpid.objects.filter(code=reliance.provider_mpid or "-").values_list(
            "organisation_id", flat=True
        )
    )
    typed = reliance.provider_name.strip().casefold()

    def rank(each: Qualification) -> int:
        name = each.organisation.name.casefold()
        return 0 if each.organisation_id in likely else 1 if typed and typed in name else 2

    return sorted(rows, key=rank)
