"""The acting person's own account, tokens and notices."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.clock import moments
from foundation.errors import Denied
from foundation.notices import inbox
from foundation.notices.models import Notice
from foundation.tenancy.actor import Actor
from participants import queries
from participants.access.views import Door, ListRows, OneRow, cleaned, gone, shown
from participants.api.filters import NoticeFilter
from participants.models import ApiToken, Person
from participants.serializers import (
    MeChange,
    MeSerializer,
    NoticeSerializer,
    ReadSerializer,
    TokenInput,
    TokenMade,
    TokenSerializer,
)
from participants.services import accounts, tokens


@extend_schema(tags=["You"])
class Me(Door):
    """Your account."""

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Return who you are here."""
        return shown(MeSerializer, Person.objects.get(pk=request.actor.person_id))

    @extend_schema(request=MeChange, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change your name or the look of the portal."""
        data = cleaned(self, request, MeChange)
        person = Person.objects.get(pk=request.actor.person_id)
        kept = {field: getattr(person, field) for field in accounts.KEPT} | data
        changed = accounts.change_account(**kept, actor=request.actor, at=moments.now())
        return shown(MeSerializer, changed)


@extend_schema(tags=["You"])
class Tokens(ListRows):
    """Your API tokens, without their secrets."""

    model = ApiToken
    serializer_class = TokenSerializer

    def rows(self, actor: Actor) -> QuerySet:
        return queries.tokens(actor)

    @extend_schema(request=TokenInput, responses={201: TokenMade})
    def post(self, request: Request) -> Response:
        """Make a token; its secret is in this answer and nowhere else. Needs a session."""
        if request.auth == "token":
            raise Denied("A token cannot make tokens. Sign in to make one.")
        data = cleaned(self, request, TokenInput)
        token, secret = tokens.create_token(**data, actor=request.actor, at=moments.now())
        token.secret = secret
        answer = Response(TokenMade(token).data, status=201)
        answer["Cache-Control"] = "no-store"
        return answer


@extend_schema(tags=["You"])
class OneToken(OneRow):
    """One of your API tokens."""

    model = ApiToken
    serializer_class = TokenSerializer
    lookup_url_kwarg = "token"

    def rows(self, actor: Actor) -> QuerySet:
        return queries.tokens(actor)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, token: UUID) -> Response:
        """Revoke it."""
        tokens.revoke_token(token=self.get_object(), actor=request.actor, at=moments.now())
        return gone()


@extend_schema(tags=["You"])
class Notices(ListRows):
    """Your notices, newest first."""

    model = Notice
    serializer_class = NoticeSerializer
    filterset_class = NoticeFilter

    def rows(self, actor: Actor) -> QuerySet:
        return inbox.of_person(actor.person_id)


@extend_schema(tags=["You"])
class ReadNotices(Door):
    """Marking every notice as read."""

    @extend_schema(operation_id="me_notices_read_all", request=None, responses=ReadSerializer)
    def post(self, request: Request) -> Response:
        """Mark all as read."""
        marked = inbox.mark_read(person_id=request.actor.person_id, at=moments.now())
        return Response({"marked": marked})


@extend_schema(tags=["You"])
class ReadNotice(Door):
    """Marking a notice as read."""

    @extend_schema(operation_id="me_notices_read_one", request=None, responses=NoticeSerializer)
    def post(self, request: Request, notice: UUID) -> Response:
        """Mark one as read."""
        mine = inbox.of_person(request.actor.person_id)
        get_object_or_404(mine, pk=notice)
        inbox.mark_read(person_id=request.actor.person_id, at=moments.now(), notice_id=notice)
        return shown(NoticeSerializer, mine.get(pk=notice))
