"""Staff accounts, kept by the portal administrators of each body."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants import policy, queries
from participants.access.forms import form_page, taken
from participants.forms import DutiesForm, StaffForm
from participants.models import Person
from participants.pages import staff as pages
from participants.services import staff as services


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The staff accounts of the reader's body."""
    policy.require(request.actor, "staff.manage")
    people = list(queries.staff_of(request.actor.body))
    return render(
        request, "pages/list.html", {"page": pages.staff_page(people, request.actor.body)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a staff account."""
    policy.require(request.actor, "staff.manage")
    form = StaffForm(request.POST or None)
    if request.method == "POST" and taken(form, lambda data: _add(request, data)):
        messages.success(request, f"{form.result.name} has an account and is told by mail.")
        return redirect("participants:staff")
    return form_page(request, pages.staff_form(form), form)


def _add(request: HttpRequest, data: dict) -> Person:
    return services.add_staff(**data, actor=request.actor, at=moments.now())


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, person: UUID) -> HttpResponse:
    """Change the duties of a staff account, or close it."""
    policy.require(request.actor, "staff.manage")
    found = get_object_or_404(queries.staff_of(request.actor.body), pk=person)
    initial = {"duties": found.duties, "is_active": found.is_active}
    form = DutiesForm(request.POST or None, initial=initial)
    if request.method == "POST" and taken(form, lambda data: _change(request, found, data)):
        messages.success(request, f"Saved: {found.name}.")
        return redirect("participants:staff")
    return form_page(request, pages.staff_form(form, found), form)


def _change(request: HttpRequest, person: Person, data: dict) -> Person:
    return services.change_staff(person=person, **data, actor=request.actor, at=moments.now())
