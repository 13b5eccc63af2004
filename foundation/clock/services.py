"""Moving the portal's time, in a demonstration only."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from foundation.clock.models import PortalTime
from foundation.errors import Denied


@transaction.atomic
def move_to(*, moment: datetime, set_by_name: str) -> timedelta:
    """Set the portal's time to an aware moment and return the offset; Denied outside a demo."""
    if not settings.DEMO:
        raise Denied("The portal's time can be moved only in a demonstration.")
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        true_now = cursor.fetchone()[0]
    offset = moment - true_now
    PortalTime.objects.update_or_create(
        only=True, defaults={"offset": offset, "set_by_name": set_by_name, "set_at": true_now}
    )
    return offset
