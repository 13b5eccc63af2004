"""Scenes that many tests of a module share: built once, rolled back to by each."""

from collections.abc import Iterator

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Open one transaction for a module; what is built in it is gone at the module's end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
