"""An application taken to its signature and into a pack, with all who took part."""

from datetime import timedelta

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from reviews import tasks
from reviews.models import Pack
from reviews.services import approvals, packing, plans, reviewing, sign_off, threads
from submissions.models import Part, Version
from tests import factories
from tests.factories import NOON
from tests.submissions import builders


class Case:
    """An application taken to its signature, with all who took part."""

    def __init__(self, role: str = "SUPPLIER", route: str = "QT_WAVE_3") -> None:
        builders.publish_reference_data()
        self.organisation = factories.make_organisation("Larkspur Energy")
        self.qualification = factories.make_qualification(self.organisation, role, route)
        self.author = factories.member_actor(self.organisation)
        self.director = factories.member_actor(
            self.organisation,
            name="Margaret Iwu",
            is_master_admin=False,
            is_author=False,
            is_director=True,
        )
        duties = ("REVIEWER", "LEAD", "DECISION_MAKER", "PAB_SECRETARY")
        self.staff = {body: factories.staff_actor(body, *duties) for body in ("BSC", "REC", "DIP")}

    def group(self) -> list[Qualification]:
        with acting_as(PORTAL):
            rows = Qualification.objects.select_related("organisation")
            if self.qualification.trio:
                return list(rows.filter(trio=self.qualification.trio).order_by("role"))
            return list(rows.filter(pk=self.qualification.pk))

    def to_final_submitted(self) -> None:
        builders.open_qad(self.organisation, self.author)
        builders.answer_everything(self.organisation, self.author, said="As we planned it.")
        builders.submit_initial(self.group()[0], self.author, NOON)
        builders.receive_report(self.qualification, NOON + timedelta(days=1))
        later = NOON + timedelta(days=2)
        builders.open_qad(self.organisation, self.author, later)
        builders.answer_everything(self.organisation, self.author, later)
        builders.submit_final(self.group()[0], self.author, later)

    def to_signed(self) -> None:
        self.to_final_submitted()
        at = NOON + timedelta(days=3)
        for body, actor in self.staff.items():
            self.read(body, actor, at)
        for each in self.group():
            with acting_as(self.director):
                content = sign_off.content_to_sign(each)
                sign_off.sign(
                    qualification=each, seen_sha256=content.sha256, actor=self.director, at=at
                )

    def read(self, body, actor, at) -> None:
        mine = [q for q in self.group() if body in MARKET_ROLES[q.role].bodies]
        if not mine:
            return
        with acting_as(PORTAL):
            parts = [
                p
                for p in Part.objects.select_related("organisation", "qualification")
                if p.qualification_id is None or p.qualification_id in {q.pk for q in mine}
            ]
            hashes = {p.pk: Version.objects.filter(part=p).latest().sha256 for p in parts}
        for part in parts:
            with acting_as(actor):
                approvals.approve(part=part, seen_sha256=hashes[part.pk], actor=actor, at=at)
        for each in mine:
            with acting_as(actor):
                reviewing.confirm_comments_addressed(qualification=each, actor=actor, at=at)

    def finding_with_plan(self) -> None:
        bsc = self.staff["BSC"]
        with acting_as(bsc):
            part = Part.objects.get(qualification=self.qualification)
            thread = threads.raise_thread(
                part=part,
                question="H03",
                kind="FINDING",
                severity="MEDIUM",
                subject="Restoration takes longer than promised",
                text="The provider restores in **eight** hours.",
                actor=bsc,
                at=NOON,
            )
        with acting_as(self.author):
            plans.propose(
                thread=thread,
                text="Vary the contract.",
                owner_name="Tom Elsworth",
                due_on=(NOON + timedelta(days=90)).date(),
                actor=self.author,
                at=NOON,
            )
        with acting_as(bsc):
            plans.agree(thread=thread, actor=bsc, at=NOON)

    def pack(self, body: str = "BSC") -> Pack:
        actor, wanted = self.staff[body], self.group()[:1]
        with acting_as(actor):
            ordered = packing.ask_for_pack(
                qualifications=wanted,
                title="Meeting 9 of 2026",
                actor=actor,
                at=NOON + timedelta(days=4),
                enqueue=lambda _: None,
                recommendations={wanted[0].pk: "Approve."},
            )
        tasks.build(ordered.pk)
        with acting_as(PORTAL):
            return Pack.objects.get(pk=ordered.pk)
