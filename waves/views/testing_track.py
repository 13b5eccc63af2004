"""Testing of one qualification: its page, and every act on it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation.clock import moments
from foundation.documents.services import is_open_to
from foundation.documents.serving import download
from participants import policy
from participants.access.forms import form_page, taken
from participants.enums import Role
from participants.models import Organisation, Qualification
from waves.enums import EntryCriterion, TestStage
from waves.forms import testing as forms
from waves.gates import GateName
from waves.models import Defect, Deliverable, TestPlan, WorkOff
from waves.pages import testing_forms, testing_track
from waves.pages.track import Track
from waves.queries import testing as queries
from waves.routes import ROUTES
from waves.services import test_imports, test_plans, testing, work_offs
from waves.services import testing_acts as acting
from waves.testing_acts import ACTS

GET_POST = ["GET", "HEAD", "POST"]
MODELS = {"deliverable": Deliverable, "plan": TestPlan, "work-off": WorkOff, "defect": Defect}
_TITLES = {GateName.PIT_EXIT: "PIT exit", GateName.QT_ENTRY: "QT entry"} | {
    GateName.QT_EXIT: "QT exit",
    GateName.SIT_EXIT: "SIT exit",
}


def _found(
    request: HttpRequest, slug: str, key: UUID, capability: str = "organisation.read"
) -> tuple[Organisation, Qualification]:
    """Return whose testing it is; anything that the actor may not see is a 404."""
    rows = queries.with_facts(queries.tracks(request.actor)).filter(organisation__slug=slug)
    held = get_object_or_404(rows, pk=key)
    policy.require(request.actor, capability, held)
    return held.organisation, held


def _home(slug: str, key: UUID) -> str:
    return reverse("waves:testing_track", args=[slug, key])


@require_safe
def track(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """The page of one qualification's testing."""
    found, held = _found(request, organisation, qualification)
    is_sit = ROUTES[held.route].kind == "SIT"
    page = testing_track.track_page(
        Track(
            organisation=found,
            held=held,
            facts=queries.facts_at_hand(held),
            deliverables=[] if is_sit else queries.deliverables(held),
            plans=[] if is_sit else queries.plans(held),
            progress=[] if is_sit else queries.progress(held),
            defects=queries.defects(held),
            work_offs=queries.work_offs(held),
            actor=request.actor,
            today=moments.today(),
        )
    )
    return render(request, "waves/testing.html", {"page": page})


def _asked(
    request: HttpRequest,
    held: Qualification,
    form: Any,
    service: Callable[[dict[str, Any]], Any],
    done: str,
    **words: str,
) -> HttpResponse:
    """Show a form, or let the service take what was sent and go back to the track."""
    back = _home(held.organisation.slug, held.pk)
    if request.method == "POST" and taken(form, service):
        messages.success(request, done)
        return redirect(back)
    return form_page(request, testing_forms.form_page_of(held, back, form, **words), form)


def _sent(request: HttpRequest) -> list[Any]:
    return [request.POST, request.FILES] if request.method == "POST" else []


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "at": moments.now()}


@require_http_methods(GET_POST)
def hand_in(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Hand in a PIT deliverable."""
    _, held = _found(request, organisation, qualification, "testing.write")
    form = forms.DeliverableForm(*_sent(request))
    return _asked(
        *(request, held, form),
        lambda _: testing.hand_in(qualification=held, **form.said(), **_who(request)),
        "Handed in. The test managers are told.",
        title="Hand in a PIT deliverable",
        button="Hand it in",
    )


@require_http_methods(GET_POST)
def plan(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Hand in a QT Test Plan, or propose a new baseline."""
    _, held = _found(request, organisation, qualification, "testing.write")
    form = forms.PlanForm(*_sent(request))
    return _asked(
        *(request, held, form),
        lambda _: test_plans.submit_plan(qualification=held, **form.said(), **_who(request)),
        "The plan is in. It is the baseline when every body has agreed.",
        title="QT Test Plan",
        button="Hand it in",
        lead="An agreed plan is a baseline. A new one needs a reason; the earlier one stays seen.",
    )


@require_http_methods(GET_POST)
def propose(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Propose a deferral, a work-off plan or an exception."""
    _, held = _found(request, organisation, qualification, "testing.write")
    form = forms.WorkOffForm(*_sent(request))
    return _asked(
        *(request, held, form),
        lambda said: work_offs.propose(qualification=held, **said, **_who(request)),
        "Proposed. The test manager reviews it, then the bodies agree.",
        title="Propose a deferral, a plan or an exception",
        button="Propose it",
        lead="The test manager reviews it; every body that governs the role has to agree.",
    )


@require_http_methods(GET_POST)
def revise(request: HttpRequest, organisation: str, qualification: UUID, key: UUID) -> HttpResponse:
    """Change a proposal that nobody has reviewed, or that came back."""
    _, held = _found(request, organisation, qualification, "testing.write")
    row = get_object_or_404(WorkOff, qualification=held, pk=key)
    initial = {name: getattr(row, name) for name in forms.WorkOffForm.base_fields}
    form = forms.WorkOffForm(
        *_sent(request), initial=initial | {"concerns": "\n".join(row.concerns)}
    )
    for fixed in ("kind", "stage"):
        del form.fields[fixed]
    return _asked(
        *(request, held, form),
        lambda said: work_offs.revise(work_off=row, **said, **_who(request)),
        "Changed. The test manager reviews it.",
        title=f"Change {row}",
        button="Hand it in again",
    )


@require_http_methods(GET_POST)
def act(
    request: HttpRequest, organisation: str, qualification: UUID, thing: str, key: UUID, act: str
) -> HttpResponse:
    """One act on a deliverable, a plan, a work-off plan or a defect."""
    chosen = ACTS.get((thing, act))
    if chosen is None:
        raise Http404
    _, held = _found(request, organisation, qualification, chosen.capability)
    row = get_object_or_404(MODELS[thing], qualification=held, pk=key)
    form = forms.ActForm(*_sent(request), act=chosen)
    return _asked(
        *(request, held, form),
        lambda said: acting.do(chosen, row=row, said=said, **_who(request)),
        chosen.done,
        title=f"{row}: {chosen.label[0].lower()}{chosen.label[1:]}",
        button=chosen.label,
    )


@require_safe
def file(
    request: HttpRequest, organisation: str, qualification: UUID, thing: str, key: UUID
) -> HttpResponse:
    """Hand out the file of a deliverable or a plan."""
    _, held = _found(request, organisation, qualification)
    if thing not in ("deliverable", "plan"):
        raise Http404
    rows = MODELS[thing].objects.select_related("file").exclude(file=None)
    row = get_object_or_404(rows, qualification=held, pk=key)
    if not is_open_to(row.file, request.actor):
        raise Http404
    return download(row.file)


@require_http_methods(GET_POST)
def check(
    request: HttpRequest, organisation: str, qualification: UUID, criterion: str
) -> HttpResponse:
    """Say what was found on an entry criterion."""
    _, held = _found(request, organisation, qualification, "testing.assure")
    if criterion not in EntryCriterion.values:
        raise Http404
    form = forms.CheckForm(*_sent(request))
    return _asked(
        *(request, held, form),
        lambda said: testing.check(
            qualification=held, criterion=criterion, **said, **_who(request)
        ),
        "Recorded.",
        title=EntryCriterion(criterion).label,
        button="Record it",
    )


@require_http_methods(GET_POST)
def gate(request: HttpRequest, organisation: str, qualification: UUID, gate: str) -> HttpResponse:
    """Confirm a gate; what is missing refuses it."""
    _, held = _found(request, organisation, qualification, "testing.assure")
    if gate not in _TITLES:
        raise Http404
    title = f"Confirm {_TITLES[GateName(gate)]}"
    return _asked(
        *(request, held, forms.NoteForm(*_sent(request))),
        lambda said: testing.confirm_gate(qualification=held, gate=gate, **said, **_who(request)),
        "Confirmed. The organisation is told, and its dates follow.",
        title=title,
        button=title,
    )


@require_http_methods(GET_POST)
def undo(request: HttpRequest, organisation: str, qualification: UUID, gate: str) -> HttpResponse:
    """Take back what was confirmed."""
    _, held = _found(request, organisation, qualification, "testing.assure")
    if gate not in _TITLES:
        raise Http404
    return _asked(
        *(request, held, forms.ReasonForm(*_sent(request))),
        lambda said: testing.take_back(qualification=held, gate=gate, **said, **_who(request)),
        "Taken back. The record stays, with the reason.",
        title=f"Take back {_TITLES[GateName(gate)]}",
        button="Take it back",
    )


@require_http_methods(GET_POST)
def refuse(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Record that entry into QT is not confirmed."""
    _, held = _found(request, organisation, qualification, "testing.assure")
    return _asked(
        *(request, held, forms.ReasonForm(*_sent(request))),
        lambda said: testing.refuse_entry(qualification=held, **said, **_who(request)),
        "Recorded. The organisation is told what is missing.",
        title="Do not confirm QT entry",
        button="Tell the organisation",
        lead="It is told this reason, and every criterion that is not met now.",
    )


@require_http_methods(GET_POST)
def interfaces(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Record that the interfaces are proven."""
    _, held = _found(request, organisation, qualification, "testing.assure")
    return _asked(
        *(request, held, forms.InterfacesForm(*_sent(request))),
        lambda said: testing.prove_interfaces(qualification=held, **said, **_who(request)),
        "Recorded.",
        title="Interfaces proven",
        button="Record it",
        lead="DIP Simulator evidence for all relevant interfaces and publications, and tests of the"
        " DTN messages that changed (QA&P 10.5.2).",
    )


@require_http_methods(GET_POST)
def progress(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Record the figures of today."""
    _, held = _found(request, organisation, qualification)
    test_imports.require_import(request.actor, held)
    return _asked(
        *(request, held, forms.ProgressForm(*_sent(request))),
        lambda said: test_imports.record_progress(qualification=held, **said, **_who(request)),
        "Recorded.",
        title="Figures of today",
        button="Record them",
    )


@require_http_methods(GET_POST)
def bring_in(request: HttpRequest, organisation: str, qualification: UUID) -> HttpResponse:
    """Bring in an export of the test tool: first what it would change, then the word to keep it."""
    found, held = _found(request, organisation, qualification)
    test_imports.require_import(request.actor, held)
    form = forms.ImportForm(*_sent(request))
    back, here = _home(found.slug, held.pk), request.path
    if request.method == "POST" and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("kind", "stage", "text")}
        if request.POST.get("confirm"):
            kept = test_imports.take_in(qualification=held, **asked, **_who(request))
            messages.success(request, f"{kept.count('new')} new, {kept.count('changed')} changed.")
            return redirect(back)
        seen = test_imports.preview(qualification=held, **asked, actor=request.actor)
        page = testing_forms.preview_page(found, held, (back, here), asked, seen)
        return render(request, "waves/testing.html", {"page": page})
    page = testing_forms.form_page_of(
        *(held, back, form),
        title="Bring in results or defects",
        button="Show what it would change",
        lead="Tests and defects come in by their references; the evidence stays in the test tool.",
    )
    return form_page(request, page, form)


@require_safe
def export(request: HttpRequest, organisation: str, qualification: UUID, kind: str) -> HttpResponse:
    """Write the tests or defects of QT as a CSV file."""
    found, held = _found(request, organisation, qualification)
    if kind not in test_imports.MODELS:
        raise Http404
    stage = TestStage.SIT if ROUTES[held.route].kind == "SIT" else TestStage.QT
    text = test_imports.exported(held, kind, stage)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"{found.slug}-{Role(held.role).value.lower()}-{kind}-{moments.today()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
