"""One scene for all tests of a module: an organisation with canaries in everything it has."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from tests.isolation import canary


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Open one transaction for a module; what is built in it is gone at the module's end."""
    place = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path_factory.mktemp("media")},
    }
    with (
        # A walk over every address asks faster than any person may.
        override_settings(STORAGES=settings.STORAGES | {"default": place}, API_RATE=""),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _files_of_the_test() -> None:
    """The files of these tests are kept for a module, with its rows."""


@pytest.fixture(scope="module")
def theirs(shared) -> canary.Canary:
    """An organisation that has something in every tenant table."""
    return canary.build("SUPPLIER")


@pytest.fixture(scope="module")
def bsc_only(shared) -> canary.Canary:
    """An organisation in a role that the REC has nothing to do with."""
    return canary.build("SDS")


@pytest.fixture(scope="module")
def mine(shared) -> canary.Canary:
    """The organisation of whoever looks where it should not."""
    return canary.build("SUPPLIER", word="ordinary")
