"""How many statements each reading takes: exactly as many for one row as for three hundred."""

import re

import pytest

from foundation.documents.models import StoredFile
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from qadportal import api_page
from submissions.models import Evidence
from tests import factories
from tests.api.conftest import Api
from tests.api.multiply import MANY, everything
from tests.isolation import canary, walk
from tests.statements import statements

MOST_OF_A_LIST, MOST_OF_ONE = 6, 8
# What a member of the organisation causes, and what a lead of the BSC; None: not theirs to read.
# Two of each are the token and the switch to the reader's role, one the organisation's address.
LISTS = {}
ONES = {}
SHORT = {  # lists that cannot have three hundred rows
    "organisations/{organisation}/qad/{part}/answers/",
    "organisations/{organisation}/qad/{part}/questions/",
    "organisations/{organisation}/qad/{part}/sections/",
    "organisations/{organisation}/qualifications/{qualification}/accessions/",
    "organisations/{organisation}/qualifications/{qualification}/reviews/",
}


@pytest.fixture
def scene(db):
    made = canary.build("SUPPLIER")
    with acting_as(PORTAL):
        held = Evidence.objects.filter(organisation=made.organisation).first()
        StoredFile.objects.update(scan_state="CLEAN", released_at=factories.NOON)
    made.keys |= {
        "organisation": made.organisation.slug,
        "qualification": made.qualification.pk,
        "membership": made.admin.pk,
        "evidence": held.pk,
    }
    return made


def readings() -> list[str]:
    """Return every address that can be read."""
    found = [path for path, methods in api_page.document()["paths"].items() if "get" in methods]
    return [path.removeprefix("/api/v1/") for path in found]


def counted(api: Api, made: canary.Canary) -> tuple[dict[str, int | None], dict[str, int]]:
    """Return the statements of each reading, None where it is not for this reader, and the rows."""
    found, rows = {}, {}
    for path in readings():
        keys = {name: made.keys.get(name, walk.PLAIN.get(name)) for name in _names(path)}
        url = path.format(**keys)
        api.get(url)  # what a process reads once is read now
        answer, taken = statements(api.get, url)
        found[path] = len(taken) if answer.status_code == 200 else None
        if answer.status_code == 200 and path in LISTS and path not in SHORT:
            rows[path] = answer.json()["count"]
    return found, rows


def _names(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)


def test_every_reading_takes_the_same_statements_for_one_row_and_for_three_hundred(scene):
    member, lead = Api(scene.admin.person), Api(factories.make_staff("BSC", "LEAD"))
    expected = LISTS | ONES
    assert sorted(expected) == sorted(readings())

    before = [counted(each, scene)[0] for each in (member, lead)]
    everything(scene)
    after = [counted(each, scene) for each in (member, lead)]

    for place, (found, rows) in enumerate(after):
        wanted = {path: pair[place] for path, pair in expected.items()}
        assert before[place] == wanted
        assert found == wanted
        few = {path: count for path, count in rows.items() if count < MANY}
        assert set(few) <= {"organisations/", "organisations/{organisation}/events/"}, few


def test_no_list_and_no_single_reading_takes_more_than_its_budget():
    for budget, table in ((MOST_OF_A_LIST, LISTS), (MOST_OF_ONE, ONES)):
        for path, pair in table.items():
            assert max(count or 0 for count in pair) <= budget, path
