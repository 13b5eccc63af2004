"""Where things lie on this machine: the state folder, its parts, the database's account."""

import hashlib
import os
import pwd
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ROOT_STATE = Path("/var/lib/portal-dev")  # where root puts what another account must reach
LONGEST_SOCKET_FOLDER = 80  # the kernel takes 107 bytes for the whole path (103 on a Mac)


class Trouble(Exception):
    """One clear sentence for the person at the keyboard; the command ends with exit code 1."""


@dataclass(frozen=True)
class Account:
    """The account that PostgreSQL runs under."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """The folders of one portal."""

    state: Path
    cluster: Path  # PostgreSQL's own; its account may be another than ours
    database_socket: Path
    sockets: Path
    account: Account | None  # None: PostgreSQL runs as ourselves

    @property
    def data(self) -> Path:
        """The data folder of PostgreSQL."""
        return self.cluster / "data"

    @property
    def log(self) -> Path:
        """The folder of everybody's log."""
        return self.state / "log"

    @property
    def valkey_socket(self) -> Path:
        """The socket of the broker and cache."""
        return self.sockets / "valkey.sock"

    def secret(self, name: str) -> str:
        """Return a secret that is drawn once and kept in the state folder."""
        path = self.state / name
        if not path.exists():
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        return path.read_text()


def places(state: Path | None = None) -> Places:
    """Return the folders of this repository's portal (or of another state folder), made."""
    state = (state or Path(os.environ.get("PORTAL_STATE") or REPOSITORY / ".portal")).resolve()
    state.mkdir(parents=True, exist_ok=True)
    (state / "log").mkdir(exist_ok=True)
    account = _database_account()
    cluster = _cluster_folder(state, account)
    if account and cluster.exists() and (owner := cluster.stat()).st_uid:
        account = Account(owner.st_uid, owner.st_gid)  # the data keep the account they began with
    _make_private(cluster, account)
    return Places(state, cluster, _short(cluster, account), _short(state / "run", None), account)


@contextmanager
def throw_away_places() -> Iterator[Places]:
    """Yield folders that are gone afterwards."""
    state = Path(tempfile.mkdtemp(prefix="portal-"))
    if os.geteuid() == 0:
        state.chmod(0o711)  # PostgreSQL's account must be able to pass through
    made = places(state)
    try:
        yield made
    finally:
        for folder in {made.cluster, made.database_socket, made.sockets, state}:
            shutil.rmtree(folder, ignore_errors=True)


def is_open_to_all(path: Path) -> bool:
    """Return whether every account may pass through the path and its parents."""
    folder = path.resolve()
    return all(step.stat().st_mode & stat.S_IXOTH for step in (folder, *folder.parents))


def make_root_state() -> None:
    """Make root's folder for the database; others must pass through it, whatever the umask."""
    ROOT_STATE.mkdir(exist_ok=True)
    ROOT_STATE.chmod(0o755)


def _database_account() -> Account | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Trouble("PostgreSQL does not run as root, and there is no account 'nobody' to run it.")


def _cluster_folder(state: Path, account: Account | None) -> Path:
    """Return PostgreSQL's folder: beside the rest, or under /var/lib when that is closed to it."""
    beside, marker = state / "postgres", state / "cluster-id"
    if beside.exists() or not account or (is_open_to_all(state) and not marker.exists()):
        return beside
    make_root_state()
    if not marker.exists():
        marker.write_text(secrets.token_hex(6))
    return ROOT_STATE / marker.read_text()


def _make_private(folder: Path, account: Account | None) -> None:
    """Make the folder, for one account alone; refuse one that somebody else put there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    status, wanted = folder.lstat(), account.uid if account else os.geteuid()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {wanted, os.geteuid()}:
        raise Trouble(f"The folder {folder} belongs to somebody else: please remove it.")
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.uid, account.gid)


def _short(folder: Path, account: Account | None) -> Path:
    """Return the folder if a socket's path fits below it, else a private one in /tmp."""
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        mark = hashlib.sha256(os.fsencode(folder)).hexdigest()[:10]
        folder = Path(tempfile.gettempdir()) / f"portal-run-{os.geteuid()}-{mark}"
    _make_private(folder, account)
    return folder
