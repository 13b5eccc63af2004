"""Reading the kept views of a queue: one's own, and those that colleagues share."""

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Lower

from foundation.tenancy.actor import Actor
from reviews.models import KeptView


def kept(actor: Actor) -> QuerySet[KeptView]:
    """Return the views of the actor's body that they may open, their own (``is_own``) first."""
    own = ExpressionWrapper(Q(person_id=actor.person_id), output_field=BooleanField())
    rows = KeptView.objects.filter(body=actor.body).annotate(is_own=own)
    rows = rows.filter(Q(is_own=True) | Q(is_shared=True)).select_related("person")
    return rows.order_by("-is_own", Lower("name"), "pk")
