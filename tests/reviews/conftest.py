"""Scenes that many tests of a module share: built once, rolled back to by each."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from foundation.clock import moments
from participants.enums import Status
from tests.reviews import builders as b
from tests.reviews.desks import NOW, alone


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Open one transaction for a module; what is built in it is gone at the module's end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def submitted(shared) -> dict[str, b.Scene]:
    """Build a Supplier whose Initial QAD is submitted, and one whose Final is."""
    with moments.at(NOW):
        return {
            "initial": b.to(b.scene(), Status.INITIAL_SUBMITTED),
            "final": b.to(b.scene(), Status.FINAL_SUBMITTED),
        }


@pytest.fixture
def initial(submitted, db) -> b.Scene:
    """Give the Supplier that is submitted at Initial, alone."""
    return alone(submitted["initial"])


@pytest.fixture
def final(submitted, db) -> b.Scene:
    """Give the Supplier that is submitted at Final, alone."""
    return alone(submitted["final"])
