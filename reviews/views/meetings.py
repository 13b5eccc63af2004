"""Doors of the BSC PAB's meetings: the calendar, one agenda, and what the secretary does."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from foundation.ui.counting import counted, opened
from foundation.ui.pages import FormPage
from participants import policy
from participants.access.forms import form_page, taken
from participants.access.paging import chosen, page_of
from reviews import facts
from reviews.forms import meetings as forms
from reviews.models import Meeting
from reviews.pages import meetings as pages
from reviews.queries import meetings as queries
from reviews.services import meetings as services

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The meetings that are planned, or that are over."""
    policy.require(request.actor, "meeting.read")
    show = chosen(request, "show", (queries.COMING, queries.PAST)) or queries.COMING
    found, pagination = page_of(queries.meetings(show), request)
    may_plan = policy.may(request.actor, services.PLAN)
    page = pages.calendar_page(found, show, pagination, may_plan=may_plan)
    return render(request, "pages/list.html", {"page": page})


@require_safe
def one(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """One meeting with its agenda."""
    policy.require(request.actor, "meeting.read")
    row = get_object_or_404(Meeting, pk=meeting)
    items = queries.agenda(row)
    known = facts.of_organisations({each.organisation_id for each in items}, comments=False)
    page = pages.meeting_page(
        row,
        items,
        {each.id: each for held in known.values() for each in held},
        queries.packs_for(request.actor.body, [each.qualification_id for each in items]),
        queries.decided_at(row),
        moments.today(),
        may_plan=policy.may(request.actor, services.PLAN),
    )
    return render(request, "participants/sections.html", {"page": page})


@FORMS
def new(request: HttpRequest) -> HttpResponse:
    """Plan one meeting."""
    policy.require(request.actor, services.PLAN)
    form = forms.MeetingForm(_sent(request))
    if _taken(request, form, lambda data: services.plan(**data, **_by(request))):
        messages.success(request, "The meeting is planned.")
        return redirect("reviews:meeting", form.result.pk)
    page = pages.form_of("Plan a meeting", form, None, button="Plan it")
    return form_page(request, page, form)


@FORMS
def months(request: HttpRequest) -> HttpResponse:
    """Plan two meetings a month for several months."""
    policy.require(request.actor, services.PLAN)
    form = forms.MonthsForm(_sent(request))
    if _taken(request, form, lambda data: services.plan_months(**data, **_by(request))):
        made = opened(counted(len(form.result), "meeting"))
        messages.success(request, f"{made} planned.")
        return redirect("reviews:meetings")
    lead = "The second and the fourth Thursday of each month; days that have a meeting stay so."
    page = pages.form_of("Plan several months", form, None, button="Plan them", lead=lead)
    return form_page(request, page, form)


@FORMS
def put(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Put signed applications on an agenda."""
    row = _meeting(request, meeting)
    offered = queries.to_put(request.actor, row)
    form = forms.PutForm(_sent(request), choices=pages.put_choices(offered))
    if _taken(request, form, lambda data: _put(request, row, offered, data)):
        count = opened(counted(len(form.result), "application"))
        messages.success(request, f"{count} put on the agenda. The applicants are told.")
        return redirect("reviews:meeting", row.pk)
    if not offered:
        return render(request, "pages/list.html", {"page": pages.nothing_to_put(row)})
    lead = "LDSO, SMRA / ERDA and UMSO of one network go together. The applicants are told the day."
    page = pages.form_of("Put applications on", form, row, button="Put them on", lead=lead)
    return form_page(request, page, form)


def _put(request: HttpRequest, row: Meeting, offered: list, data: dict) -> list:
    wanted = [each for each in offered if str(each.pk) in data["applications"]]
    return services.put(meeting=row, qualifications=wanted, **_by(request))


@FORMS
def arrange(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Give the applications of an agenda their places, or take some off."""
    row = _meeting(request, meeting)
    items = [
        (each, f"{each.organisation.name}, {pages.role_of(each.qualification)}")
        for each in queries.agenda(row)
    ]
    form = forms.ArrangeForm(_sent(request), items=items)
    return _act(
        request, row, form, "Arrange the agenda", "Arrange it", "The agenda is arranged.",
        lambda data: services.arrange(
            meeting=row, places=form.places(), because=data["because"], **_by(request)
        ),
    )  # fmt: skip


@FORMS
def change(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Give a meeting another title or day."""
    row = _meeting(request, meeting)
    initial = {"title": row.title, "held_on": row.held_on}
    form = forms.MeetingForm(_sent(request), initial=initial)
    return _act(
        request, row, form, "Move the meeting", "Move it", "The meeting is changed.",
        lambda data: services.change(meeting=row, **data, **_by(request)),
    )  # fmt: skip


@FORMS
def cancel(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Cancel a meeting."""
    row = _meeting(request, meeting)
    form = forms.CancelForm(_sent(request))
    return _act(
        request, row, form, "Cancel the meeting", "Cancel it", "The meeting is cancelled.",
        lambda data: services.cancel(meeting=row, **data, **_by(request)),
    )  # fmt: skip


@require_POST
def close(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Say that a meeting was held, with a decision on everything that stood on it."""
    row = _meeting(request, meeting)
    services.close(meeting=row, **_by(request))
    messages.success(request, "The meeting was held.")
    return redirect("reviews:meeting", row.pk)


def _act(
    request: HttpRequest,
    row: Meeting,
    form: BaseForm,
    title: str,
    button: str,
    said: str,
    act: Callable[[dict], object],
) -> HttpResponse:
    if _taken(request, form, act):
        messages.success(request, said)
        return redirect("reviews:meeting", row.pk)
    page: FormPage = pages.form_of(title, form, row, button=button)
    return form_page(request, page, form)


def _meeting(request: HttpRequest, key: UUID) -> Meeting:
    policy.require(request.actor, services.PLAN)
    return get_object_or_404(Meeting, pk=key)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _by(request: HttpRequest) -> dict:
    return {"actor": request.actor, "at": moments.now()}


def _taken(request: HttpRequest, form: BaseForm, act: Callable[[dict], object]) -> bool:
    return request.method == "POST" and taken(form, act)
