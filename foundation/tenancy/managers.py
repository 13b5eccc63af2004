"""Tenancy's first line: querysets that know who asks, and refuse to be asked by nobody."""

from django.db import models

from foundation.tenancy.acting import current_actor


class TenantManager(models.Manager):
    """A manager whose rows are those of the acting organisation; raises when nobody acts.

    Staff and the portal get every row here; what a body may see is narrowed by ``visible_to`` of
    the app's queries.
    """

    def get_queryset(self) -> models.QuerySet:
        rows = super().get_queryset()
        actor = current_actor()
        if actor.is_participant:
            return rows.filter(organisation_id=actor.organisation_id)
        return rows

    def none(self) -> models.QuerySet:
        """Return no rows; this much may be asked by nobody (as when the API is described)."""
        return super().get_queryset().none()
