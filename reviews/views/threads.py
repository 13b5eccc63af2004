"""Doors of threads: reading and answering them, on both sides (R97, R99)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.clock import moments
from foundation.errors import Invalid, Refused
from foundation.ui.pages import Opinion
from foundation.ui.parts import Link
from participants import grants
from participants.access.forms import form_page, taken
from reviews import queries
from reviews.enums import Side
from reviews.forms.threads import PlanForm, TextForm
from reviews.models import Thread
from reviews.opinions import PartSaid, of_part, opinions_of
from reviews.pages import plans as plan_pages
from reviews.pages import replies
from reviews.pages import threads as pages
from reviews.pages.opinions import opinion
from reviews.pages.threads import Setting
from reviews.policy import is_within, place_of
from reviews.services import once_said, plans
from reviews.services import threads as services
from submissions import bank, finding
from submissions import queries as submitted
from submissions.models import Part
from submissions.presenters import addresses

FORMS = require_http_methods(["GET", "HEAD", "POST"])
_SAID = {
    "respond": "Sent. The body that asked is told.",
    "ask_again": "Sent. The participant is told what is still needed.",
    "close": "Closed.",
    "clear": "Cleared.",
    "agree_plan": "The plan is agreed. The participant is told.",
}
_VERBS: Mapping[str, Callable] = {
    "respond": lambda row, text, **by: services.respond(thread=row, text=text, **by),
    "ask_again": lambda row, text, **by: services.ask_again(thread=row, text=text, **by),
    "close": lambda row, text, **by: services.close(thread=row, text=text, **by),
    "clear": lambda row, text, **by: services.clear(thread=row, text=text, **by),
    "agree_plan": lambda row, text, **by: plans.agree(thread=row, text=text, **by),
}
_TEXTS = {
    "return_plan": ("What the plan still needs", plans.return_plan, "reason"),
    "mark_done": ("What was done, and where it can be seen", plans.mark_done, "note"),
    "return_action": ("What is still missing", plans.return_action, "reason"),
}


@require_safe
def index(request: HttpRequest, organisation: str, part: UUID, question: str) -> HttpResponse:
    """The threads of one question; as a panel where another page asks for it."""
    held = _part(request, organisation, part, question)
    rows = list(queries.of_question(request.actor, held, question))
    return _shown(request, held, question, rows, {})


@require_safe
def panel(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """What waits for the participant's reply on one qualification's QAD, as a panel."""
    place = finding.organisation(request.actor, organisation)
    held = finding.qualification(request.actor, place, qualification)
    rows = queries.open_threads(request.actor).filter(organisation=place, holder=Side.PARTICIPANT)
    setting = Setting(place.slug, place.name, request.actor, moments.now(), reach=_reach(request))
    waiting = [row for row in rows if row.part.qualification_id in (None, held.pk)]
    page = replies.panel(setting, [row for row in waiting if is_within(row, setting.reach)])
    template = "reviews/_waiting.html" if request.htmx else "pages/list.html"
    response = render(request, template, {"page": page})
    response["Vary"] = "HX-Request"
    return response


@require_POST
def act(request: HttpRequest, organisation: str, thread: UUID) -> HttpResponse:
    """Answer, ask again, close, clear, or agree a plan."""
    row, text = _thread(request, organisation, thread), request.POST.get("text", "")
    name = request.POST.get("act", "")
    if name not in _VERBS:
        raise Http404
    try:
        _say(request, row, name, text, _VERBS[name])
    except Invalid as problem:
        said = " ".join(problem.problems.get("text", ("Write what you mean to say.",)))
        rows = list(queries.of_question(request.actor, row.part, row.question))
        return _shown(request, row.part, row.question, rows, {row.pk: (text, said)})
    messages.success(request, _SAID[name])
    return redirect(_back(request, row))


def _say(request: HttpRequest, row: Thread, act: str, text: str, verb: Callable) -> None:
    by = {"actor": request.actor, "at": moments.now()}
    once_said.say(act, lambda: verb(row, text, **by), thread=row, text=text, actor=request.actor)


@FORMS
def act_form(request: HttpRequest, organisation: str, thread: UUID, act: str) -> HttpResponse:
    """The acts that need a form of their own: a plan, what it lacks, what was done."""
    row = _thread(request, organisation, thread)
    grants.require_section(request.actor, *place_of(row))
    form, verb = _form(request, act)
    is_open = act in pages.open_acts(_setting(request, row.part), row)
    if not is_open and not _is_said(request, row, act, form):
        return _too_late(request, row, act)
    if request.method == "POST" and taken(form, lambda data: verb(row, data)):
        messages.success(request, "Sent. The other side is told.")
        return redirect(_back(request, row))
    page = plan_pages.act_page(row, act, form, _back(request, row))
    return form_page(request, page, form)


def _is_said(request: HttpRequest, row: Thread, act: str, form: BaseForm) -> bool:
    """Whether what is sent is what this person sent last: the same click, twice."""
    if request.method != "POST" or not form.is_valid():
        return False
    if act == "propose_plan":
        return bool(once_said.proposed(thread=row, actor=request.actor, **form.cleaned_data))
    text = form.cleaned_data["text"]
    return once_said.is_said(act, thread=row, text=text, actor=request.actor)


def _too_late(request: HttpRequest, row: Thread, act: str) -> HttpResponse:
    """Answer an act that the thread no longer asks for, or that is not the reader's."""
    own = request.actor.is_participant or request.actor.body == row.body
    if not own or act not in (*_TEXTS, "propose_plan"):
        raise Http404
    if request.method != "POST":
        messages.info(request, f"{row.reference} has moved on; this is how it stands now.")
        return redirect(_back(request, row))
    raise Refused(
        [f"{row.reference} has moved on since you opened it: {row.get_status_display()}."]
    )


def _form(request: HttpRequest, act: str) -> tuple[BaseForm, Callable]:
    by = {"actor": request.actor, "at": moments.now()}
    if act == "propose_plan":
        return PlanForm(request.POST or None), lambda row, data: once_said.propose(
            thread=row, **data, **by
        )
    if act not in _TEXTS:
        raise Http404
    label, verb, name = _TEXTS[act]
    form = TextForm(request.POST or None, label=label)

    def carry(row: Thread, text: str, **by) -> None:
        verb(thread=row, **{name: text}, **by)

    return form, lambda row, data: _say(request, row, act, data["text"], carry)


def _shown(
    request: HttpRequest, part: Part, code: str, rows: list[Thread], typed: Mapping
) -> HttpResponse:
    question = bank.of_part(part).question(code)
    link = Link(f"{code} {question.title}", _question_url(request, part, code))
    said = of_part(part.pk)
    page = pages.threads_page(
        replace(_setting(request, part, typed), last_changes=said.last_changes),
        rows,
        f"Threads on {code} {question.title}",
        link,
        _opinions(said, part, code),
    )
    is_panel = request.htmx and not typed
    template = "reviews/_threads.html" if is_panel else "reviews/threads.html"
    response = render(request, template, {"page": page}, status=422 if typed else 200)
    response["Vary"] = "HX-Request"
    return response


def _opinions(said: PartSaid, part: Part, code: str) -> list[Opinion]:
    """Return what every body that reads the question says of its answer."""
    found = opinions_of(said)
    readers = submitted.reviewers(part, code)
    return [opinion(said, found, code, body) for body in readers]


def _setting(request: HttpRequest, part: Part, typed: Mapping | None = None) -> Setting:
    held = finding.held_by(part.organisation)
    return Setting(
        slug=part.organisation.slug,
        participant=part.organisation.name,
        actor=request.actor,
        now=moments.now(),
        typed=typed or {},
        read_only=bool(services.read_only_because(part, held)),
        reach=_reach(request),
    )


def _reach(request: HttpRequest) -> frozenset[tuple[UUID | None, str]] | None:
    return grants.writable_sections(request.actor)


def _part(request: HttpRequest, slug: str, key: UUID, code: str) -> Part:
    part = get_object_or_404(queries.parts(request.actor).filter(organisation__slug=slug), pk=key)
    if code not in {each.code for each in bank.of_part(part).questions}:
        raise Http404
    return part


def _thread(request: HttpRequest, slug: str, key: UUID) -> Thread:
    rows = queries.threads(request.actor).filter(organisation__slug=slug)
    return get_object_or_404(queries.with_talk(rows), pk=key)


def _question_url(request: HttpRequest, part: Part, code: str) -> str:
    slug, letter = part.organisation.slug, bank.of_part(part).question(code).section
    if request.actor.is_participant:
        return addresses.question(slug, part, letter, code)
    return reverse("reviews:part_question", args=[slug, part.pk, letter, code])


def _back(request: HttpRequest, row: Thread) -> str:
    """Return to the question that the thread hangs on, at the thread."""
    row.part.organisation = row.organisation
    anchor = "threads" if request.actor.is_participant else f"thread-{row.pk}"
    return f"{_question_url(request, row.part, row.question)}#{anchor}"
