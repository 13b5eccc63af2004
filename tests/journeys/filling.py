"""Ninety answers by hand would take an hour: the rest is written between the clicks."""

from datetime import datetime

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.models import Membership, Organisation
from tests.submissions import builders


def answer_the_rest(slug: str, *, leave: tuple[str, ...] = (), said: str = "") -> int:
    """Answer what is open and not answered yet, as the master admin; return how many."""
    with acting_as(PORTAL):
        organisation = Organisation.objects.get(slug=slug)
        places = Membership.objects.select_related("organisation", "person")
        admin = places.get(organisation=organisation, is_master_admin=True)
        at: datetime = moments.now()
    words = {"said": said} if said else {}
    return builders.answer_everything(
        organisation, entry.member_actor(admin), at, leave=leave, **words
    )
