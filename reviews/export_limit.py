"""How many files of reports a person may take: enough for work, too few for a copy of it all."""

from allauth.core import ratelimit
from django.http import HttpRequest

from foundation.errors import Refused

TOO_MANY = "You took many files in a short time. Wait a few minutes, then try again."


def require_room(request: HttpRequest) -> None:
    """Raise Refused when a person takes files faster than the portal allows."""
    if not ratelimit.consume(request, action="report_export", user=request.user):
        raise Refused(TOO_MANY)
