"""The second step of signing in, where the portal's keeper requires it of the bodies' staff."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from participants import problems
from participants.middleware import OPEN_PREFIXES

HAS_ONE = "second_step"  # in the session, once it was seen
WHY = "Staff accounts sign in with a second step. Set up an authenticator app to go on."


class SecondStepMiddleware:
    """Lead staff who have no second step to where one sets it up, before anything else opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.REQUIRE_SECOND_STEP or not _lacks_it(request):
            return self.get_response(request)
        if request.path_info.startswith("/api/"):
            body = problems.problem(403, [WHY])
            return JsonResponse(body, status=403, content_type=problems.MEDIA)
        messages.warning(request, WHY)
        back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        return redirect(f"{reverse('mfa_activate_totp')}?{back}".rstrip("?"))


def _lacks_it(request: HttpRequest) -> bool:
    person = request.user
    if request.path_info.startswith(OPEN_PREFIXES) or not person.is_authenticated:
        return False  # where one signs in, and sets it up
    if not person.is_staff_of_a_body or request.session.get(HAS_ONE):
        return False
    if is_mfa_enabled(person):
        request.session[HAS_ONE] = True
        return False
    return True
