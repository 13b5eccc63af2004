"""Who asks: the session, or a personal token."""

from rest_framework.authentication import BaseAuthentication, SessionAuthentication


class ActorAuthentication(BaseAuthentication):
    """The session, or a personal token; the middleware has done the looking up already."""

    def authenticate(self, request):
        inner = request._request
        if getattr(inner, "by_token", False):
            return inner.user, "token"
        if inner.user.is_authenticated:
            SessionAuthentication().enforce_csrf(request)
            return inner.user, None
        return None

    def authenticate_header(self, request) -> str:
        return "Bearer"
