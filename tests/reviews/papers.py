"""Coming to the papers of a scene in tests: addresses, signing, what was written."""

from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Organisation, Qualification
from reviews.enums import PackState
from reviews.models import Decision, DelegationLetter, Pack, SignOff
from reviews.services import gates, letters, reopening
from tests.factories import NOON, PASSWORD


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


def decision_at(here, place=0):
    """Return the address of the decision on one of the scene's qualifications."""
    return reverse("reviews:decision", args=[here.ids[place]])


def recorded(here, place=0):
    """Return every decision on one of the qualifications."""
    with acting_as(PORTAL):
        rows = Decision.objects.filter(qualification_id=here.ids[place]).select_related("pack")
        return list(rows.order_by("recorded_at", "body"))


def make_pack(here, body="BSC", title="Meeting 9 of 2026", places=(0,)):
    """Keep a finished pack that holds some of the qualifications."""
    with acting_as(PORTAL):
        return Pack.objects.create(
            title=title, body=body, qualifications=[here.ids[each] for each in places],
            status=PackState.READY, job_id=here.ids[0], asked_at=NOON, asked_by_name="Josephine",
            pages=27, seal="3713bcb9" + "0" * 56,
        )  # fmt: skip


def many_signed(count):
    """Put many signed applications beside the scene's, without going their way one by one."""
    with acting_as(PORTAL):
        organisations = Organisation.objects.bulk_create(
            Organisation(
                slug=f"field-{place}", name=f"Field {place:03d}", legal_name=f"Field {place} Ltd",
                created_at=NOON, created_by_body="BSC",
            )
            for place in range(count)
        )  # fmt: skip
        Qualification.objects.bulk_create(
            Qualification(
                organisation=each, role="SUPPLIER", route="QT_WAVE_3", status="SIGNED_OFF",
                status_since=NOON, created_at=NOON, signed_off_at=NOON,
            )
            for each in organisations
        )  # fmt: skip


def withhold_dip_user(here):
    """Let the DIP Manager take back the DIP User status."""
    subject, dip = here.qualification, here.leads["DIP"]
    with acting_as(dip):
        gates.withhold_dip_user(
            qualification=subject, note="The agreement ended.", actor=dip, at=here.tick()
        )


def reopen(here):
    """Let the admin ask for section J to be reopened, and the REC grant it."""
    part, subject = here.part(), here.qualification
    with acting_as(here.admin):
        asked = reopening.request(
            qualification=subject, sections=[(part, "J")], reason="A new instruction.",
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(here.leads["REC"]):
        reopening.grant(request=asked, actor=here.leads["REC"], at=here.tick())
