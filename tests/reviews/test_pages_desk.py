"""The desk: the queue, other homes, "qualified yet?", the register: words, reach, statements."""

import copy
import re
from datetime import date, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import NOBODY, PORTAL, Actor, ActorKind
from participants.enums import Status
from participants.models import Organisation, Person, Qualification
from qadportal.demo.market import Market
from reviews import qualified as q
from reviews import queries_desk as desk
from reviews.enums import Severity, Side, ThreadKind, ThreadState
from reviews.models import ActionPlan, ReopenRequest, Thread
from reviews.pages.desk.everyone import brief
from reviews.pages.desk.matrix import qualified_page, title
from reviews.pages.desk.rows import Reader, waiting
from reviews.services import approvals, plans, reopening, reviewing
from submissions.queries import latest_versions
from tests import factories
from tests.reviews import builders as b
from tests.reviews import known
from tests.submissions import builders as qads
from waves.models import Obligation

NOW = datetime(2025, 11, 18, 12, 0, tzinfo=ZoneInfo("UTC"))  # a Tuesday
TODAY = NOW.date()
QUEUE, EVERYONE, FINDINGS = "/desk/", "/desk/qualified/", "/desk/findings/"


@pytest.fixture(autouse=True)
def _november():
    with moments.at(NOW):
        yield


@pytest.fixture(scope="module")
def scenes(shared) -> dict[str, b.Scene]:
    """A Supplier whose Initial QAD is submitted, and one whose Final is."""
    return {
        "initial": b.to(b.scene(), Status.INITIAL_SUBMITTED),
        "final": b.to(b.scene(), Status.FINAL_SUBMITTED),
    }


@pytest.fixture
def initial(scenes, db) -> b.Scene:
    return alone(scenes["initial"])


@pytest.fixture
def final(scenes, db) -> b.Scene:
    return alone(scenes["final"])


def alone(here: b.Scene) -> b.Scene:
    """Return a scene as it was built, the others out of the way for the length of a test."""
    with acting_as(PORTAL):
        others = Qualification.objects.exclude(organisation=here.organisation)
        others.update(status=Status.WITHDRAWN)
    return copy.copy(here)


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def of_staff(body: str = "BSC", *duties: str) -> Client:
    return signed_in(factories.make_staff(body, *duties))


def of_lead(here: b.Scene, body: str = "BSC") -> Client:
    return signed_in(Person.objects.get(pk=here.leads[body].person_id))


def of_member(organisation: Organisation) -> Client:
    return signed_in(factories.make_member(organisation).person)


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def words(client: Client, url: str) -> str:
    """What a page says, from its heading on."""
    page = re.sub(r"(?s)<svg.*?</svg>", "", html(client, url))
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<h1") :]).split())


def heading(client: Client, url: str) -> str:
    return re.search(r"(?s)<h1[^>]*>(.*?)</h1>", html(client, url))[1].strip()


def rows(client: Client, url: str) -> list[str]:
    """The names in the first column of links, in order."""
    return re.findall(r"data-row>(?:<span[^>]*>)?([^<]+)<", html(client, url))


def place(here: b.Scene, tail: str) -> str:
    return f"/o/{here.organisation.slug}/{tail}"


def due(here: b.Scene, days: int, body: str = "BSC") -> None:
    """Move a body's review clock so that it ends so many days from today."""
    on = TODAY + timedelta(days=days)
    ends = datetime.combine(on + timedelta(days=1), time(), ZoneInfo("Europe/London"))
    with acting_as(PORTAL):
        held = Obligation.objects.filter(qualification_id__in=here.ids, body=body)
        reviews = held.filter(activity__endswith="review_complete")
        reviews.update(due_on=on, due_at=ends, started_on=on - timedelta(days=42))


def ask_for_more(here: b.Scene, body: str = "BSC") -> None:
    part, lead = here.part(), here.leads[body]
    with acting_as(lead):
        seen = latest_versions([part.pk])[part.pk].sha256
        approvals.ask_for_more(
            part=part, seen_sha256=seen, reason="Show the recovery test.", actor=lead,
            at=here.tick(),
        )  # fmt: skip


def ask_to_reopen(here: b.Scene) -> ReopenRequest:
    subject, part = here.qualification, here.part()
    with acting_as(here.admin):
        return reopening.request(
            qualification=subject, sections=[(part, "J")], reason="LWI-22 was replaced.",
            actor=here.admin, at=here.tick(),
        )  # fmt: skip


def propose(here: b.Scene, body: str = "BSC", due_on: date | None = None) -> Thread:
    """Raise a finding and let the participant propose a plan for it."""
    raised = b.raise_thread(here, body, "FINDING")
    with acting_as(here.admin):
        plans.propose(
            thread=raised, text="We will test it.", owner_name="Tom",
            due_on=due_on or b.tomorrow(here), actor=here.admin, at=here.tick(),
        )  # fmt: skip
    return raised


# --- the queue ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_queue_stands_by_clock_risk_and_its_title_names_the_first(initial):
    calm, late = initial, b.to(b.scene("SDS"), Status.INITIAL_SUBMITTED)
    due(calm, 3)
    due(late, -4)
    client = of_lead(calm)

    page = words(client, QUEUE)

    assert rows(client, QUEUE) == [late.organisation.name, calm.organisation.name]
    assert page.startswith(f"Two to read. {late.organisation.name} first.")
    assert "Its clock ran out four days ago and DIP reads it too." in page
    assert f"Open {late.organisation.name}" in page
    assert page.index("4 days over") < page.index("3 days")
    assert "SDS, Wave 3 Initial" in page
    assert "4 days over 6 weeks Fri 14 Nov" in page


@pytest.mark.django_db
def test_a_date_of_the_queue_explains_itself_for_the_body_that_reads(initial):
    due(initial, 3)

    page = html(of_lead(initial), QUEUE)

    url = place(initial, f"qualifications/{initial.ids[0]}/dates/initial_qad_review_complete/")
    assert f'href="{url}?body=BSC" data-date' in page


@pytest.mark.django_db
def test_who_has_read_to_the_end_leaves_the_queue_and_the_others_keep_it(initial):
    here, lead = initial, initial.leads["BSC"]
    subject = here.qualification
    with acting_as(lead):
        reviewing.complete_initial(qualification=subject, actor=lead, at=here.tick())
    name = here.organisation.name

    bsc, rec = words(of_lead(here), QUEUE), words(of_lead(here, "REC"), QUEUE)
    every = words(of_lead(here), f"{QUEUE}?view=all")

    assert bsc.startswith("Nothing waits to be read.")
    assert "Your queue is empty." in bsc
    assert rec.startswith(f"One to read. {name} first.")
    assert f"{name} Supplier, Wave 3 Initial REC and DIP" in every


@pytest.mark.django_db
def test_an_initial_is_the_bodys_turn_whatever_it_asked_meanwhile(initial):
    here = initial
    b.raise_thread(here)

    client = of_lead(here)

    assert rows(client, QUEUE) == [here.organisation.name]
    assert rows(client, f"{QUEUE}?view=waiting") == []
    assert "BSC asks for more" in words(client, QUEUE)


@pytest.mark.django_db
def test_a_final_that_waits_for_the_participant_says_so_in_its_own_view(final):
    here = final
    ask_for_more(here)
    client, name = of_lead(here), here.organisation.name

    assert "Participant" in words(client, QUEUE)
    assert heading(client, QUEUE) == "One with the participant. Nothing is yours to read now."
    assert rows(client, f"{QUEUE}?view=waiting") == [name]
    assert heading(client, f"{QUEUE}?view=waiting") == "One waits for the participant."
    assert rows(client, f"{QUEUE}?holder=BODY") == []
    assert heading(of_lead(here, "REC"), QUEUE) == f"One to read. {name} first."


@pytest.mark.django_db
def test_what_the_rows_say_of_themselves_is_what_the_database_narrows_by(initial):
    """The flags stand twice, as a condition and on a row; they never differ."""
    asked, lapsed = b.to(b.scene(), Status.FINAL_SUBMITTED), b.to(b.scene(), Status.FINAL_SUBMITTED)
    talked = b.to(b.scene(), Status.FINAL_REVIEW)
    ask_for_more(asked)
    b.approve(lapsed, "BSC")
    b.raise_thread(talked)
    b.to(b.scene(), Status.CONTENT_AGREED)
    for body in ("BSC", "REC", "DIP"):
        actor = initial.leads[body]
        with acting_as(actor):
            every = desk.queue(actor)
            found = list(desk.with_clocks(every, body))
            seen = waiting(found, desk.parts(found), Reader(body, TODAY))
            narrowed = {
                view: set(every.filter(desk.in_view(view, body)).values_list("pk", flat=True))
                for view in ("risk", "waiting")
            }
        assert {one.held.pk for one in seen if one.to_read} == narrowed["risk"]
        assert {one.held.pk for one in seen if one.waits} == narrowed["waiting"]
        assert len(seen) == 5


@pytest.mark.django_db
def test_plans_proposed_stand_in_their_view_and_below_until_they_are_agreed(final):
    here = final
    raised = propose(here)
    client, name = of_lead(here), here.organisation.name

    assert "Plans to agree (1)" in words(client, QUEUE)
    assert rows(client, f"{QUEUE}?view=plans") == [name]
    assert f"Plan proposed F-1 {name} Restart after a fault today with you" in words(client, QUEUE)
    assert "Plan proposed" not in words(of_lead(here, "REC"), QUEUE)
    with acting_as(here.leads["BSC"]):
        plans.agree(thread=raised, actor=here.leads["BSC"], at=here.tick())
    assert "Plans to agree (0)" in words(client, QUEUE)
    assert "Yours, not on a clock" not in words(client, QUEUE)


@pytest.mark.django_db
def test_r089_a_request_to_reopen_waits_with_the_leads_that_read_its_sections(final):
    here = final
    ask_to_reopen(here)

    asked = f"Reopening asked {here.organisation.name}, section J LWI-22 was replaced."
    assert asked in words(of_lead(here), QUEUE)
    assert asked in words(of_lead(here, "REC"), QUEUE)
    assert asked not in words(of_staff("BSC", "REVIEWER"), QUEUE)


@pytest.mark.django_db
def test_r089_what_was_reopened_is_the_participants_turn(final):
    here, lead = final, final.leads["BSC"]
    asked = ask_to_reopen(here)
    with acting_as(lead):
        reopening.grant(request=asked, actor=lead, at=here.tick())

    page = words(of_lead(here), QUEUE)

    assert "Final, reopened" in page
    assert heading(of_lead(here), f"{QUEUE}?view=waiting") == "One waits for the participant."


@pytest.mark.django_db
def test_to_read_counts_what_changed_since_the_body_judged_it(final):
    """All answers at first sight; after an opinion, only those of later versions."""
    here = final
    whole = int(re.search(r"(\d+) of (\d+)", words(of_lead(here), QUEUE))[2])
    b.approve(here, "BSC")
    page = words(of_lead(here), QUEUE)

    assert whole > 60
    assert f"0 of {whole}" in page
    assert f"of {whole}" not in words(of_lead(here, "DIP"), QUEUE)  # it reads other questions


@pytest.mark.django_db
def test_filters_of_the_queue_narrow_it_and_say_of_how_many(initial):
    here = initial
    b.to(b.scene("SDS", "QT_WAVE_2"), Status.INITIAL_SUBMITTED)
    client, name = of_lead(here), here.organisation.name

    assert heading(client, QUEUE).startswith("Two to read.")
    assert heading(client, f"{QUEUE}?role=SUPPLIER") == f"One of two to read. {name} first."
    assert rows(client, f"{QUEUE}?route=QT_WAVE_3&stage=INITIAL&holder=BODY") == [name]
    nothing = words(client, f"{QUEUE}?stage=FINAL")
    assert "Nothing fits these filters." in nothing
    assert "Without them there are two here." in nothing


# --- other homes --------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_home_of_who_decides_names_what_is_ready_first(final):
    here = b.to(final, Status.SIGNED_OFF)
    secretary = signed_in(Person.objects.get(pk=here.secretary.person_id))

    waiting = words(secretary, QUEUE)
    b.make_ready(here)
    ready = words(secretary, QUEUE)

    assert waiting.startswith("Nothing is ready to be decided.")
    assert "Decisions Ready for the BSC PAB; one more on the way 0" in waiting
    name = here.organisation.name
    assert ready.startswith(f"One is ready to be decided. {name} first. BSC. PAB secretary.")
    assert f"Open {name}" in ready
    assert "Packs" in ready


@pytest.mark.django_db
def test_each_duty_without_reviewing_finds_its_own_desks(initial):
    tester = words(of_staff("BSC", "TEST_MANAGER"), QUEUE)
    reader = words(of_staff("MHHSP", "MCC_READER"), QUEUE)
    runs = words(of_staff("BSC", "ADMINISTRATOR"), QUEUE)
    dip = words(of_staff("DIP", "DECISION_MAKER"), QUEUE)

    assert tester.startswith("No PIT report waits for your word.")
    assert "Testing" in tester
    assert reader.startswith("None of one are MHHS Qualified.")
    assert "Testing" not in reader
    assert runs.startswith("2 organisations. None of one are MHHS Qualified.")
    assert "Staff" in runs
    assert "The portal’s date It is Tue 18 Nov 2025" in runs
    assert dip.startswith("No DIP User status waits for your word.")


@pytest.mark.django_db
def test_a_participant_has_no_desk(initial):
    member = of_member(initial.organisation)

    assert [member.get(url).status_code for url in (QUEUE, EVERYONE, FINDINGS)] == [403] * 3


# --- who sees what ------------------------------------------------------------------------


@pytest.mark.django_db
def test_r7_a_body_sees_no_role_that_it_does_not_govern(initial):
    here = b.to(b.scene("SDS"), Status.INITIAL_SUBMITTED)
    both = b.add_role(copy.copy(here), "MEM_SMART")
    name, matrix = here.organisation.name, place(here, "qualified/")
    client = of_lead(here, "REC")

    assert rows(client, QUEUE) == [initial.organisation.name]
    assert sorted(rows(client, EVERYONE)) == sorted([initial.organisation.name, name])
    assert "SDS, Wave 3" not in words(client, EVERYONE)
    assert "Smart Data Service" not in words(client, matrix)
    assert "Metering Equipment Manager (Smart)" in words(client, matrix)
    assert "Metering Equipment Manager (Smart)" not in words(of_lead(both), matrix)


@pytest.mark.django_db
def test_r7_an_organisation_without_a_governed_role_is_not_found(initial):
    here = b.to(b.scene("SDS"), Status.INITIAL_SUBMITTED)
    client = of_lead(here, "REC")

    assert client.get(place(here, "qualified/")).status_code == 404
    assert client.get(place(here, "findings/")).status_code == 404


@pytest.mark.django_db
def test_r1_a_participant_reads_its_own_matrix_and_register_only(initial):
    other = factories.make_organisation()
    stranger = of_member(other)

    assert stranger.get(place(initial, "qualified/")).status_code == 404
    assert stranger.get(place(initial, "findings/")).status_code == 404
    assert "No market role is sought yet." in words(stranger, f"/o/{other.slug}/qualified/")


@pytest.mark.django_db
def test_r11_the_programme_reads_what_is_missing_but_not_what_was_said(final):
    here = final
    b.raise_thread(here, "BSC", "FINDING")
    ask_for_more(here, "DIP")
    programme, matrix = of_staff("MHHSP", "MCC_READER"), place(here, "qualified/")

    seen, full = words(programme, matrix), words(of_lead(here), matrix)

    assert "1 without plan" in seen
    assert "The DIP Manager asks for more on the role part." in seen
    for said in ("Restart after a fault", "Show the recovery test."):
        assert said in full
        assert said not in seen
    assert here.organisation.name in words(programme, EVERYONE)
    assert programme.get(FINDINGS).status_code == 403
    assert programme.get(place(here, "findings/")).status_code == 403


# --- the matrix ---------------------------------------------------------------------------


def reader(body: str = "BSC") -> Actor:
    return Actor(
        kind=ActorKind.REVIEWER, person_id=NOBODY, name="Ruth", body=body,
        duties=frozenset({"REVIEWER", "LEAD"}),
    )  # fmt: skip


def page_of(*held: q.Facts, actor: Actor | None = None, only_missing: bool = False):
    return qualified_page(
        Organisation(name="Orchard Energy", slug="orchard", legal_name="Orchard Energy Ltd"),
        held,
        actor=actor or reader(),
        today=date(2026, 5, 10),
        only_missing=only_missing,
        crumbs=(),
    )


@pytest.mark.parametrize("status", [s for s in Status if s not in ("QUALIFIED", "WITHDRAWN")])
@pytest.mark.parametrize("role", ["SUPPLIER", "SDS", "MEM_SMART"])
def test_r118_every_lack_has_a_holder_and_every_criterion_its_word(role, status):
    from tests.reviews.test_qualified import BLANK

    held = known.facts(role, status=status, **BLANK)
    section = page_of(held).sections[0][1]

    assert len(section.facts) == 4
    assert len(section.table.rows) == len(q.missing(held)) > 0
    assert all(row.cells[2] for row in section.table.rows)
    assert all(fact.value[0].kind in ("met", "not_yet", "not_needed") for fact in section.facts)


def test_r014_the_trio_is_one_locked_head_with_one_answer():
    held = known.trio()
    held[1] = known.without(held[1], "decisions", "REC")
    held = [known.with_mates(each, held) for each in held]

    page = page_of(known.facts("SUPPLIER"), *held)
    cell = page.verdicts[1]

    assert [column.locked for column in page.columns] == [False, True, True, True]
    assert [entity["span"] for entity in page.entities] == [1, 3]
    assert (cell.span, cell.locked, cell.status.word) == (3, True, "Not yet: locked together")
    assert "4 of 5 decisions." in cell.text[0]
    assert cell.text[1].text == "SMRA / ERDA holds."
    dip = next(row for band in page.bands for row in band.rows if row.title == "DIP User")
    assert [(each.status.word, each.span) for each in dip.cells] == [
        ("", 1),
        ("Confirmed for all three", 3),
    ]


def test_the_cells_of_every_row_fill_the_columns():
    page = page_of(known.facts("SUPPLIER"), known.facts("MEM_SMART"), *known.trio())

    rows = [page.verdicts, *(row.cells for band in page.bands for row in band.rows)]
    assert {sum(cell.span for cell in cells) for cells in rows} == {5}


def test_titles_say_how_many_and_which_is_nearest():
    near = known.without(known.facts(), "decisions", "REC")
    far = known.facts("SDS", status="FINAL_REVIEW", approvals={})
    done = known.facts("ADS", status="QUALIFIED")

    assert title([near]) == "Qualified yet? Not yet. Supplier is one step away."
    assert title([far, near, done]) == "Qualified yet? One of three. Supplier is one step away."
    assert title([done]) == "MHHS Qualified as Advanced Data Service."
    assert title([done, done]) == "MHHS Qualified in all two roles."


def test_a_cell_leads_only_to_what_the_readers_side_can_do():
    held = known.facts(status="FINAL_REVIEW", approvals={}, reviews={})

    def leads(actor: Actor) -> dict[str, str]:
        bands = page_of(held, actor=actor).bands
        return {band.heading: band.rows[0].cells[0].url for band in bands}

    assert leads(reader("BSC"))["Elexon and the BSC PAB"] == "/o/orchard/approvals/"
    assert leads(reader("BSC"))["REC Code Manager"] == ""
    assert leads(reader("REC"))["REC Code Manager"] == "/o/orchard/approvals/"
    member = Actor(
        kind=ActorKind.PARTICIPANT, person_id=NOBODY, name="Priya",
        organisation_id=held.organisation_id, duties=frozenset({"AUTHOR"}),
    )  # fmt: skip
    assert "/approvals/" not in "".join(leads(member).values())


@pytest.mark.django_db
def test_only_what_is_missing_is_a_view_with_its_own_address(initial):
    client, url = of_member(initial.organisation), place(initial, "qualified/")

    page, narrow = html(client, url), html(client, f"{url}?only=missing")

    count = re.search(r"Only what is missing \((\d+)\)", page)[1]
    assert int(count) > 5
    assert "only-missing" not in page
    assert "matrix only-missing" in narrow
    assert "What is missing" in page
    assert "1. Acceded and a Qualified Party in the role under every relevant code" in page
    assert "BSC has not completed its review of the Initial QAD." in page


# --- the list of all ----------------------------------------------------------------------


@pytest.mark.django_db
def test_the_list_of_all_says_what_is_missing_first_and_by_when(initial):
    client = of_lead(initial)

    page = words(client, EVERYONE)

    assert page.startswith("Qualified yet? None of one.")
    assert "BSC has not completed its review of the Initial QAD. and " in page
    assert "expected" in page
    assert rows(client, f"{EVERYONE}?holder=bodies") == [initial.organisation.name]
    assert "No qualification fits." in words(client, f"{EVERYONE}?holder=director")
    assert "No qualification fits." in words(client, f"{EVERYONE}?status=QUALIFIED&page=9")


def test_long_reasons_are_left_out_of_the_list():
    said = "The BSC PAB deferred its decision: " + "the evidence does not show it yet, " * 5

    assert brief("The BSC PAB has not decided.") == "The BSC PAB has not decided."
    assert brief(said) == "The BSC PAB deferred its decision."


# --- the register -------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_register_parts_what_is_open_planned_cleared_and_said(final):
    here = final
    b.raise_thread(here, "DIP")
    b.raise_thread(here, "REC", "OBSERVATION")
    planned = propose(here, "BSC", due_on=date(2025, 12, 19))
    with acting_as(here.leads["BSC"]):
        plans.agree(thread=planned, actor=here.leads["BSC"], at=here.tick())
    member, url = of_member(here.organisation), place(here, "findings/")

    page = words(member, url)

    assert page.startswith("One is open. It waits for you.")
    assert "Open (1) Plans running (1) Cleared (0) Comments (1)" in page
    assert "O-1 REC Observation H03" in page
    assert "Plan needed You today" in page
    plan = words(member, f"{url}?view=plans")
    assert "F-1 BSC Medium H03" in plan
    assert "Plan agreed" in plan
    assert "Fri 19 Dec 2025" in plan
    assert "C-1 DIP H03" in words(member, f"{url}?view=comments")
    assert heading(of_lead(here, "REC"), url) == "One is open. None waits for REC."


@pytest.mark.django_db
def test_a_plan_past_its_day_is_marked_and_can_be_asked_for(final):
    here = final
    raised = propose(here)
    with acting_as(here.leads["BSC"]):
        plans.agree(thread=raised, actor=here.leads["BSC"], at=here.tick())
        ActionPlan.objects.update(due_on=TODAY - timedelta(days=3))
    client = of_lead(here)

    assert "Overdue by 3 days" in words(client, f"{FINDINGS}?view=plans")
    assert rows(client, f"{FINDINGS}?view=plans&overdue=1") == ["F-1"]
    with acting_as(PORTAL):
        ActionPlan.objects.update(due_on=TODAY)
    assert rows(client, f"{FINDINGS}?view=plans&overdue=1") == []


@pytest.mark.django_db
def test_a_reply_to_a_finding_is_the_turn_of_the_body_that_raised_it(final):
    here = final
    propose(here)

    raiser, other = of_lead(here), of_lead(here, "REC")

    assert heading(raiser, FINDINGS) == "One is open. It waits for BSC."
    assert rows(raiser, f"{FINDINGS}?body=BSC&turn=BODY") == ["F-1"]
    assert heading(other, FINDINGS) == "One is open. None waits for REC."
    assert rows(other, f"{FINDINGS}?severity=LOW") == []
    assert rows(other, f"{FINDINGS}?severity=MEDIUM&kind=FINDING") == ["F-1"]


@pytest.mark.django_db
def test_without_findings_the_participant_reads_who_is_still_reading(initial):
    due(initial, 28, "BSC")

    page = words(of_member(initial.organisation), place(initial, "findings/"))

    assert "No findings. Your Initial QAD is still being read." in page
    assert "Nothing is needed from you." in page
    assert "BSC, REC and the DIP Manager finish by" in page
    assert "Open (0) Plans running (0) Cleared (0) Comments (0)" in page


# --- statement counts ---------------------------------------------------------------------

EXACT = {
    "queue": 8,
    "queue, of a lead": 9,
    "queue, everything": 8,
    "queue, page 2": 8,
    "home of the PAB secretary": 7,
    "home of an administrator": 5,
    "all qualifications": 8,
    "all qualifications, narrowed": 8,
    "matrix, of a body": 7,
    "matrix, of its organisation": 7,
    "findings": 6,
    "comments": 6,
    "findings of an organisation": 7,
    "findings, of its organisation": 7,
}


def statements(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len([each for each in seen if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))])


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
    }
    for more in (0, 150):
        if more:
            crowd(more, 6000)
        found = {key: statements(clients[who], url) for key, (who, url) in addresses.items()}
        assert found == EXACT, more
    with acting_as(PORTAL):
        assert Qualification.objects.count() > 250
