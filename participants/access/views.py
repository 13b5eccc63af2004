"""What the API's views have in common: rows that the actor can see, one form of input."""

from typing import Any

from django.db.models import Model, QuerySet
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from foundation.tenancy.actor import Actor


class Rows(generics.GenericAPIView):
    """A view over rows; subclasses say which ones in ``rows(actor)``."""

    model: type[Model]

    def rows(self, actor: Actor) -> QuerySet:
        """Return the rows that the actor can see."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet:
        """Return the rows; nothing at all while the schema is drawn, when nobody acts."""
        if getattr(self, "swagger_fake_view", False):
            return self.model._base_manager.none()
        return self.rows(self.request.actor)


class ListRows(Rows, generics.ListAPIView):
    """A page of rows."""


class OneRow(Rows, generics.RetrieveAPIView):
    """One row by its public id."""

    lookup_field = "pk"


def cleaned(view: APIView, request: Request, serializer: type[Serializer]) -> dict[str, Any]:
    """Return what was sent, checked; a ValidationError becomes 422."""
    sent = serializer(data=request.data, context={"request": request, "view": view})
    sent.is_valid(raise_exception=True)
    return sent.validated_data


def made(serializer: type[Serializer], subject: Any) -> Response:
    """Return 201 with what was made."""
    return Response(serializer(subject).data, status=status.HTTP_201_CREATED)


def shown(serializer: type[Serializer], subject: Any) -> Response:
    """Return 200 with what it is now."""
    return Response(serializer(subject).data)


def gone() -> Response:
    """Return 204: done, and nothing to show."""
    return Response(status=status.HTTP_204_NO_CONTENT)
