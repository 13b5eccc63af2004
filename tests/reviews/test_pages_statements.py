"""The desk's pages take the same statements for one organisation as for three hundred."""

import pytest
from django.test import Client

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import NOBODY, PORTAL
from participants.enums import Status
from participants.models import Organisation, Qualification
from qadportal.demo.market import Market
from reviews.enums import PackState, Severity, Side, ThreadKind, ThreadState
from reviews.models import Pack, Thread
from tests.reviews.desks import EVERYONE, FINDINGS, NOW, QUEUE, of_member, of_staff
from tests.statements import statements
from tests.submissions import builders as qads

pytestmark = pytest.mark.usefixtures("at_noon")
EXACT = {
    "queue": 7,
    "queue, of a lead": 8,
    "queue, everything": 7,
    "queue, page 2": 7,
    "home of the PAB secretary": 6,
    "home of an administrator": 4,
    "all qualifications": 6,
    "all qualifications, narrowed": 6,
    "matrix, of a body": 5,
    "matrix, of its organisation": 5,
    "findings": 5,
    "comments": 5,
    "findings of an organisation": 6,
    "findings, of its organisation": 6,
    "packs": 5,
    "organisations": 4,
}


def asked(client: Client, url: str) -> int:
    """Return how many statements a page takes, after it answered once."""
    client.get(url)
    response, taken = statements(client.get, url)
    assert response.status_code == 200, (url, response.status_code)
    return len(taken)


def crowd(count: int, first: int) -> str:
    """Write organisations in bulk, Suppliers among them, and return the slug of the first."""
    with acting_as(PORTAL):
        Market(at=NOW, seed=first, comments=3).write(count, first)
        Qualification.objects.exclude(role="SUPPLIER").update(role="SUPPLIER")
        Qualification.objects.update(status=Status.INITIAL_SUBMITTED)
        market = Thread.objects.filter(kind=ThreadKind.COMMENT, holder=Side.PARTICIPANT)
        chosen = market.order_by("pk").values("pk")[: market.count() // 2]
        Thread.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))).update(
            kind=ThreadKind.FINDING, status=ThreadState.RAISED, severity=Severity.HIGH, body="BSC",
            holder=Side.BODY,
        )  # fmt: skip
        Pack.objects.bulk_create(
            Pack(
                body="BSC", title=f"Meeting {number}", qualifications=[], asked_at=NOW,
                asked_by_name="Helen", status=PackState.BUILDING, job_id=NOBODY,
            )
            for number in range(count)
        )  # fmt: skip
        return Organisation.objects.order_by("slug").first().slug


@pytest.mark.django_db
def test_statements_are_exact_and_as_many_for_one_as_for_three_hundred():
    qads.publish_reference_data()
    slug = crowd(1, 5000)
    clients = {
        "plain": of_staff("BSC", "REVIEWER"),
        "lead": of_staff("BSC", "REVIEWER", "LEAD"),
        "secretary": of_staff("BSC", "PAB_SECRETARY"),
        "runs": of_staff("BSC", "ADMINISTRATOR"),
    }
    with acting_as(PORTAL):
        organisation = Organisation.objects.get(slug=slug)
    clients["member"] = of_member(organisation)
    addresses = {
        "queue": ("plain", QUEUE),
        "queue, of a lead": ("lead", QUEUE),
        "queue, everything": ("plain", f"{QUEUE}?view=all"),
        "queue, page 2": ("plain", f"{QUEUE}?page=2"),
        "home of the PAB secretary": ("secretary", QUEUE),
        "home of an administrator": ("runs", QUEUE),
        "all qualifications": ("plain", EVERYONE),
        "all qualifications, narrowed": ("plain", f"{EVERYONE}?role=SUPPLIER&holder=bodies"),
        "matrix, of a body": ("plain", f"/o/{slug}/qualified/"),
        "matrix, of its organisation": ("member", f"/o/{slug}/qualified/"),
        "findings": ("plain", FINDINGS),
        "comments": ("plain", f"{FINDINGS}?view=comments"),
        "findings of an organisation": ("plain", f"/o/{slug}/findings/"),
        "findings, of its organisation": ("member", f"/o/{slug}/findings/"),
        "packs": ("secretary", "/desk/packs/"),
        "organisations": ("plain", "/desk/organisations/"),
    }
    for more in (0, 150):
        if more:
            crowd(more, 6000)
        found = {key: asked(clients[who], url) for key, (who, url) in addresses.items()}
        assert found == EXACT, more
    with acting_as(PORTAL):
        assert Qualification.objects.count() > 250
