"""Turndowns of the API as problem+json."""

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from foundation.errors import Denied, Invalid, Refused
from participants import problems
from participants.turndowns import STATUS, reasons


def problem(exc: Exception, context: dict) -> Response | None:
    """Return the problem+json answer to a turndown, and roll the transaction back."""
    request = context["request"]._request
    request.failed = True
    set_rollback()
    if isinstance(exc, Denied | Refused | Invalid):
        request.turndown = exc
        return _answer(_of_portal(exc))
    if isinstance(exc, Http404 | exceptions.NotFound):
        return _answer(problems.problem(404))
    if isinstance(exc, exceptions.ValidationError):
        return _answer(problems.invalid(exc.detail))
    if isinstance(exc, exceptions.APIException):
        return _of_framework(exc)
    if isinstance(exc, RequestDataTooBig):
        return _answer(problems.problem(413))
    if isinstance(exc, SuspiciousOperation):  # too many fields or files, a broken form
        return _answer(problems.problem(400))
    return None


def _of_portal(exc: Denied | Refused | Invalid) -> problems.Body:
    if isinstance(exc, Invalid):
        return problems.invalid(exc.problems)
    more = {"conflict": exc.detail} if isinstance(exc, Refused) and exc.detail else {}
    return problems.problem(STATUS[type(exc)], reasons(exc), **more)


def _of_framework(exc: exceptions.APIException) -> Response:
    said = () if exc.status_code in (401, 405, 406, 415) else (str(exc.detail),)
    answer = _answer(problems.problem(exc.status_code, said))
    if getattr(exc, "auth_header", None):
        answer["WWW-Authenticate"] = exc.auth_header
    if getattr(exc, "wait", None):
        answer["Retry-After"] = str(int(exc.wait))
    return answer


def _answer(body: problems.Body) -> Response:
    return Response(body, status=body["status"], content_type=problems.MEDIA)
