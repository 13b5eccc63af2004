"""Turndowns of the API as problem+json."""

from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from foundation.errors import Denied, Invalid, Refused
from participants.turndowns import NOT_FOUND, STATUS, reasons

_TITLES = {403: "Not allowed", 409: "Not now", 422: "Cannot be taken"}


def problem(exc: Exception, context: dict) -> Response | None:
    """Return the problem+json answer to a turndown, and roll the transaction back."""
    request = context["request"]._request
    request.failed = True
    set_rollback()
    if isinstance(exc, Denied | Refused | Invalid):
        request.turndown = exc
        status = STATUS[type(exc)]
        body = {"title": _TITLES[status], "status": status, "reasons": reasons(exc)}
        if isinstance(exc, Refused) and exc.detail:
            body["detail"] = exc.detail
        if isinstance(exc, Invalid):
            body["problems"] = {key: list(said) for key, said in exc.problems.items()}
        return _answer(body, status)
    if isinstance(exc, Http404 | exceptions.NotFound):
        return _answer(NOT_FOUND, 404)
    if isinstance(exc, exceptions.ValidationError):
        return _answer({"title": _TITLES[422], "status": 422, "problems": exc.detail}, 422)
    if isinstance(exc, exceptions.APIException):
        return _of_framework(exc)
    return None


def _of_framework(exc: exceptions.APIException) -> Response:
    said = {"title": str(exc.default_detail), "status": exc.status_code}
    answer = _answer(said | {"reasons": [str(exc.detail)]}, exc.status_code)
    if getattr(exc, "auth_header", None):
        answer["WWW-Authenticate"] = exc.auth_header
    return answer


def _answer(body: dict, status: int) -> Response:
    return Response(body, status=status, content_type="application/problem+json")
