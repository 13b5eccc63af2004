"""./portal backup and restore: the database and the stored files in one archive.

PostgreSQL's own dump refuses to read past row-level security, so the login must be a superuser or
have BYPASSRLS: the embedded server's superuser, else the one in DATABASE_BACKUP_URL.
"""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from qadportal.devstack import databases, roles
from qadportal.devstack.databases import Databases
from qadportal.devstack.environment import DATABASE
from qadportal.devstack.places import Trouble, places
from qadportal.devstack.postgres import SUPERUSER, Binaries, find_binaries

DUMP, ROLES, MEDIA, MANIFEST = "database.dump", "roles.sql", "media", "manifest.json"


def backup(target: str = "") -> int:
    """Write an archive; return 0 and print its name."""
    here = places()
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    archive = Path(target or here.state / "backups" / f"portal-{stamp}.tar").absolute()
    archive.parent.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with databases.own_or_join(here, "backup") as servers, tempfile.TemporaryDirectory() as folder:
        work, programs, url = Path(folder), _programs(servers), _url(servers)
        servers.declare_ready()
        _run([programs["pg_dump"], "--format=custom", f"--file={work / DUMP}", url])
        whole = [programs["pg_dumpall"], "--roles-only", "--no-role-passwords", "-d", url]
        (work / ROLES).write_text(_run(whole))
        media = Path(servers.environment["PORTAL_MEDIA_ROOT"])
        sums = {name: _hash(work / name) for name in (DUMP, ROLES)}
        manifest = {"made": stamp, "sha256": sums, "files": sum(1 for _ in media.rglob("*"))}
        (work / MANIFEST).write_text(json.dumps(manifest, indent=2))
        unfinished = archive.with_suffix(".unfinished")
        with tarfile.open(unfinished, "w") as tar:
            for name in (MANIFEST, DUMP, ROLES):
                tar.add(work / name, name)
            if media.is_dir():  # stored files are never overwritten: a copy now fits the dump
                tar.add(media, MEDIA)
        unfinished.rename(archive)
    print(archive)
    return 0


def restore(source: str = "") -> int:
    """Put an archive in place of the present data; refuse while the portal runs."""
    if not source or not Path(source).is_file():
        raise Trouble("Name the archive to restore: ./portal restore FILE")
    here = places()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.alone(here, "restore") as lock,
        databases.running(here, "restore", lock) as servers,
    ):
        work = Path(folder)
        with tarfile.open(source) as tar:
            tar.extractall(work, members=_harmless(tar))  # noqa: S202
        _check_sums(work)
        _restore_database(work, servers)
        media = Path(servers.environment["PORTAL_MEDIA_ROOT"])
        shutil.rmtree(media, ignore_errors=True)
        if (work / MEDIA).is_dir():
            shutil.copytree(work / MEDIA, media)
    print(f"portal: restored {source}; './portal manage migrate' brings it up to this version")
    return 0


def _restore_database(work: Path, servers: Databases) -> None:
    """Fill a new database and put it in the old one's place only when it is whole."""
    programs, url = _programs(servers), _url(servers)
    _check_versions(programs, url)
    somewhere, name = roles.address(url, database="postgres"), roles.database_of(url)
    fresh = f"{name}_restoring"
    sql = [programs["psql"], "-q", "-d", somewhere]
    # Roles that are there already make harmless errors; what is missing is made.
    subprocess.run([*sql, "-f", str(work / ROLES)], capture_output=True, check=False)

    def execute(command: str) -> None:
        _run([*sql, "-v", "ON_ERROR_STOP=1", "-c", command])

    execute(f'DROP DATABASE IF EXISTS "{fresh}"')
    execute(f"CREATE DATABASE \"{fresh}\" OWNER {roles.OWNER} TEMPLATE template0 ENCODING 'UTF8'")
    target = roles.address(url, database=fresh)
    _run([programs["pg_restore"], "--exit-on-error", f"--dbname={target}", str(work / DUMP)])
    execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    execute(f'ALTER DATABASE "{fresh}" RENAME TO "{name}"')


def _check_versions(programs: Binaries, url: str) -> None:
    connection = roles.connect(url)
    server = connection.info.server_version // 10000
    connection.close()
    if programs.major != server:
        raise Trouble(
            f"The server is PostgreSQL {server} and the programs here are {programs.major}:"
            f" set PORTAL_PG_BIN to the folder of pg_restore {server}."
        )


def _programs(servers: Databases) -> Binaries:
    return servers.cluster.binaries if servers.cluster else find_binaries()


def _url(servers: Databases) -> str:
    if servers.cluster:
        return servers.cluster.url(SUPERUSER, DATABASE)
    given = os.environ.get("DATABASE_BACKUP_URL")
    if not given:
        raise Trouble("Name a login with BYPASSRLS in DATABASE_BACKUP_URL: others see no rows.")
    return roles.address(given)


def _harmless(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Yield the plain files and folders that stay below the folder they are unpacked into."""
    for member in tar:
        path = Path(member.name)
        if (member.isreg() or member.isdir()) and not path.is_absolute() and ".." not in path.parts:
            yield member


def _check_sums(work: Path) -> None:
    expected = json.loads((work / MANIFEST).read_text())["sha256"]
    for name, value in expected.items():
        if _hash(work / name) != value:
            raise Trouble(f"The archive is damaged: {name} is not what its manifest says.")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
    return done.stdout
