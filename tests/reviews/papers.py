"""Coming to the papers of a scene in tests: addresses, signing, what was written."""

from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from reviews.models import DelegationLetter, SignOff
from reviews.services import letters
from tests.factories import PASSWORD


def url(name, here, *more):
    """Return the address of a page of the scene's organisation."""
    return reverse(f"reviews:{name}", args=[here.organisation.slug, *more])


def of(name, here, place=0):
    """Return the address of a page of one of its qualifications."""
    return url(name, here, here.ids[place])


def who_is(here, who):
    """Return somebody of the scene by the name of their place, or a body's lead."""
    return here.leads[who] if who in here.leads else getattr(here, who)


def seal(client, here):
    """Return the hash that the page of the sign-off shows."""
    return client.get(of("sign_off_of", here)).context["page"].hidden["seen"]


def sign(client, here, **changes):
    """Sign what the page shows."""
    sent = {"seen": seal(client, here), "read": "on", "password": PASSWORD} | changes
    return client.post(of("sign_off_of", here), sent)


def signatures(here):
    """Return every signature of the first qualification."""
    with acting_as(PORTAL):
        rows = SignOff.objects.filter(qualification_id=here.ids[0])
        return list(rows.order_by("signed_at"))


def events(action, here):
    """Return how often something happened in the organisation."""
    with acting_as(PORTAL):
        rows = AuditEvent.objects.filter(action=action, organisation_id=here.organisation.pk)
        return rows.count()


def letter_of(here):
    """Return the letter of the first qualification as it stands."""
    with acting_as(PORTAL):
        return DelegationLetter.objects.get(qualification_id=here.ids[0])


def drafted(here):
    """Draft a letter for the scene's delegate."""
    subject, rec = here.qualification, here.leads["REC"]
    with acting_as(rec):
        return letters.draft(
            qualification=subject, delegate=here.delegate_membership, actor=rec, at=here.tick()
        )
