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

MOST = {True: 6, False: 8}  # of a list in pages, of anything else
# What a member of the organisation causes, and what a lead of the BSC; None: not theirs to read.
# Two of each are the token and the switch to the reader's role, one the organisation's address.
EXACT = {
    "decisions/": (None, 3),
    "events/": (None, 3),
    "me/": (3, 3),
    "me/calendar-links/": (3, 3),
    "me/calendar-links/{feed}/": (3, None),
    "me/notices/": (3, 3),
    "me/tokens/": (3, 3),
    "me/tokens/{token}/": (3, None),
    "organisations/": (3, 3),
    "organisations/{organisation}/": (3, 3),
    "organisations/{organisation}/acceptances/": (4, 4),
    "organisations/{organisation}/approvals/": (4, 4),
    "organisations/{organisation}/dates/": (6, 6),
    "organisations/{organisation}/decisions/": (4, 4),
    "organisations/{organisation}/events/": (4, 4),
    "organisations/{organisation}/evidence/": (4, None),
    "organisations/{organisation}/evidence/{evidence}/": (5, None),
    "organisations/{organisation}/files/{file}/": (4, 6),
    "organisations/{organisation}/invitations/": (4, 4),
    "organisations/{organisation}/invitations/{invitation}/": (4, 4),
    "organisations/{organisation}/letters/": (4, 4),
    "organisations/{organisation}/letters/{letter}/": (4, 4),
    "organisations/{organisation}/letters/{letter}/file/": (4, 4),
    "organisations/{organisation}/members/": (4, 4),
    "organisations/{organisation}/members/{membership}/": (4, 4),
    "organisations/{organisation}/members/{membership}/sections/": (5, None),
    "organisations/{organisation}/mpids/": (4, 4),
    "organisations/{organisation}/obligations/": (4, 4),
    "organisations/{organisation}/plans/": (4, 4),
    "organisations/{organisation}/pre-qualification/": (4, 5),
    "organisations/{organisation}/pre-qualification/versions/": (4, 4),
    "organisations/{organisation}/qad/": (6, 4),
    "organisations/{organisation}/qad/{part}/": (4, 5),
    "organisations/{organisation}/qad/{part}/answers/": (4, None),
    "organisations/{organisation}/qad/{part}/answers/{question}/": (4, None),
    "organisations/{organisation}/qad/{part}/answers/{question}/evidence/": (4, None),
    "organisations/{organisation}/qad/{part}/answers/{question}/revisions/": (5, None),
    "organisations/{organisation}/qad/{part}/questions/": (6, None),
    "organisations/{organisation}/qad/{part}/sections/": (6, 5),
    "organisations/{organisation}/qad/{part}/versions/": (4, 5),
    "organisations/{organisation}/qad/{part}/versions/{number}/": (5, 6),
    "organisations/{organisation}/qualifications/": (4, 4),
    "organisations/{organisation}/qualifications/{qualification}/": (3, 3),
    "organisations/{organisation}/qualifications/{qualification}/accessions/": (4, 4),
    "organisations/{organisation}/qualifications/{qualification}/assertion/": (4, 4),
    "organisations/{organisation}/qualifications/{qualification}/decisions/": (4, 4),
    "organisations/{organisation}/qualifications/{qualification}/dip-user/": (4, 4),
    "organisations/{organisation}/qualifications/{qualification}/qualified/": (4, 4),
    "organisations/{organisation}/qualifications/{qualification}/reviews/": (4, 4),
    "organisations/{organisation}/qualifications/{qualification}/sign-off/": (6, 6),
    "organisations/{organisation}/qualified/": (5, 5),
    "organisations/{organisation}/reopen-requests/": (4, 4),
    "organisations/{organisation}/reopen-requests/{reopening}/": (4, 4),
    "organisations/{organisation}/reports/": (4, 4),
    "organisations/{organisation}/reports/{report}/file/": (4, 4),
    "organisations/{organisation}/sign-offs/": (4, 4),
    "organisations/{organisation}/sign-offs/{sign_off}/": (5, 5),
    "organisations/{organisation}/sign-offs/{sign_off}/confirmation/": (6, 6),
    "organisations/{organisation}/threads/": (4, 4),
    "organisations/{organisation}/threads/{thread}/": (6, 6),
    "packs/": (None, 3),
    "packs/{pack}/": (None, 4),
    "packs/{pack}/file/": (None, 5),
    "qad-template/": (3, 3),
    "qualifications/": (None, 3),
    "qualified/": (None, 4),
    "reopen-requests/": (None, 3),
    "threads/": (None, 3),
    "timetable/": (3, 3),
}
LONG = {  # of these there are three hundred rows and more
    "decisions/",
    "events/",
    "me/notices/",
    "me/tokens/",
    "organisations/",
    "packs/",
    "qualifications/",
    "qualified/",
    "reopen-requests/",
    "threads/",
    "organisations/{organisation}/approvals/",
    "organisations/{organisation}/dates/",
    "organisations/{organisation}/decisions/",
    "organisations/{organisation}/events/",
    "organisations/{organisation}/evidence/",
    "organisations/{organisation}/invitations/",
    "organisations/{organisation}/letters/",
    "organisations/{organisation}/members/",
    "organisations/{organisation}/mpids/",
    "organisations/{organisation}/obligations/",
    "organisations/{organisation}/plans/",
    "organisations/{organisation}/qad/",
    "organisations/{organisation}/qad/{part}/answers/{question}/evidence/",
    "organisations/{organisation}/qad/{part}/answers/{question}/revisions/",
    "organisations/{organisation}/qad/{part}/versions/",
    "organisations/{organisation}/qualifications/",
    "organisations/{organisation}/qualifications/{qualification}/decisions/",
    "organisations/{organisation}/qualified/",
    "organisations/{organisation}/reopen-requests/",
    "organisations/{organisation}/reports/",
    "organisations/{organisation}/sign-offs/",
    "organisations/{organisation}/threads/",
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


def readings() -> dict[str, bool]:
    """Return every address that can be read, and whether it is a list in pages."""
    found = {}
    for path, methods in api_page.document()["paths"].items():
        if "get" in methods:
            said = methods["get"]["responses"]["200"].get("content", {})
            schema = said.get("application/json", {}).get("schema", {})
            found[path.removeprefix("/api/v1/")] = "Paginated" in schema.get("$ref", "")
    return found


def counted(api: Api, made: canary.Canary) -> tuple[dict[str, int | None], dict[str, int]]:
    """Return the statements of each reading, None where it is not for this reader, and the rows."""
    found, rows = {}, {}
    for path, is_list in readings().items():
        keys = {name: made.keys.get(name, walk.PLAIN.get(name)) for name in _names(path)}
        url = path.format(**keys)
        api.get(url)  # what a process reads once is read now
        answer, taken = statements(api.get, url)
        is_shown = answer.status_code in (200, 202)
        found[path] = len(taken) if is_shown else None
        if is_shown and is_list:
            rows[path] = answer.json()["count"]
    return found, rows


def _names(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)


def test_every_reading_takes_the_same_statements_for_one_row_and_for_three_hundred(scene):
    readers = [Api(scene.admin.person), Api(factories.make_staff("BSC", "LEAD"))]

    few = [counted(each, scene)[0] for each in readers]
    everything(scene)
    many = [counted(each, scene) for each in readers]

    assert few == [found for found, _ in many]
    for place, found in enumerate(few):
        assert {path: found[path] for path in EXACT} == {
            p: pair[place] for p, pair in EXACT.items()
        }
        assert {p: n for p, n in found.items() if n and n > MOST[readings()[p]]} == {}
    long = {path for _, rows in many for path, count in rows.items() if count >= MANY}
    assert long >= LONG
