"""What a signature would cover now, for programs: the page's content without its comparison."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.tenancy.actor import Actor
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from reviews import facts
from reviews.assembly.signing import Signer, signer_of
from reviews.enums import Capacity
from reviews.qualified import Lack, before_signature
from reviews.queries import signing as queries_signing
from reviews.services.signing_content import SigningContent, content_to_sign
from waves.models import Obligation


@dataclass(frozen=True, slots=True)
class ToSign:
    """One qualification as it is put before whoever signs."""

    qualification: Qualification
    signer: Signer
    lacks: Sequence[Lack]
    due: Obligation | None
    content: SigningContent


def to_sign(held: Qualification, actor: Actor) -> ToSign:
    """Return what is signed, by whom, until when, and what is missing before."""
    delegates = MARKET_ROLES[held.role].delegate_allowed
    signer = signer_of(actor, held, queries_signing.letter_for(held) if delegates else None)
    due = queries_signing.due([held.pk], queries_signing.SIGN_BY)
    return ToSign(
        qualification=held,
        signer=signer,
        lacks=before_signature(facts.of_qualification(held)),
        due=due.get(held.pk),
        content=content_to_sign(held, signer.capacity or Capacity.DIRECTOR),
    )
