"""The logins: what they may, and how they are made on servers of other people."""

import psycopg2
import pytest

from qadportal.devstack import roles
from qadportal.devstack.places import Trouble
from qadportal.devstack.postgres import SUPERUSER, Cluster

PASSWORDS = {roles.OWNER: "owner's: p@ss/word", roles.APP: "app? #1"}


def execute(url: str, *statements: str) -> list[tuple]:
    connection = roles.connect(url)
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


@pytest.fixture(scope="module")
def server(cluster: Cluster) -> str:
    """A server with passwords on which the portal is a guest; return its superuser's address."""
    admin = cluster.url(SUPERUSER, "postgres")
    execute(
        admin,
        "CREATE ROLE boss LOGIN SUPERUSER PASSWORD 'boss'",
        "CREATE ROLE landlord LOGIN CREATEROLE CREATEDB PASSWORD 'landlord'",
        "CREATE ROLE visitor LOGIN PASSWORD 'visitor'",
    )
    rules = f"local all {SUPERUSER} trust\nlocal all all scram-sha-256\n"
    (cluster.places.data / "pg_hba.conf").write_text(rules)
    execute(admin, "SELECT pg_reload_conf()")
    return admin


@pytest.fixture
def fresh(server: str) -> str:
    """The same server without the portal's roles and databases."""
    for database in ("portal_a", "portal_b"):
        execute(server, f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    for role in (roles.APP, roles.OWNER):
        execute(server, f"DROP ROLE IF EXISTS {role}")
    return server


def attributes(server: str, role: str) -> tuple:
    return execute(
        server,
        "SELECT rolsuper, rolbypassrls, rolinherit, rolcreatedb, rolcreaterole, rolcanlogin"
        f" FROM pg_roles WHERE rolname = '{role}'",
    )[0]


def test_a_superuser_in_database_url_becomes_two_roles_that_are_none(fresh: str) -> None:
    given = roles.address(fresh, role="boss", password="boss", database="portal_a")
    owner, app = roles.derive(given, PASSWORDS)
    assert attributes(fresh, roles.OWNER) == (False, False, True, True, True, True)
    assert attributes(fresh, roles.APP) == (False, False, False, False, False, True)
    assert execute(owner, "SELECT current_user, current_database()") == [(roles.OWNER, "portal_a")]
    assert execute(app, "SELECT current_user") == [(roles.APP,)]
    execute(owner, "CREATE TABLE t ()")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        execute(app, "SELECT * FROM t")
    assert roles.derive(given, PASSWORDS) == (owner, app), "a second start changes nothing"


def test_a_login_that_may_create_roles_becomes_the_owner(fresh: str) -> None:
    given = roles.address(fresh, role="landlord", password="landlord", database="portal_b")
    owner, app = roles.derive(given, PASSWORDS)
    assert execute(owner, "SELECT current_user, current_database()") == [("landlord", "portal_b")]
    assert execute(app, "SELECT current_user") == [(roles.APP,)]
    execute(owner, "CREATE TABLE t ()")


def test_an_empty_database_made_by_a_superuser_is_handed_to_the_owner(fresh: str) -> None:
    execute(fresh, "CREATE DATABASE portal_a")
    given = roles.address(fresh, role="boss", password="boss", database="portal_a")
    owner, _ = roles.derive(given, PASSWORDS)
    execute(owner, "CREATE TABLE t ()")


def test_a_role_with_a_forgotten_password_gets_the_one_of_this_folder(fresh: str) -> None:
    given = roles.address(fresh, role="boss", password="boss", database="portal_a")
    roles.derive(given, PASSWORDS)
    other = {roles.OWNER: "other owner", roles.APP: "other app"}
    _, app = roles.derive(given, other)
    assert execute(app, "SELECT current_user") == [(roles.APP,)]


def test_a_login_that_may_nothing_is_told_what_to_give(fresh: str) -> None:
    given = roles.address(fresh, role="visitor", password="visitor", database="postgres")
    with pytest.raises(Trouble, match="DATABASE_OWNER_URL"):
        roles.derive(given, PASSWORDS)


def test_a_role_that_passes_over_row_level_security_is_refused(fresh: str) -> None:
    execute(fresh, f"CREATE ROLE {roles.APP} LOGIN BYPASSRLS")
    given = roles.address(fresh, role="boss", password="boss", database="portal_a")
    with pytest.raises(Trouble, match="row-level security"):
        roles.derive(given, PASSWORDS)


def test_a_server_that_does_not_answer_is_one_sentence() -> None:
    with pytest.raises(Trouble, match="DATABASE_URL does not answer"):
        roles.derive("postgresql://x@127.0.0.1:1/portal", PASSWORDS)


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(Trouble, match="PostgreSQL only"):
        roles.address("sqlite:///portal.db")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://a:b@host:5433/one?sslmode=require", "postgresql://r:p%2F%40@host:5433/two?sslmode=require"),
        ("postgresql://a@%2Ftmp%2Frun/one", "postgresql://r:p%2F%40@%2Ftmp%2Frun/two"),
        ("postgresql://host/one", "postgresql://r:p%2F%40@host/two"),
    ],
)  # fmt: skip
def test_an_address_keeps_its_server_when_role_and_database_change(url: str, expected: str) -> None:
    assert roles.address(url, role="r", password="p/@", database="two") == expected
