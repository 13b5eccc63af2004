"""What every test stands on: a real PostgreSQL, logged in as the application's own role."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.test.signals import setting_changed

from foundation.clock import moments
from foundation.tenancy.protection import Shared, declared

NOON = datetime(2025, 11, 18, 12, 0, tzinfo=UTC)  # a Tuesday in the autumn of 2025


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Use the database that was made and migrated before the run: the login may not do it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        from qadportal.devstack.testdb import worker_database  # only where workers run

        url = worker_database(worker)
        connection.close()
        settings.CACHES["default"]["LOCATION"] = os.environ["CACHE_URL"]
        # Caches that were opened before belong to all workers: open them anew.
        setting_changed.send(sender=None, setting="CACHES", value=settings.CACHES, enter=True)
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = url


@pytest.fixture
def at_noon() -> Iterator[datetime]:
    """Hold the portal's time at noon on Tuesday 18 November 2025."""
    with moments.at(NOON):
        yield NOON


@pytest.fixture
def committed(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let a test commit for real (threads, servers); everything it wrote is removed afterwards."""
    with django_db_blocker.unblock():
        yield
        connection.close()
        wipe()


def wipe() -> None:
    """Empty every tenant table and every account, as the database's owner."""
    tables = [
        model._meta.db_table
        for model, protection in declared()
        if not isinstance(protection, Shared)
    ]
    tables += [
        "account_emailaddress",
        "mfa_authenticator",
        "django_session",
        "participants_apitoken",
    ]
    names = ", ".join(f'"{table}"' for table in tables)
    with _owner() as owner, owner.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER keep_all")
        cursor.execute(f"TRUNCATE {names} CASCADE")
        cursor.execute("ALTER TABLE audit_auditevent ENABLE ALWAYS TRIGGER keep_all")
        cursor.execute("DELETE FROM clock_portaltime")


def _owner():
    url = os.environ["DATABASE_OWNER_URL"]
    opened = psycopg2.connect(url)
    name = connection.settings_dict["NAME"]
    if opened.info.dbname != name:
        opened.close()
        opened = psycopg2.connect(url, dbname=name)
    return opened


@pytest.fixture(autouse=True)
def _files_of_the_test(tmp_path, settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "media"},
        }
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
