"""Servers and folders of their own for one run of the tests or the benchmarks, gone afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from qadportal.devstack import databases, roles, steps
from qadportal.devstack.databases import Databases
from qadportal.devstack.places import throw_away_places
from qadportal.devstack.postgres import SUPERUSER

# What a caller may have set for a running portal must not reach the tests.
OUTSIDE = (
    "CACHE_URL", "CELERY_BROKER_URL", "DATABASE_OWNER_URL", "DATABASE_URL", "PORTAL_DB_AS_OWNER",
    "PORTAL_MAIL_DIR", "PORTAL_MEDIA_ROOT", "PORTAL_S3_BUCKET", "PORTAL_SECRET_KEY",
    "PORTAL_STATIC_ROOT", "REDIS_URL",
)  # fmt: skip


@contextmanager
def throw_away_portal(verb: str, database: str, *, is_durable: bool) -> Iterator[Databases]:
    """Yield servers with one migrated database that holds the reference data."""
    for name in OUTSIDE:
        os.environ.pop(name, None)
    with (
        throw_away_places() as places,
        databases.alone(places, verb) as lock,
        databases.running(places, verb, lock, is_durable=is_durable) as servers,
    ):
        cluster = servers.cluster
        owner, app = cluster.url(roles.OWNER, database), cluster.url(roles.APP, database)
        roles.provision(cluster.url(SUPERUSER, "postgres"), owner, app)
        servers.environment |= {"DATABASE_OWNER_URL": owner, "DATABASE_URL": app}
        steps.prepare(places, servers.environment)
        yield servers
