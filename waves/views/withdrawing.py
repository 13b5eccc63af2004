"""Doors of withdrawing a qualification."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from foundation.clock import moments
from participants import policy
from participants.access.forms import form_page, taken
from participants.models import Qualification
from waves.forms.withdrawing import WithdrawForm
from waves.lifecycle.withdrawing import STAYS, WITHDRAW
from waves.pages.withdrawing import withdraw_page
from waves.services import withdrawing as services
from waves.views.finding import held_by, organisation_of, qualification_of


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Withdraw a qualification, or the trio, with the reason (D.1)."""
    found = organisation_of(request, organisation)
    chosen = qualification_of(request, found, qualification)
    policy.require(request.actor, WITHDRAW.capability, chosen)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and taken(form, lambda data: _withdraw(request, chosen, data)):
        messages.success(request, "Withdrawn. Everybody concerned is told.")
        return redirect("waves:dates", found.slug, chosen.pk)
    trio = [each for each in held_by(request, found) if chosen.trio and each.trio == chosen.trio]
    going = [each for each in trio or [chosen] if each.status not in STAYS]
    return form_page(request, withdraw_page(found, chosen, going, form), form)


def _withdraw(request: HttpRequest, chosen: Qualification, data: dict) -> list[Qualification]:
    return services.withdraw(
        qualification=chosen, because=data["because"], actor=request.actor, at=moments.now()
    )
