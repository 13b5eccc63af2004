"""Doors of sharing out a body's reading: the team, an organisation, days away, conflicts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from participants import policy
from participants import queries as people
from participants.access.forms import form_page, taken
from reviews import queries as review_queries
from reviews.forms.team import AbsenceForm, AssignForm, ConflictForm
from reviews.models import Absence
from reviews.pages import team as pages
from reviews.queries import team as queries
from reviews.services import team as services
from submissions import finding

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The body's reviewers, with what waits for each; who is away or recused."""
    policy.require(request.actor, "qad.review")
    actor, today = request.actor, moments.today()
    page = pages.team_page(
        actor,
        list(queries.members(actor, today)),
        queries.loads(actor),
        list(queries.absences(actor, today)),
        list(queries.conflicts(actor)),
        today,
    )
    return render(request, "participants/sections.html", {"page": page})


@require_safe
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who of the body reads which part and section of an organisation."""
    policy.require(request.actor, "conflict.declare")
    place = finding.organisation(request.actor, organisation)
    page = pages.sharing_page(
        request.actor,
        place,
        finding.parts(request.actor, place),
        queries.assignments(request.actor, place.pk),
        list(queries.conflicts(request.actor, place.pk)),
        moments.now(),
    )
    return render(request, "participants/sections.html", {"page": page})


@FORMS
def give(request: HttpRequest, organisation: str, part: UUID) -> HttpResponse:
    """Give a part, or one section of it, to a reviewer; or take it back."""
    rows = review_queries.parts(request.actor).filter(organisation__slug=organisation)
    held, section = get_object_or_404(rows, pk=part), request.GET.get("section", "")
    policy.require(request.actor, "reader.assign", held.qualification)
    by = {"actor": request.actor, "at": moments.now()}
    now = queries.assignments(request.actor, held.organisation_id).get((held.pk, section))
    if request.method == "POST" and "take" in request.POST and now:
        services.unassign(assignment=now, **by)
        messages.success(request, "It has no reader now.")
        return redirect("reviews:sharing", organisation)
    found = queries.candidates(request.actor, held, section, moments.today())
    form = AssignForm(
        request.POST if request.method == "POST" else None, choices=pages.choices(found)
    )
    if request.method == "POST" and taken(
        form,
        lambda data: services.assign(
            part=held, section=section, person_id=data["person"], because=data["because"], **by
        ),
    ):
        messages.success(request, f"{form.result.person.name} has it to read, and is told.")
        return redirect("reviews:sharing", organisation)
    page = pages.give_form(held.organisation, held, section, found, now, form)
    return form_page(request, page, form)


@FORMS
def away(request: HttpRequest) -> HttpResponse:
    """Enter days on which a reviewer is away."""
    policy.require(request.actor, "qad.review")
    staff = people.staff(request.actor.body, queries.REVIEWING)
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        people=[(str(each.pk), each.name) for each in staff],
        initial={"person": request.actor.person_id},
    )
    if request.method == "POST" and taken(form, lambda data: _be_away(request, data)):
        messages.success(request, "The days are entered.")
        return redirect("reviews:team")
    return form_page(request, pages.away_form(form), form)


def _be_away(request: HttpRequest, data: dict) -> Absence:
    return services.be_away(
        person_id=data["person"],
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        cover_id=data["cover"],
        actor=request.actor,
        at=moments.now(),
    )


@FORMS
def absence(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Take days away out again."""
    policy.require(request.actor, "qad.review")
    rows = queries.absences(request.actor, moments.today())
    row = get_object_or_404(rows, pk=absence)
    if request.method == "POST":
        services.be_back(absence=row, actor=request.actor, at=moments.now())
        messages.success(request, "The days are taken out.")
        return redirect("reviews:team")
    return render(request, "pages/form.html", {"page": pages.absence_page(row)})


@FORMS
def conflict(request: HttpRequest, organisation: str) -> HttpResponse:
    """Declare a conflict of interest with an organisation, or end a colleague's."""
    policy.require(request.actor, "conflict.declare")
    place = finding.organisation(request.actor, organisation)
    standing = list(queries.conflicts(request.actor, place.pk))
    by = {"actor": request.actor, "at": moments.now()}
    if request.method == "POST" and "end" in request.POST:
        chosen = [each for each in standing if str(each.pk) == request.POST["end"]]
        for each in chosen:
            services.end_conflict(conflict=each, **by)
        messages.success(request, "It is ended." if chosen else "It was ended already.")
        return redirect("reviews:conflict", organisation)
    own = any(each.person_id == request.actor.person_id for each in standing)
    form = None if own else ConflictForm(request.POST if request.method == "POST" else None)
    if (
        form
        and request.method == "POST"
        and taken(form, lambda data: services.declare_conflict(organisation=place, **data, **by))
    ):
        messages.success(request, "It is declared; the leads of your body are told.")
        return redirect("reviews:sharing", organisation)
    page = pages.conflict_page(request.actor, place, standing, form)
    status = 422 if form is not None and form.errors else 200
    return render(request, "pages/form.html", {"page": page}, status=status)
