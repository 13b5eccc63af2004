"""Servers of their own for the tests of the supervisor."""

from collections.abc import Iterator

import pytest

from qadportal.devstack import children, postgres
from qadportal.devstack.places import Places, throw_away_places
from qadportal.devstack.postgres import Cluster


@pytest.fixture
def places() -> Iterator[Places]:
    with throw_away_places() as made:
        yield made


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One running server for a module."""
    with throw_away_places() as made:
        server = Cluster(made, postgres.find_binaries(made.account), is_durable=False)
        server.make()
        running = server.start()
        yield server
        children.stop([running])
