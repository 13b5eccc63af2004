"""Pages of a list: every row once, whatever comes or goes between two pages."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Lower

from foundation.ids import new_id
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.access.keyset import Order
from participants.models import Organisation
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def add(name: str, **fields) -> None:
    with acting_as(PORTAL):
        factories.make_organisation(name, **fields)


def names(page: dict) -> list[str]:
    return [row["name"] for row in page["results"]]


def test_rows_that_come_between_two_pages_neither_repeat_nor_hide_a_row(lead):
    for name in ("Birch", "Cedar", "Elder", "Fir"):
        factories.make_organisation(name)
    first = lead.get("organisations/", limit=2).json()
    for name in ("Alder", "Beech", "Dogwood", "Hazel"):
        factories.make_organisation(name)

    second = lead.follow(first["next"]).json()
    third = lead.follow(second["next"]).json()

    assert names(first) == ["Birch", "Cedar"]
    assert names(second) + names(third) == ["Dogwood", "Elder", "Fir", "Hazel"]
    assert (first["count"], second["count"], third["next"]) == (4, 8, None)


def test_rows_that_go_between_two_pages_hide_no_other(lead):
    for name in ("Birch", "Cedar", "Elder", "Fir"):
        factories.make_organisation(name)
    first = lead.get("organisations/", limit=2).json()
    with acting_as(PORTAL):
        # Nobody deletes an organisation; a change of its body takes it from this reader's list.
        Organisation.objects.filter(name__in=["Birch", "Cedar"]).update(created_by_body="REC")

    assert names(lead.follow(first["next"]).json()) == ["Elder", "Fir"]


def test_an_equal_place_is_told_apart_by_the_key(lead):
    with acting_as(PORTAL):
        Organisation.objects.bulk_create(
            Organisation(
                slug=f"o{n}", name="same" if n % 2 else "Same", legal_name="x",
                created_at=NOON, created_by_body="BSC",
            )
            for n in range(11)
        )  # fmt: skip

    seen = [
        row["slug"] for page in lead.pages("organisations/", limit=2) for row in page["results"]
    ]

    assert len(seen) == len(set(seen)) == 11


@pytest.mark.parametrize(
    "order",
    [
        ["-created_at", "-pk"],
        [F("read_at").asc(nulls_first=True), "-created_at", "pk"],
        [F("read_at").desc(nulls_last=True), "pk"],
        ["read_at", "pk"],
        ["-read_at", "pk"],
        [Lower("subject"), "-read_at", "pk"],
    ],
)
def test_every_row_comes_once_in_any_order_with_nulls_anywhere(order):
    person = new_id()
    with acting_as(PORTAL):
        Notice.objects.bulk_create(
            Notice(
                person_id=person, kind="test", subject="aAbB"[n % 4], text="x", path="/",
                email="x@example.org", created_at=NOON + timedelta(minutes=n // 3),
                read_at=NOON + timedelta(minutes=n % 3) if n % 2 else None, dedupe_key=f"k{n}",
            )
            for n in range(24)
        )  # fmt: skip
        rows = Notice.objects.filter(person_id=person).order_by(*order)
        keys, whole = Order(rows), list(rows)

        for place, row in enumerate(keys.rows):
            after = keys.after(keys.place_of(row))
            assert list(after) == whole[place + 1 :]


def test_the_dates_go_on_after_the_last_one_that_was_read(timetable, admin, organisation):
    factories.make_qualification(organisation)
    path = f"organisations/{organisation.slug}/dates/"

    whole = admin.get(path, limit=200).json()
    pages = [row for page in admin.pages(path, limit=7) for row in page["results"]]

    assert pages == whole["results"]
    assert len(pages) == whole["count"] > 20


@pytest.mark.parametrize("limit", ["0", "-1", "201", "many", "1.5", "99999999999999999999", "٣"])
def test_a_page_of_another_size_is_refused(lead, limit):
    answer = lead.get("organisations/", limit=limit)

    assert (answer.status_code, list(answer.json()["problems"])) == (422, ["limit"])


def test_a_cursor_that_is_made_up_or_of_another_list_is_refused(lead):
    for name in ("Birch", "Cedar"):
        factories.make_qualification(factories.make_organisation(name))
    following = lead.get("organisations/", limit=1).json()["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]

    for said in ("x", cursor[:-1], "WzFd:x", "\x00", cursor.replace(":", "::")):
        answer = lead.get("organisations/", cursor=said)
        assert (answer.status_code, list(answer.json()["problems"])) == (422, ["cursor"])
    elsewhere = lead.follow(following.replace("/organisations/", "/qualifications/"))
    assert elsewhere.status_code == 422
