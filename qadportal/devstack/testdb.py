"""Databases for tests: one migrated template per run, one clone of it per parallel worker.

`./portal test` makes the template once (as portal_owner, with the reference data) and exports
DATABASE_URL, DATABASE_OWNER_URL and CACHE_URL for it. A process of pytest-xdist then calls
worker_database("gw0") and works on its own clone; without xdist ("master") the template itself
is the test database. Nothing is dropped afterwards: the whole server is thrown away.
"""

import os
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from psycopg2 import sql

from qadportal.devstack import roles

TEMPLATE = "test_portal"


def worker_database(worker_id: str) -> str:
    """Clone the template for a worker, name the clone in the environment, return its name.

    Call it once in each process, before the first connection. Afterwards DATABASE_URL,
    DATABASE_OWNER_URL and CACHE_URL (a numbered database of its own) name the worker's own;
    settings that are loaded already need the name in connection.settings_dict["NAME"] and the
    address in CACHES["default"]["LOCATION"].
    """
    if worker_id == "master":
        return TEMPLATE
    name = f"{TEMPLATE}_{worker_id}"
    owner, app = os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"]
    _clone(owner, name)
    os.environ.update(
        DATABASE_URL=roles.address(app, database=name),
        DATABASE_OWNER_URL=roles.address(owner, database=name),
        CACHE_URL=_numbered(os.environ["CACHE_URL"], int(worker_id.removeprefix("gw")) + 2),
    )
    return name


def _clone(owner_url: str, name: str) -> None:
    # From the maintenance database: a template is copied only while nobody is connected to it.
    connection = roles.connect(roles.address(owner_url, database="postgres"))
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
                cursor.execute(command.format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
    finally:
        connection.close()


def _numbered(cache_url: str, number: int) -> str:
    """Return the address of another numbered database of the same cache server."""
    parts = urlsplit(cache_url)
    if parts.scheme == "unix":
        query = urlencode(dict(parse_qsl(parts.query)) | {"db": number})
        return f"unix://{parts.path}?{query}"
    return urlunsplit(parts._replace(path=f"/{number}"))
