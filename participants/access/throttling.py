"""How often one account may ask the API; beyond it the answer is 429, with when to come back."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class PerAccount(SimpleRateThrottle):
    """So many requests a minute of one account, however many tokens it has."""

    scope = "account"

    def get_rate(self) -> str | None:
        return settings.API_RATE or None

    def get_cache_key(self, request: Request, view) -> str | None:
        actor = getattr(request._request, "actor", None)
        if actor is None:
            return None  # nobody gets in anyway
        return f"api-rate:{actor.person_id}"
