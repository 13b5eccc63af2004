"""Living answers: for their owner alone; bodies read versions."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.tenancy.actor import Actor
from participants.access.views import Door, ListRows, cleaned, shown
from submissions import bank, finding, queries
from submissions.api.filters import AnswerFilter
from submissions.forms import content_from, plain_lines
from submissions.models import Answer, AnswerRevision
from submissions.serializers import AnswerInput, AnswerSerializer, RevisionSerializer
from submissions.services import answering

TAG = ["Answers"]


@extend_schema(tags=TAG)
class Answers(ListRows):
    """The answers of a part that were begun, by question."""

    model = Answer
    serializer_class = AnswerSerializer
    filterset_class = AnswerFilter

    def rows(self, actor: Actor) -> QuerySet:
        held = finding.own_part(actor, self.kwargs["organisation"], self.kwargs["part"])
        self.request.template = bank.of_part(held)
        return Answer.objects.filter(part=held).order_by("question", "pk")


@extend_schema(tags=TAG)
class OneAnswer(Door):
    """The answer to one question."""

    @extend_schema(responses=AnswerSerializer)
    def get(self, request: Request, organisation: str, part: UUID, question: str) -> Response:
        """Return it; an answer that was not begun has revision 0."""
        held = finding.own_part(request.actor, organisation, part)
        asked = finding.question(held, question)
        answer = Answer.objects.filter(part=held, question=asked.code).first()
        return shown(AnswerSerializer, answer or Answer(part=held, question=asked.code))

    @extend_schema(request=AnswerInput, responses=AnswerSerializer)
    def put(self, request: Request, organisation: str, part: UUID, question: str) -> Response:
        """Save it; 409 with both texts when somebody saved since the revision that you name."""
        held = finding.own_part(request.actor, organisation, part)
        asked = finding.question(held, question)
        data = cleaned(self, request, AnswerInput)
        data["text"] = plain_lines(data["text"])
        saved = answering.save_answer(
            part=held,
            question_code=asked.code,
            sent=content_from(data),
            revision=data["revision"],
            actor=request.actor,
            at=moments.now(),
        )
        return shown(AnswerSerializer, saved)


@extend_schema(tags=TAG)
class Revisions(ListRows):
    """The kept revisions of an answer, newest first."""

    model = AnswerRevision
    serializer_class = RevisionSerializer

    def rows(self, actor: Actor) -> QuerySet:
        held = finding.own_part(actor, self.kwargs["organisation"], self.kwargs["part"])
        asked = finding.question(held, self.kwargs["question"])
        answer = Answer.objects.filter(part=held, question=asked.code).first()
        return queries.revisions(answer) if answer else AnswerRevision.objects.none()
