"""Everything about one application, read once: a qualification, or the trio together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.queries import mpid_codes
from reviews.models import (
    Accession,
    ActionPlan,
    Approval,
    Decision,
    DelegationLetter,
    DipUserConfirmation,
    Exemption,
    ManagementAssertion,
    Message,
    SignOff,
    Thread,
)
from submissions import bank, queries
from submissions.models import Part, Version
from submissions.template_types import Template
from waves.models import CompletionReport, Obligation


@dataclass(frozen=True, slots=True)
class Paper:
    """A part of the QAD as it stands to be decided, beside what the Initial said."""

    part: Part
    qualification: Qualification | None
    version: Version | None
    content: Mapping[str, Mapping[str, Any]]
    initial: Version | None
    initial_content: Mapping[str, Mapping[str, Any]]

    @property
    def label(self) -> str:
        """The organisation, or the market role."""
        if self.qualification is None:
            return "Organisation"
        return MARKET_ROLES[self.qualification.role].label


@dataclass(frozen=True, slots=True)
class Dossier:
    """One application with all that a board reads."""

    organisation: Organisation
    group: Sequence[Qualification]
    mpids: Mapping[UUID, list[str]]
    template: Template
    papers: Sequence[Paper]
    approvals: Sequence[Approval]
    threads: Sequence[Thread]
    messages: Mapping[UUID, list[Message]]
    plans: Mapping[UUID, list[ActionPlan]]
    sign_offs: Sequence[SignOff]
    letters: Sequence[DelegationLetter]
    accessions: Sequence[Accession]
    dip_users: Sequence[DipUserConfirmation]
    assertions: Sequence[ManagementAssertion]
    exemptions: Sequence[Exemption]
    decisions: Sequence[Decision]
    reports: Sequence[CompletionReport]
    obligations: Sequence[Obligation]

    @property
    def roles(self) -> str:
        """The market roles in words."""
        return ", ".join(MARKET_ROLES[each.role].label for each in self.group)

    @property
    def trio(self) -> bool:
        """Whether the three network roles are decided together."""
        return self.group[0].trio is not None

    @property
    def codes(self) -> tuple[str, ...]:
        """The MPIDs that the application covers."""
        return tuple(sorted({code for each in self.group for code in self.mpids.get(each.pk, ())}))

    def paper_of(self, part_id: UUID) -> Paper | None:
        """Return the paper of a part."""
        return next((paper for paper in self.papers if paper.part.pk == part_id), None)


def gather(group: Sequence[Qualification]) -> Dossier:
    """Read one application in a constant number of statements."""
    keys = [each.pk for each in group]
    organisation = group[0].organisation
    papers = _papers(organisation, group)
    part_ids = [paper.part.pk for paper in papers]
    threads = list(Thread.objects.filter(part_id__in=part_ids).order_by("kind", "number"))
    thread_ids = [thread.pk for thread in threads]
    template = bank.of_part(papers[0].part) if papers else bank.current()[1]

    def of_group(model, *order: str) -> list:
        rows = model.objects.filter(qualification_id__in=keys)
        return list(rows.order_by(*(order or ("pk",))))

    return Dossier(
        organisation=organisation,
        group=group,
        mpids=mpid_codes(keys),
        template=template,
        papers=papers,
        approvals=list(Approval.objects.filter(part_id__in=part_ids)),
        threads=threads,
        messages=_by_thread(Message.objects.filter(thread_id__in=thread_ids).order_by("at")),
        plans=_by_thread(ActionPlan.objects.filter(thread_id__in=thread_ids).order_by("number")),
        sign_offs=of_group(SignOff, "signed_at"),
        letters=of_group(DelegationLetter, "drafted_at"),
        accessions=of_group(Accession),
        dip_users=of_group(DipUserConfirmation),
        assertions=of_group(ManagementAssertion),
        exemptions=of_group(Exemption, "mpid", "asked_at"),
        decisions=of_group(Decision, "recorded_at"),
        reports=of_group(CompletionReport, "received_at"),
        obligations=of_group(Obligation, "due_on"),
    )


def _papers(organisation: Organisation, group: Sequence[Qualification]) -> list[Paper]:
    wanted = {None, *(each.pk for each in group)}
    parts = [p for p in queries.parts_of(organisation.pk) if p.qualification_id in wanted]
    keys = [part.pk for part in parts]
    newest, initial = queries.latest_versions(keys), queries.latest_of_stage(keys, "INITIAL")
    content = queries.all_frozen({v.pk: v for v in (*newest.values(), *initial.values())}.values())
    by_id = {each.pk: each for each in group}
    return [
        Paper(
            part=part,
            qualification=by_id.get(part.qualification_id),
            version=newest.get(part.pk),
            content=content.get(newest[part.pk].pk, {}) if part.pk in newest else {},
            initial=initial.get(part.pk),
            initial_content=content.get(initial[part.pk].pk, {}) if part.pk in initial else {},
        )
        for part in parts
    ]


def _by_thread(rows) -> dict[UUID, list]:
    found: dict[UUID, list] = {}
    for row in rows:
        found.setdefault(row.thread_id, []).append(row)
    return found
