"""Of reviews, approvals and reopening (NT21 to NT23)."""

from collections.abc import Sequence
from datetime import datetime

from participants.enums import Duty
from participants.models import Organisation, Qualification
from participants.queries import member_recipients, staff_recipients
from reviews.enums import ReopenState
from reviews.models import Approval, ReopenRequest
from reviews.notices.telling import NAMES, bodies_of, role_of, tell
from reviews.policy import bodies_of as bodies_of_part
from submissions.models import Part


def initial_reviewed(
    qualification: Qualification, body: str, waiting: Sequence[str], *, at: datetime
) -> None:
    """A body read the Initial QAD to the end; the last one ends the review."""
    organisation, role = qualification.organisation, role_of(qualification)
    left = " and ".join(NAMES[each] for each in waiting)
    text = f"{body} has completed its review of the Initial QAD for {role}."
    text += f" Still reading: {left}." if waiting else " All bodies have now completed it."
    tell(
        "initial_reviewed", f"{qualification.pk}:{body}", member_recipients(organisation.pk),
        organisation, what=f"Initial QAD for {role} read by {body}", text=text, page="qualified/",
        at=at,
    )  # fmt: skip


def comments_confirmed(qualification: Qualification, body: str, *, at: datetime) -> None:
    """NT23: a body confirmed that its comments are addressed."""
    organisation, role = qualification.organisation, role_of(qualification)
    others = [each for each in bodies_of(qualification) if each != body]
    tell(
        "comments_confirmed", f"{qualification.pk}:{body}",
        [*member_recipients(organisation.pk), *staff_recipients(others)], organisation,
        what=f"{body}: all comments on {role} addressed",
        text=f"{body} confirmed that its open comments on the Final QAD for {role} are addressed.",
        page="qualified/", at=at,
    )  # fmt: skip


def content_agreed(qualification: Qualification, *, at: datetime) -> None:
    """NT23: every body agrees; the directors can sign."""
    organisation, role = qualification.organisation, role_of(qualification)
    signers = member_recipients(organisation.pk, directors=True, delegates=True)
    tell(
        "sign_off_open", qualification.pk, [*signers, *member_recipients(organisation.pk)],
        organisation, what=f"{role} is agreed and ready to sign",
        text=(
            f"Every body has approved the Final QAD for {role} and confirmed that its comments"
            " are addressed. It is ready for signature."
        ),
        page=f"sign-off/{qualification.pk}/", at=at,
    )  # fmt: skip


def _where(part: Part) -> str:
    if part.is_organisation_part:
        return "the organisation part"
    return f"the part for {role_of(part.qualification)}"


def part_approved(
    approval: Approval, part: Part, organisation: Organisation, *, at: datetime
) -> None:
    """NT23: a body approved a part; the organisation and the other bodies are told."""
    where = _where(part)
    held = Qualification.objects.filter(organisation_id=organisation.pk)
    others = [each for each in bodies_of_part(part, held) if each != approval.body]
    tell(
        "part_approved", approval.pk,
        [*member_recipients(organisation.pk), *staff_recipients(others)], organisation,
        what=f"{approval.body} approved {where}",
        text=f"{approval.body} approved {where} at version {approval.version.number}.",
        page="qualified/", at=at,
    )  # fmt: skip


def more_asked(approval: Approval, part: Part, organisation: Organisation, *, at: datetime) -> None:
    """A body asks for a further submission of a part."""
    where = _where(part)
    tell(
        "more_asked", approval.pk, member_recipients(organisation.pk), organisation,
        what=f"{approval.body} asks for more on {where}",
        text=(
            f"{approval.because}\n\nAsk for the sections that have to change to be reopened, and"
            " submit them again."
        ),
        page="reopening/", at=at,
    )  # fmt: skip


def reopening_requested(
    request: ReopenRequest,
    organisation: Organisation,
    qualification: Qualification,
    bodies: Sequence[str],
    *,
    at: datetime,
) -> None:
    """NT22: the participant asks; the leads of the bodies that read the sections decide."""
    tell(
        "reopening_requested", request.pk, staff_recipients(bodies, [Duty.LEAD]), organisation,
        what=f"asks to reopen section {_sections(request)} for {role_of(qualification)}",
        text=request.reason, page="reopening/", at=at,
    )  # fmt: skip


def reopening_decided(
    request: ReopenRequest,
    organisation: Organisation,
    qualification: Qualification,
    *,
    lapsed: Sequence[Approval] = (),
    touched: Sequence[Qualification] = (),
    at: datetime,
) -> None:
    """NT22: granted or not; the participant and the other bodies are told.

    ``touched`` are all qualifications that were reopened with it, and whose bodies read again.
    """
    role, sections = role_of(qualification), _sections(request)
    granted = request.status == ReopenState.GRANTED
    what = f"section {sections} {'reopened' if granted else 'stays locked'} for {role}"
    fallen = ", ".join(sorted({each.body for each in lapsed}))
    text = request.decision_reason or f"Decided by {request.decided_by_body}."
    text += f"\n\nOpinions that lapsed with it: {fallen}." if fallen else ""
    concerned = {body for each in (qualification, *touched) for body in bodies_of(each)}
    others = sorted(concerned - {request.decided_by_body})
    tell(
        "reopening_decided", request.pk,
        [*member_recipients(organisation.pk), *staff_recipients(others)], organisation,
        what=what, text=text, page="reopening/", at=at,
    )  # fmt: skip


def _sections(request: ReopenRequest) -> str:
    return ", ".join(sorted({row["section"] for row in request.sections}))
