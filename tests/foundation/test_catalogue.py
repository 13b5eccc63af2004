"""The catalogue linter finds every kind of hole that is made in the database's protection."""

import os

import psycopg2
import pytest
from django.db import connection

from foundation.tenancy.catalogue import faults, faults_seen_by


@pytest.mark.django_db
def test_the_database_protects_what_the_models_declare():
    assert faults() == []


@pytest.mark.django_db
def test_the_login_owns_nothing_and_is_neither_superuser_nor_exempt():
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("select count(*) from pg_class where relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


@pytest.fixture
def owner(django_db_setup):
    """The owner's connection; whatever a test does with it is rolled back."""
    opened = psycopg2.connect(
        os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"]
    )
    yield opened
    opened.rollback()
    opened.close()


HOLES = {
    "row-level security off": (
        "ALTER TABLE participants_mpid DISABLE ROW LEVEL SECURITY",
        "participants_mpid: row-level security",
    ),
    "not forced on the owner": (
        "ALTER TABLE participants_mpid NO FORCE ROW LEVEL SECURITY",
        "participants_mpid: row-level security",
    ),
    "a policy gone": (
        "DROP POLICY portal_participant ON participants_mpid",
        "participants_mpid: policies are",
    ),
    "a policy too many": (
        "CREATE POLICY wide ON participants_mpid TO portal_participant USING (true)",
        "participants_mpid: policies are",
    ),
    "a policy for everybody": (
        "ALTER POLICY portal_participant ON participants_mpid TO PUBLIC",
        "policy portal_participant is for",
    ),
    "a policy that lets every row through": (
        "ALTER POLICY portal_participant ON participants_mpid USING (true)",
        "other rows than declared",
    ),
    "a policy that checks nothing on writing": (
        "DROP POLICY portal_participant ON participants_membership;"
        " CREATE POLICY portal_participant ON participants_membership TO portal_participant"
        " USING (organisation_id = app.ctx_org())",
        "checks nothing on writing",
    ),
    "a right too many": (
        "GRANT DELETE ON participants_mpid TO portal_participant",
        "participants_mpid: the grants of portal_participant",
    ),
    "a right for everybody": (
        "GRANT SELECT ON participants_mpid TO PUBLIC",
        "participants_mpid: the grants of everybody",
    ),
    "a right of the bare login": (
        "GRANT SELECT ON submissions_answer TO portal_app",
        "submissions_answer: the grants of portal_app",
    ),
    "drafts opened to reviewers": (
        "GRANT SELECT ON submissions_answer TO portal_reviewer",
        "submissions_answer: the grants of portal_reviewer",
    ),
    "a right on a library's table": (
        "GRANT SELECT ON django_session TO portal_participant",
        "django_session: portal_participant has rights",
    ),
    "a reference table that can be written": (
        "GRANT UPDATE ON waves_timetable TO portal_participant",
        "waves_timetable: the grants of portal_participant",
    ),
    "a key over one column": (
        "ALTER TABLE submissions_answer ADD FOREIGN KEY (part_id) REFERENCES submissions_part (id)",
        "submissions_answer: part_id has a key that tells",
    ),
    "a key over both columns gone": (
        "ALTER TABLE submissions_answer DROP CONSTRAINT submissions_answer_part_id_of_org",
        "submissions_answer: part_id has no key",
    ),
    "the tenant's own unique key gone": (
        "ALTER TABLE submissions_answer DROP CONSTRAINT submissions_answer_of_org CASCADE",
        "submissions_answer: no unique key led by organisation_id",
    ),
    "a view with its owner's eyes": (
        "CREATE VIEW peep AS SELECT * FROM participants_mpid",
        "peep: a view",
    ),
    "a materialised view": (
        "CREATE MATERIALIZED VIEW peep AS SELECT 1 AS one",
        "peep: a view",
    ),
    "a function with its owner's rights on any path": (
        "CREATE FUNCTION app.peep() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'select 1'",
        "peep: runs with its owner's rights",
    ),
    "a table that nobody declared": (
        "CREATE TABLE secrets (organisation_id uuid)",
        "secrets: on no list",
    ),
}


@pytest.mark.parametrize("hole", sorted(HOLES))
def test_a_hole_is_found_and_named(owner, hole):
    statement, said = HOLES[hole]

    with owner.cursor() as cursor:
        assert faults_seen_by(cursor) == []
        cursor.execute(statement)
        found = faults_seen_by(cursor)

    assert any(said in fault for fault in found), found


def test_a_view_with_its_askers_eyes_is_no_hole(owner):
    with owner.cursor() as cursor:
        cursor.execute(
            "CREATE VIEW peep WITH (security_invoker = true) AS SELECT * FROM participants_mpid"
        )
        assert faults_seen_by(cursor) == []
