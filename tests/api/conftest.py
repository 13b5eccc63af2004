"""Asking the API as somebody."""

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from foundation.clock import moments
from foundation.tenancy.acting import acting_as
from participants import entry
from participants.models import Person
from participants.services import tokens
from tests import factories
from tests.waves.conftest import publish


class Api:
    """A program with a token."""

    def __init__(self, person: Person) -> None:
        actor = entry.staff_actor(person) if person.body else entry.gate_actor(person)
        with acting_as(actor):
            _, self.secret = tokens.create_token(name="Test", actor=actor, at=moments.now())
        self.client = Client()

    def __call__(self, method: str, path: str, body: object = None, **headers: str):
        """Ask; the body goes as JSON."""
        return self.client.generic(
            method.upper(),
            f"/api/v1/{path}",
            b"" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )

    def get(self, path: str, **query):
        """Ask for something."""
        return self.client.get(
            f"/api/v1/{path}", query, headers={"Authorization": f"Bearer {self.secret}"}
        )

    def pages(self, path: str, **query) -> Iterator[dict]:
        """Yield the pages of a list, one after the other."""
        page = self.get(path, **query).json()
        yield page
        while page["next"]:
            page = self.follow(page["next"]).json()
            yield page

    def follow(self, address: str):
        """Ask for a whole address, as an answer gave it."""
        return self.client.get(address, headers={"Authorization": f"Bearer {self.secret}"})


@pytest.fixture
def as_person() -> Callable[[Person], Api]:
    """Return the API in a person's hands."""
    return Api


@pytest.fixture
def organisation(db):
    return factories.make_organisation("Fennmoor Energy")


@pytest.fixture
def admin(organisation):
    """The API in the hands of the organisation's master admin."""
    return Api(factories.make_member(organisation).person)


@pytest.fixture
def lead(db):
    """The API in the hands of a lead of the BSC."""
    return Api(factories.make_staff("BSC", "LEAD"))


@pytest.fixture
def timetable(db) -> None:
    """Publish the first timetable."""
    publish()
