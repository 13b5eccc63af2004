"""Moving the portal's time in a demonstration; everything follows it."""

from datetime import datetime, time

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from foundation.audit.trail import record
from foundation.clock import moments, services
from foundation.clock.words import instant
from foundation.ui.blocks import Action
from foundation.ui.forms import DateField
from foundation.ui.pages import FormPage, Head
from foundation.ui.parts import Link
from participants import policy
from participants.access.forms import form_page


class MomentForm(forms.Form):
    """A date and a time of day in London."""

    day = DateField(label="Date")
    hour = forms.TimeField(label="Time of day", help_text="Such as 09:30.", initial=time(9, 0))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Set the portal's date and time by hand."""
    if not settings.DEMO:
        raise Http404
    policy.require(request.actor, "portal.time")
    now = moments.now().astimezone(moments.LONDON)
    form = MomentForm(request.POST or None, initial={"day": now.date(), "hour": now.time()})
    if request.method == "POST" and form.is_valid():
        moment = _move(request, form.cleaned_data["day"], form.cleaned_data["hour"])
        messages.success(request, f"The portal's date is {instant(moment)} now.")
        return redirect("portal_time")
    return form_page(request, _page(form), form)


def _move(request: HttpRequest, day, hour: time) -> datetime:
    moment = datetime.combine(day, hour, moments.LONDON)
    before = moments.now()
    services.move_to(moment=moment, set_by_name=request.actor.name)
    record("clock.moved", actor=request.actor, at=moment, before=str(before), after=str(moment))
    return moment


def _page(form: forms.Form) -> FormPage:
    return FormPage(
        head=Head(
            title="The portal's date",
            lead=(
                "This is a demonstration. Dates, clocks, mails and packs follow the portal's date;"
                " the audit trail keeps the true time beside it."
            ),
        ),
        form=form,
        submit=Action(text="Set it", kind="primary", method="submit"),
        cancel=Link("Leave it", "/"),
    )
