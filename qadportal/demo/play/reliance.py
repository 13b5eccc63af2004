"""Playing reliance: proposals in every state, with who the parties are and what the bodies said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants import entry
from participants.models import Membership, Qualification
from qadportal.demo.play.board import planner_of
from qadportal.demo.play.cast import Cast
from waves.models import Reliance
from waves.routes import reliance_agreed_by
from waves.services import reliance, reliance_links, reliance_review, reliance_undermining

FIRST = date(2025, 10, 6)
SAID = {
    "commonality": "The same supplied software in the same release, set up from one template.",
    "bespoke": "Two reports of our own, which take no part in the tests.",
    "hosting": "The same hosting provider and region; our tenancy is separate.",
    "interfaces": "The same adapter to the DIP. Our billing interface is our own; we test it.",
    "operations": "One operations desk works for both by the same instructions and hours.",
    "own_tests": "Deployment, the billing interface, and the role's scenarios for our own reports.",
    "report_reference": "As filed by the party that tests, QT report",
    "bodies_have_report": True,
    "has_agreement": True,
}


@dataclass(frozen=True, slots=True)
class Tale:
    """One proposal: who relies on whom, and how far it came."""

    relying: tuple[str, str, str]  # slug, role, route
    typed: str
    mpid: str
    on: tuple[str, str, str] | None
    opinions: tuple[tuple[str, str, str], ...] = ()  # body ("" for all), verdict, note
    more: dict[str, Any] = field(default_factory=dict)
    kind: str = "RELIANCE"
    then: tuple[str, ...] = ()
    is_linked: bool = True


ALL = ("", "AGREE", "")
PART = {"extent": "PARTIAL"}
TALES = (
    Tale(
        ("hollin-bridge", "SUPPLIER", "QT_WAVE_2"), "Greywether", "GREY",
        ("greywether", "SUPPLIER", "QT_WAVE_1"), (ALL,), PART, then=("scope",),
    ),
    Tale(
        ("fennmoor", "SUPPLIER", "QT_WAVE_2"), "Hollin Bridge", "HOLL",
        ("hollin-bridge", "SUPPLIER", "QT_WAVE_2"),
        (("BSC", "AGREE", ""), ("REC", "AGREE_PART", "Not for the switching flows, which you run"
          " yourselves."), ("DIP", "AGREE", "")), PART, then=("scope",),
    ),
    Tale(
        ("gorsefell", "SUPPLIER", "QT_WAVE_3"), "Fennmoor Power", "FENN",
        ("fennmoor", "SUPPLIER", "QT_WAVE_2"), (("BSC", "AGREE", ""),),
    ),
    Tale(
        ("pentreath", "SUPPLIER", "QT_WAVE_4"), "Penhallow", "PENH",
        ("penhallow", "SUPPLIER", "QT_WAVE_3"),
    ),
    Tale(
        ("marram", "SUPPLIER", "QT_WAVE_3"), "Marram, first MPID", "MARR",
        ("marram", "SUPPLIER", "SIT_M11_READY"), (ALL,),
        {"is_own": True, "is_identical": True, "stages": ["SIT"]},
    ),
    Tale(
        ("newhaze", "SUPPLIER", "QT_WAVE_4"), "Tollgate Software", "", None,
        (("REC", "CLARIFY", "Name the releases that the provider tests, and the date of each."),),
        {"stages": ["PIT"]}, "ON_BEHALF",
    ),
    Tale(
        ("northlight", "SDS", "QT_WAVE_2"), "Brackwater Data", "BRAC",
        ("brackwater", "SDS", "QT_WAVE_1"), (ALL,), PART, then=("undermine",),
    ),
    Tale(
        ("vale-of-arrow", "MEM_ADV", "QT_WAVE_2"), "Dunmallet Metering", "DUNM",
        ("dunmallet", "MEM_ADV", "QT_WAVE_1"), is_linked=False,
    ),
    Tale(
        ("calder-wye", "MEM_ADV", "QT_WAVE_4"), "Vale of Arrow", "VALE",
        ("vale-of-arrow", "MEM_ADV", "QT_WAVE_2"),
        (("REC", "NOT_AGREE", "The two metering set-ups have too little in common."),),
    ),
    Tale(
        ("stannage-supply", "SDS", "QT_WAVE_2"), "Wren Data Services", "WREN",
        ("wren", "SDS", "SIT_M10_READY"), (ALL,), {"stages": ["SIT"]}, then=("change",),
    ),
    Tale(
        ("fennmoor", "MEM_SMART", "QT_WAVE_3"), "Wren Metering", "WREN",
        ("wren", "MEM_SMART", "SIT_M10_READY"), (ALL,), {"stages": ["SIT"]},
    ),
    Tale(
        ("tarn", "UMSDS", "QT_WAVE_4"), "Harrowgill", "HARR", None, then=("draft",),
    ),
    Tale(
        ("sallowfield", "MEM_ADV", "SIT_NOT_M11_READY"), "Tollgate Software", "", None,
        (("REC", "AGREE", ""), ("DIP", "AGREE", "")), {"stages": ["SIT"]}, "ON_BEHALF",
    ),
    Tale(
        ("oldwater", "SUPPLIER", "QT_WAVE_2"), "Calder and Wye", "CALD", None,
        is_linked=False, then=("withdraw",),
    ),
)  # fmt: skip
_LATER = {
    "scope": {"note": "QT Test Catalogue and RTTM, marked on 3 November."},
    "undermine": {"because": "The relied-on party re-plans its second test cycle."},
    "change": {"because": "We move to the next release of the supplied software."},
    "withdraw": {"because": "We run all tests ourselves after all."},
}
_SERVICES: dict[str, Callable[..., Any]] = {
    "scope": reliance_review.agree_scope,
    "undermine": reliance_undermining.undermine,
    "change": reliance.change,
    "withdraw": reliance.withdraw,
}


@dataclass
class Stage:
    """One proposal while it is played; each act an hour after the one before."""

    held: Qualification
    member: Actor
    cast: Cast
    at: datetime

    def act(self, who: Actor, service: Callable[..., Any], **said: Any) -> Any:
        """Let somebody act at the next moment of the past."""
        self.at += timedelta(hours=1)
        with moments.at(self.at), acting_as(who):
            return service(actor=who, at=self.at, **said)


def play_reliance(cast: Cast, now: datetime) -> None:
    """Play what was told, for the parties that are here and have no proposals yet."""
    with acting_as(PORTAL):
        begun = set(Reliance.objects.values_list("qualification_id", flat=True))
        rows = {
            (each.organisation.slug, each.role, each.route): each
            for each in Qualification.objects.select_related("organisation")
        }
        admins = {
            each.organisation_id: each
            for each in Membership.objects.filter(is_master_admin=True, is_active=True)
            .select_related("person", "organisation")
            .order_by("-joined_at")
        }
    for number, tale in enumerate(TALES):
        held = rows.get(tale.relying)
        if held is None or held.pk in begun or held.organisation_id not in admins:
            continue
        at = datetime.combine(FIRST + timedelta(days=2 * number), time(9, 20), moments.LONDON)
        member = entry.member_actor(admins[held.organisation_id])
        _play(Stage(held, member, cast, at), tale, rows.get(tale.on) if tale.on else None)


def _play(stage: Stage, tale: Tale, provider: Qualification | None) -> None:
    row = stage.act(stage.member, reliance.begin, qualification=stage.held, kind=tale.kind)
    said = SAID | {
        "provider_name": tale.typed,
        "provider_mpid": tale.mpid,
        "stages": ["QT"],
        "extent": "FULL",
        "attested_by_name": f"{stage.member.name}, master admin",
        **tale.more,
    }
    if "draft" in tale.then:
        said = {name: said[name] for name in ("provider_name", "provider_mpid", "commonality")}
    stage.act(stage.member, reliance.save, reliance=row, said=said)
    if "draft" in tale.then:
        return
    stage.act(stage.member, reliance.submit, reliance=row)
    planner = planner_of(stage.cast, stage.held.role)
    if tale.is_linked and provider is not None:
        known = {"provider": provider, "because": "The MPID and the name agree."}
        stage.act(planner, reliance_links.link, reliance=row, **known)
    _judge(stage, tale, row)
    for what in tale.then:
        who = stage.member if what in ("change", "withdraw") else planner
        if what == "scope":
            who = stage.cast.lead("BSC")
        stage.act(who, _SERVICES[what], reliance=row, **_LATER[what])


def _judge(stage: Stage, tale: Tale, row: Reliance) -> None:
    for body, verdict, note in tale.opinions:
        bodies = [body] if body else reliance_agreed_by(stage.held.role, stage.held.route)
        for each in bodies:
            said = {"verdict": verdict, "note": note}
            stage.act(stage.cast.lead(each), reliance_review.give_opinion, reliance=row, **said)
