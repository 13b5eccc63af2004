"""Taking qualifications through review, signature and decision for tests, through the services."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL, Actor
from participants.enums import Status
from participants.market_roles import MARKET_ROLES
from participants.models import Membership, Organisation, Qualification
from reviews.models import Approval, Decision, SignOff, Thread
from reviews.services import approvals, decisions, gates, reviewing, sign_off, threads
from submissions import queries
from submissions.models import Part, Version
from tests import factories
from tests.factories import NOON
from tests.submissions import builders as qads

D = Status
# The way of a qualification that nothing goes wrong with.
ROAD = (
    D.INITIAL_DRAFT,
    D.INITIAL_PART_SUBMITTED,
    D.INITIAL_SUBMITTED,
    D.INITIAL_REVIEW,
    D.INITIAL_REVIEWED,
    D.FINAL_DRAFT,
    D.FINAL_SUBMITTED,
    D.FINAL_REVIEW,
    D.CONTENT_AGREED,
    D.SIGNED_OFF,
    D.QUALIFIED,
)


@dataclass
class Scene:
    """An organisation, its qualifications and everybody who has to do with them."""

    organisation: Organisation
    ids: list
    admin: Actor
    director: Actor
    delegate: Actor
    delegate_membership: Membership
    leads: dict[str, Actor]
    secretary: Actor
    decision_maker: Actor
    at: datetime = NOON
    signed: list[SignOff] = field(default_factory=list)

    def fresh(self, place: int = 0) -> Qualification:
        """Return one of the qualifications as it stands."""
        with acting_as(PORTAL):
            rows = Qualification.objects.select_related("organisation")
            return rows.get(pk=self.ids[place])

    @property
    def qualification(self) -> Qualification:
        return self.fresh()

    @property
    def all(self) -> list[Qualification]:
        return [self.fresh(place) for place in range(len(self.ids))]

    @property
    def statuses(self) -> list[str]:
        return [each.status for each in self.all]

    def part(self, place: int | None = 0) -> Part:
        """Return the part of a qualification, or the organisation's own (None)."""
        return qads.part_of(self.organisation, None if place is None else self.fresh(place))

    def newest(self, part: Part) -> Version:
        """Return the newest version of a part."""
        with acting_as(PORTAL):
            return queries.latest_versions([part.pk])[part.pk]

    def decider(self, body: str) -> Actor:
        """Return who records a body's decisions."""
        return {"BSC": self.secretary, "REC": self.decision_maker}[body]

    def tick(self, **delta: int) -> datetime:
        """Let time pass and return the moment."""
        self.at += timedelta(**(delta or {"hours": 1}))
        return self.at


def scene(role: str = "SUPPLIER", route: str = "QT_WAVE_3", **fields) -> Scene:
    """Make an organisation with one qualification (the trio for its roles) and its people."""
    qads.publish_reference_data()
    organisation = factories.make_organisation()
    first = factories.make_qualification(organisation, role, route, **fields)
    with acting_as(PORTAL):
        rows = Qualification.objects.filter(organisation=organisation).order_by("role")
        ids = list(rows.values_list("pk", flat=True))
    ids.sort(key=lambda key: key != first.pk)
    delegate = factories.make_member(
        organisation, name="Tom Ellery", is_master_admin=False, is_delegate=True
    )
    return Scene(
        organisation=organisation,
        ids=ids,
        admin=factories.member_actor(organisation),
        director=factories.member_actor(
            organisation, name="Margaret Iwu", is_master_admin=False, is_author=False,
            is_director=True,
        ),
        delegate=factories.entry.member_actor(delegate),
        delegate_membership=delegate,
        leads={body: factories.staff_actor(body) for body in ("BSC", "REC", "DIP")},
        secretary=factories.staff_actor("BSC", "PAB_SECRETARY"),
        decision_maker=factories.staff_actor("REC", "DECISION_MAKER"),
    )  # fmt: skip


def add_role(here: Scene, role: str, route: str = "QT_WAVE_3") -> Scene:
    """Give the organisation a further qualification."""
    made = factories.make_qualification(here.organisation, role, route)
    here.ids.append(made.pk)
    return here


def bodies(here: Scene, place: int = 0) -> tuple[str, ...]:
    """Return the bodies of a qualification."""
    return MARKET_ROLES[here.fresh(place).role].bodies


def to(here: Scene, status: str, *, places: Iterable[int] | None = None) -> Scene:
    """Take the qualifications to a state of D.1, step by step (the Initial review included)."""
    chosen = list(places) if places is not None else list(range(len(here.ids)))
    target = ROAD.index(Status(status))
    for place in chosen:
        _one(here, place, target)
    return here


def _one(here: Scene, place: int, target: int) -> None:
    while (now := ROAD.index(Status(here.fresh(place).status))) < target:
        _STEPS[ROAD[now]](here, place, ROAD[target])


def _submit_section(here: Scene, place: int, target: str) -> None:
    from submissions.services import submitting

    qads.open_qad(here.organisation, here.admin, here.tick())
    if target == D.INITIAL_PART_SUBMITTED:
        part = here.part(place)
        with acting_as(here.admin):
            submitting.submit_section(part=part, section="B", actor=here.admin, at=here.at)
        return
    _submit_initial(here, place, target)


def _submit_initial(here: Scene, place: int, target: str) -> None:
    qads.answer_everything(here.organisation, here.admin, here.tick())
    qads.submit_initial(here.fresh(place), here.admin, here.tick())


def _start(here: Scene, place: int, target: str) -> None:
    lead, subject = here.leads[bodies(here, place)[-1]], here.fresh(place)
    with acting_as(lead):
        reviewing.start_review(qualification=subject, actor=lead, at=here.tick())


def _complete(here: Scene, place: int, target: str) -> None:
    for body in bodies(here, place):
        subject, lead = here.fresh(place), here.leads[body]
        with acting_as(lead):
            reviewing.complete_initial(qualification=subject, actor=lead, at=here.tick())


def _open_final(here: Scene, place: int, target: str) -> None:
    qads.receive_report(here.fresh(place), here.tick())
    qads.open_qad(here.organisation, here.admin, here.tick())


def _submit_final(here: Scene, place: int, target: str) -> None:
    qads.answer_everything(here.organisation, here.admin, here.tick())
    qads.submit_final(here.fresh(place), here.admin, here.tick())


def _agree(here: Scene, place: int, target: str) -> None:
    for body in bodies(here, place):
        approve(here, body, place)
        confirm(here, body, place)


def _sign(here: Scene, place: int, target: str) -> None:
    sign(here, place)


def _decide(here: Scene, place: int, target: str) -> None:
    for at_place in _group(here, place):
        to(here, D.SIGNED_OFF, places=[at_place])
        make_ready(here, at_place)
    for at_place in _group(here, place):
        for body in MARKET_ROLES[here.fresh(at_place).role].deciding_bodies:
            decide(here, body, place=at_place)


def _group(here: Scene, place: int) -> list[int]:
    own = here.fresh(place)
    if own.trio is None:
        return [place]
    return [each for each in range(len(here.ids)) if here.fresh(each).trio == own.trio]


_STEPS = {
    D.INITIAL_DRAFT: _submit_section,
    D.INITIAL_PART_SUBMITTED: _submit_initial,
    D.INITIAL_SUBMITTED: _start,
    D.INITIAL_REVIEW: _complete,
    D.INITIAL_REVIEWED: _open_final,
    D.FINAL_DRAFT: _submit_final,
    D.FINAL_SUBMITTED: _start,
    D.FINAL_REVIEW: _agree,
    D.CONTENT_AGREED: _sign,
    D.SIGNED_OFF: _decide,
}


def approve(here: Scene, body: str, place: int | None = 0) -> Approval | None:
    """Approve what a body still has to approve: both parts of a qualification."""
    given = None
    for part in dict.fromkeys((here.part(None), here.part(place))):
        given = approve_part(here, body, part) or given
    return given


def approve_part(here: Scene, body: str, part: Part) -> Approval | None:
    """Approve one part at its newest version, unless the body's approval stands."""
    version = here.newest(part)
    lead = here.leads[body]
    with acting_as(lead):
        there = Approval.objects.filter(
            part=part, body=body, status="APPROVED", covers_sha256=version.sha256
        )
        if there.exists():
            return None
        return approvals.approve(part=part, seen_sha256=version.sha256, actor=lead, at=here.tick())


def confirm(here: Scene, body: str, place: int = 0) -> None:
    """Confirm for a body that its comments are addressed."""
    lead, subject = here.leads[body], here.fresh(place)
    with acting_as(lead):
        reviewing.confirm_comments_addressed(qualification=subject, actor=lead, at=here.tick())


def sign(here: Scene, place: int = 0, signer: Actor | None = None) -> SignOff:
    """Sign what is shown, as the director unless another signs."""
    signer = signer or here.director
    with acting_as(signer):
        subject = Qualification.objects.select_related("organisation").get(pk=here.ids[place])
        capacity = sign_off.capacity_of(signer, subject)
        seen = sign_off.content_to_sign(subject, capacity).sha256
        signed = sign_off.sign(
            qualification=subject, seen_sha256=seen, actor=signer, at=here.tick()
        )
    here.signed.append(signed)
    return signed


def make_ready(here: Scene, place: int = 0) -> None:
    """Record accession and DIP User status: what a decision needs beside the signed QAD."""
    subject = here.fresh(place)
    for body in MARKET_ROLES[subject.role].deciding_bodies:
        with acting_as(here.leads[body]):
            gates.record_accession(qualification=subject, actor=here.leads[body], at=here.tick())
    with acting_as(here.leads["DIP"]):
        gates.confirm_dip_user(qualification=subject, actor=here.leads["DIP"], at=here.tick())


def decide(
    here: Scene, body: str, outcome: str = "APPROVED", *, place: int = 0, **fields
) -> Decision:
    """Record a body's decision."""
    actor = here.decider(body)
    at = here.tick()
    values = {
        "reasons": "" if outcome == "APPROVED" else "The evidence does not show it yet.",
        "minute_reference": "PAB 331/04" if body == "BSC" else "",
        "decided_on": at.date(),
    } | fields
    subject = here.fresh(place)
    with acting_as(actor):
        return decisions.record(
            qualification=subject, body=body, outcome=outcome, actor=actor, at=at,
            **values,
        )  # fmt: skip


def raise_thread(
    here: Scene, body: str = "BSC", kind: str = "COMMENT", *, part: Part | None = None,
    question: str = "H03", **fields,
) -> Thread:  # fmt: skip
    """Raise a thread for a body on a question of the role part."""
    severity = "MEDIUM" if kind == "FINDING" else ""
    lead, part = here.leads[body], part or here.part()
    with acting_as(lead):
        return threads.raise_thread(
            part=part, question=question, kind=kind, actor=lead, at=here.tick(),
            **({"subject": "Restart after a fault", "text": "How long does it take?",
                "severity": severity} | fields),
        )  # fmt: skip


def tomorrow(here: Scene) -> date:
    """Return the next day of the scene."""
    return here.at.date() + timedelta(days=1)
