"""The API of threads, plans, approvals, reviews and reopening."""

import copy

import pytest

from foundation.tenancy.acting import acting_as
from participants.enums import Status
from reviews.services import plans
from tests.reviews import builders as b
from tests.reviews.calls import PROBLEM, api, get, held, post, raised, results
from tests.reviews.doors import door, statements
from tests.reviews.papers import who_is

THREADS, TALK, PLANS, APPROVALS = 5, 7, 5, 5


@pytest.fixture(scope="module")
def initial(shared):
    return b.to(b.scene(), Status.INITIAL_SUBMITTED)


@pytest.fixture(scope="module")
def final(shared):
    return b.to(b.scene(), Status.FINAL_REVIEW)


@pytest.fixture(scope="module")
def agreed(shared):
    return b.to(b.scene(), Status.CONTENT_AGREED)


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
def test_an_act_sent_twice_is_done_once_and_answered_alike(final):
    here = copy.copy(final)
    talk, matter = raised(here, kind="COMMENT"), raised(here)
    said = api(here, f"threads/{talk['id']}/")
    planned = api(here, f"threads/{matter['id']}/plan/")
    plan = {"text": "Vary the contract.", "owner_name": "Tom", "due_on": "2036-06-30"}
    bsc, own = here.leads["BSC"], here.admin

    acts = [
        (own, f"{said}respond/", {"text": "Fifteen minutes."}),
        (bsc, f"{said}ask-again/", {"text": "Under load?"}),
        (bsc, f"{said}close/", {}),
        (own, planned, plan),
        (bsc, f"{planned}return/", {"reason": "Earlier, please."}),
        (own, planned, plan | {"due_on": "2036-05-31"}),
        (bsc, f"{planned}agree/", {}),
        (own, f"{planned}done/", {"text": "Signed on Friday."}),
        (bsc, f"{planned}return-action/", {"reason": "Show the contract."}),
    ]
    for who, url, word in acts:
        once, again = post(who, url, **word), post(who, url, **word)
        assert (again.status_code, again.json()) == (once.status_code, once.json()), url
        assert again.status_code in (200, 201), (url, again.json())

    assert len(get(own, said).json()["messages"]) == 3
    assert len(results(own, api(here, "plans/"))) == 2


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
    actor = who_is(here, who)
    url = api(here, f"threads/{thread['id']}/{tail}" if tail else "threads/")

    sent = {
        "": {"part": str(here.part().pk), "question": "H03", "kind": "COMMENT", "subject": "x"},
        "plan/": {"owner_name": "x", "due_on": "2036-06-30"},
    }

    answer = post(actor, url, text="x", **sent.get(tail, {}))

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
    pages, following = [], f"{url}?limit=2"
    while following:
        page = get(here.admin, following).json()
        pages, following = [*pages, page["results"]], page["next"]

    assert [t["body"] for t in of_rec] == ["REC", "REC"]
    assert [t["reference"] for t in findings] == ["F-1", "F-2", "F-3"]
    assert [len(page) for page in pages] == [2, 2, 2]
    assert len({t["id"] for page in pages for t in page}) == 6
    everywhere = results(
        here.leads["BSC"], f"/api/v1/threads/?organisation={here.organisation.slug}"
    )
    assert len(everywhere) == 6


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
