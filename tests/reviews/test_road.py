"""From the first answer to MHHS Qualified: every state of D.1 is reached through the services."""

import pytest

from participants.enums import Status
from tests.reviews import builders as b


@pytest.mark.django_db
@pytest.mark.parametrize("status", b.ROAD)
def test_every_state_of_d1_is_reached(status):
    here = b.to(b.scene(), status)

    assert here.statuses == [status]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "route"),
    [
        ("SDS", "QT_WAVE_1"),
        ("UMSDS", "QT_WAVE_4"),
        ("MEM_SMART", "QT_WAVE_3"),
    ],
)
def test_single_roles_become_qualified(role, route):
    here = b.to(b.scene(role, route), Status.QUALIFIED)

    assert here.statuses == [Status.QUALIFIED]


@pytest.mark.django_db
def test_r014_the_trio_becomes_qualified_together():
    here = b.to(b.scene("LDSO", "NON_SIT_LDSO_M10"), Status.QUALIFIED)

    assert here.statuses == [Status.QUALIFIED] * 3
    assert len({each.qualified_at for each in here.all}) == 1
