"""Pages of lists that are not rows of one table."""

from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from participants.access.pagination import StablePagination


def listed(
    view: APIView, request: Request, rows: Sequence[Any], serializer: type[Serializer]
) -> Response:
    """Return one page of a list that is in its final order."""
    paginator = StablePagination()
    page = paginator.paginate_queryset(rows, request, view=view)
    return paginator.get_paginated_response(serializer(page, many=True).data)
