"""Backup and restore: what was saved comes back, with its owner, its rights and its protection."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qadportal.devstack import databases, places, roles, saving
from qadportal.devstack.places import Trouble


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A portal of its own for commands that find their folder by themselves."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PORTAL_MEDIA_ROOT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(saving.signal, "signal", lambda *_: None)
    with places.throw_away_places() as made:
        monkeypatch.setenv("PORTAL_STATE", str(made.state))
        yield made.state


def execute(role: str, statement: str) -> list[tuple]:
    with databases.own_or_join(places.places(), "manage") as servers:
        name = "DATABASE_OWNER_URL" if role == roles.OWNER else "DATABASE_URL"
        connection = roles.connect(servers.environment[name])
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


def test_a_backup_brings_back_rows_files_and_row_level_security(state: Path) -> None:
    evidence = state / "media" / "ab" / "abcd"
    evidence.parent.mkdir(parents=True)
    evidence.write_bytes(b"evidence")
    execute(
        roles.OWNER,
        "CREATE TABLE answer (organisation_id int, words text);"
        " INSERT INTO answer VALUES (1, 'one'), (2, 'two');"
        " ALTER TABLE answer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
        " GRANT SELECT ON answer TO portal_app;"
        " CREATE POLICY own ON answer TO portal_app USING (organisation_id = 2)",
    )
    archive = state / "saved.tar"
    assert saving.backup(str(archive)) == 0
    execute(roles.OWNER, "DROP TABLE answer")
    evidence.write_bytes(b"changed since")

    assert saving.restore(str(archive)) == 0
    assert execute(roles.APP, "SELECT * FROM answer") == [(2, "two")]
    assert execute(roles.OWNER, "SELECT * FROM answer") == [], "forced on the owner as well"
    assert evidence.read_bytes() == b"evidence"


def test_a_damaged_archive_is_refused_and_changes_nothing(state: Path, tmp_path: Path) -> None:
    execute(roles.OWNER, "CREATE TABLE kept ()")
    archive = state / "saved.tar"
    saving.backup(str(archive))
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path)
    (tmp_path / saving.DUMP).write_bytes(b"nothing")
    with tarfile.open(archive, "w") as tar:
        for name in (saving.MANIFEST, saving.DUMP, saving.ROLES):
            tar.add(tmp_path / name, name)
    with pytest.raises(Trouble, match="damaged"):
        saving.restore(str(archive))
    assert execute(roles.OWNER, "SELECT count(*) FROM kept") == [(0,)]


def test_an_archive_that_reaches_outside_its_folder_is_not_followed(tmp_path: Path) -> None:
    archive = tmp_path / "bad.tar"
    (tmp_path / "plain").write_text("x")
    with tarfile.open(archive, "w") as tar:
        for name in ("../outside", "/absolute", "inside"):
            tar.add(tmp_path / "plain", name)
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with tarfile.open(archive) as tar:
        # tarfile itself strips a leading slash when it adds
        assert [member.name for member in saving._harmless(tar)] == ["absolute", "inside"]


def test_restore_without_an_archive_says_what_to_name() -> None:
    with pytest.raises(Trouble, match=r"\./portal restore FILE"):
        saving.restore("")
