"""The sign-off in the hands of those who sign: reading, signing, declining, the receipt."""

import copy
import hashlib

import pytest
from django.core.cache import cache
from django.db.models.base import ModelState

from foundation.ids import new_id
from foundation.jobs import services as work
from foundation.jobs.models import Job
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from reviews import tasks
from reviews.models import ActionPlan, Thread
from reviews.pages.signing import in_groups
from reviews.services import plans
from tests import factories
from tests.factories import PASSWORD
from tests.reviews import builders as b
from tests.reviews.doors import door, statements, text_of
from tests.reviews.papers import events, of, reopen, seal, sign, signatures, url

LIST, READ, RECEIPT = 8, 13, 10
LETTER = 1  # read only where a delegate may sign
MANY = 300


@pytest.fixture(autouse=True)
def _as_many_tries_as_tests():
    cache.clear()


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def mem(shared):
    return b.to(b.scene("MEM_SMART"), Status.CONTENT_AGREED)


@pytest.fixture(scope="module")
def reviewed(shared):
    return b.to(b.scene(), Status.FINAL_REVIEW)


# --- reading and signing (R105)


@pytest.mark.django_db
def test_r105_a_director_reads_everything_and_signs_the_hash_of_it(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    page = client.get(of("sign_off_of", here))
    said, seen = text_of(page), page.context["page"].hidden["seen"]

    answer = sign(client, here)

    assert "Your Final QAD for Supplier is agreed and ready for you to sign." in said
    assert "I confirm, as a director of" in said
    assert in_groups(seen) in said
    assert "T01" in said  # a declaration of the QAD
    assert "answers given at Final only" in said
    assert "checked" not in page.content.decode()  # nothing is ticked for the reader
    assert answer.headers["Location"] == of("sign_off_of", here)
    signed = signatures(here)[0]
    assert (signed.signer_name, signed.content_sha256) == ("Margaret Iwu", seen)
    assert here.statuses == [Status.SIGNED_OFF]


@pytest.mark.django_db
def test_r105_the_receipt_shows_who_when_and_the_whole_hash(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sign(client, here)

    said = text_of(client.get(of("sign_off_of", here)))

    signed = signatures(here)[0]
    assert "The QAD for Supplier is signed." in said
    assert f"SHA-256 {in_groups(signed.content_sha256)}" in said
    assert f"{signed.signed_at:%H:%M}, by the server’s clock, London" in said
    assert "Covers the QAD as it stands" in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "not my password"}, "not the password of your account"),
        ({"password": ""}, "Enter the password of your account"),
        ({"read": ""}, "Tick that you have read the declaration"),
    ],
)
def test_r105_without_password_or_tick_nothing_is_signed(agreed, changes, said):
    here = copy.copy(agreed)

    answer = sign(door(here.director), here, **changes)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (signatures(here), here.statuses) == ([], [Status.CONTENT_AGREED])


@pytest.mark.django_db
def test_a_wrong_password_leaves_a_trace(agreed):
    here = copy.copy(agreed)

    sign(door(here.director), here, password="not my password")

    assert events("person.reauthentication_failed", here) == 1


@pytest.mark.django_db
def test_r105_what_changed_since_it_was_opened_is_not_signed(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    before = seal(client, here)
    with acting_as(PORTAL):
        here.organisation.legal_name = "Another Name Ltd"
        here.organisation.save(update_fields=["legal_name"])

    answer = client.post(
        of("sign_off_of", here), {"seen": before, "read": "on", "password": PASSWORD}
    )

    page = answer.context["page"]
    assert answer.status_code == 409
    assert "Not signed: this was changed since you opened it." in text_of(answer)
    assert page.hidden["seen"] != before
    assert "checked" not in answer.content.decode()
    assert signatures(here) == []
    assert client.post(
        of("sign_off_of", here),
        {"seen": page.hidden["seen"], "read": "on", "password": PASSWORD},
    ).status_code == 302  # fmt: skip


@pytest.mark.django_db
def test_a_doubled_click_signs_once(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sent = {"seen": seal(client, here), "read": "on", "password": PASSWORD}

    first = client.post(of("sign_off_of", here), sent)
    second = client.post(of("sign_off_of", here), sent)

    assert [first.status_code, second.status_code] == [302, 302]
    assert len(signatures(here)) == 1
    assert events("qad.signed_off", here) == 1


@pytest.mark.django_db
def test_another_signature_on_what_is_signed_is_refused_with_the_name(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sign(client, here)

    answer = client.post(
        of("sign_off_of", here), {"seen": "0" * 64, "read": "on", "password": PASSWORD}
    )

    assert answer.status_code == 409
    assert "Margaret Iwu signed this on" in answer.content.decode()


@pytest.mark.django_db
def test_r100_before_every_body_confirmed_each_reason_stands_with_its_holder(reviewed):
    here = copy.copy(reviewed)
    page = door(here.director).get(of("sign_off_of", here))

    said = text_of(page)

    assert "The QAD for Supplier cannot be signed yet." in said
    assert "Not yet, for nine reasons." in said
    assert "REC has not approved the role part. Held by REC since" in said
    assert page.context["page"].sign is None


@pytest.mark.django_db
def test_r110_on_a_sit_route_the_work_off_plans_come_first(shared):
    here = b.to(b.scene("SUPPLIER", "SIT_M11_READY"), Status.CONTENT_AGREED)
    client = door(here.director)

    said = text_of(client.get(of("sign_off_of", here)))
    answer = sign(client, here)

    assert "has not reviewed the work-off plans of the SIT Completion Report." in said
    assert answer.status_code == 409
    assert signatures(here) == []


@pytest.mark.django_db
def test_open_items_stand_with_their_agreed_plans(reviewed):
    here = copy.copy(reviewed)
    thread = b.raise_thread(here, "BSC", "FINDING", subject="Rejected reads are not watched")
    with acting_as(here.admin):
        plans.propose(
            thread=thread, text="Watch them weekly.", owner_name="Tom Elsworth",
            due_on=b.tomorrow(here), actor=here.admin, at=here.tick(),
        )  # fmt: skip
    with acting_as(here.leads["BSC"]):
        plans.agree(thread=thread, actor=here.leads["BSC"], at=here.tick())

    said = text_of(door(here.director).get(of("sign_off_of", here)))

    assert "One agreed plan. You commit the company to these dates." in said
    assert "F-1 Watch them weekly. H03: Rejected reads are not watched" in said


@pytest.mark.django_db
def test_r111_after_reopening_the_page_says_the_signature_is_void(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sign(client, here)
    reopen(here)

    said = text_of(client.get(of("sign_off_of", here)))
    query = f"?signature={signatures(here)[0].pk}"
    waits = client.get(f"{of('confirmation', here)}{query}", follow=True)
    client.post(f"{of('sheet', here)}{query}")
    print_sheets(here)
    old = client.get(f"{of('confirmation', here)}{query}")

    assert "Signature void" in said
    assert "This signature is void: Section J was reopened" in text_of(waits)
    assert (old.status_code, old.content[:5]) == (200, b"%PDF-")
    assert jobs(here) == ["confirmation", "confirmation_void"]


@pytest.mark.django_db
def test_the_content_can_be_checked_against_the_seal_before_and_after(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    seen = seal(client, here)
    before = client.get(of("signed_content", here)).content
    sign(client, here)
    after = client.get(of("signed_content", here)).content

    assert hashlib.sha256(before).hexdigest() == seen
    assert hashlib.sha256(after).hexdigest() == signatures(here)[0].content_sha256


@pytest.mark.django_db
def test_rp3_signing_orders_the_confirmation_and_the_worker_prints_it_once(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    assert client.get(of("confirmation", here)).status_code == 404
    sign(client, here)
    waits = client.get(of("confirmation", here), follow=True)
    assert "Waits to be printed" in text_of(waits)
    assert "Waiting for a worker." in text_of(waits)

    print_sheets(here)
    print_sheets(here)
    answer = client.get(of("confirmation", here))

    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert events("confirmation.printed", here) == 1
    assert events("confirmation.opened", here) == 1
    assert jobs(here) == ["confirmation"]


@pytest.mark.django_db
def test_who_watches_the_printing_is_told_when_it_has_ended(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sign(client, here)
    asked = {"headers": {"HX-Request": "true"}}

    before = client.get(of("sheet", here), **asked)
    print_sheets(here)
    after = client.get(of("sheet", here), **asked)

    assert 'hx-trigger="every 2s"' in before.content.decode()
    assert after.headers["HX-Refresh"] == "true"
    assert "Open the PDF" in text_of(client.get(of("sheet", here)))


@pytest.mark.django_db
def test_a_sheet_that_could_not_be_printed_is_ordered_again(agreed):
    here = copy.copy(agreed)
    client = door(here.director)
    sign(client, here)
    with acting_as(PORTAL):
        work.fail(Job.objects.get().pk, at=here.tick(), message="The paper jammed.")

    page = client.get(of("sheet", here))
    client.post(of("sheet", here))
    client.post(of("sheet", here))

    assert "The paper jammed." in text_of(page)
    assert "Print it again" in text_of(page)
    assert jobs(here) == ["confirmation", "confirmation"]


@pytest.mark.django_db
def test_declining_tells_admins_and_bodies_why_and_changes_nothing(agreed):
    here = copy.copy(agreed)
    client = door(here.director)

    blank = client.post(of("decline", here), {"reason": " "})
    answer = client.post(of("decline", here), {"reason": "D05 names the wrong defects."})

    with acting_as(PORTAL):
        told = Notice.objects.filter(kind="signature_declined")
        texts, people = set(told.values_list("text", flat=True)), told.count()
    assert (blank.status_code, answer.status_code) == (422, 302)
    assert texts == {"D05 names the wrong defects."}
    assert people >= 4
    assert here.statuses == [Status.CONTENT_AGREED]


def jobs(here):
    with acting_as(PORTAL):
        rows = Job.objects.filter(organisation_id=here.organisation.pk)
        return sorted(rows.values_list("kind", flat=True))


def print_sheets(here):
    """Do what the worker does."""
    with acting_as(PORTAL):
        keys = list(
            Job.objects.filter(organisation_id=here.organisation.pk).values_list("pk", flat=True)
        )
    assert all(tasks.printed(key) for key in keys)


# --- who signs (R106, R107)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["admin", "delegate"])
def test_r106_others_read_who_can_sign_and_cannot(agreed, who):
    here = copy.copy(agreed)
    client = door(getattr(here, who))
    page = client.get(of("sign_off_of", here))

    answer = client.post(
        of("sign_off_of", here),
        {"seen": page.context["page"].hidden["seen"], "read": "on", "password": PASSWORD},
    )

    said = text_of(page)
    assert "You can read this, and others sign it." in said
    assert "Named here: Margaret Iwu." in said
    assert "A delegate cannot sign for this role" in said
    assert page.context["page"].sign is None
    assert answer.status_code == 403
    assert signatures(here) == []


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["BSC", "REC", "DIP"])
def test_the_bodies_read_and_do_not_sign(agreed, body):
    here = copy.copy(agreed)
    client = door(here.leads[body])

    assert client.get(of("sign_off_of", here)).status_code == 200
    assert client.post(of("sign_off_of", here), {"seen": "0" * 64}).status_code == 403
    assert client.get(of("decline", here)).status_code == 403


@pytest.mark.django_db
def test_r011_the_programme_reads_the_list_and_not_the_content(agreed):
    here = copy.copy(agreed)
    client = door(factories.staff_actor("MHHSP", "MCC_READER"))

    assert client.get(url("sign_off", here)).status_code == 200
    assert client.get(of("sign_off_of", here)).status_code == 403


# --- statements


@pytest.mark.django_db
def test_the_list_takes_the_same_statements_for_one_role_and_for_three(agreed, shared):
    here = copy.copy(agreed)
    trio = b.scene("LDSO", "NON_SIT_LDSO_M10")

    counted = {statements(door(each.director), url("sign_off", each)) for each in (here, trio)}

    assert counted == {LIST}


@pytest.mark.django_db
def test_reading_takes_the_same_statements_whatever_is_open(reviewed):
    here = copy.copy(reviewed)
    client = door(here.director)
    none = statements(client, of("sign_off_of", here))
    first = b.raise_thread(here, "BSC", "FINDING")
    one = statements(client, of("sign_off_of", here))
    _multiply(first, MANY)

    page = client.get(of("sign_off_of", here))

    assert len(page.context["page"].sections[1].rows) == MANY
    assert [none, one, statements(client, of("sign_off_of", here))] == [READ, READ, READ]


def _multiply(first, count):
    """Put as many findings like the first on record, each with its agreed plan."""
    with acting_as(PORTAL):
        rows = [first]
        for number in range(2, count + 1):
            row = copy.copy(first)
            row.pk, row.number, row._state = new_id(), number, ModelState()
            rows.append(row)
        Thread.objects.bulk_create(rows[1:])
        ActionPlan.objects.bulk_create(
            ActionPlan(
                organisation_id=row.organisation_id, thread=row, text="By hand, daily.",
                owner_name="Tom Elsworth", due_on=row.raised_at.date(), status="AGREED",
                proposed_at=row.raised_at, proposed_by_name="Tom Elsworth",
            )
            for row in rows
        )  # fmt: skip


@pytest.mark.django_db
def test_a_delegate_reads_with_one_statement_more_for_the_letter(mem):
    here = copy.copy(mem)

    assert statements(door(here.delegate), of("sign_off_of", here)) == READ + LETTER


@pytest.mark.django_db
def test_a_receipt_takes_its_statements(agreed):
    here = copy.copy(agreed)
    sign(door(here.director), here)

    assert statements(door(here.director), of("sign_off_of", here)) == RECEIPT
