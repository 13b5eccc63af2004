"""Comments, observations and findings, and their action plans."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants import policy
from participants.access.views import ListRows, OneRow, cleaned, made, shown
from reviews import queries
from reviews.api import finding
from reviews.api.filters import PlanFilter, ThreadFilter
from reviews.api.serializers_talk import (
    OptionalTextInput,
    PlanInput,
    PlanSerializer,
    RaiseInput,
    ReasonInput,
    TextInput,
    ThreadDetailSerializer,
    ThreadSerializer,
)
from reviews.models import ActionPlan, Thread
from reviews.services import once_said, plans, threads

TAG = ["Threads and plans"]


@extend_schema(tags=TAG)
class AllThreads(ListRows):
    """What is raised in every organisation that your body has to do with (staff)."""

    model = Thread
    serializer_class = ThreadSerializer
    filterset_class = ThreadFilter

    def rows(self, actor: Actor) -> QuerySet:
        policy.require(actor, "qad.review")
        return finding.lean(queries.threads(actor))


@extend_schema(tags=TAG)
class Threads(ListRows):
    """What the bodies raised on an organisation's QAD, oldest first."""

    model = Thread
    serializer_class = ThreadSerializer
    filterset_class = ThreadFilter

    def rows(self, actor: Actor) -> QuerySet:
        return finding.lean(finding.threads_of(actor, self.kwargs["organisation"]))

    @extend_schema(request=RaiseInput, responses={201: ThreadDetailSerializer})
    def post(self, request: Request, organisation: str) -> Response:
        """Raise a comment, observation or finding for your body (R98)."""
        data = dict(cleaned(self, request, RaiseInput))
        part = finding.part_at(request.actor, organisation, data.pop("part"))
        raised = once_said.raise_thread(part=part, **data, actor=request.actor, at=moments.now())
        rows = finding.threads_of(request.actor, organisation)
        return made(ThreadDetailSerializer, rows.get(pk=raised.pk))


class _OneThread(OneRow):
    model = Thread
    serializer_class = ThreadDetailSerializer
    lookup_url_kwarg = "thread"

    def rows(self, actor: Actor) -> QuerySet:
        return finding.threads_of(actor, self.kwargs["organisation"])

    def after(self) -> Response:
        """Return the thread as it stands after an act."""
        return shown(ThreadDetailSerializer, self.get_object())


@extend_schema(tags=TAG)
class OneThread(_OneThread):
    """One thread with its messages and plans, and what you can do with it now."""


class _Act(_OneThread):
    http_method_names = ("post",)

    def say(self, act: str, verb: Callable[..., object], **word: str) -> Thread:
        """Carry out an act with its word; the same asked twice finds what the first did."""
        row, (text,) = self.get_object(), word.values()
        by = {"actor": self.request.actor, "at": moments.now()}
        once_said.say(
            act, lambda: verb(thread=row, **word, **by), thread=row, text=text, actor=by["actor"]
        )
        return row

    def say_of_plan(self, act: str, verb: Callable[..., object], **word: str) -> Response:
        """The same, answered by the plan as it stands after it."""
        return shown(PlanSerializer, once_said.last_plan(self.say(act, verb, **word)))


@extend_schema(tags=TAG, request=TextInput, responses=ThreadDetailSerializer)
class Respond(_Act):
    """The participant's answer."""

    def post(self, request: Request, organisation: str, thread: UUID) -> Response:
        """Answer; it is the body's turn then (R97)."""
        text = cleaned(self, request, TextInput)["text"]
        self.say("respond", threads.respond, text=text)
        return self.after()


@extend_schema(tags=TAG, request=TextInput, responses=ThreadDetailSerializer)
class AskAgain(_Act):
    """What an answer still needs."""

    def post(self, request: Request, organisation: str, thread: UUID) -> Response:
        """Say what it needs, as the body that raised it (R104)."""
        text = cleaned(self, request, TextInput)["text"]
        self.say("ask_again", threads.ask_again, text=text)
        return self.after()


@extend_schema(tags=TAG, request=OptionalTextInput, responses=ThreadDetailSerializer)
class Close(_Act):
    """The end of a comment."""

    def post(self, request: Request, organisation: str, thread: UUID) -> Response:
        """Close a comment, as the body that raised it (R99)."""
        text = cleaned(self, request, OptionalTextInput)["text"]
        self.say("close", threads.close, text=text)
        return self.after()


@extend_schema(tags=TAG, request=OptionalTextInput, responses=ThreadDetailSerializer)
class Clear(_Act):
    """The end of an observation or finding."""

    def post(self, request: Request, organisation: str, thread: UUID) -> Response:
        """Clear it, as the body that raised it (R99)."""
        text = cleaned(self, request, OptionalTextInput)["text"]
        self.say("clear", threads.clear, text=text)
        return self.after()


@extend_schema(tags=TAG)
class Plans(ListRows):
    """The action plans of an organisation, the next due first."""

    model = ActionPlan
    serializer_class = PlanSerializer
    filterset_class = PlanFilter

    def rows(self, actor: Actor) -> QuerySet:
        return finding.plans_of(actor, self.kwargs["organisation"])


@extend_schema(tags=TAG, request=PlanInput, responses={201: PlanSerializer})
class ProposePlan(_Act):
    """A plan for an observation or finding."""

    def post(self, request: Request, organisation: str, thread: UUID) -> Response:
        """Propose what will be done, by whom and by when (participant)."""
        data = cleaned(self, request, PlanInput)
        plan = once_said.propose(
            thread=self.get_object(), **data, actor=request.actor, at=moments.now()
        )
        return made(PlanSerializer, plan)


@extend_schema(tags=TAG, request=OptionalTextInput, responses=PlanSerializer)
class AgreePlan(_Act):
    """A body's agreement to the proposed plan."""

    def post(self, request: Request, organisation: str, thread: UUID) -> Response:
        """Agree it, as the body that raised the finding (R99)."""
        text = cleaned(self, request, OptionalTextInput)["text"]
        return self.say_of_plan("agree_plan", plans.agree, text=text)


@extend_schema(tags=TAG, request=ReasonInput, responses=PlanSerializer)
class ReturnPlan(_Act):
    """A proposed plan handed back."""

    def post(self, request: Request, organisation: str, thread: UUID) -> Response:
        """Say what the plan still needs, as the body that raised the finding."""
        reason = cleaned(self, request, ReasonInput)["reason"]
        return self.say_of_plan("return_plan", plans.return_plan, reason=reason)


@extend_schema(tags=TAG, request=TextInput, responses=PlanSerializer)
class PlanDone(_Act):
    """An agreed action that is done."""

    def post(self, request: Request, organisation: str, thread: UUID) -> Response:
        """Say that it is done, with a note (participant)."""
        note = cleaned(self, request, TextInput)["text"]
        return self.say_of_plan("mark_done", plans.mark_done, note=note)


@extend_schema(tags=TAG, request=ReasonInput, responses=PlanSerializer)
class ReturnAction(_Act):
    """An action that was reported as done and needs more."""

    def post(self, request: Request, organisation: str, thread: UUID) -> Response:
        """Say what it still needs; the agreed plan stands."""
        reason = cleaned(self, request, ReasonInput)["reason"]
        return self.say_of_plan("return_action", plans.return_action, reason=reason)
