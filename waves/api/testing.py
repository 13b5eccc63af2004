"""Testing of a qualification: its gates, and every act on it."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants import policy
from participants.access.views import Door, cleaned, made, shown
from participants.models import Qualification
from waves import serializers_testing as said
from waves.gates import gate_of, gates_of
from waves.models import Defect, Deliverable, TestPlan, WorkOff
from waves.queries import testing as queries
from waves.services import test_imports, test_plans, testing, work_offs
from waves.services import testing_acts as acting
from waves.testing_acts import ACTS

_THINGS = {
    "deliverable": (Deliverable, said.DeliverableSerializer),
    "plan": (TestPlan, said.TestPlanSerializer),
    "work-off": (WorkOff, said.WorkOffSerializer),
    "defect": (Defect, said.DefectSerializer),
}


def _held(actor: Actor, slug: str, key: UUID) -> Qualification:
    """Return whose testing it is, or 404."""
    rows = queries.tracks(actor).filter(organisation__slug=slug)
    held = get_object_or_404(queries.with_facts(rows), pk=key)
    policy.require(actor, "organisation.read", held)
    return held


@extend_schema(tags=["Testing"])
class Testing(Door):
    """All of one qualification's testing."""

    @extend_schema(responses=said.TestingSerializer)
    def get(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Return gates with what is missing, deliverables, plans, progress, defects, work-off."""
        held = _held(request.actor, organisation, qualification)
        found = {
            "gates": gates_of(queries.facts_at_hand(held)),
            "deliverables": queries.deliverables(held),
            "plans": queries.plans(held),
            "progress": queries.progress(held),
            "defects": queries.defects(held),
            "work_offs": queries.work_offs(held),
        }
        return shown(said.TestingSerializer, found)


@extend_schema(tags=["Testing"], request=said.DeliverableInput)
class Deliverables(Door):
    """PIT deliverables."""

    @extend_schema(responses={201: said.DeliverableSerializer})
    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Hand one in by its link (R58)."""
        held = _held(request.actor, organisation, qualification)
        data = cleaned(self, request, said.DeliverableInput)
        row = testing.hand_in(qualification=held, **data, actor=request.actor, at=moments.now())
        return made(said.DeliverableSerializer, row)


@extend_schema(tags=["Testing"], request=said.TestPlanInput)
class Plans(Door):
    """QT Test Plans."""

    @extend_schema(responses={201: said.TestPlanSerializer})
    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Hand one in, or propose a new baseline (R72)."""
        held = _held(request.actor, organisation, qualification)
        data = cleaned(self, request, said.TestPlanInput)
        row = test_plans.submit_plan(
            qualification=held, **data, actor=request.actor, at=moments.now()
        )
        return made(said.TestPlanSerializer, row)


@extend_schema(tags=["Testing"], request=said.WorkOffInput)
class WorkOffs(Door):
    """Deferrals, work-off plans and exceptions."""

    @extend_schema(responses={201: said.WorkOffSerializer})
    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Propose one (R63, R75)."""
        held = _held(request.actor, organisation, qualification)
        data = cleaned(self, request, said.WorkOffInput)
        row = work_offs.propose(qualification=held, **data, actor=request.actor, at=moments.now())
        return made(said.WorkOffSerializer, row)


@extend_schema(tags=["Testing"], request=said.ActInput)
class Act(Door):
    """One act on a deliverable, a plan, a work-off plan or a defect."""

    @extend_schema(responses=said.WorkOffSerializer)
    def post(
        self,
        request: Request,
        organisation: str,
        qualification: UUID,
        thing: str,
        key: UUID,
        act: str,
    ) -> Response:
        """Do it; the answer is the row as it is now."""
        chosen = ACTS.get((thing, act))
        if chosen is None:
            raise Http404
        held = _held(request.actor, organisation, qualification)
        policy.require(request.actor, chosen.capability, held)
        model, serializer = _THINGS[thing]
        row = get_object_or_404(model, qualification=held, pk=key)
        data = cleaned(self, request, said.ActInput)
        done = acting.do(chosen, row=row, said=data, actor=request.actor, at=moments.now())
        return shown(serializer, done)


@extend_schema(tags=["Testing"], request=said.CheckInput)
class Checks(Door):
    """What the test manager found on the entry criteria."""

    @extend_schema(responses=said.GateSerializer)
    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Record it; the answer is the gate of entry as it stands (R68)."""
        held = _held(request.actor, organisation, qualification)
        data = cleaned(self, request, said.CheckInput)
        testing.check(qualification=held, **data, actor=request.actor, at=moments.now())
        return shown(said.GateSerializer, gate_of(queries.facts(held), "qt_entry_confirmed"))


@extend_schema(tags=["Testing"], request=said.GateInput)
class Gates(Door):
    """The gates of testing."""

    @extend_schema(responses=said.GateSerializer)
    def post(self, request: Request, organisation: str, qualification: UUID, gate: str) -> Response:
        """Confirm a gate; refused with everything that is missing (R61, R68, R73)."""
        held = _held(request.actor, organisation, qualification)
        data = cleaned(self, request, said.GateInput)
        testing.confirm_gate(
            qualification=held, gate=gate, **data, actor=request.actor, at=moments.now()
        )
        return shown(said.GateSerializer, gate_of(queries.facts(held), gate))


@extend_schema(tags=["Testing"], request=said.ImportInput)
class Imports(Door):
    """Exports of the test tool."""

    @extend_schema(responses=said.ImportSerializer)
    def post(self, request: Request, organisation: str, qualification: UUID) -> Response:
        """Say what a file would change; with ``confirm``, keep it (R74)."""
        held = _held(request.actor, organisation, qualification)
        data = dict(cleaned(self, request, said.ImportInput))
        keep = data.pop("confirm")
        who = {"qualification": held, "actor": request.actor}
        if keep:
            found = test_imports.take_in(**who, **data, at=moments.now())
        else:
            found = test_imports.preview(**who, **data)
        counts = {what: found.count(what) for what in ("new", "changed", "same")}
        problems = [f"Line {number}: {why}" for number, why in found.sheet.problems]
        return shown(said.ImportSerializer, {**counts, "problems": problems})


ON = "organisations/<slug:organisation>/qualifications/<uuid:qualification>/testing/"

urlpatterns = [
    path(ON, Testing.as_view(), name="api_testing"),
    path(f"{ON}deliverables/", Deliverables.as_view(), name="api_deliverables"),
    path(f"{ON}plans/", Plans.as_view(), name="api_test_plans"),
    path(f"{ON}work-offs/", WorkOffs.as_view(), name="api_work_offs"),
    path(f"{ON}checks/", Checks.as_view(), name="api_entry_checks"),
    path(f"{ON}gates/<slug:gate>/", Gates.as_view(), name="api_gate"),
    path(f"{ON}imports/", Imports.as_view(), name="api_test_imports"),
    path(f"{ON}<slug:thing>/<uuid:key>/<slug:act>/", Act.as_view(), name="api_testing_act"),
]
