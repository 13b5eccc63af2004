"""Files: taken by content and name alike, kept unchanged, given out harmlessly."""

import hashlib
import socket
import threading

import pytest
from django.core.files.storage import default_storage

from foundation.documents import scanning, services
from foundation.documents.models import ScanState, StoredFile
from foundation.documents.serving import download
from foundation.documents.types import ALLOWED, Unacceptable, media_type, safe_name
from foundation.errors import Invalid
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from tests import factories
from tests.factories import NOON
from tests.foundation import files


def store(name="report.pdf", content=files.PDF, organisation=None, actor=PORTAL, **options):
    with acting_as(actor):
        return services.store(
            name=name,
            content=content,
            actor=actor,
            at=NOON,
            organisation_id=organisation.pk if organisation else None,
            **options,
        )


@pytest.mark.parametrize("name", sorted(files.HONEST))
def test_an_honest_file_is_taken_for_what_it_is(name):
    content, kind = files.HONEST[name]

    assert media_type(name, content) == kind


@pytest.mark.parametrize("name", sorted(files.HOSTILE))
def test_a_hostile_file_is_turned_away_and_told_why(name):
    with pytest.raises(Unacceptable) as said:
        media_type(name, files.HOSTILE[name])

    assert str(said.value).startswith(name.split("/")[-1])
    assert len(str(said.value)) > len(name) + 8


def test_every_kind_that_is_taken_is_proved_by_an_honest_file():
    proved = {name.rpartition(".")[2].lower() for name in files.HONEST}

    assert proved == set(ALLOWED)


@pytest.mark.parametrize("name", sorted(files.NAMES))
def test_a_file_name_brings_no_folder_no_control_and_no_direction(name):
    assert safe_name(name) == files.NAMES[name]


@pytest.mark.django_db
def test_a_file_is_kept_under_its_content_and_its_bytes_never_change():
    organisation = factories.make_organisation()

    first = store(organisation=organisation)
    again = store(name="same.pdf", organisation=organisation)

    digest = hashlib.sha256(files.PDF).hexdigest()
    assert (first.sha256, first.size, first.media_type) == (
        digest,
        len(files.PDF),
        "application/pdf",
    )
    assert first.storage_key == again.storage_key == f"{organisation.pk}/{digest[:2]}/{digest}"
    assert services.read(first) == files.PDF
    assert default_storage.size(first.storage_key) == len(files.PDF)


@pytest.mark.django_db
def test_the_same_content_of_two_organisations_is_kept_apart():
    one, other = factories.make_organisation(), factories.make_organisation()

    keys = {store(organisation=each).storage_key for each in (one, other)}

    assert len(keys) == 2


@pytest.mark.django_db
def test_a_file_over_the_limit_is_turned_away(settings):
    settings.EVIDENCE_MAX_BYTES = len(files.PDF) - 1

    with pytest.raises(Invalid, match="larger than"):
        store()


@pytest.mark.django_db
def test_nothing_is_kept_of_a_file_that_is_turned_away():
    with pytest.raises(Invalid):
        store("program.pdf", files.EXE)

    with acting_as(PORTAL):
        assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Zielińska – Nachweis.pdf", 'a";x=".pdf', "report.pdf"])
def test_a_file_goes_out_as_an_attachment_in_a_sandbox_and_is_kept_by_nobody(name):
    stored = store(name)

    answer = download(stored)

    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''")
    assert not set(disposition.partition("''")[2]) & set('"\r\n; ')
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"
    assert answer.content == files.PDF


@pytest.mark.django_db
def test_bodies_reach_a_file_only_once_a_submission_released_it():
    organisation = factories.make_organisation()
    reviewer = factories.staff_actor()
    stored = store(organisation=organisation)

    with acting_as(reviewer):
        before = StoredFile.objects.filter(pk=stored.pk).exists()
    with acting_as(PORTAL):
        first = services.release(files=[stored.pk], at=NOON)
        again = services.release(files=[stored.pk], at=NOON)
    with acting_as(reviewer):
        after = StoredFile.objects.filter(pk=stored.pk).exists()

    assert (before, after) == (False, True)
    assert (first, again) == (1, 0)


@pytest.mark.django_db
def test_another_organisation_never_reaches_a_file_released_or_not():
    stored = store(organisation=factories.make_organisation(), release=True)

    with acting_as(factories.member_actor(factories.make_organisation())):
        assert not StoredFile.objects.filter(pk=stored.pk).exists()
        assert not StoredFile._base_manager.filter(pk=stored.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "own", "others"),
    [
        (ScanState.CLEAN, True, True),
        (ScanState.UNSCANNED, True, True),
        (ScanState.PENDING, True, False),
        (ScanState.BLOCKED, False, False),
    ],
)
def test_what_the_scanner_says_decides_who_opens_a_file(state, own, others):
    organisation = factories.make_organisation()
    stored = StoredFile(organisation_id=organisation.pk, scan_state=state)

    assert services.is_open_to(stored, factories.member_actor(organisation)) == own
    assert services.is_open_to(stored, factories.staff_actor()) == others


class Scanner(threading.Thread):
    """A daemon that speaks the scanner's protocol and finds what contains EICAR."""

    def __init__(self):
        super().__init__(daemon=True)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.door.getsockname()[1]}"

    def run(self):
        wire, _ = self.door.accept()
        with wire, wire.makefile("rb") as sent:
            assert sent.read(10) == b"zINSTREAM\0"
            content = b""
            while size := int.from_bytes(sent.read(4), "big"):
                content += sent.read(size)
            found = b"stream: Eicar FOUND\0" if b"EICAR" in content else b"stream: OK\0"
            wire.sendall(found)
        self.door.close()


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"x" * 200_000, ScanState.CLEAN),
        (b"x" * 70_000 + b"EICAR", ScanState.BLOCKED),
        (b"", ScanState.CLEAN),
    ],
)
def test_a_file_is_given_to_the_scanner_whole(settings, content, state):
    scanner = Scanner()
    scanner.start()
    settings.SCANNER_ADDRESS = scanner.address

    assert scanning.scan(content) == state


def test_without_an_answer_a_file_waits_and_without_a_scanner_it_says_so(settings):
    settings.SCANNER_ADDRESS = "127.0.0.1:1"
    assert scanning.scan(b"x") == ScanState.PENDING
    settings.SCANNER_ADDRESS = ""
    assert scanning.scan(b"x") == ScanState.UNSCANNED
