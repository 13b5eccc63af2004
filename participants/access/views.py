"""What the API's views have in common: rows that the actor can see, one form of input."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from foundation.tenancy.actor import Actor


class Door(APIView):
    """A view of the API; it refuses what it does not know in a query.

    A filter that is misspelt or empty would otherwise show everything.
    """

    http_method_names = ("get", "head", "post", "put", "patch", "delete")
    query_names: ClassVar[frozenset[str]] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let in who may come in, then look at the query."""
        super().initial(request, *args, **kwargs)
        if request.query_params and hasattr(self, request.method.lower()):
            self._refuse_unknown(request)

    def _refuse_unknown(self, request: Request) -> None:
        known = self.known_names() if request.method in ("GET", "HEAD") else frozenset()
        problems = {
            name: ["Give this once, with a value." if name in known else "There is no such filter."]
            for name, values in request.query_params.lists()
            if name not in known or len(values) > 1 or not values[0]
        }
        if problems:
            raise ValidationError(problems)

    def known_names(self) -> frozenset[str]:
        """Return what may stand in the query."""
        return self.query_names


class Rows(Door, generics.GenericAPIView):
    """A view over rows; subclasses say which ones in ``rows(actor)``."""

    model: type[Model]

    def rows(self, actor: Actor) -> QuerySet | Sequence[Any]:
        """Return the rows that the actor can see."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet | Sequence[Any]:
        """Return the rows; nothing at all while the schema is drawn, when nobody acts."""
        if getattr(self, "swagger_fake_view", False):
            return self.model._base_manager.none()
        return self.rows(self.request.actor)


class ListRows(Rows, generics.ListAPIView):
    """A page of rows: a queryset in a total order, or a list with ``row_key`` for its rows."""

    def known_names(self) -> frozenset[str]:
        """Return the filters and what pages take."""
        filters = getattr(self, "filterset_class", None)
        return (
            self.query_names
            | self.pagination_class.query_names
            | frozenset(filters.base_filters if filters else ())
        )

    def row_key(self, row: Any) -> Any:
        """Return what tells a row from all others of the list; for lists that are no queryset."""
        return row.pk


class OneRow(Rows, generics.RetrieveAPIView):
    """One row by its public id."""

    lookup_field = "pk"


def cleaned(view: APIView, request: Request, serializer: type[Serializer]) -> dict[str, Any]:
    """Return what was sent, checked; a ValidationError becomes 422."""
    sent = serializer(data=request.data, context={"request": request, "view": view})
    sent.is_valid(raise_exception=True)
    return sent.validated_data


def asked(request: Request, serializer: type[Serializer]) -> dict[str, Any]:
    """Return what a query asks for, checked; a ValidationError becomes 422."""
    names = serializer().fields.keys() & request.query_params.keys()
    given = serializer(data={name: request.query_params[name] for name in names})
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def made(serializer: type[Serializer], subject: Any) -> Response:
    """Return 201 with what was made."""
    return Response(serializer(subject).data, status=status.HTTP_201_CREATED)


def shown(serializer: type[Serializer], subject: Any) -> Response:
    """Return 200 with what it is now."""
    return Response(serializer(subject).data)


def gone() -> Response:
    """Return 204: done, and nothing to show."""
    return Response(status=status.HTTP_204_NO_CONTENT)
