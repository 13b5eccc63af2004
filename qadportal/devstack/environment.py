"""The environment that every process of the portal gets; settings.py reads the same names."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from qadportal.devstack import roles
from qadportal.devstack.places import Places, Trouble
from qadportal.devstack.postgres import SUPERUSER, Cluster

DATABASE = "portal"
OWNER_COMMANDS = frozenset(
    {"flush", "inspectdb", "makemigrations", "migrate", "showmigrations", "sqlflush", "sqlmigrate"}
)


@dataclass(frozen=True)
class Addresses:
    """Where the database, the broker and the cache are."""

    owner: str
    app: str
    broker: str
    cache: str


def database_addresses(places: Places, cluster: Cluster | None) -> tuple[str, str]:
    """Return (owner URL, application URL), with the roles and the database made."""
    given, owner = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if cluster:
        owner, app = cluster.url(roles.OWNER, DATABASE), cluster.url(roles.APP, DATABASE)
        roles.provision(cluster.url(SUPERUSER, "postgres"), owner, app)
        return owner, app
    if given and owner:
        return owner, given
    if not given:
        raise Trouble("DATABASE_OWNER_URL is given without DATABASE_URL: give both or neither.")
    passwords = {role: places.secret(f"{role}-password") for role in (roles.OWNER, roles.APP)}
    return roles.derive(given, passwords)


def redis_addresses(places: Places) -> tuple[str, str]:
    """Return (broker URL, cache URL): of the given REDIS_URL or of the embedded server."""
    given = os.environ.get("REDIS_URL")
    if not given:
        socket = places.valkey_socket
        return f"redis+socket://{socket}?virtual_host=0", f"unix://{socket}?db=1"
    parts = urlsplit(given)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host=0", given
    return given, given


def wants_embedded_database() -> bool:
    """Return whether no server is named in the environment."""
    return not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_OWNER_URL"))


def portal_environment(places: Places, addresses: Addresses) -> dict[str, str]:
    """Return the whole environment; what the caller has set himself wins where it may."""
    port = os.environ.get("PORTAL_PORT", "8000")
    defaults = {
        "PORTAL_DEMO": "1",
        "PORTAL_SECRET_KEY": places.secret("secret-key"),
        "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
        "PORTAL_MEDIA_ROOT": str(places.state / "media"),
        "PORTAL_MAIL_DIR": str(places.state / "mail"),
        "PORTAL_STATIC_ROOT": str(places.state / "static"),
        "CELERY_BROKER_URL": addresses.broker,
        "CACHE_URL": addresses.cache,
    }
    ours = {
        "DJANGO_SETTINGS_MODULE": "qadportal.settings",
        "DATABASE_URL": addresses.app,
        "DATABASE_OWNER_URL": addresses.owner,
        "PYTHONUNBUFFERED": "1",
    }
    return defaults | dict(os.environ) | ours


def as_owner(environment: dict[str, str]) -> dict[str, str]:
    """Return the environment in which the portal logs in as the owner of its database."""
    return environment | {"PORTAL_DB_AS_OWNER": "1"}
