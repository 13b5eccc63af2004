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
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.enums import Status
from participants.models import Person
from participants.services import tokens
from reviews.models import Pack, SignOff
from reviews.services import plans
from tests import factories
from tests.factories import NOON, PASSWORD
from tests.reviews import builders as b
from tests.reviews.doors import door, statements

JSON = "application/json"
PROBLEM = "application/problem+json"
THREADS, TALK, PLANS, APPROVALS, STANDINGS, DECISIONS, LETTERS = 6, 7, 6, 6, 8, 6, 6


@pytest.fixture(autouse=True)
def _as_many_tries_as_tests():
    cache.clear()


@pytest.fixture(scope="module")
def initial(shared):
    return b.to(b.scene(), Status.INITIAL_SUBMITTED)


@pytest.fixture(scope="module")
def final(shared):
    return b.to(b.scene(), Status.FINAL_REVIEW)


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


def api(here, tail=""):
    return f"/api/v1/organisations/{here.organisation.slug}/{tail}"


def held(here, tail="", place=0):
    return api(here, f"qualifications/{here.ids[place]}/{tail}")


def post(actor, url, **data):
    return door(actor).post(url, data, content_type=JSON)


def put(actor, url, **data):
    return door(actor).put(url, data, content_type=JSON)


def get(actor, url):
    return door(actor).get(url)


def results(actor, url):
    return get(actor, url).json()["results"]


def raised(here, body="BSC", kind="FINDING"):
    severity = "HIGH" if kind == "FINDING" else ""
    answer = post(
        here.leads[body], api(here, "threads/"), part=str(here.part().pk), question="H03",
        kind=kind, subject="Restart", text="How long?", severity=severity,
    )  # fmt: skip
    assert answer.status_code == 201, answer.json()
    return answer.json()


# --- threads and plans (R97 to R99, R104)


@pytest.mark.django_db
def test_r098_a_body_raises_and_the_participant_answers(final):
    here = copy.copy(final)
    thread = raised(here, kind="COMMENT")
    url = api(here, f"threads/{thread['id']}/")

    answered = post(here.admin, f"{url}respond/", text="Fifteen minutes.")
    again = post(here.leads["BSC"], f"{url}ask-again/", text="Under load?")
    closed = post(here.leads["BSC"], f"{url}close/")

    assert (thread["reference"], thread["status"], thread["holder"]) == (
        "C-1", "OPEN", "PARTICIPANT",
    )  # fmt: skip
    assert [answered.json()["status"], again.json()["status"], closed.json()["status"]] == [
        "RESPONDED", "OPEN", "CLOSED",
    ]  # fmt: skip
    said = get(here.admin, url).json()["messages"]
    assert [(m["side"], m["text"]) for m in said] == [
        ("BODY", "How long?"),
        ("PARTICIPANT", "Fifteen minutes."),
        ("BODY", "Under load?"),
    ]


@pytest.mark.django_db
def test_r099_only_the_body_that_raised_it_agrees_a_plan_and_clears(final):
    here = copy.copy(final)
    thread = raised(here)
    url = api(here, f"threads/{thread['id']}/")
    plan = {"text": "Vary the contract.", "owner_name": "Tom", "due_on": "2036-06-30"}

    proposed = post(here.admin, f"{url}plan/", **plan)
    crossed = post(here.leads["REC"], f"{url}plan/agree/")
    returned = post(here.leads["BSC"], f"{url}plan/return/", reason="Earlier, please.")
    post(here.admin, f"{url}plan/", **plan)
    agreed = post(here.leads["BSC"], f"{url}plan/agree/")
    done = post(here.admin, f"{url}plan/done/", text="Signed on Friday.")
    back = post(here.leads["BSC"], f"{url}plan/return-action/", reason="Show the contract.")
    cleared = post(here.leads["BSC"], f"{url}clear/")

    assert (proposed.status_code, proposed.json()["status"]) == (201, "PROPOSED")
    assert (crossed.status_code, crossed.headers["Content-Type"]) == (403, PROBLEM)
    states = [each.json()["status"] for each in (returned, agreed, done, back, cleared)]
    assert states == ["RETURNED", "AGREED", "DONE", "AGREED", "CLEARED"]
    assert [p["status"] for p in results(here.admin, api(here, "plans/"))] == [
        "RETURNED", "AGREED",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_thread_says_what_each_reader_can_do_with_it(final):
    here = copy.copy(final)
    url = api(here, f"threads/{raised(here)['id']}/")

    assert get(here.admin, url).json()["acts"] == ["respond", "propose_plan"]
    assert get(here.leads["BSC"], url).json()["acts"] == ["ask_again", "clear"]
    assert get(here.leads["REC"], url).json()["acts"] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "tail"),
    [
        ("admin", ""),
        ("secretary", ""),
        ("BSC", "respond/"),
        ("REC", "ask-again/"),
        ("REC", "clear/"),
        ("director", "respond/"),
        ("BSC", "plan/"),
    ],
)
def test_what_is_not_yours_to_do_with_a_thread_is_denied(final, who, tail):
    here = copy.copy(final)
    thread = raised(here)
    actor = here.leads[who] if who in here.leads else getattr(here, who)
    url = api(here, f"threads/{thread['id']}/{tail}" if tail else "threads/")

    answer = post(
        actor, url, part=str(here.part().pk), question="H03", kind="COMMENT", subject="x",
        text="x", owner_name="x", due_on="2036-06-30",
    )  # fmt: skip

    assert answer.status_code == 403


@pytest.mark.django_db
def test_blanks_and_wrong_words_are_named_by_field(final):
    here = copy.copy(final)

    blank = post(here.leads["BSC"], api(here, "threads/"), part=str(here.part().pk))
    wrong = post(
        here.leads["BSC"], api(here, "threads/"), part=str(here.part().pk), question="H03",
        kind="REJECTION", subject="x", text="x",
    )  # fmt: skip

    assert (blank.status_code, blank.headers["Content-Type"]) == (422, PROBLEM)
    assert {"question", "kind", "subject", "text"} <= set(blank.json()["problems"])
    assert wrong.json()["problems"]["kind"] == ["Choose comment, observation or finding."]


@pytest.mark.django_db
def test_threads_are_narrowed_and_paged_without_gap_or_repeat(final):
    here = copy.copy(final)
    for body in ("BSC", "REC", "DIP"):
        b.raise_thread(here, body, "FINDING")
        b.raise_thread(here, body, "COMMENT")
    url = api(here, "threads/")

    of_rec = results(here.admin, f"{url}?body=REC")
    findings = results(here.admin, f"{url}?kind=FINDING&is_open=true")
    pages = [results(here.admin, f"{url}?limit=2&offset={at}") for at in (0, 2, 4)]

    assert [t["body"] for t in of_rec] == ["REC", "REC"]
    assert [t["reference"] for t in findings] == ["F-1", "F-2", "F-3"]
    assert len({t["id"] for page in pages for t in page}) == 6
    everywhere = results(here.leads["BSC"], f"/api/v1/threads/?organisation={_slug(here)}")
    assert len(everywhere) == 6


def _slug(here):
    return here.organisation.slug


# --- approvals, reviews, reopening (R88, R100 to R103)


@pytest.mark.django_db
def test_r103_an_approval_covers_the_hash_that_was_read(final):
    here = copy.copy(final)
    part = here.part()
    url = api(here, f"qad/{part.pk}/approve/")

    stale = post(here.leads["REC"], url, seen_sha256="0" * 64)
    given = post(here.leads["REC"], url, seen_sha256=here.newest(part).sha256)
    more = post(
        here.leads["DIP"], api(here, f"qad/{part.pk}/ask-for-more/"),
        seen_sha256=here.newest(part).sha256, reason="Name the officers.",
    )  # fmt: skip

    assert (stale.status_code, stale.headers["Content-Type"]) == (409, PROBLEM)
    assert "changed since you opened it" in stale.json()["reasons"][0]
    assert (given.json()["status"], given.json()["stands"]) == ("APPROVED", True)
    assert (more.json()["status"], more.json()["stands"]) == ("FURTHER_SUBMISSION", False)
    listed = results(here.admin, api(here, "approvals/"))
    assert [(row["body"], row["stands"]) for row in listed] == [("DIP", False), ("REC", True)]


@pytest.mark.django_db
def test_the_last_body_ends_the_initial_review(initial):
    here = copy.copy(initial)
    url = held(here, "reviews/")

    for body in ("BSC", "REC", "DIP"):
        assert post(here.leads[body], f"{url}complete-initial/").status_code == 200

    assert here.statuses == [Status.INITIAL_REVIEWED]
    rows = results(here.leads["BSC"], f"{url}?stage=INITIAL")
    assert [row["body"] for row in rows] == ["BSC", "DIP", "REC"]
    assert all(row["completed_at"] for row in rows)


@pytest.mark.django_db
def test_r100_comments_are_confirmed_only_when_none_is_open(final):
    here = copy.copy(final)
    raised(here, "DIP", "COMMENT")
    url = held(here, "reviews/confirm-comments/")

    refused, given = post(here.leads["DIP"], url), post(here.leads["BSC"], url)

    assert refused.status_code == 409
    assert refused.json()["reasons"] == ["C-1 on H03: Restart"]
    assert given.status_code == 200
    assert post(here.admin, url).status_code == 403


@pytest.mark.django_db
def test_r088_sections_are_reopened_on_request_and_approvals_fall(agreed):
    here = copy.copy(agreed)
    named = [{"part": str(here.part().pk), "section": "J"}]
    asked = post(
        here.admin, api(here, "reopen-requests/"), qualification=str(here.ids[0]),
        sections=named, reason="A new instruction.",
    )  # fmt: skip
    url = api(here, f"reopen-requests/{asked.json()['id']}/")

    waiting = results(here.leads["REC"], "/api/v1/reopen-requests/?status=REQUESTED")
    denied = post(here.admin, f"{url}grant/")
    granted = post(here.leads["REC"], f"{url}grant/")

    assert (asked.status_code, asked.json()["sections"]) == (201, named)
    assert asked.json()["id"] in {row["id"] for row in waiting}
    assert denied.status_code == 403
    assert (granted.json()["status"], granted.json()["decided_by_body"]) == ("GRANTED", "REC")
    assert here.statuses == [Status.FINAL_REOPENED]
    role = results(here.admin, api(here, f"approvals/?part={here.part().pk}"))
    assert {row["status"] for row in role} == {"LAPSED"}


@pytest.mark.django_db
def test_a_request_to_reopen_may_be_refused_with_a_reason(agreed):
    here = copy.copy(agreed)
    named = [{"part": str(here.part().pk), "section": "J"}]
    asked = post(
        here.admin, api(here, "reopen-requests/"), qualification=str(here.ids[0]),
        sections=named, reason="A new instruction.",
    )  # fmt: skip
    url = api(here, f"reopen-requests/{asked.json()['id']}/refuse/")

    assert post(here.leads["REC"], url).status_code == 422
    assert post(here.leads["REC"], url, reason="It is in force.").json()["status"] == "REFUSED"
    assert here.statuses == [Status.CONTENT_AGREED]


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
    actor = here.leads[who] if who in here.leads else getattr(here, who)
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

    row, sheet = get(here.leads["REC"], url).json(), get(here.admin, f"{url}confirmation/")

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


# --- decisions (R113, R118, R122)


def decision(**changes):
    values = {"outcome": "APPROVED", "decided_on": "2025-11-19", "minute_reference": "333/03"}
    return values | changes


@pytest.mark.django_db
def test_r122_a_recorded_decision_carries_conditions_and_its_appeal(ready):
    here = copy.copy(ready)
    conditions = [{"text": "Watch it.", "due_on": "2026-09-30", "severity": "LOW",
                   "question": "H03"}]  # fmt: skip

    answer = post(here.secretary, held(here, "decisions/"), **decision(conditions=conditions))
    twice = post(here.secretary, held(here, "decisions/"), **decision(conditions=conditions))

    row = answer.json()
    assert (answer.status_code, twice.json()["id"]) == (201, row["id"])
    assert row["conditions"] == [
        {"text": "Watch it.", "due_on": "2026-09-30", "reference": "F-1"},
    ]  # fmt: skip
    assert row["appeal"] == {"to": "Ofgem", "under": "BSC Section J 3.7"}
    assert results(here.admin, api(here, "decisions/"))[0]["decided_by"] == "BSC PAB"
    everywhere = results(here.decision_maker, f"/api/v1/decisions/?organisation={_slug(here)}")
    assert [each["body"] for each in everywhere] == ["BSC"]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["BSC", "REC", "DIP", "admin", "director"])
def test_r113_nobody_else_records_a_decision(ready, who):
    here = copy.copy(ready)
    actor = here.leads[who] if who in here.leads else getattr(here, who)

    assert post(actor, held(here, "decisions/"), **decision()).status_code == 403


@pytest.mark.django_db
def test_r114_an_approval_that_lacks_something_is_refused_with_every_reason(ready):
    here = copy.copy(ready)
    put(here.leads["DIP"], held(here, "dip-user/"), confirmed=False, note="Ended.")
    raised(here, "REC")

    answer = post(here.secretary, held(here, "decisions/"), **decision())

    assert answer.status_code == 409
    assert len(answer.json()["reasons"]) == 2
    assert "DIP User status: Ended." in " ".join(answer.json()["reasons"])


@pytest.mark.django_db
def test_nothing_of_a_decision_has_a_default(ready):
    here = copy.copy(ready)

    empty = post(here.secretary, held(here, "decisions/"))
    no_minute = post(here.secretary, held(here, "decisions/"), **decision(minute_reference=""))

    assert {"outcome", "decided_on"} <= set(empty.json()["problems"])
    assert no_minute.json()["problems"] == {
        "minute_reference": ["Give the reference of the PAB minute."]
    }


# --- packs


@pytest.mark.django_db
def test_a_pack_is_ordered_watched_and_read_by_its_own_body(ready):
    here = copy.copy(ready)
    wanted = {"title": "Meeting 9 of 2026", "qualifications": [str(here.ids[0])]}

    denied = post(here.leads["DIP"], "/api/v1/packs/", **wanted)
    unknown = post(here.secretary, "/api/v1/packs/", title="x",
                   qualifications=["00000000-0000-0000-0000-000000000000"])  # fmt: skip
    ordered = post(here.secretary, "/api/v1/packs/", **wanted)
    url = f"/api/v1/packs/{ordered.json()['id']}/"

    assert (denied.status_code, unknown.status_code) == (403, 422)
    assert (ordered.status_code, ordered.json()["status"]) == (201, "BUILDING")
    assert get(here.leads["BSC"], url).json()["total"] == 0
    assert get(here.secretary, f"{url}file/").status_code == 404
    assert post(here.secretary, f"{url}again/").json()["id"] == ordered.json()["id"]
    assert get(here.decision_maker, url).status_code == 404
    assert get(here.admin, url).status_code == 403
    listed = results(here.secretary, f"/api/v1/packs/?qualification={here.ids[0]}")
    assert [row["title"] for row in listed] == ["Meeting 9 of 2026"]
    with acting_as(PORTAL):
        assert Pack.objects.filter(pk=ordered.json()["id"], body="BSC").exists()


# --- qualified yet?


@pytest.mark.django_db
def test_r118_the_standing_names_every_missing_thing_and_its_holder(ready):
    here = copy.copy(ready)

    before = get(here.admin, held(here, "qualified/")).json()
    b.decide(here, "BSC")
    b.decide(here, "REC")
    after = get(here.admin, held(here, "qualified/")).json()

    assert [each["number"] for each in before["criteria"]] == [1, 2, 3, 4]
    assert [(each["key"], each["holder_label"]) for each in before["missing"]] == [
        ("decision", "BSC PAB"),
        ("decision", "REC Code Manager"),
    ]
    assert [band["body"] for band in before["matrix"]] == ["BSC", "REC", "DIP", ""]
    assert (before["decisions_taken"], before["decisions_needed"]) == (0, 2)
    assert (before["is_qualified"], after["is_qualified"], after["missing"]) == (False, True, [])


@pytest.mark.django_db
def test_standings_of_an_organisation_and_of_a_body(ready, mem):
    own = results(ready.admin, api(ready, "qualified/"))
    of_rec = results(ready.leads["REC"], "/api/v1/qualified/?role=MEM_ADV")
    of_bsc = results(ready.leads["BSC"], "/api/v1/qualified/?role=MEM_ADV")

    assert [row["qualification"] for row in own] == [str(ready.ids[0])]
    assert str(mem.ids[0]) in {row["qualification"] for row in of_rec}
    assert of_bsc == []
    programme = factories.staff_actor("MHHSP", "MCC_READER")
    assert get(programme, "/api/v1/qualified/").status_code == 403


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
        _, secret = tokens.create_token(name="Signing", actor=entry.gate_actor(person), at=NOON)
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
    assert len(own) == 57
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


# --- statements


@pytest.mark.django_db
def test_lists_take_the_same_statements_for_one_row_and_for_ten(final):
    here = copy.copy(final)
    client = door(here.admin)
    thread = b.raise_thread(here, "BSC", "FINDING")
    _plan(here, thread)
    b.approve(here, "REC")
    one = _counts(client, here, thread)
    for _ in range(9):
        _plan(here, b.raise_thread(here, "REC", "FINDING"))
    b.approve(here, "DIP")

    assert one == _counts(client, here, thread) == [THREADS, TALK, PLANS, APPROVALS]


def _plan(here, thread):
    with acting_as(here.admin):
        plans.propose(
            thread=thread, text="Vary it.", owner_name="Tom", due_on=b.tomorrow(here),
            actor=here.admin, at=here.tick(),
        )  # fmt: skip


def _counts(client, here, thread):
    tails = ("threads/", f"threads/{thread.pk}/", "plans/", "approvals/")
    return [statements(client, api(here, tail)) for tail in tails]


@pytest.mark.django_db
def test_standings_take_the_same_statements_for_one_and_for_three(ready, shared):
    trio = b.scene("LDSO", "NON_SIT_LDSO_M10")

    counted = {statements(door(each.admin), api(each, "qualified/")) for each in (ready, trio)}
    staff = statements(door(ready.leads["REC"]), "/api/v1/qualified/")

    assert (counted, staff) == ({STANDINGS}, STANDINGS - 1)


@pytest.mark.django_db
def test_decisions_and_letters_take_the_same_statements_for_one_and_for_two(ready):
    here = copy.copy(ready)
    client = door(here.admin)
    b.decide(here, "BSC")
    one = statements(client, api(here, "decisions/"))
    b.decide(here, "REC")

    assert [one, statements(client, api(here, "decisions/"))] == [DECISIONS, DECISIONS]
    assert statements(client, api(here, "letters/")) == LETTERS - 1  # an empty page reads no rows
