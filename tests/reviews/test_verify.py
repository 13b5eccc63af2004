"""Checking papers: whether the portal keeps them as they are, for whoever may read them."""

import hashlib
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from foundation.documents.services import store
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Qualification
from reviews.enums import PackState
from reviews.models import Pack, SignOff
from reviews.pages.verify import grouped
from reviews.queries.verifying import clean
from reviews.services import sheets
from submissions.models import Version
from tests.reviews import builders as b
from tests.reviews.desks import of_lead, of_member, of_staff, place, words
from tests.reviews.doors import statements
from tests.reviews.papers import make_pack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
PDF = b"%PDF-1.7\n% a paper\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
RANDOM = "5e" * 32
UNKNOWN = "The portal knows nothing of this."


@pytest.fixture
def signed() -> b.Scene:
    """Give a Supplier whose director has signed."""
    return b.to(b.scene(), Status.SIGNED_OFF)


def _signature(here: b.Scene) -> SignOff:
    with acting_as(PORTAL):
        return SignOff.objects.get(qualification_id=here.ids[0])


def _sheet(here: b.Scene) -> str:
    """Print the sheet of the signature, and return its hash."""
    signature = _signature(here)
    with acting_as(PORTAL):
        at = here.tick()
        job = sheets.order(signed=signature, actor=PORTAL, at=at, enqueue=lambda _: None)
        sheets.keep(job_id=job.pk, pdf=PDF, actor=PORTAL, at=at)
    return hashlib.sha256(PDF).hexdigest()


def _said(client, url: str, **asked) -> str:
    response = client.post(url, asked)
    assert response.status_code == 200
    return response.content.decode()


def test_a_hash_is_read_in_any_writing_and_nothing_else_is_one():
    assert clean(f" {RANDOM[:32].upper()} {RANDOM[32:]}\n") == RANDOM
    assert [clean(text) for text in ("", "5e", RANDOM + "5", "z" * 64)] == ["", "", "", ""]


def test_a_printed_sheet_is_known_by_its_bytes_to_its_owner_and_its_bodies(signed):
    _sheet(signed)

    for client, url in (
        (of_member(signed.organisation), place(signed, "verify/")),
        (of_lead(signed), "/desk/verify/"),
    ):
        page = _said(client, url, file=SimpleUploadedFile("whatever.pdf", PDF))
        assert "It is what the portal keeps." in page
        assert "Applicant’s Confirmation" in page
        changed = _said(client, url, file=SimpleUploadedFile("whatever.pdf", PDF + b"\n"))
        assert UNKNOWN in changed


def test_a_file_that_is_checked_is_not_kept(signed):
    client = of_member(signed.organisation)
    _said(client, place(signed, "verify/"), file=SimpleUploadedFile("a.pdf", PDF))

    assert UNKNOWN in _said(
        client, place(signed, "verify/"), sha256=hashlib.sha256(PDF).hexdigest()
    )


def test_a_void_signature_says_since_when_and_why(signed):
    sheet, signature = _sheet(signed), _signature(signed)
    with acting_as(PORTAL):
        SignOff.objects.filter(pk=signature.pk).update(
            status="VOID", voided_at=signed.tick(), void_because="Section J was reopened."
        )
    client = of_lead(signed)

    for hashed in (sheet, signature.content_sha256):
        page = words(client, f"/desk/verify/?sha256={hashed}")
        assert page.startswith("It is genuine, but it was overtaken.")
        assert "Section J was reopened." in page


def test_r1_what_belongs_to_another_organisation_is_as_unknown_as_chance(signed):
    stranger = b.to(b.scene(), Status.INITIAL_SUBMITTED)
    client, url = of_member(stranger.organisation), place(stranger, "verify/")
    with acting_as(PORTAL):
        version = Version.objects.filter(organisation_id=signed.organisation.pk).first().sha256
    known = [_sheet(signed), _signature(signed).content_sha256, version]

    at_random = words(client, f"{url}?sha256={RANDOM}").replace(grouped(RANDOM), "")
    assert at_random.startswith(UNKNOWN)
    for hashed in known:
        assert words(client, f"{url}?sha256={hashed}").replace(grouped(hashed), "") == at_random
        assert statements(client, f"{url}?sha256={hashed}") == statements(
            client, f"{url}?sha256={RANDOM}"
        )
    assert client.get(place(signed, "verify/")).status_code == 404
    assert client.get("/desk/verify/").status_code == 403


def test_r7_a_body_that_does_not_govern_the_role_learns_nothing(signed):
    hashed = _signature(signed).content_sha256
    rec, programme = of_lead(signed, "REC"), of_staff("MHHSP", "LEAD")
    assert UNKNOWN not in words(rec, f"/desk/verify/?sha256={hashed}")
    with acting_as(PORTAL):
        Qualification.objects.filter(pk__in=signed.ids).update(role="SDS")

    assert UNKNOWN in words(rec, f"/desk/verify/?sha256={hashed}")
    assert UNKNOWN in words(programme, f"/desk/verify/?sha256={hashed}")


def test_a_pack_is_known_to_its_body_alone_and_says_when_a_later_one_replaced_it(signed):
    first = make_pack(signed)
    with acting_as(PORTAL):
        Pack.objects.filter(pk=first.pk).update(
            status=PackState.READY, file_sha256=RANDOM, seal="ab" * 32
        )
    secretary = of_staff("BSC", "PAB_SECRETARY")
    for hashed in (RANDOM, "ab" * 32):
        assert words(secretary, f"/desk/verify/?sha256={hashed}").startswith("It is what")
        assert UNKNOWN in words(of_staff("REC", "LEAD"), f"/desk/verify/?sha256={hashed}")
        member = of_member(signed.organisation)
        assert UNKNOWN in words(member, place(signed, f"verify/?sha256={hashed}"))
    with acting_as(PORTAL):
        later = Pack.objects.get(pk=first.pk)
        later.pk, later.file_sha256, later.seal = None, "cd" * 32, "ef" * 32
        later.asked_at = signed.tick()
        later._state.adding = True
        later.id = Pack._meta.pk.get_default()
        later.save(force_insert=True)

    page = words(secretary, f"/desk/verify/?sha256={RANDOM}")
    assert page.startswith("It is genuine, but it was overtaken.")
    assert "A later pack holds the same applications." in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file, or give its SHA-256."),
        ({"sha256": "12 34"}, "This is no SHA-256"),
        ({"sha256": "x\x00"}, "Null characters are not allowed"),
    ],
)
def test_what_is_no_paper_is_refused_in_words_and_stays_typed(signed, sent, said):
    response = of_lead(signed).post("/desk/verify/", sent)

    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert sent.get("sha256", "").rstrip("\x00") in page


def test_the_command_knows_what_the_portal_keeps_and_fails_on_what_it_does_not(signed, tmp_path):
    with acting_as(PORTAL):
        store(
            name="note.pdf", content=PDF, actor=PORTAL, at=signed.tick(),
            organisation_id=signed.organisation.pk,
        )  # fmt: skip
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(PDF)
    out = StringIO()
    call_command("verify", str(paper), stdout=out)
    assert "File, note.pdf" in out.getvalue()
    assert "stands" in out.getvalue()

    with pytest.raises(SystemExit) as ended:
        call_command("verify", RANDOM, stdout=out)
    assert ended.value.code == 1
    assert f"{RANDOM}: not known" in out.getvalue()
