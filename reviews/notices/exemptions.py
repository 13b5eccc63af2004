"""Of exemptions: asked for, decided, breached, ended (NT33)."""

from collections.abc import Sequence
from datetime import datetime

from participants.enums import Duty
from participants.models import Organisation
from participants.queries import member_recipients, staff_recipients
from reviews.models import Exemption
from reviews.notices.telling import tell

JUDGES = (Duty.LEAD, Duty.PAB_SECRETARY, Duty.DECISION_MAKER)


def exemption_said(
    exemption: Exemption, organisation: Organisation, what: str, text: str,
    bodies: Sequence[str], *, at: datetime,
) -> None:  # fmt: skip
    """NT33: one thing that happened to an exemption; the Supplier and the bodies are told."""
    named = f"exemption ({exemption.get_kind_display().lower()}, {exemption.mpid})"
    tell(
        "exemption", exemption.pk,
        [*member_recipients(organisation.pk), *staff_recipients(bodies, JUDGES)],
        organisation, what=f"{named}: {what}", text=text or what,
        page=f"exemptions/{exemption.pk}/", at=at,
    )  # fmt: skip
