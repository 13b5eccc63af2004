"""The two logins of the portal and its database, made on whatever server there is.

portal_owner owns the database and migrates it; portal_app is what web, worker and scheduler log in
as: neither superuser nor owner, so that row-level security holds for it.

Run as `python -m qadportal.devstack.roles` it makes what DATABASE_OWNER_URL and DATABASE_URL name,
logged in by DATABASE_ADMIN_URL: the first step of a production installation.
"""

import os
import sys
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, connection, parse_dsn

from qadportal.devstack.places import Trouble

OWNER, APP = "portal_owner", "portal_app"
ATTRIBUTES = {
    OWNER: "LOGIN CREATEDB CREATEROLE NOSUPERUSER NOBYPASSRLS",
    APP: "LOGIN NOINHERIT NOCREATEDB NOCREATEROLE NOSUPERUSER NOBYPASSRLS",
}
SCHEMES = {"postgres", "postgresql", "pgsql"}


def address(
    url: str, *, role: str | None = None, password: str | None = None, database: str | None = None
) -> str:
    """Return the URL with another role (and its password) or another database."""
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise Trouble("The portal works on PostgreSQL only: DATABASE_URL=postgresql://...")
    place, path = parts.netloc, parts.path
    if role:
        word = f":{quote(password, safe='')}" if password else ""
        place = f"{quote(role, safe='')}{word}@{place.rpartition('@')[2]}"
    if database:
        path = f"/{quote(database, safe='')}"
    return urlunsplit(("postgresql", place, path, parts.query, ""))


def database_of(url: str) -> str:
    """Return the name of the database that the URL names."""
    return parse_dsn(address(url)).get("dbname", "")


def connect(url: str) -> connection:
    """Open a connection in which every statement stands for itself."""
    opened = psycopg2.connect(address(url), connect_timeout=5)
    opened.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    return opened


def can_log_in(url: str) -> bool:
    """Return whether the URL opens a connection."""
    try:
        connect(url).close()
    except psycopg2.OperationalError:
        return False
    return True


def provision(admin_url: str, owner_url: str, app_url: str) -> None:
    """Make the roles and the database that the two URLs name, as far as they are missing."""
    try:
        admin = _connect_somewhere(admin_url)
        try:
            with admin.cursor() as cursor:
                for url in (owner_url, app_url):
                    _ensure_role(cursor, url, admin_url)
                _ensure_database(cursor, owner_url)
        finally:
            admin.close()
        _check(owner_url, app_url)
    except psycopg2.Error as problem:
        raise Trouble(f"The database server refused: {str(problem).strip()}") from problem


def derive(given: str, passwords: dict[str, str]) -> tuple[str, str]:
    """Return (owner URL, application URL) for one given login that may create roles."""
    admin = _connect_somewhere(given)
    try:
        with admin.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"
            )
            is_superuser, may_create_roles = cursor.fetchone()
    finally:
        admin.close()
    if not (is_superuser or may_create_roles):
        raise Trouble(
            "The login in DATABASE_URL may not create roles: give the owner's login in"
            f" DATABASE_OWNER_URL and the application's ({APP}) in DATABASE_URL."
        )
    owner = address(given, role=OWNER, password=passwords[OWNER]) if is_superuser else given
    app = address(given, role=APP, password=passwords[APP])
    provision(given, owner, app)
    return address(owner), app


def _connect_somewhere(url: str) -> connection:
    """Connect to the database of the URL, or to 'postgres' while that does not exist."""
    try:
        return connect(url)
    except psycopg2.OperationalError as first:
        try:
            return connect(address(url, database="postgres"))
        except psycopg2.OperationalError:
            reason = str(first).strip().splitlines()[0]
            raise Trouble(f"The database in DATABASE_URL does not answer: {reason}") from first


def _ensure_role(cursor, url: str, admin_url: str) -> None:
    parts = parse_dsn(address(url))
    role, password = parts["user"], parts.get("password")
    cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
    present = cursor.fetchone()
    if not present:
        command = sql.SQL("CREATE ROLE {} " + ATTRIBUTES.get(role, ATTRIBUTES[APP]))
        cursor.execute(command.format(sql.Identifier(role)))
    elif any(present) and role != parse_dsn(address(admin_url)).get("user"):
        raise Trouble(f"The role {role} on this server passes over row-level security: alter it.")
    somewhere = address(url, database="postgres")
    if password and url != admin_url and not (present and can_log_in(somewhere)):
        command = sql.SQL("ALTER ROLE {} PASSWORD %s").format(sql.Identifier(role))
        cursor.execute(command, [password])


def _ensure_database(cursor, owner_url: str) -> None:
    database, owner = database_of(owner_url), parse_dsn(address(owner_url))["user"]
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if not cursor.fetchone():
        command = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'")
        cursor.execute(command.format(sql.Identifier(database), sql.Identifier(owner)))
        return
    cursor.execute(
        "SELECT current_database() = %s, rolsuper FROM pg_roles WHERE rolname = current_user",
        [database],
    )
    is_inside, is_superuser = cursor.fetchone()
    if not (is_inside and is_superuser):
        return
    cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    if cursor.fetchone()[0] == 0:  # an empty database made for the portal: hand it over
        command = sql.SQL("ALTER DATABASE {} OWNER TO {}")
        cursor.execute(command.format(sql.Identifier(database), sql.Identifier(owner)))


def _check(owner_url: str, app_url: str) -> None:
    owner = connect(owner_url)
    try:
        with owner.cursor() as cursor:
            cursor.execute("SELECT has_schema_privilege('public', 'CREATE')")
            if not cursor.fetchone()[0]:
                raise Trouble(
                    f"The role {owner.info.user} may not create tables in the database"
                    f" {owner.info.dbname}: make it the owner of that database."
                )
    finally:
        owner.close()
    connect(app_url).close()


def main() -> int:
    """Make the roles and the database of the environment."""
    names = ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL")
    missing = [name for name in names if not os.environ.get(name)]
    try:
        if missing:
            raise Trouble(f"Not set: {', '.join(missing)}.")
        provision(*(os.environ[name] for name in names))
    except Trouble as trouble:
        print(f"portal: {trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
