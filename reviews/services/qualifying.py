"""To "MHHS Qualified": the last thing that came true makes it so (R118, R14)."""

from datetime import datetime

from foundation.tenancy.actor import Actor, portal_after
from participants.enums import Status
from participants.models import Qualification
from participants.moves import perform
from reviews import facts, notices
from reviews.enums import Outcome
from reviews.lifecycle import QUALIFY, Missing
from reviews.models import Decision
from reviews.qualified import Facts, may_be_qualified, own_missing
from waves.services import clocks


def qualify_when_complete(
    *, qualification: Qualification, actor: Actor, at: datetime
) -> list[Qualification]:
    """Make a qualification MHHS Qualified once all of R118 holds; the trio only together (R14).

    Call it, holding the organisation's qualifications, after anything that R118 asks for. All
    three of the trio take effect at the same moment: what was decided first was held until now.
    """
    if qualification.status != Status.SIGNED_OFF:
        return []
    known = facts.of_qualification(qualification)
    if not may_be_qualified(known):
        return []
    return [_qualify(each, actor, at) for each in (known, *known.mates)]


def _qualify(known: Facts, actor: Actor, at: datetime) -> Qualification:
    reasons = [each.what for each in own_missing(known)]
    qualified = perform(
        QUALIFY,
        subject=Qualification.objects.select_related("organisation").get(pk=known.id),
        facts=lambda _: Missing(reasons),
        actor=portal_after(actor),
        at=at,
        qualified_at=at,
    )
    Decision.objects.filter(
        qualification=qualified,
        outcome=Outcome.APPROVED,
        sign_off_id=known.sign_off.id,
        effective_at=None,
    ).update(effective_at=at)
    clocks.sync(qualification=qualified, actor=actor, at=at)
    notices.qualified(qualified, at=at)
    return qualified
