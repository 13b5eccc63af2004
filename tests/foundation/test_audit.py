"""The audit trail: append-only, chained, and telling when somebody meddled with it."""

import os
from datetime import timedelta
from io import StringIO

import psycopg2
import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from foundation.audit import queries as trail
from foundation.audit.models import AuditEvent, AuditHead
from foundation.audit.trail import canonical, record
from foundation.audit.verify import link_hash, walk
from foundation.errors import Refused
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants import entry
from participants.services import organisations, people
from tests import factories
from tests.factories import NOON


def write(count=5, organisation=None):
    organisation = organisation or factories.make_organisation()
    with acting_as(PORTAL):
        return [
            record(
                "thing.done",
                actor=PORTAL,
                at=NOON + timedelta(minutes=number),
                subject=organisation,
                because=f"reason {number}",
                number=number,
            )
            for number in range(count)
        ]


def verdict(chain=""):
    with acting_as(PORTAL):
        return walk(chain)


@pytest.mark.django_db
def test_an_untouched_trail_verifies():
    before = verdict()
    write(), write()

    found = verdict()

    added = (found.events - before.events, found.chains - before.chains)
    assert (added, found.breaks) == ((12, 2), ())


@pytest.mark.django_db
def test_each_event_carries_the_hash_over_the_one_before_and_the_true_time():
    organisation = factories.make_organisation()
    write(3, organisation)
    with acting_as(PORTAL):
        events = list(AuditEvent.objects.filter(organisation_id=organisation.pk).order_by("seq"))
        head = AuditHead.objects.get(chain=f"organisation:{organisation.pk}")

    assert [event.seq for event in events] == [1, 2, 3, 4]
    assert [event.prev_hash for event in events[1:]] == [event.hash for event in events[:-1]]
    assert all(link_hash(event) == event.hash for event in events)
    assert (head.seq, head.hash) == (4, events[-1].hash)
    assert all(event.recorded_at > NOON for event in events)


@pytest.mark.django_db
def test_the_application_chooses_neither_place_nor_hash_nor_true_time():
    with acting_as(PORTAL):
        last = AuditHead.objects.filter(chain="portal").values_list("seq", flat=True).first()
        forged = AuditEvent(
            chain="portal",
            seq=77,
            action="x.done",
            actor_id=PORTAL.person_id,
            actor_name="x",
            actor_kind="system",
            at=NOON,
            recorded_at=NOON,
            prev_hash="f" * 64,
            hash="f" * 64,
        )
        AuditEvent.objects.bulk_create([forged])
        written = AuditEvent.objects.get(pk=forged.pk)

    assert written.seq == (last or 0) + 1
    assert written.hash == link_hash(written) != "f" * 64
    assert written.recorded_at != NOON


@pytest.mark.django_db
def test_the_same_content_is_written_the_same_way():
    assert canonical({"b": 1, "a": "ü"}) == canonical({"a": "ü", "b": 1}) == '{"a":"ü","b":1}'


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["participant", "reviewer", "portal"])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_no_actor_changes_or_removes_an_event(kind, act):
    organisation = factories.make_organisation()
    write(1, organisation)
    actor = {
        "participant": lambda: factories.member_actor(organisation),
        "reviewer": factories.staff_actor,
        "portal": lambda: PORTAL,
    }[kind]()

    with (
        acting_as(actor),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        rows = AuditEvent.objects.all()
        rows.update(because="x") if act == "update" else rows._raw_delete("default")


@pytest.mark.django_db
def test_no_actor_empties_the_trail():
    with (
        acting_as(PORTAL),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_auditevent")


@pytest.mark.django_db
def test_a_participant_reads_the_events_of_its_own_organisation_only():
    mine, other = factories.make_organisation(), factories.make_organisation()
    write(2, mine), write(2, other)

    with acting_as(factories.member_actor(mine)):
        seen = {event.organisation_id for event in AuditEvent.objects.all()}
        asked = list(trail.of_organisation(other.pk))

    assert seen == {mine.pk}
    assert asked == []


@pytest.mark.django_db
def test_a_participant_writes_no_event_into_the_chain_of_another():
    mine, other = factories.make_organisation(), factories.make_organisation()
    actor = factories.member_actor(mine)

    with (
        acting_as(actor),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        record("thing.done", actor=actor, at=NOON, subject=other)


@pytest.mark.django_db
def test_what_was_refused_leaves_no_event():
    organisation = factories.make_organisation()
    member = factories.make_member(organisation)
    actor = entry.member_actor(member)

    with pytest.raises(Refused), acting_as(actor):
        people.set_active(membership=member, active=False, actor=actor, at=NOON)

    with acting_as(PORTAL):
        assert not AuditEvent.objects.filter(action__startswith="membership.").exists()


@pytest.mark.django_db
def test_an_event_tells_who_what_and_for_which_body_in_plain_values():
    lead = factories.staff_actor("REC", "LEAD")
    with acting_as(lead):
        made = organisations.create_organisation(
            name="Penhallow Power", legal_name="Penhallow Ltd", actor=lead, at=NOON
        )
    with acting_as(PORTAL):
        event = AuditEvent.objects.get(action="organisation.created")

    assert (event.actor_name, event.actor_body, event.actor_kind) == (lead.name, "REC", "reviewer")
    assert (event.object_type, event.object_id, event.object_label) == (
        "organisation",
        str(made.pk),
        "Penhallow Power",
    )
    assert not [field for field in AuditEvent._meta.get_fields() if field.is_relation]


# --- meddling, as somebody who owns the database and has switched its walls off ------------------

CHAIN = "chain = (SELECT min(chain) FROM audit_auditevent)"
MEDDLING = {
    "a payload changed": (
        f"UPDATE audit_auditevent SET payload = '{{}}' WHERE {CHAIN} AND seq = 3",
        "bad hash at event 3",
    ),
    "a reason changed": (
        f"UPDATE audit_auditevent SET because = 'better' WHERE {CHAIN} AND seq = 3",
        "bad hash at event 3",
    ),
    "an actor changed": (
        f"UPDATE audit_auditevent SET actor_name = 'Somebody' WHERE {CHAIN} AND seq = 2",
        "bad hash at event 2",
    ),
    "an action changed": (
        f"UPDATE audit_auditevent SET action = 'thing.undone' WHERE {CHAIN} AND seq = 2",
        "bad hash at event 2",
    ),
    "an object changed": (
        f"UPDATE audit_auditevent SET object_id = 'x' WHERE {CHAIN} AND seq = 2",
        "bad hash at event 2",
    ),
    "dated back": (
        f"UPDATE audit_auditevent SET at = at - interval '40 days' WHERE {CHAIN} AND seq = 4",
        "bad hash at event 4",
    ),
    "the true time dated back": (
        "UPDATE audit_auditevent SET recorded_at = recorded_at - interval '40 days'"
        f" WHERE {CHAIN} AND seq = 4",
        "bad hash at event 4",
    ),
    "removed from the middle": (
        f"DELETE FROM audit_auditevent WHERE {CHAIN} AND seq = 3",
        "broken link at event 4",
    ),
    "the first removed": (
        f"DELETE FROM audit_auditevent WHERE {CHAIN} AND seq = 1",
        "broken link at event 2",
    ),
    "the tail cut off": (
        f"DELETE FROM audit_auditevent WHERE {CHAIN} AND seq = 6",
        "the last event does not match the head",
    ),
    "two swapped": (
        f"UPDATE audit_auditevent SET seq = -seq WHERE {CHAIN} AND seq IN (2, 3);"
        f" UPDATE audit_auditevent SET seq = 5 + seq WHERE {CHAIN} AND seq < 0",
        "broken link at event 2",
    ),
    "one put in": (
        "UPDATE audit_auditevent SET seq = seq + 100 WHERE seq > 3;"
        " INSERT INTO audit_auditevent SELECT gen_random_uuid(), chain, 4, organisation_id, action,"
        " object_type, object_id, object_label, actor_id, actor_name, actor_kind, actor_body,"
        " because, payload, at, recorded_at, prev_hash, hash FROM audit_auditevent"
        f" WHERE {CHAIN} AND seq = 3;"
        " UPDATE audit_auditevent SET seq = seq - 99 WHERE seq > 100",
        "broken link at event 4",
    ),
    "moved to another chain": (
        f"UPDATE audit_auditevent SET chain = 'body:BSC', seq = 1 WHERE {CHAIN} AND seq = 6",
        "body:BSC: broken link at event 1",
    ),
    "a hash made to fit": (
        "UPDATE audit_auditevent SET because = 'x', hash = repeat('a', 64)"
        f" WHERE {CHAIN} AND seq = 3",
        "bad hash at event 3",
    ),
    "the head turned back": (
        f"UPDATE audit_audithead SET seq = 5 WHERE {CHAIN}",
        "the last event does not match the head",
    ),
    "the head removed": (
        f"DELETE FROM audit_audithead WHERE {CHAIN}",
        "the last event does not match the head",
    ),
}
WALLS_OFF = (
    "ALTER TABLE audit_auditevent NO FORCE ROW LEVEL SECURITY;"
    "ALTER TABLE audit_audithead NO FORCE ROW LEVEL SECURITY;"
    "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL"
)
WALLS_ON = (
    "ALTER TABLE audit_auditevent FORCE ROW LEVEL SECURITY;"
    "ALTER TABLE audit_audithead FORCE ROW LEVEL SECURITY;"
    "ALTER TABLE audit_auditevent ENABLE ALWAYS TRIGGER link;"
    "ALTER TABLE audit_auditevent ENABLE ALWAYS TRIGGER keep;"
    "ALTER TABLE audit_auditevent ENABLE ALWAYS TRIGGER keep_all"
)


def as_owner(*statements):
    owner = psycopg2.connect(
        os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"]
    )
    try:
        with owner, owner.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        owner.close()


@pytest.mark.parametrize("act", sorted(MEDDLING))
def test_meddling_is_found_and_named(committed, act):
    statement, said = MEDDLING[act]
    write(5)
    connection.close()
    as_owner(WALLS_OFF, statement, WALLS_ON)

    found = verdict().breaks

    assert any(said in fault for fault in found), found


def test_what_only_a_witness_outside_can_tell(committed):
    """The tail cut and the head rewritten to fit: the chain alone cannot see it."""
    write(5)
    connection.close()
    as_owner(
        WALLS_OFF,
        f"DELETE FROM audit_auditevent WHERE {CHAIN} AND seq > 4",
        "UPDATE audit_audithead h SET seq = 4, hash = (SELECT hash FROM audit_auditevent e"
        f" WHERE e.chain = h.chain AND e.seq = 4) WHERE {CHAIN}",
        WALLS_ON,
    )

    assert verdict().breaks == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET because = 'x'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
    ],
)
def test_with_the_walls_up_even_the_owner_changes_nothing(committed, statement):
    write(2)
    connection.close()
    unforced = "ALTER TABLE audit_auditevent NO FORCE ROW LEVEL SECURITY"

    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="append-only"):
        as_owner(unforced, statement)


def test_the_command_says_what_it_found_and_ends_accordingly(committed):
    write(5)
    connection.close()
    out = StringIO()
    call_command("audit_verify", stdout=out)
    assert "6 events in 1 chains, 0 broken." in out.getvalue()
    as_owner(WALLS_OFF, MEDDLING["dated back"][0], WALLS_ON)

    with pytest.raises(SystemExit) as ended:
        call_command("audit_verify", stdout=out)

    assert ended.value.code == 1
    assert "bad hash at event 4" in out.getvalue()
