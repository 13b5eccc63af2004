"""Whether the portal lives, is ready, and keeps its times; for whoever watches from outside."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from foundation.notices.models import MailState, Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from waves.models import SweepHeartbeat

LATE = timedelta(minutes=5)  # a sweep or a mail that is older is somebody's to look at


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """Answer that the process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer whether database and cache answer; 503 when one does not."""
    checks = {"database": _database(), "cache": _cache()}
    is_ready = all(said == "ok" for said in checks.values())
    body = {"status": "ok" if is_ready else "not ready", **checks}
    return JsonResponse(body, status=200 if is_ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except OperationalError:
        return "does not answer"
    return "ok"


def _cache() -> str:
    try:
        cache.set("health", "ok", 10)
        return "ok" if cache.get("health") == "ok" else "forgets"
    except (RedisError, OSError):
        return "does not answer"


@login_not_required
@never_cache
@require_safe
def timers(request: HttpRequest) -> JsonResponse:
    """Answer whether the sweep runs and the outbox empties; by true time, not the portal's."""
    with acting_as(PORTAL):
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            true_now = cursor.fetchone()[0]
        beats = list(SweepHeartbeat.objects.order_by("name"))
        waiting = Notice.objects.filter(mail_state__in=(MailState.NEW, MailState.SENDING)).count()
        dead = Notice.objects.filter(mail_state=MailState.DEAD).count()
    sweeps = {beat.name: _age(beat.last_finished_at, true_now) for beat in beats}
    running = bool(sweeps) and all(age is not None and age < LATE for age in sweeps.values())
    body = {
        "status": "ok" if running else "late",
        "sweeps": {name: age.total_seconds() if age else None for name, age in sweeps.items()},
        "mail": {"waiting": waiting, "dead": dead},
    }
    return JsonResponse(body, status=200 if running else 503)


def _age(then, now) -> timedelta | None:
    return now - then if then else None
