"""Playing exemptions: two are asked for, and verified and counted as far as the bodies came."""

from datetime import datetime, timedelta

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.enums import Duty, Role
from participants.models import Membership, Qualification
from qadportal.demo.play.packs import secretary_of
from reviews.models import Exemption
from reviews.services import exemptions

# Who asks, from what, and why.
ASKED = (
    ("calder-wye", "SMART", "We supply half-hourly business sites only, all with advanced meters."),
    ("greywether", "UMS", "We cannot operate unmetered supplies; the points came with a purchase."),
)
LEAD = (Duty.LEAD,)


def ask_for_exemptions(now: datetime) -> None:
    """Ask for two exemptions; the bodies verify and count as far as they have come."""
    with acting_as(PORTAL):
        if Exemption.objects.exists():
            return
    made = [_ask(slug, kind, reasons, now - timedelta(days=20)) for slug, kind, reasons in ASKED]
    smart, unmetered = made
    at = now - timedelta(days=12)
    if smart:
        _check(smart, "BSC", "METERS", at, "Counted from industry data.")
        _check(smart, "DIP", "NO_DCC_DIP", at, "")
        _check(smart, "REC", "CAP", at, "Agreed by letter.", cap=5000)
        _count(smart, 0, at)
    if unmetered:
        _check(unmetered, "BSC", "CAPABILITY", at, "No process, system or person for it.")
        _count(unmetered, 14, at)


def _ask(slug: str, kind: str, reasons: str, at: datetime) -> Exemption | None:
    with acting_as(PORTAL):
        rows = Qualification.objects.filter(organisation__slug=slug, role=Role.SUPPLIER)
        held = rows.select_related("organisation").first()
        if held is None:
            return None
        members = Membership.objects.filter(organisation=held.organisation, is_master_admin=True)
        admin = entry.member_actor(members.select_related("person").order_by("pk")[0])
        mpid = held.mpids.order_by("code").values_list("code", flat=True)[0]
    with moments.at(at), acting_as(admin):
        return exemptions.ask(
            qualification=held, kind=kind, mpid=mpid, reasons=reasons, actor=admin, at=at
        )


def _check(
    row: Exemption, body: str, name: str, at: datetime, note: str, cap: int | None = None
) -> None:
    with moments.at(at), acting_as(secretary_of(body, LEAD)) as actor:
        exemptions.check(
            exemption=row, name=name, holds=True, note=note, cap=cap, actor=actor, at=at
        )


def _count(row: Exemption, points: int, at: datetime) -> None:
    with moments.at(at), acting_as(secretary_of("BSC", LEAD)) as actor:
        exemptions.count(
            exemption=row, points=points, points_on=at.date(), note="Registration data.",
            actor=actor, at=at,
        )  # fmt: skip
