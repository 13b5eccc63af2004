"""The page of an invitation: what is offered, and the one way to take it up."""

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest

from foundation.clock.words import day
from participants.models import Invitation, Person
from participants.pages.statuses import standing


def accept_page(
    invitation: Invitation,
    account: Person | None,
    request: HttpRequest,
    form: BaseForm,
    now: datetime,
) -> dict[str, Any]:
    """Return what ``account/invitation.html`` shows; ``way`` says what the reader can do."""
    return {
        "organisation": invitation.organisation.name,
        "email": invitation.email,
        "invited_by": invitation.invited_by_name,
        "standing": standing(invitation).lower(),
        "until": day(invitation.expires_at),
        "form": form,
        "way": _way(invitation, account, request, now),
        "over_because": _over_because(invitation),
        "signed_in": getattr(request.user, "email", ""),
        "here": request.path,
    }


def _way(
    invitation: Invitation, account: Person | None, request: HttpRequest, now: datetime
) -> str:
    if invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= now:
        return "over"
    if account is None:
        return "sign_out" if request.user.is_authenticated else "join"
    if not request.user.is_authenticated:
        return "sign_in"
    return "accept" if request.user.pk == account.pk else "sign_out"


def _over_because(invitation: Invitation) -> str:
    ask = f"Ask {invitation.invited_by_name} for a new one."
    if invitation.accepted_at:
        return f"It was taken up on {day(invitation.accepted_at)}. Sign in to go on."
    if invitation.withdrawn_at:
        return f"It was withdrawn on {day(invitation.withdrawn_at)}. {ask}"
    return f"It ran out on {day(invitation.expires_at)}. {ask}"
