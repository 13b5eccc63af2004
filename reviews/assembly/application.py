"""One application of a pack, put together from its dossier and its facts."""

from collections.abc import Sequence
from datetime import date, datetime

from participants.enums import Body
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from reviews.assembly.answers import answers_of, codes_of, evidence_of
from reviews.assembly.declaration import commitments_of, declaration_of
from reviews.assembly.dossier import Dossier
from reviews.assembly.findings import findings_of
from reviews.assembly.summary import summary_of
from reviews.assembly.tests_section import tests_of
from reviews.packs.content import Application, Pack, Source
from reviews.qualified.facts import Facts
from waves.routes import ROUTES


def application_of(
    dossier: Dossier,
    facts: Sequence[Facts],
    *,
    number: int,
    body: str,
    recommendation: str,
    today: date,
) -> Application:
    """Return one application as the pack prints it."""
    evidence = evidence_of(dossier)
    versions = [paper for paper in dossier.papers if paper.version]
    route = ROUTES[dossier.group[0].route]
    organisation = dossier.organisation
    return Application(
        number=number,
        name=organisation.legal_name,
        short=organisation.name[:40],
        called=organisation.name,
        role=dossier.roles,
        governed=_governed(dossier),
        mpids=dossier.codes,
        about=f"{route.label}. {_company(dossier)}",
        summary=summary_of(dossier, facts, body=body, recommendation=recommendation, today=today),
        tests=tests_of(dossier),
        commitments=commitments_of(dossier),
        findings=findings_of(dossier),
        answers=answers_of(dossier, codes_of(evidence, dossier)),
        evidence=evidence,
        declaration=declaration_of(dossier, facts),
        version=", ".join(
            f"{paper.label} {paper.version.stage.capitalize()} version {paper.version.number}"
            for paper in versions
        ),
        version_hash=versions[-1].version.sha256 if versions else "",
    )


def pack_of(
    applications: Sequence[Application],
    *,
    body: str,
    reference: str,
    printed_at: datetime,
    sealed_by: str,
    sources: Sequence[Source] = (),
) -> Pack:
    """Return the whole pack for one deciding body."""
    decider = GOVERNING_BODIES[body].decided_by
    count = len(applications)
    return Pack(
        board=decider,
        reference=reference,
        applications=tuple(applications),
        printed_at=printed_at,
        sealed_by=sealed_by,
        lines=(reference,),
        opening=f"{count} decision is asked of you."
        if count == 1
        else f"{count} applications are put to you.",
        advice=(
            "The summary of each application is one page. Everything behind it is there to be"
            " looked up."
        ),
        sources=tuple(sources),
        confidential=f"Confidential to the {decider}",
    )


def _governed(dossier: Dossier) -> str:
    bodies = [
        b for b in Body.values if any(b in MARKET_ROLES[q.role].bodies for q in dossier.group)
    ]
    under = [f"the {GOVERNING_BODIES[body].governs_under}" for body in bodies]
    listed = ", ".join(under[:-1]) + f" and {under[-1]}" if len(under) > 1 else under[0]
    return f"governed by {listed}"


def _company(dossier: Dossier) -> str:
    organisation = dossier.organisation
    number = f"Company {organisation.company_number}. " if organisation.company_number else ""
    party = "BSC Party." if organisation.is_bsc_party else "Not a BSC Party."
    return number + party
