"""The API of judgement: the same services, rights and refusals as the pages."""

import copy
import hashlib
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from foundation.audit.models import AuditEvent
from foundation.clock import moments
from foundation.jobs.models import Job
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.enums import Status
from participants.models import Person
from participants.services import tokens
from reviews import tasks
from reviews.models import SignOff
from tests import factories
from tests.factories import PASSWORD
from tests.reviews import builders as b
from tests.reviews.calls import JSON, PROBLEM, api, get, held, post, put, results
from tests.reviews.papers import who_is


@pytest.fixture(autouse=True)
def _as_many_tries_as_tests():
    cache.clear()


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def mem(shared):
    return b.to(b.scene("MEM_ADV"), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def ready(shared):
    here = b.to(b.scene(), Status.SIGNED_OFF)
    b.make_ready(here)
    return here


# --- signatures and letters (R105 to R107)


@pytest.mark.django_db
def test_r105_what_is_signed_is_what_was_read(agreed):
    here = copy.copy(agreed)
    url = held(here, "sign-off/")
    shown = get(here.director, url).json()

    stale = post(here.director, url, seen_sha256="0" * 64, read=True, password=PASSWORD)
    unread = post(here.director, url, seen_sha256=shown["sha256"], read=False, password=PASSWORD)
    given = post(here.director, url, seen_sha256=shown["sha256"], read=True, password=PASSWORD)
    twice = post(here.director, url, seen_sha256=shown["sha256"], read=True, password=PASSWORD)

    assert hashlib.sha256(shown["text"].encode()).hexdigest() == shown["sha256"]
    assert (shown["may_sign"], shown["capacity"], shown["missing"]) == (True, "DIRECTOR", [])
    assert (stale.status_code, unread.status_code) == (409, 422)
    assert (given.status_code, given.json()["content_sha256"]) == (201, shown["sha256"])
    assert twice.json()["id"] == given.json()["id"]
    assert here.statuses == [Status.SIGNED_OFF]
    listed = results(here.leads["BSC"], api(here, "sign-offs/?status=SIGNED"))
    assert [row["signer_name"] for row in listed] == ["Margaret Iwu"]


@pytest.mark.django_db
def test_r105_a_wrong_password_signs_nothing_and_is_recorded(agreed):
    here = copy.copy(agreed)
    url = held(here, "sign-off/")
    seen = get(here.director, url).json()["sha256"]

    answer = post(here.director, url, seen_sha256=seen, read=True, password="not this one")

    assert answer.status_code == 403
    assert answer.json()["reasons"] == ["This is not the password of your account."]
    with acting_as(PORTAL):
        assert not SignOff.objects.filter(qualification_id=here.ids[0]).exists()
        denied = AuditEvent.objects.filter(action="access.denied", actor_name="Margaret Iwu")
        assert denied.filter(because__contains="password").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["admin", "delegate", "BSC", "secretary"])
def test_r106_nobody_else_signs_for_a_supplier(agreed, who):
    here = copy.copy(agreed)
    actor = who_is(here, who)
    shown = get(actor, held(here, "sign-off/")).json()

    answer = post(
        actor, held(here, "sign-off/"), seen_sha256=shown["sha256"], read=True, password=PASSWORD
    )

    assert (shown["may_sign"], answer.status_code) == (False, 403)
    assert shown["why_not"]


@pytest.mark.django_db
def test_a_signature_can_be_read_printed_and_declined(agreed):
    here = copy.copy(agreed)
    declined = post(here.director, held(here, "sign-off/decline/"), reason="D05 is wrong.")
    signed = b.sign(here)
    url = api(here, f"sign-offs/{signed.pk}/")

    row, ordered = get(here.leads["REC"], url).json(), get(here.admin, f"{url}confirmation/")
    with acting_as(PORTAL):
        job = Job.objects.get(organisation_id=here.organisation.pk)
    tasks.printed(job.pk)
    sheet = get(here.leads["REC"], f"{url}confirmation/")

    assert (ordered.status_code, ordered.json()) == (202, {"state": "QUEUED"})
    assert declined.status_code == 204
    assert hashlib.sha256(row["content"].encode()).hexdigest() == row["content_sha256"]
    assert (sheet.status_code, sheet.content[:5]) == (200, b"%PDF-")


@pytest.mark.django_db
def test_r107_a_letter_passes_through_both_sides_and_the_delegate_signs(mem):
    here = copy.copy(mem)
    wanted = {"qualification": str(here.ids[0]), "delegate": str(here.delegate_membership.pk)}
    refused = post(here.director, api(here, "letters/"), **wanted)
    drafted = post(here.leads["REC"], api(here, "letters/"), **wanted).json()
    url = api(here, f"letters/{drafted['id']}/")
    signed = post(here.director, f"{url}sign/", read=True, password=PASSWORD).json()
    early = post(here.director, f"{url}accept/")
    accepted = post(here.leads["REC"], f"{url}accept/").json()
    seen = get(here.delegate, held(here, "sign-off/")).json()

    given = post(
        here.delegate, held(here, "sign-off/"), seen_sha256=seen["sha256"], read=True,
        password=PASSWORD,
    )  # fmt: skip

    assert (refused.status_code, early.status_code) == (403, 403)
    states = [each["status"] for each in (drafted, signed, accepted)]
    assert states == ["DRAFTED", "SIGNED", "ACCEPTED"]
    assert "I authorise Tom Ellery" in drafted["text"]
    assert given.json()["capacity"] == "DELEGATE"
    paper = get(here.leads["REC"], f"{url}file/").content
    assert hashlib.sha256(paper).hexdigest() == signed["file_sha256"]
    assert post(here.director, f"{url}revoke/").json()["status"] == "REVOKED"


# --- gates (R114, R118, R119)


@pytest.mark.django_db
def test_r114_the_dip_managers_word_is_put_and_read(agreed):
    here = copy.copy(agreed)
    url = held(here, "dip-user/")

    before = get(here.admin, url).status_code
    denied = put(here.leads["BSC"], url, confirmed=True)
    bare = put(here.leads["DIP"], url, confirmed=False)
    withheld = put(here.leads["DIP"], url, confirmed=False, note="No agreement.").json()
    confirmed = put(here.leads["DIP"], url, confirmed=True, note="Signed.").json()

    assert (before, denied.status_code, bare.status_code) == (404, 403, 422)
    assert [withheld["status"], confirmed["status"]] == ["WITHHELD", "CONFIRMED"]
    assert get(here.admin, url).json()["note"] == "Signed."


@pytest.mark.django_db
def test_r118_accession_is_recorded_by_each_code_body_once(agreed):
    here = copy.copy(agreed)
    url = held(here, "accessions/")

    first = post(here.leads["BSC"], url)
    again = post(here.leads["BSC"], url)
    dip = post(here.leads["DIP"], url)

    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert dip.status_code == 409
    assert [row["body"] for row in results(here.admin, url)] == ["BSC"]


@pytest.mark.django_db
def test_r119_an_assertion_is_made_for_a_split_role_alone(shared, agreed):
    split, whole = b.scene(mpids_split=True), copy.copy(agreed)
    sent = {"mpids_remaining": ["LRKB"], "complete_by": "2026-06-01", "text": "Tests in May."}

    made = put(split.director, held(split, "assertion/"), **sent)
    refused = put(whole.director, held(whole, "assertion/"), **sent)
    denied = put(split.delegate, held(split, "assertion/"), **sent)

    assert (made.status_code, made.json()["mpids_remaining"]) == (200, ["LRKB"])
    assert (refused.status_code, denied.status_code) == (409, 403)
    assert get(split.leads["REC"], held(split, "assertion/")).json()["text"] == "Tests in May."


# --- strangers, tokens, the description

TAILS = ["threads/", "plans/", "approvals/", "reopen-requests/", "sign-offs/", "letters/",
         "decisions/", "qualified/"]  # fmt: skip
HELD_TAILS = ["reviews/", "sign-off/", "dip-user/", "accessions/", "assertion/", "decisions/",
              "qualified/"]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("tail", [*TAILS, *(f"qualifications/{{}}/{each}" for each in HELD_TAILS)])
def test_r001_another_organisation_does_not_exist(ready, tail):
    stranger = factories.member_actor(factories.make_organisation(), is_director=True)
    url = api(ready, tail.format(ready.ids[0]))

    answer, own = get(stranger, url), get(ready.admin, url)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)
    assert own.status_code in (200, 404)
    assert Client().get(url).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("tail", HELD_TAILS)
def test_r007_a_role_that_a_body_does_not_govern_does_not_exist_for_it(mem, tail):
    assert get(mem.leads["BSC"], held(mem, tail)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["threads/", "reopen-requests/", "decisions/", "packs/", "qualified/"]
)
def test_lists_over_all_organisations_are_for_staff(ready, url):
    assert get(ready.admin, f"/api/v1/{url}").status_code == 403


@pytest.mark.django_db
def test_a_personal_token_signs_with_the_password(agreed):
    here = copy.copy(agreed)
    with acting_as(PORTAL):
        person = Person.objects.get(pk=here.director.person_id)
    with acting_as(entry.gate_actor(person)):
        _, secret = tokens.create_token(
            name="Signing", actor=entry.gate_actor(person), at=moments.now()
        )
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    seen = client.get(held(here, "sign-off/")).json()["sha256"]

    answer = client.post(
        held(here, "sign-off/"), {"seen_sha256": seen, "read": True, "password": PASSWORD},
        content_type=JSON,
    )  # fmt: skip

    assert answer.status_code == 201


def test_every_operation_of_this_floor_is_described():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    wanted = {"Threads and plans", "Approvals and reviews", "Reopening", "Sign-off",
              "Letters of delegated authority", "Gates before a decision", "Decisions", "Packs",
              "Qualified yet?"}  # fmt: skip
    own = [
        operation
        for path in schema["paths"].values()
        for operation in path.values()
        if set(operation["tags"]) & wanted
    ]

    assert {tag for operation in own for tag in operation["tags"]} == wanted
    assert len(own) == 60
    assert all(operation.get("description") for operation in own)
    assert all("403" in operation["responses"] for operation in own)
    components = schema["components"]["schemas"]
    for name in ("Thread", "ThreadDetail", "Plan", "Approval", "SignOff", "Decision", "Pack"):
        hashed = [ref for ref in re.findall(r"/(\w+Enum)", str(components[name]))
                  if re.search(r"[0-9a-f]{3}Enum$", ref)]  # fmt: skip
        assert hashed == [], name


@pytest.mark.parametrize("name", ["api_threads", "api_decisions", "api_sign_offs"])
def test_addresses_have_names(name):
    assert reverse(name, args=["larkspur"]).startswith("/api/v1/organisations/larkspur/")
