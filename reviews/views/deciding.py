"""Doors of decisions: the lists, recording one, and what the participant reads (R113-R122)."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from foundation.ui.blocks import Filter, Pagination
from foundation.ui.pages import Table
from participants import policy
from participants import queries as people
from participants.access.forms import taken
from participants.access.paging import Counted, chosen, menu, page_of
from participants.enums import Role, Route, Status
from participants.market_roles import GOVERNING_BODIES
from participants.models import Qualification
from reviews import facts, queries
from reviews.enums import Outcome
from reviews.forms.deciding import DecisionForm, retyped, rows_asked
from reviews.models import Decision, Pack
from reviews.pages import deciding as pages
from reviews.pages.decision import decision_page
from reviews.qualified import Facts, before_decision
from reviews.queries import deciding as queries_deciding
from reviews.queries import deciding_desk
from reviews.queries import signing as queries_signing
from reviews.queries.meetings import of_organisation as agendas_of
from reviews.services import once
from reviews.services.decisions import CAPABILITY
from submissions import finding


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is ready for the reader's body, what is not yet and why, what was decided."""
    policy.require(request.actor, "pack.read")
    wanted, text = _wanted(request), request.GET.get("q", "").strip()
    counts = deciding_desk.counts(wanted, text)
    table, pagination = _table(request, wanted, text, counts["shown"])
    page = pages.desk_page(
        wanted.show,
        table,
        body=request.actor.body,
        counts=counts,
        pagination=pagination,
        filters=_filters(request),
        search=text,
        url=request.path,
    )
    return render(request, "pages/list.html", {"page": page})


def _wanted(request: HttpRequest) -> deciding_desk.Chosen:
    return deciding_desk.Chosen(
        show=chosen(request, "show", dict(pages.TABS)) or "ready",
        role=chosen(request, "role", Role.values),
        route=chosen(request, "route", Route.values),
    )


def _filters(request: HttpRequest) -> list[Filter]:
    return [
        menu(request, "role", "Market role", Role.choices),
        menu(request, "route", "Route", Route.choices),
    ]


def _table(
    request: HttpRequest, wanted: deciding_desk.Chosen, text: str, shown: int
) -> tuple[Table, Pagination | None]:
    actor = request.actor
    if wanted.show == "decided":
        rows = queries_deciding.decided(actor, role=wanted.role, route=wanted.route, text=text)
        found, pagination = page_of(rows, request)
        return pages.decided_table(found), pagination
    rows = Counted(partial(deciding_desk.waiting, wanted, text=text), shown)
    found, pagination = page_of(rows, request)
    known = facts.of_organisations({row.organisation_id for row in found}, comments=False)
    by_id = {each.id: each for held in known.values() for each in held}
    return pages.waiting_table(found, by_id, actor.body, moments.today()), pagination


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, qualification: UUID) -> HttpResponse:
    """One decision: what it stands on, and recording it."""
    actor = request.actor
    policy.require(actor, "pack.read")
    held = get_object_or_404(queries_deciding.decision_page(actor), pk=qualification)
    known = facts.of_qualification(held)
    packs = queries_deciding.packs_with(actor.body, [known.id, *(m.id for m in known.mates)])
    if request.method == "POST":
        return _record(request, held, known, packs)
    why_not = _why_not(request, held, known)
    rows = rows_asked(request.GET.get("rows", ""))
    form = None if why_not else DecisionForm(body=actor.body, packs=packs, rows=rows)
    return _page(request, held, known, packs, form, why_not=why_not)


def _why_not(request: HttpRequest, held: Qualification, known: Facts) -> str:
    """Return why the reader is offered no form; the service asks the same again."""
    body = request.actor.body
    if not policy.may(request.actor, CAPABILITY[body], held):
        recorder = "PAB secretary" if body == "BSC" else "decision maker"
        return f"The {recorder} of the {body} records what the {_decider(body)} decided."
    taken = known.decision(body)
    if taken is not None and taken.outcome != Outcome.DEFERRED:
        return f"The {_decider(body)} has decided already."
    if held.status != Status.SIGNED_OFF:
        return "Nothing is signed here that could be decided."
    return ""


def _decider(body: str) -> str:
    return GOVERNING_BODIES[body].decided_by


def _record(
    request: HttpRequest, held: Qualification, known: Facts, packs: list[Pack]
) -> HttpResponse:
    body = request.actor.body
    policy.require(request.actor, CAPABILITY[body], held)
    rows = rows_asked(request.POST.get("rows", ""))
    if "more" in request.POST:
        form = retyped(request.POST, body=body, packs=packs, rows=rows)
        return _page(request, held, known, packs, form)
    form = DecisionForm(request.POST, body=body, packs=packs, rows=rows)
    if form.is_valid() and _is_too_early(form, known, body):
        return _page(request, held, known, packs, form, status=409)
    if taken(form, lambda _: _decide(request, held, form)):
        messages.success(request, "Recorded. The organisation and the other bodies are told.")
        return redirect("reviews:decision", held.pk)
    return _page(request, held, known, packs, form, status=422)


def _decide(request: HttpRequest, held: Qualification, form: DecisionForm) -> Decision:
    return once.decide(
        qualification=held,
        body=request.actor.body,
        **form.asked(),
        actor=request.actor,
        at=moments.now(),
    )


def _is_too_early(form: DecisionForm, known: Facts, body: str) -> bool:
    """Whether an approval lacks something; what was typed stays on the page then."""
    if form.cleaned_data["outcome"] != Outcome.APPROVED or known.status != Status.SIGNED_OFF:
        return False
    if not before_decision(known, body):
        return False
    form.add_error("outcome", "It cannot be approved yet: see what is missing.")
    return True


def _page(
    request: HttpRequest,
    held: Qualification,
    known: Facts,
    packs: list[Pack],
    form: DecisionForm | None,
    *,
    why_not: str = "",
    status: int = 200,
) -> HttpResponse:
    body = request.actor.body
    page = decision_page(
        held,
        known,
        body=body,
        due=queries_signing.due([held.pk], queries_signing.DECIDE_BY, body).get(held.pk),
        packs=packs,
        decisions=list(queries_deciding.decisions_on(held)),
        form=form,
        why_not=why_not,
    )
    return render(request, "reviews/decision.html", {"page": page}, status=status)


@require_safe
def of_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """The decisions on an organisation's roles, with reasons and the way of appeal (R122)."""
    found = finding.organisation(request.actor, organisation)
    held = list(people.of_organisation(request.actor, found.pk))
    rows: dict[UUID, list[Decision]] = {}
    for row in queries.decisions(request.actor, found.pk):
        rows.setdefault(row.qualification_id, []).append(row)
    page = pages.participant_page(found, held, rows, agendas_of(found.pk))
    return render(request, "participants/sections.html", {"page": page})
