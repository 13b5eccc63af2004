"""Addresses that are put together lead where the address table says."""

from uuid import UUID

from django.urls import reverse

from submissions.presenters import addresses

KEY = UUID(int=7)


def test_addresses_put_together_are_those_of_the_table():
    pairs = [
        (addresses.qad("fen"), reverse("submissions:qad", args=["fen"])),
        (addresses.qad("fen", KEY), reverse("submissions:qad_of", args=["fen", KEY])),
        (
            addresses.section("fen", KEY, "H"),
            reverse("submissions:section", args=["fen", KEY, "H"]),
        ),
        (
            addresses.question("fen", KEY, "H", "H03"),
            reverse("submissions:question", args=["fen", KEY, "H", "H03"]),
        ),
        (addresses.stored_file("fen", KEY), reverse("submissions:file", args=["fen", KEY])),
        (addresses.evidence("fen", KEY), reverse("submissions:evidence_detail", args=["fen", KEY])),
    ]
    assert all(made == listed for made, listed in pairs), pairs
