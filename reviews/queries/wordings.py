"""Reading a body's standard wordings."""

from django.db.models import QuerySet
from django.db.models.functions import Lower

from foundation.tenancy.actor import Actor
from reviews.models import Wording


def wordings(actor: Actor) -> QuerySet[Wording]:
    """Return the standard wordings of the actor's body by title."""
    return Wording.objects.filter(body=actor.body).order_by(Lower("title"), "pk")
