"""A body's queue: its order, its words, its views and filters."""

import re

import pytest

from foundation.tenancy.acting import acting_as
from participants.enums import Status
from reviews.pages.desk.rows import Reader, Waiting
from reviews.queries import queue as queries
from reviews.services import plans, reopening, reviewing
from tests.reviews import builders as b
from tests.reviews.desks import (
    QUEUE,
    TODAY,
    ask_for_more,
    ask_to_reopen,
    due,
    heading,
    html,
    of_lead,
    of_staff,
    place,
    propose,
    rows,
    words,
)

pytestmark = pytest.mark.usefixtures("at_noon")


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
            found = queries.page(queries.Chosen(view="all"), 0, 50)
            seen = [Waiting(each, Reader(body, TODAY)) for each in found]
            narrowed = {
                view: {each["id"] for each in queries.page(queries.Chosen(view=view), 0, 50)}
                for view in ("risk", "waiting")
            }
        assert {one.held["id"] for one in seen if one.to_read} == narrowed["risk"]
        assert {one.held["id"] for one in seen if one.waits} == narrowed["waiting"]
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
