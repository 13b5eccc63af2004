"""Who asks: the session, or a personal token."""

from rest_framework.authentication import BaseAuthentication, SessionAuthentication


class ActorAuthentication(BaseAuthentication):
    """The session, or a personal token; the middleware has done the looking up already."""

    def authenticate(self, request):
        inner = request._request
        if getattr(inner, "actor", None) is None:
            return None  # nobody, or a token that is not in force: the session does not step in
        if getattr(inner, "by_token", False):
            return inner.user, "token"
        if inner.user.is_authenticated:
            SessionAuthentication().enforce_csrf(request)
            return inner.user, None
        return None

    def authenticate_header(self, request) -> str:
        return "Bearer"
