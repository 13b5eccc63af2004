"""A Pre-Qualification Submission written, handed in, returned, changed and accepted (R27-R31)."""

import json
import re
from datetime import date

import pytest
from django.db import connection

from foundation.audit.models import AuditEvent
from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.models import Qualification
from tests import factories
from tests.statements import statements
from tests.waves.joining.conftest import NOW, SAID, TYPED, signed_in
from waves.models import Milestone, Place, PreQualificationVersion
from waves.services import places, pre_qualification, roads

pytestmark = pytest.mark.django_db
SENT = SAID | {"target_migration_on": date(2026, 9, 1)}


def text_of(response) -> str:
    return response.content.decode()


# --- writing


def test_the_form_saves_what_was_typed_and_says_so(joiner):
    saved = joiner.client.post(joiner.url("form/"), TYPED | {"revision": "0", "then": "save"})
    page = text_of(joiner.client.get(joiner.url("form/")))

    assert saved.status_code == 302
    assert "Saved, revision 1" in page
    assert "One cycle in the summer." in page
    assert joiner.fresh().target_migration_on == date(2026, 9, 1)


def test_autosave_answers_with_the_revision_and_the_time(joiner):
    answer = joiner.client.post(
        joiner.url("form/"), TYPED | {"revision": "0"}, headers={"X-Autosave": "1"}
    )

    assert (answer.status_code, answer.json()) == (200, {"revision": 1, "saved_at": "12:00"})


def test_what_cannot_be_read_is_named_and_the_rest_is_saved(joiner):
    typed = TYPED | {"revision": "0", "target_migration_on_1": "13"}
    answer = joiner.client.post(joiner.url("form/"), typed, headers={"X-Autosave": "1"})

    assert answer.status_code == 422
    assert answer.json()["revision"] == 1
    assert answer.json()["errors"] == {
        "target_migration_on": "Target date of migration: Enter a real date, such as 14 2 2026"
    }
    assert joiner.fresh().pit_approach == "One cycle in the summer."


def test_without_script_an_error_keeps_what_was_typed_and_saves_nothing(joiner):
    answer = joiner.client.post(
        joiner.url("form/"), TYPED | {"revision": "0", "key_contact_email": "gwen"}
    )

    assert answer.status_code == 422
    assert 'value="gwen"' in text_of(answer)
    assert "There is a problem" in text_of(answer)
    with acting_as(PORTAL):
        assert not PreQualificationVersion.objects.exists()


def test_saving_the_same_words_again_is_no_new_revision(joiner):
    joiner.saves(0, **SENT)

    assert joiner.saves(1, **SENT).revision == 1
    with acting_as(PORTAL):
        assert AuditEvent.objects.filter(action="pre_qualification.saved").count() == 1


def test_a_stale_save_meets_both_texts_and_loses_neither(joiner):
    joiner.saves(0, **SENT)
    seen = json.dumps(SAID | {"target_migration_on": "2026-09-01"})
    joiner.saves(1, pit_approach="Two cycles.", reliance="On Birch Data.")
    typed = TYPED | {"revision": "1", "seen": seen, "pit_approach": "Three cycles."}

    met = joiner.client.post(joiner.url("form/"), typed, headers={"X-Autosave": "1"})
    assert met.status_code == 409
    assert "Two cycles." in text_of(met)
    assert "Three cycles." in text_of(met)
    carried = {"mine": json.dumps(SAID | {"pit_approach": "Three cycles."}), "base": seen}
    open_ = joiner.client.post(joiner.url("form/merge/"), carried | {"revision": "2"})
    chosen = carried | {"revision": "2", "c-pit_approach": "yours"}
    done = joiner.client.post(joiner.url("form/merge/"), chosen)

    assert (open_.status_code, done.status_code) == (409, 302)
    kept = joiner.fresh()
    assert (kept.pit_approach, kept.reliance) == ("Three cycles.", "On Birch Data.")


def test_who_may_not_write_it_does_not(joiner):
    plain = {"is_master_admin": False}
    director = {"is_author": False, "is_director": True}
    for flags in (director, {"is_limited": True}):
        actor = factories.member_actor(joiner.organisation, **plain, **flags)
        with pytest.raises(Denied):
            joiner.saves(0, by=actor, **SENT)


def test_r027_who_is_on_other_roads_alone_writes_none(joiner):
    with acting_as(PORTAL):
        Qualification.objects.update(route="SIT_M11_READY")

    with pytest.raises(Refused, match="Only organisations of the waves"):
        joiner.saves(0, **SENT)
    assert "Only organisations of the waves" in text_of(joiner.client.get(joiner.url()))


# --- handing in


def test_r029_what_is_missing_is_listed_and_nothing_is_handed_in(joiner):
    joiner.saves(0, pit_approach="One cycle.")

    page = text_of(joiner.client.get(joiner.url("submit/")))
    with pytest.raises(Invalid) as problem:
        joiner.hands_in(1)

    assert "Choose the wave that you prefer." in page
    assert "Hand it in</button>" not in page
    assert len(problem.value.problems) == 8
    assert joiner.fresh().state == "DRAFT"


def test_r031_handing_in_keeps_a_version_and_meets_the_date(joiner):
    joiner.saves(0, **SENT)

    done = joiner.client.post(joiner.url("submit/"), {"revision": "1"})

    assert done.status_code == 302
    with acting_as(PORTAL):
        version = PreQualificationVersion.objects.get()
        assert version.content["target_migration_on"] == "2026-09-01"
        assert len(version.sha256) == 64
        assert Milestone.objects.get(event="pqs_submitted").qualification_id == joiner.held.pk
        assert Notice.objects.filter(kind="pre-qualification").count() >= 2
    assert joiner.fresh().state == "RECEIVED"


def test_r031_the_same_words_are_not_handed_in_twice(joiner):
    joiner.saves(0, **SENT)
    joiner.hands_in(1)

    with pytest.raises(Refused, match="Nothing has changed"):
        joiner.hands_in(1)


def test_what_somebody_changed_meanwhile_is_read_again_before_it_goes(joiner):
    joiner.saves(0, **SENT)
    joiner.saves(1, pit_approach="Two cycles.")

    with pytest.raises(Refused, match="Read it again"):
        joiner.hands_in(1)


def test_r031_a_later_version_shows_what_changed_and_the_first_one_stays(joiner):
    joiner.saves(0, **SENT)
    joiner.hands_in(1)
    joiner.accepts()
    joiner.saves(1, pit_approach="Two cycles.")
    before = text_of(joiner.desk.get(joiner.url()))
    joiner.hands_in(2)
    after = text_of(joiner.desk.get(joiner.url()))

    assert "Two cycles." not in before
    assert "Since version 1" in after
    assert "<del" in after
    with acting_as(PORTAL):
        numbers = PreQualificationVersion.objects.values_list("number", "content__pit_approach")
        assert sorted(numbers) == [(1, "One cycle in the summer."), (2, "Two cycles.")]
        assert Milestone.objects.filter(event="pqs_submitted").count() == 1


def test_r003_while_a_later_version_waits_the_accepted_contact_is_proposed(joiner):
    joiner.saves(0, **SENT)
    joiner.hands_in(1)
    joiner.accepts()
    joiner.saves(1, key_contact_name="Tom Ash", key_contact_email="tom@example.org")
    joiner.hands_in(2)

    with acting_as(joiner.lead):
        assert pre_qualification.proposal(joiner.organisation).name == "Gwen Marlow"
    joiner.accepts()
    with acting_as(joiner.lead):
        assert pre_qualification.proposal(joiner.organisation).name == "Tom Ash"


def test_r032_the_wish_on_the_board_follows_until_a_wave_is_indicated(joiner):
    with acting_as(PORTAL):
        places.ensure(qualification=joiner.held, actor=PORTAL, at=NOW)
    joiner.saves(0, **SENT | {"preferences": {"SUPPLIER": "QT_WAVE_4"}})
    joiner.hands_in(1)

    with acting_as(PORTAL):
        assert Place.objects.get().requested == "QT_WAVE_4"


# --- judging


def test_nt4_a_returned_submission_tells_why_and_can_come_again(joiner):
    joiner.saves(0, **SENT)
    joiner.hands_in(1)
    joiner.desk.post(joiner.url("return/"), {"because": "Say when PIT ends."})

    page = text_of(joiner.client.get(joiner.url()))
    assert "Returned." in page
    assert "Say when PIT ends." in page
    with acting_as(PORTAL):
        assert Notice.objects.filter(text__contains="Say when PIT ends.").exists()
    joiner.saves(1, pit_timescales="By 31 August.")
    assert joiner.hands_in(2).number == 2
    assert joiner.accepts().state == "ACCEPTED"


def test_a_return_needs_a_reason(joiner):
    joiner.saves(0, **SENT)
    joiner.hands_in(1)

    with pytest.raises(Invalid):
        joiner.returns(" ")


def test_only_what_waits_is_accepted_or_returned(joiner):
    joiner.saves(0, **SENT)

    with pytest.raises(Refused):
        joiner.accepts()
    joiner.hands_in(1)
    joiner.accepts()
    with pytest.raises(Refused):
        joiner.returns()


def test_r134_an_accepted_submission_fills_the_next_qualification_in(joiner):
    factories.make_mpids(joiner.organisation, "KEEP", "GONE")
    joiner.saves(0, **SENT | {"mpids_not_taken_forward": "GONE"})
    joiner.hands_in(1)
    joiner.accepts()

    page = text_of(joiner.desk.get(f"/o/{joiner.organisation.slug}/qualifications/new/"))

    assert '<option value="QT_WAVE_3" selected>' in page
    assert re.search(r'value="KEEP"[^>]*checked', page)
    assert not re.search(r'value="GONE"[^>]*checked', page)


def test_a_qualification_opened_later_knows_of_the_submission(joiner):
    joiner.saves(0, **SENT)
    joiner.hands_in(1)
    mpids = factories.make_mpids(joiner.organisation, "LATR")

    with acting_as(joiner.lead):
        made = roads.open_qualification(
            organisation=joiner.organisation,
            role="ADS",
            route="QT_WAVE_4",
            mpids=mpids,
            actor=joiner.lead,
            at=NOW,
        )
    with acting_as(PORTAL):
        assert "pqs_submitted" in Qualification.objects.get(pk=made[0].pk).happened


# --- reading


def test_r030_neither_dip_nor_programme_reads_the_legacy_part_on_any_way(joiner):
    joiner.saves(0, **SENT)
    joiner.hands_in(1)
    joiner.saves(1, legacy_readiness="Nothing is ready.")
    joiner.hands_in(2)
    api = f"/api/v1/organisations/{joiner.organisation.slug}/pre-qualification/"

    for body, duty in (("DIP", "REVIEWER"), ("MHHSP", "MCC_READER")):
        client = signed_in(factories.make_staff(body, duty))
        for way in (joiner.url(), api, f"{api}versions/"):
            answer = client.get(way)
            assert answer.status_code == 200
            assert "Letter sent" not in text_of(answer)
            assert "Nothing is ready" not in text_of(answer)
    assert "Nothing is ready." in text_of(joiner.desk.get(joiner.url()))


def test_a_draft_is_not_read_by_bodies_that_do_not_write_it(joiner):
    joiner.saves(0, **SENT)
    client = signed_in(factories.make_staff("DIP"))

    assert "One cycle" not in text_of(client.get(joiner.url()))
    api = f"/api/v1/organisations/{joiner.organisation.slug}/pre-qualification/"
    assert client.get(api).status_code == 404


def test_the_api_writes_hands_in_and_returns(joiner):
    api = f"/api/v1/organisations/{joiner.organisation.slug}/pre-qualification/"
    said = SAID | {"target_migration_on": "2026-09-01"}

    made = joiner.client.patch(api, said | {"revision": 0}, "application/json")
    stale = joiner.client.patch(api, {"reliance": "On many.", "revision": 0}, "application/json")
    sent = joiner.client.post(f"{api}submit/", {"revision": 1}, "application/json")
    back = joiner.desk.post(f"{api}return/", {"because": "More."}, "application/json")
    versions = joiner.client.get(f"{api}versions/").json()

    assert (made.status_code, made.json()["revision"]) == (200, 1)
    assert stale.status_code == 409
    assert (sent.status_code, sent.json()["number"]) == (201, 1)
    assert back.json()["decisions"][0]["because"] == "More."
    assert [each["content"]["preferred_route"] for each in versions] == ["QT_WAVE_3"]


def test_pages_take_as_many_statements_for_one_version_as_for_many(joiner):
    joiner.saves(0, **SENT)
    joiner.hands_in(1)
    counts = []
    for number in range(2, 12):
        if number in (2, 11):
            page, asked = statements(joiner.client.get, joiner.url())
            form, written = statements(joiner.client.get, joiner.url("form/"))
            assert (page.status_code, form.status_code) == (200, 200)
            counts.append((len(asked), len(written)))
        joiner.saves(number - 1, pit_approach=f"Cycle {number}.")
        joiner.hands_in(number)

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12
    assert connection.vendor == "postgresql"
